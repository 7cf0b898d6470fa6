"""**Cancel** on a training thread's card."""

from bot.desk import Answer, App, Desk, Payload, team_of, whisper
from core import actions, words
from core.cancelling import cancel
from core.records import Run


def register(app: App, desk: Desk) -> None:
    """Listen for the button."""

    @app.action(actions.CANCEL)
    async def cancelled(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        run = await desk.store.get(Run, team_of(body), action["value"])
        if run is None or not await cancel(desk.store, run, str(body["user"]["id"]), desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)
