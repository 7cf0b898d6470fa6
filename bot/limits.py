"""The limits: `/darkroom limits` shows them to everybody, the button in the App Home lets admins change them."""

from typing import Any

from bot.desk import Answer, App, Client, Desk, Payload, team_of
from core import actions, rules, words
from core.cards.limits import limits_card
from core.cards.limits_modal import answers, limits_modal, shown_only
from core.may import is_admin
from core.records import Rules
from core.rules import RULES
from core.settings import LIMITS


async def show(desk: Desk, ack: Answer, _client: Any, command: Payload) -> None:  # noqa: ANN401 - as every subcommand
    """Answer `/darkroom limits`."""
    changes = is_admin(desk.settings, command["user_id"])
    blocks = await _card(desk, command["team_id"], changes=changes)
    await ack(text=words.limits.TITLE, blocks=blocks, response_type="ephemeral")


async def _card(desk: Desk, team: str, *, changes: bool) -> list[Payload]:
    most = await rules.limits(desk.store, team, desk.bounds)
    return limits_card(most, await desk.store.get(Rules, team, RULES), desk.bounds, changes=changes)


def register(app: App, desk: Desk) -> None:
    """Listen for the button and the modal."""

    @app.action(actions.LIMITS)
    async def limits(ack: Answer, body: Payload, client: Client) -> None:
        await ack()
        team = team_of(body)
        if is_admin(desk.settings, body["user"]["id"]):
            changed = await desk.store.get(Rules, team, RULES)
            view = limits_modal(changed.limits if changed else {}, desk.bounds.limits)
        else:
            view = shown_only(await _card(desk, team, changes=False))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(actions.LIMITS_MODAL)
    async def changed(ack: Answer, body: Payload, view: Payload) -> None:
        team, user = team_of(body), body["user"]["id"]
        wanted, faults = answers(view)
        if not is_admin(desk.settings, user):
            faults = {LIMITS[0]: words.limits.not_an_admin(desk.settings.admins)}
        elif not faults and not await rules.change_limits(desk.store, team, user, wanted, desk.now()):
            faults = {LIMITS[0]: words.limits.MANY_AT_ONCE}
        if faults:
            await ack(response_action="errors", errors=faults)
        else:
            await ack(response_action="update", view=shown_only(await _card(desk, team, changes=False)))
