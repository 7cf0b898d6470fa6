"""`/darkroom gallery [model|@person]`: past pictures in a modal, page by page, those with a star first."""

import re
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.desk import Answer, App, Desk, Payload, team_of
from bot.modals import Modals, draw_anew
from core import actions, words
from core.cards.elements import without_refused
from core.cards.gallery import Page, gallery, narrowed
from core.gallery import Look, best_first, pictures
from core.grammar import GrammarError


async def show(desk: Desk, ack: Answer, client: Any, command: Payload) -> None:  # noqa: ANN401 - as every subcommand
    """Answer with the first page. It opens without its pictures: for one that Slack refuses nothing would open."""
    look = Look(command["team_id"], command["user_id"], command["channel_id"])
    try:
        look = look.narrowed(command["text"], await desk.catalogue.models(look.team))
    except GrammarError as fault:
        await ack(text=str(fault), response_type="ephemeral")
        return
    page = await _page(desk, look)
    if not page.shown:
        await ack(text=words.gallery.nothing(narrowed(look, [])), response_type="ephemeral")
        return
    view = gallery(page)
    plain = view | {"blocks": without_refused(view["blocks"], ())}
    opened = await client.views_open(trigger_id=command["trigger_id"], view=plain)
    await ack()
    await _draw(client, opened["view"], view)


async def _page(desk: Desk, look: Look, wanted: int = 0) -> Page:
    models = await desk.catalogue.models(look.team)
    return Page(look, best_first(await pictures(desk.store, look, models)), wanted)


async def _draw(client: Modals, shown: Payload, view: Payload) -> None:
    """Draw the modal with its pictures; if Slack refuses some, without those."""
    try:
        await client.views_update(view_id=shown["id"], view=view)
    except SlackApiError as error:
        answer: Any = error.response
        refused: Any = answer.get("response_metadata") or {}
        said: list[str] = refused.get("messages") or []
        await draw_anew(client, shown, view | {"blocks": without_refused(view["blocks"], said)})


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons that turn the page."""

    @app.action(re.compile(rf"^{actions.GALLERY_PAGE}:(previous|next)$"))
    async def turned(ack: Answer, body: Payload, action: Payload, client: Modals) -> None:
        await ack()
        look = Look.read(body["view"]["private_metadata"])
        if (look.team, look.viewer) == (team_of(body), body["user"]["id"]):
            page = await _page(desk, look, int(action["value"]))
            await _draw(client, body["view"], gallery(page))
