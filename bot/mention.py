"""`@Darkroom learn riobugger the cat` on a message with photos, `@Darkroom imagine …` in a thread."""

import re

from bot.desk import App, Desk, Payload, team_of
from bot.learn import LEARN, WISH, asked_in, learn, tell
from core import asking, imagine_grammar, words
from core.cards.asked import asked as expected
from core.cards.which_model import which_model
from core.change import Change
from core.grammar import GrammarError
from core.outbox import ephemeral, note


def register(app: App, desk: Desk) -> None:
    """Listen for mentions."""

    @app.event("app_mention")
    async def mentioned(body: Payload, event: Payload) -> None:
        if event.get("bot_id") or not event.get("user"):
            return
        wish = WISH.match(str(event.get("text", "")))
        if wish:
            await grant(desk, team_of(body), event, wish)
        else:
            await tell(desk, asked_in(team_of(body), event), words.asking.MENTION_HELP)


async def grant(desk: Desk, team: str, event: Payload, wish: re.Match[str]) -> None:
    """Do what a message asks for."""
    if wish[1].lower() in LEARN:
        await learn(desk, team, event, wish[2])
    else:
        await _imagine(desk, team, event, wish[2])


async def _imagine(desk: Desk, team: str, event: Payload, text: str) -> None:
    now, asked = desk.now(), asked_in(team, event)
    try:
        answer = await asking.ask(desk.store, asked, imagine_grammar.read(text), now, desk.catalogue, desk.bounds)
    except GrammarError as fault:
        await tell(desk, asked, str(fault))
        return
    if answer.model:
        text, blocks = expected(answer)
        said = note(answer.generation, text, now, blocks)
    elif answer.candidates:
        said = ephemeral(answer.generation, f"which:{answer.generation.id}", *_question(answer, now))
    else:
        said = ephemeral(answer.generation, f"none:{answer.generation.id}", answer.text, now)
    await desk.store.commit(Change(team).once(said))


def _question(answer: asking.Answer, now: float) -> tuple[str, float, list[Payload]]:
    text, blocks = which_model(answer.generation, answer.candidates)
    return text, now, blocks
