"""`@Darkroom learn riobugger the cat` on a message with photos, `@Darkroom imagine …` in a thread."""

from bot.desk import Answer, App, Desk, Payload, team_of
from bot.learn import LEARN, WISH, learn, thread_of
from core import asking, grammar, words
from core.cards.notices import which_model
from core.change import Change
from core.outbox import ephemeral, note


def register(app: App, desk: Desk) -> None:
    """Listen for mentions."""

    @app.event("app_mention")
    async def mentioned(body: Payload, event: Payload, say: Answer) -> None:
        if event.get("bot_id") or not event.get("user"):
            return
        wish = WISH.match(str(event.get("text", "")))
        if wish is None:
            await say(text=words.MENTION_HELP, thread_ts=thread_of(event))
        elif wish[1].lower() in LEARN:
            await learn(desk, team_of(body), event, wish[2], say)
        else:
            await _imagine(desk, team_of(body), event, wish[2], say)


async def _imagine(desk: Desk, team: str, event: Payload, text: str, say: Answer) -> None:
    try:
        understood = grammar.imagine(text)
    except grammar.GrammarError as fault:
        await say(text=str(fault), thread_ts=thread_of(event))
        return
    now = desk.now()
    asked = asking.Asked(team, event["user"], event["channel"], thread_of(event), f"{event['channel']}:{event['ts']}")
    answer = await asking.ask(desk.store, asked, understood, now)
    if answer.model:
        said = note(answer.generation, answer.text, now)
    elif answer.catalogue:
        said = ephemeral(answer.generation, f"which:{answer.generation.id}", *_question(answer, now))
    else:
        said = ephemeral(answer.generation, f"none:{answer.generation.id}", answer.text, now)
    await desk.store.commit(Change(team).once(said))


def _question(answer: asking.Answer, now: float) -> tuple[str, float, list[Payload]]:
    text, blocks = which_model(answer.generation, answer.catalogue)
    return text, now, blocks
