"""`/darkroom models` and the buttons in its list: wake, put to sleep, default here, delete, other pages."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass

from bot.desk import Answer, App, Client, Desk, Listener, Payload, answering, show, team_of, whisper
from core import actions, looking, may
from core.cards.models import Listed, models
from core.defaults import default_of
from core.idling import USED
from core.managing import Hand
from core.records import Model


@dataclass(frozen=True)
class Place:
    """Somebody's list of models: where it stands, which page of it is shown, and how it is drawn anew."""

    team: str
    user: str
    channel: str
    response_url: str
    page: int = 0
    model: str = ""
    """The model whose button was pressed."""

    def hand(self, desk: Desk) -> Hand:
        """Give the hand of its person."""
        return Hand(desk.store, desk.settings, self.team, self.user, self.channel, desk.now())

    def carried(self) -> str:
        """Write it down for a modal to carry; Slack keeps the address it is answered at for half an hour."""
        return json.dumps(asdict(self))

    @classmethod
    def pressed(cls, body: Payload, action: Payload) -> "Place":
        """Read where a button of the list was pressed."""
        model, _, page = str(action["value"]).rpartition(":")
        user, channel = str(body["user"]["id"]), str(body["channel"]["id"])
        return cls(team_of(body), user, channel, str(body["response_url"]), int(page), model)


async def show_models(desk: Desk, ack: Answer, _client: object, command: Payload) -> None:
    """Answer `/darkroom models` with the list."""
    await ack()
    team, user, channel, url = (str(command[name]) for name in ("team_id", "user_id", "channel_id", "response_url"))
    await draw(desk, Place(team, user, channel, url), replace=False)


async def draw(desk: Desk, at: Place, *, replace: bool = True) -> None:
    """Show the list, or draw it anew in its place."""
    await show(answering(at.response_url), *models(await _listed(desk, at)), replace=replace)


async def _listed(desk: Desk, at: Place) -> Listed:
    store, told = desk.store, desk.settings
    found = [model for model in await looking.models(store, at.team) if may.may_see(told, model, at.user, at.channel)]
    return Listed(
        found,
        desk.now(),
        used=await store.scores(at.team, USED),
        own=frozenset(model.id for model in found if may.may_change(told, model, at.user)),
        default=await default_of(store, at.team, at.channel),
        page=at.page,
    )


DOES: Mapping[str, Callable[[Hand, str], Awaitable[str]]] = {
    actions.WAKE_MODEL: Hand.wake,
    actions.SLEEP_MODEL: Hand.put_to_sleep,
    actions.DEFAULT_MODEL: Hand.make_default,
    actions.NO_DEFAULT_MODEL: Hand.drop_default,
    actions.DELETE_MODEL: Hand.delete,
}


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons."""
    for action, does in DOES.items():
        app.action(action)(_button(desk, does))

    @app.action(re.compile(rf"^{actions.MODELS_PAGE}:(previous|next)$"))
    async def turned(ack: Answer, body: Payload, action: Payload) -> None:
        await ack()
        await draw(desk, Place.pressed(body, action))


def _button(desk: Desk, does: Callable[[Hand, str], Awaitable[str]]) -> Listener:
    async def pressed(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        at = Place.pressed(body, action)
        if fault := await does(at.hand(desk), at.model):
            await whisper(respond, fault)
        await draw(desk, at)

    return pressed


@dataclass(frozen=True)
class Asks:
    """A modal about one model: the button it opens by, its callback, how it is drawn, what its answer does.

    `does` gives an empty text or a fault, which stands under `field`.
    """

    button: str
    callback: str
    drawn: Callable[[Model, str], Payload]
    field: str
    does: Callable[[Hand, str, Payload], Awaitable[str]]


def ask(app: App, desk: Desk, asks: Asks) -> None:
    """Listen for a button that opens a modal for whoever may change the model, and for its answer."""

    @app.action(asks.button)
    async def opened(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        at = Place.pressed(body, action)
        found = await at.hand(desk).own(at.model)
        if isinstance(found, str):
            await whisper(respond, found)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=asks.drawn(found, at.carried()))

    @app.view(asks.callback)
    async def answered(ack: Answer, view: Payload) -> None:
        at = Place(**json.loads(view["private_metadata"]))
        found = await at.hand(desk).own(at.model)
        fault = await asks.does(at.hand(desk), at.model, view) if isinstance(found, Model) else ""
        if fault:
            await ack(response_action="errors", errors={asks.field: fault})
            return
        await ack()
        if isinstance(found, str):  # not under a field: there Slack shows no names and marks
            await whisper(answering(at.response_url), found)
        await draw(desk, at)
