"""**Rename** in the list of models, and the modal behind it."""

from bot import models
from bot.desk import Answer, App, Client, Desk, Payload, whisper
from core import actions
from core.cards.rename_modal import NAME, answer, rename_modal


def register(app: App, desk: Desk) -> None:
    """Listen for the button and the modal."""

    @app.action(actions.RENAME_MODEL)
    async def asked(ack: Answer, body: Payload, action: Payload, client: Client, respond: Answer) -> None:
        await ack()
        at = models.Place.pressed(body, action)
        found = await at.hand(desk).own(at.model)
        if isinstance(found, str):
            await whisper(respond, found)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=rename_modal(found, at.carried()))

    @app.view(actions.RENAME_MODAL)
    async def named(ack: Answer, view: Payload) -> None:
        at = models.place_in(view)
        if fault := await at.hand(desk).rename(at.model, answer(view)):
            await ack(response_action="errors", errors={NAME: fault})
            return
        await ack()
        await models.draw(desk, at)
