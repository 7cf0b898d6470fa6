"""**Keep awake** and **Sleep now** on an idle warning, and **Try again** on an endpoint that failed."""

from bot.desk import Answer, App, Desk, Payload, team_of, whisper
from core import actions, idling, serving, words
from core.managing import Hand
from core.records import Model


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons."""

    @app.action(actions.KEEP_AWAKE)
    async def keep_awake(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        model = await desk.store.get(Model, team_of(body), action["value"])
        user = str(body["user"]["id"])
        kept = model and await idling.keep_awake(desk.store, model, user, await _keeping(desk, model), desk.now())
        if not kept:
            await whisper(respond, words.training.STALE_BUTTON)

    @app.action(actions.SLEEP_NOW)
    async def sleep_now(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        user, channel = str(body["user"]["id"]), str(body["channel"]["id"])
        hand = Hand(desk.store, desk.settings, team_of(body), user, channel, desk.now())
        if fault := await hand.put_to_sleep(action["value"]):
            await whisper(respond, fault)

    @app.action(actions.WAKE_AGAIN)
    async def wake_again(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        model = await desk.store.get(Model, team_of(body), action["value"])
        failed = model is not None and model.state == "failed"
        if model is None or not failed or not await idling.wake_again(desk.store, model, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)


async def _keeping(desk: Desk, model: Model) -> idling.Keeping:
    return idling.Keeping(desk.settings.keep_seconds, await serving.an_hour(desk.store, desk.settings, model))
