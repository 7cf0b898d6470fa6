"""**Keep awake** and **Sleep now** on an idle warning, and **Try again** on an endpoint that failed."""

from bot.desk import Answer, App, Desk, Payload, team_of, whisper
from core import actions, idling, serving, words
from core.budgets import OverBudgetError
from core.holds import Payer
from core.managing import Hand
from core.records import Model


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons."""

    @app.action(actions.KEEP_AWAKE)
    async def keep_awake(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        model = await desk.store.get(Model, team_of(body), action["value"])
        user = str(body["user"]["id"])
        try:
            if not (model and await _keep(desk, model, user)):
                await whisper(respond, words.training.STALE_BUTTON)
        except OverBudgetError as fault:
            await whisper(respond, str(fault))

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
        payer = Payer(str(body["user"]["id"]), str(body["channel"]["id"]))
        if model is None or not failed or not await idling.wake_again(desk.store, model, desk.now(), payer):
            await whisper(respond, words.training.STALE_BUTTON)


async def _keep(desk: Desk, model: Model, user: str) -> bool:
    an_hour = await serving.an_hour(desk.store, desk.settings, model)
    keeping = idling.Keeping(desk.settings.keep_seconds, an_hour)
    return await idling.keep_awake(desk.store, model, user, keeping, desk.now(), desk.bounds)
