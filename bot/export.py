"""`/darkroom export MODEL`: a zip of the model's pictures, with what they were painted with."""

from bot.desk import Answer, Desk, Payload
from core import exporting, words
from core.asking import Asked, those_called, usable
from core.grammar import GrammarError, plain


async def ask(desk: Desk, ack: Answer, _client: object, command: Payload) -> None:
    """Write the wish down; of several models of one name the newest is meant."""
    asked = Asked(command["team_id"], command["user_id"], command["channel_id"], "", command["trigger_id"])
    name = plain(command["text"])
    if not name:
        await ack(text=words.export.WHICH, response_type="ephemeral")
        return
    models = await desk.catalogue.models(asked.team)
    try:
        named = those_called(name, usable(models, asked))
    except GrammarError as fault:
        await ack(text=str(fault), response_type="ephemeral")
        return
    model = max(named, key=lambda one: one.trained_at)
    await exporting.ask(desk.store, asked, model, desk.now())
    await ack(text=words.export.collecting(model.title), response_type="ephemeral")
