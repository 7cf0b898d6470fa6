"""The card's buttons: **Train** opens the modal, **Start training** queues the run, **Try again** queues it anew."""

from bot.desk import Answer, App, Client, Desk, Payload, team_of, whisper
from core import actions, collecting, prices, recipe, starting, words
from core.cards.train_modal import answers, train_modal
from core.records import Run


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons and the modal."""

    @app.action(actions.TRAIN)
    async def train(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        run = await desk.store.get(Run, team_of(body), action["value"])
        if run is None or run.state != "collecting":
            await whisper(respond, words.training.STALE_BUTTON)
            return
        good = await _good(desk, run)
        if good < recipe.PHOTOS_LEAST:
            await whisper(respond, words.training.too_few_photos(good, recipe.PHOTOS_LEAST))
            return
        await client.views_open(trigger_id=body["trigger_id"], view=train_modal(run, good, _cost(desk)))

    @app.view(actions.TRAIN_MODAL)
    async def start(ack: Answer, body: Payload, view: Payload) -> None:
        run = await desk.store.get(Run, team_of(body), view["private_metadata"])
        fault = await _fault(desk, run)
        given = answers(view)
        errors = {"instance_prompt": fault} if fault or run is None else recipe.faults(run.subject, given)
        if errors or run is None:
            await ack(response_action="errors", errors=errors)
        elif await starting.start(desk.store, run, given, body["user"]["id"], desk.now()):
            await ack()
        else:
            await ack(response_action="errors", errors={"instance_prompt": words.training.STALE_BUTTON})

    @app.action(actions.TRY_AGAIN)
    async def try_again(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        run = await desk.store.get(Run, team_of(body), action["value"])
        failed = run is not None and run.state == "failed" and run.attempt > 0
        if run is None or not failed or not await starting.start_again(desk.store, run, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)


async def _good(desk: Desk, run: Run) -> int:
    return sum(photo.state == "good" for photo in await collecting.photos(desk.store, run))


async def _fault(desk: Desk, run: Run | None) -> str:
    """Say why this set cannot be trained now, whatever the modal's answers are; empty when it can."""
    if run is None or run.state != "collecting":
        return words.training.STALE_BUTTON
    good = await _good(desk, run)
    return "" if good >= recipe.PHOTOS_LEAST else words.training.too_few_photos(good, recipe.PHOTOS_LEAST)


def _cost(desk: Desk) -> str:
    instance = desk.settings.training_instance
    idle_minutes = max(1, round(desk.settings.idle_seconds / 60))
    return words.training.training_costs(prices.TRAINING_MINUTES, instance, prices.training(instance), idle_minutes)
