"""What a listener needs, and what Slack's payloads have in common."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from slack_bolt.context.respond.async_respond import AsyncRespond

from core import budgets
from core.budgets import OverBudgetError
from core.cards.elements import without_pictures
from core.catalogue import Catalogue
from core.holds import Payer
from core.records import Run
from core.rules import Bounds
from core.settings import Settings
from core.store import Store

log = logging.getLogger(__name__)

Payload = dict[str, Any]
Answer = Callable[..., Awaitable[Any]]
"""Bolt's ack, respond and the like: called with Slack's own arguments."""


Listener = Callable[..., Awaitable[object]]
Listening = Callable[[Listener], object]


Subcommand = Callable[["Desk", Answer, Any, Payload], Awaitable[None]]
"""What answers a word behind `/darkroom`: gets the desk, ack, Slack's client, and the command with the rest as text."""


class App(Protocol):
    """As much of Bolt's app as listeners use; Bolt itself leaves these half typed."""

    def command(self, command: str) -> Listening:
        """Listen for a slash command."""
        ...

    def event(self, event: str | dict[str, str]) -> Listening:
        """Listen for an event."""
        ...

    def action(self, constraints: str | re.Pattern[str]) -> Listening:
        """Listen for a button."""
        ...

    def shortcut(self, constraints: str) -> Listening:
        """Listen for a shortcut."""
        ...

    def view(self, constraints: str | re.Pattern[str]) -> Listening:
        """Listen for a modal that is submitted."""
        ...


class Client(Protocol):
    """As much of Slack's client as listeners use."""

    async def views_open(self, *, trigger_id: str, view: Payload) -> object:
        """Open a modal; the trigger lives three seconds."""
        ...


@dataclass(frozen=True)
class Desk:
    """The bot's settings, store and clock."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    now: Callable[[], float]

    @property
    def bounds(self) -> Bounds:
        """What prompts are held to."""
        return Bounds.of(self.settings)

    async def no_room(self, run: Run, user: str, dollars: float) -> str:
        """Say why the budgets have no room for what somebody wants to start in a run's channel; empty: they have."""
        try:
            await budgets.check(self.store, self.bounds, run.team, Payer(user, run.channel), dollars, self.now())
        except OverBudgetError as fault:
            return str(fault)
        return ""


def team_of(body: Payload) -> str:
    """Give the team that a payload comes from."""
    team: Payload = body.get("team") or {}
    return str(body.get("team_id") or team["id"])


def bot_user_of(context: Payload) -> str:
    """Give Slack's user id of the bot itself, as Bolt's context has it; empty: it is not known."""
    return str(context.get("bot_user_id") or "")


def first_input(view: Payload) -> str:
    """Name the field under which a modal can show what went wrong with all of it."""
    return next(str(block["block_id"]) for block in view["blocks"] if block["type"] == "input")


def is_direct(event: Payload) -> bool:
    """Tell whether a message was written to the bot alone."""
    return event.get("channel_type") == "im"


def answering(response_url: str) -> Answer:
    """Give Bolt's respond for an address at which Slack takes five answers within half an hour."""
    return AsyncRespond(response_url=response_url)


async def whisper(respond: Answer, text: str) -> None:
    """Say something only to the person who pressed, and leave the message with the button as it is."""
    response = await respond(text=text, response_type="ephemeral", replace_original=False)
    if response.status_code != 200:  # noqa: PLR2004 - Bolt's respond does not raise
        log.warning("Slack did not take an answer: status %s", response.status_code)


async def show(respond: Answer, text: str, blocks: Sequence[Payload], *, replace: bool = False) -> None:
    """Show a card only to the person who asked; if Slack refuses it for one of its pictures, without them."""
    card: Payload = {"text": text, "response_type": "ephemeral", "replace_original": replace}
    response = await respond(**card, blocks=blocks)
    plain = without_pictures(blocks)
    if _refused(response) and plain != blocks:
        response = await respond(**card, blocks=plain)
    if _refused(response):
        log.warning("Slack did not take a card: status %s, %s", response.status_code, response.body)


def _refused(response: Any) -> bool:  # noqa: ANN401 - slack_sdk's WebhookResponse
    return response.status_code != 200 or '"ok":false' in str(response.body).replace(" ", "")  # noqa: PLR2004 - HTTP's own
