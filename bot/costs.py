"""`/darkroom costs [month] [model|#channel|@person]`: the sums at once, a chart by a worker; `csv`: every line."""

from bot.desk import Answer, Desk, Payload
from core import bills, costs_grammar, may, reporting, words
from core.asking import Asked
from core.cards.costs import costs_card, has_spent
from core.costs_grammar import Wanted
from core.grammar import GrammarError


async def show(desk: Desk, ack: Answer, _client: object, command: Payload) -> None:
    """Answer with the card, and have the file made."""
    asked = Asked(command["team_id"], command["user_id"], command["channel_id"], "", command["trigger_id"])
    try:
        wanted = costs_grammar.read(command["text"], asked.channel, asked.user, desk.now())
        answer = await (_every_line if wanted.csv else _sums)(desk, asked, wanted)
    except GrammarError as fault:
        answer = {"text": str(fault)}
    await ack(**answer, response_type="ephemeral")


async def _sums(desk: Desk, asked: Asked, wanted: Wanted) -> Payload:
    bill = await bills.read(desk.store, desk.settings, asked, wanted, desk.now())
    if has_spent(bill):
        await reporting.ask(desk.store, asked, wanted, desk.now(), alone=not bill.open)
    text, blocks = costs_card(bill)
    return {"text": text, "blocks": blocks}


async def _every_line(desk: Desk, asked: Asked, wanted: Wanted) -> Payload:
    if not may.is_admin(desk.settings, asked.user):
        raise GrammarError(words.costs.CSV_FOR_ADMINS)
    await reporting.ask(desk.store, asked, wanted, desk.now(), alone=True)
    return {"text": words.costs.CSV_COMES}
