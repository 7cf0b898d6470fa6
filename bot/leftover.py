"""Buttons and modals that this version does not know any more: they stand in messages for years, and say so."""

import re

from bot.desk import Answer, App, Desk, Payload, first_input, whisper
from core import words

ANY = re.compile(r"")


def register(app: App, _: Desk) -> None:
    """Listen for whatever nobody else listens for; this has to be the last of the features."""

    @app.action(ANY)
    async def pressed(ack: Answer, body: Payload, respond: Answer) -> None:
        await ack()
        if body.get("response_url"):  # in a modal and in the App Home there is none
            await whisper(respond, words.trouble.LEFT_OVER)

    @app.view(ANY)
    async def submitted(ack: Answer, view: Payload) -> None:
        await ack(response_action="errors", errors={first_input(view): words.text.unmarked(words.trouble.LEFT_OVER)})
