"""The budgets: `/darkroom budgets` shows how they stand, its button lets admins set them, another approves more."""

from typing import Any

from bot.desk import Answer, App, Client, Desk, Payload, team_of, whisper
from core import actions, budgets, rules, words
from core.budgets import Approval
from core.cards.blocks import notice
from core.cards.budgets import budgets_card, read_approval
from core.cards.budgets_modal import KINDS, answers, budgets_modal
from core.holds import Payer
from core.may import is_admin


async def show(desk: Desk, ack: Answer, _client: Any, command: Payload) -> None:  # noqa: ANN401 - as every subcommand
    """Answer `/darkroom budgets`: of the workspace, the channel and the person who asks."""
    payer = Payer(command["user_id"], command["channel_id"])
    blocks = await _card(desk, command["team_id"], payer, changes=is_admin(desk.settings, command["user_id"]))
    await ack(text=words.budgets.TITLE, blocks=blocks, response_type="ephemeral")


async def _card(desk: Desk, team: str, payer: Payer, *, changes: bool) -> list[Payload]:
    stand = await budgets.levels(desk.store, team, desk.bounds, payer, desk.now())
    return budgets_card(stand, changes=changes)


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons and the modal."""

    @app.action(actions.BUDGETS)
    async def change(ack: Answer, body: Payload, client: Client) -> None:
        await ack()
        team, user = team_of(body), body["user"]["id"]
        if is_admin(desk.settings, user):
            view = budgets_modal(await rules.read(desk.store, team), desk.bounds)
        else:
            view = _shown(await _card(desk, team, Payer(user, ""), changes=False))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(actions.BUDGETS_MODAL)
    async def changed(ack: Answer, body: Payload, view: Payload) -> None:
        team, user = team_of(body), body["user"]["id"]
        wanted, chosen, faults = answers(view)
        at_budget = "" if chosen == desk.bounds.at_budget else chosen  # what the settings say is no rule of the team's
        if not is_admin(desk.settings, user):
            faults = {KINDS[0]: words.budgets.not_an_admin(desk.settings.admins)}
        elif not faults and not await rules.change(
            desk.store, team, user, desk.now(), budgets=wanted, at_budget=at_budget
        ):
            faults = {KINDS[0]: words.budgets.MANY_AT_ONCE}
        if faults:
            await ack(response_action="errors", errors=faults)
        else:
            card = await _card(desk, team, Payer(user, ""), changes=False)
            await ack(response_action="update", view=_shown(card))

    @app.action(actions.APPROVE_BUDGET)
    async def approve(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        user, channel = str(body["user"]["id"]), str(body["channel"]["id"])
        place = channel if channel == desk.settings.admin_channel else user
        asked = _asked(action["value"], place, channel)
        if not is_admin(desk.settings, user):
            await whisper(respond, words.budgets.not_an_admin(desk.settings.admins))
        elif not asked or not await budgets.approve(desk.store, team_of(body), user, asked, desk.now()):
            await whisper(respond, words.budgets.STALE)


def _asked(value: str, place: str, channel: str) -> Approval | None:
    found = read_approval(value)
    return found and Approval(found[2], found[1], found[0], found[3], place, channel)


def _shown(blocks: list[Payload]) -> Payload:
    return notice(words.budgets.TITLE, words.budgets.CLOSE, blocks)
