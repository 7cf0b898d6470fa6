"""`/imagine a photo of riobugger cat on the beach`, and the question which model is meant."""

from bot.desk import Answer, App, Desk, Payload, show, team_of, whisper
from core import actions, asking, imagine_grammar, words
from core.cards import which_model as question
from core.cards.asked import asked as expected
from core.grammar import GrammarError
from core.records import Generation, Model


def register(app: App, desk: Desk) -> None:
    """Listen for /imagine and for the answer to the question."""

    @app.command("/imagine")
    async def imagine(ack: Answer, command: Payload, respond: Answer) -> None:
        asked = asking.Asked(command["team_id"], command["user_id"], command["channel_id"], "", command["trigger_id"])
        try:
            understood = imagine_grammar.read(str(command.get("text", "")))
            answer = await asking.ask(desk.store, asked, understood, desk.now(), desk.catalogue, desk.bounds)
        except GrammarError as fault:
            await ack(text=str(fault), response_type="ephemeral")
            return
        if answer.model:
            text, blocks = expected(answer)
            await ack(text=text, blocks=blocks, response_type="ephemeral")
        elif answer.candidates:
            await ack()
            await show(respond, *question.which_model(answer.generation, answer.candidates))
        else:
            await ack(text=answer.text, response_type="ephemeral")

    @app.action(actions.CHOOSE_MODEL)
    async def chosen(ack: Answer, body: Payload, action: Payload, respond: Answer) -> None:
        await ack()
        identity, wanted = question.chosen(action)
        generation = await desk.store.get(Generation, team_of(body), identity)
        model = await desk.store.get(Model, team_of(body), wanted)
        if generation is None or generation.state != "parked" or generation.model:
            await whisper(respond, words.asking.CHOICE_GONE)
        elif model is None:
            await whisper(respond, words.asking.model_gone())
        else:
            await _choose(desk, generation, model, respond)


async def _choose(desk: Desk, generation: Generation, model: Model, respond: Answer) -> None:
    """Take the choice, and put what happens next in the place of the question."""
    try:
        answer = await asking.choose_model(desk.store, generation, model, desk.now(), desk.bounds)
    except GrammarError as fault:
        await whisper(respond, str(fault))
        return
    if answer:
        await show(respond, *expected(answer), replace=True)
    else:
        await whisper(respond, words.asking.CHOICE_GONE)
