"""`/darkroom` alone and the App Home tab: models, runs under way, help."""

from bot.desk import Answer, App, Desk, Payload, team_of
from core import homes, looking, may, words
from core.cards.overview import overview


async def show(desk: Desk, ack: Answer, _client: object, command: Payload) -> None:
    """Answer `/darkroom` with the list."""
    team, user, channel = command["team_id"], command["user_id"], command["channel_id"]
    there = await looking.models(desk.store, team)
    models = [model for model in there if may.may_see(desk.settings, model, user, channel)]
    blocks = overview(models, await looking.runs(desk.store, team))
    await ack(text=words.overview.HOME_TITLE, blocks=blocks, response_type="ephemeral")


def register(app: App, desk: Desk) -> None:
    """Listen for the Home tab being opened."""

    @app.event("app_home_opened")
    async def home_opened(body: Payload, event: Payload) -> None:
        if event.get("tab", "home") != "home":
            return
        blank = not event.get("view")
        await homes.opened(desk.store, team_of(body), event["user"], desk.now(), blank=blank)
