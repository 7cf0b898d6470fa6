"""The card's buttons about photos: **Use anyway**, **Leave out**, whole or middle, whose photos come next."""

from bot.desk import Answer, App, Desk, Payload, team_of, whisper
from core import actions, choosing_photos, words
from core.records import Photo, Run


def register(app: App, desk: Desk) -> None:
    """Listen for the buttons."""
    for action_id, choice in (
        (actions.USE_PHOTO, "use"),
        (actions.USE_ONE, "use"),
        (actions.LEAVE_OUT_PHOTO, "leave"),
        (actions.LEAVE_OUT_ONE, "leave"),
    ):
        _choice(app, desk, action_id, choice)

    @app.action(actions.FRAME)
    async def frame(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        run = await desk.store.get(Run, team_of(body), action["value"])
        if run is None or not await choosing_photos.frame(desk.store, run, desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)

    @app.action(actions.DROP_NEXT)
    async def drop_next(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        of, _, role = str(action["value"]).partition(":")
        run = await desk.store.get(Run, team_of(body), of)
        if run is None or not await choosing_photos.say_next(desk.store, run, role, action["action_ts"], desk.now()):
            await whisper(respond, words.training.STALE_BUTTON)


def _choice(app: App, desk: Desk, action_id: str, choice: str) -> None:
    @app.action(action_id)
    async def chosen(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        value = str(action.get("value") or action["selected_option"]["value"])
        of, _, identity = value.partition(":")
        run = await desk.store.get(Run, team_of(body), of)
        photo = await desk.store.get(Photo, team_of(body), identity)
        if run and photo and await choosing_photos.choose(desk.store, run, photo, choice, desk.now()):
            return
        await whisper(respond, words.training.STALE_BUTTON)
