"""`/train riobugger cat` opens a training thread."""

from bot.desk import Answer, App, Desk, Payload
from core import grammar, words
from core.collecting import Origin, open_set


def register(app: App, desk: Desk) -> None:
    """Listen for /train."""

    @app.command("/train")
    async def train(ack: Answer, command: Payload) -> None:
        try:
            learn = grammar.learn(str(command.get("text", "")))
        except grammar.GrammarError as fault:
            await ack(text=str(fault), response_type="ephemeral")
            return
        origin = Origin(command["team_id"], command["channel_id"], command["user_id"], command["trigger_id"])
        await open_set(desk.store, origin, learn, None, desk.now())
        await ack(text=words.training.opening(learn.subject), response_type="ephemeral")
