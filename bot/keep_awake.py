"""**Keep awake** on an idle warning, and **Try again** on an endpoint that failed."""

from bot.desk import Answer, App, Desk, Payload, team_of, whisper
from core import actions, idling, words
from core.records import Model


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons."""
    policy = idling.Policy(desk.settings.idle_seconds, desk.settings.warn_seconds)

    @app.action(actions.KEEP_AWAKE)
    async def keep_awake(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        model = await desk.store.get(Model, team_of(body), action["value"])
        user = str(body["user"]["id"])
        if model is None or not await idling.keep_awake(desk.store, model, user, policy, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)

    @app.action(actions.WAKE_AGAIN)
    async def wake_again(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        model = await desk.store.get(Model, team_of(body), action["value"])
        failed = model is not None and model.state == "failed"
        if model is None or not failed or not await idling.wake_again(desk.store, model, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)
