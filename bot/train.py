"""`/train riobugger cat` opens a training thread; `/train doppler dog on riobugger` one on top of a model."""

from bot.desk import Answer, App, Desk, Payload
from core import grammar, words
from core.collecting import Origin, open_set
from core.parents import parent_of


def register(app: App, desk: Desk) -> None:
    """Listen for /train."""

    @app.command("/train")
    async def train(ack: Answer, command: Payload) -> None:
        try:
            learn = grammar.learn(str(command.get("text", "")))
            desk.bounds.word_filter.check_subject(learn)
            parent = await parent_of(
                desk.catalogue, command["team_id"], learn, command["user_id"], command["channel_id"]
            )
        except grammar.GrammarError as fault:
            await ack(text=str(fault), response_type="ephemeral")
            return
        origin = Origin(command["team_id"], command["channel_id"], command["user_id"], command["trigger_id"])
        await open_set(desk.store, origin, learn, None, desk.now(), parent)
        await ack(text=words.training.opening(learn.subject), response_type="ephemeral")
