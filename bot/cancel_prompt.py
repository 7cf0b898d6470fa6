"""**Cancel** below the answer to a prompt, or on the note that stands in for its pictures."""

from bot.desk import Answer, App, Desk, Payload, show, team_of, whisper
from core import actions
from core.cards.blocks import section
from core.withdrawing import withdraw


def register(app: App, desk: Desk) -> None:
    """Listen for the button."""

    @app.action(actions.CANCEL_PROMPT)
    async def cancelled(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        team, user, at_once = team_of(body), str(body["user"]["id"]), desk.settings.in_flight
        withdrawn = await withdraw(desk.store, team, action["value"], user, at_once, desk.now())
        if withdrawn.done and _only_they_see_it(body):
            await show(respond, withdrawn.text, [section(withdrawn.text)], replace=True)
        else:
            await whisper(respond, withdrawn.text)


def _only_they_see_it(body: Payload) -> bool:
    container: Payload = body.get("container") or {}
    return bool(container.get("is_ephemeral"))
