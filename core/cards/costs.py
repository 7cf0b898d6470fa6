"""What Darkroom has cost, as people see it at once; the chart follows."""

from collections.abc import Callable, Sequence

from core import costs, prices, words
from core.bills import Bill
from core.cards.blocks import Block, context, header, mrkdwn, section
from core.costs import Sum
from core.ledger import Charge

LISTED_MOST = 5
"""Models, channels and people listed, the dearest first."""


def costs_card(bill: Bill) -> tuple[str, list[Block]]:
    """Draw it; `text` is what stands in notifications."""
    return bill.titled, [
        header(bill.titled),
        section("\n".join([_total(bill), _before(bill)])),
        *_lists(bill),
        *_now(bill),
        context("\n".join(_small_print(bill))),
    ]


def has_spent(bill: Bill) -> bool:
    """Tell whether there is anything to draw a chart of."""
    return bool(costs.add_up(bill.lines).dollars)


def _total(bill: Bill) -> str:
    spent = costs.add_up(bill.lines)
    if not spent.dollars:
        return words.costs.nothing(bill.begins)
    whose = {"channel": words.costs.channel, "person": words.costs.person}.get(bill.wanted.scope)
    said = words.costs.total(spent.dollars, spent.training, spent.endpoints, spent.hours)
    return f"{whose(bill.wanted.named)}: {said}" if whose else said


def _before(bill: Bill) -> str:
    return words.costs.before(bill.begins_before, costs.add_up(bill.before).dollars, _by_now(bill))


def _by_now(bill: Bill) -> float | None:
    """Give what the month before had come to by the same moment; None where this one is over."""
    if bill.is_over:
        return None
    until = bill.begins_before + bill.now - bill.begins
    return costs.add_up(costs.between(bill.before, bill.begins_before, until)).dollars


def _lists(bill: Bill) -> list[Block]:
    """List the dearest models, channels and people, those aside that are asked about."""
    if not bill.seen:
        return [section(words.costs.NOTHING_SEEN)] if bill.lines else []
    lists: list[tuple[str, str, Callable[[Charge], str]]] = [
        (words.costs.MODELS, "model", _model_of(bill)),
        (words.costs.CHANNELS, "channel", lambda line: words.costs.channel(line.channel)),
        (words.costs.PEOPLE, "person", lambda line: words.costs.person(line.user)),
    ]
    fields = [mrkdwn(_list(head, bill.seen, key)) for head, scope, key in lists if scope != bill.wanted.scope]
    partly = [context(words.costs.PARTLY_SEEN)] if len(bill.seen) < len(bill.lines) else []
    return [*partly, {"type": "section", "fields": fields}]


def _list(head: str, lines: Sequence[Charge], key: Callable[[Charge], str]) -> str:
    found = costs.by(lines, key)
    listed = [words.costs.place(named, one.dollars, one.hours) for named, one in found[:LISTED_MOST]]
    rest = sum((one for _, one in found[LISTED_MOST:]), start=Sum())
    more = [words.costs.more(len(found) - LISTED_MOST, rest.dollars)] if len(found) > LISTED_MOST else []
    return "\n".join([f"*{head}*", *listed, *more])


def _model_of(bill: Bill) -> Callable[[Charge], str]:
    """Give how a line's model is called: as it is called now, or was in its last line."""
    titles = {line.model or line.subject: line.subject for line in bill.seen}
    return lambda line: words.costs.model(titles[line.model or line.subject])


def _now(bill: Bill) -> list[Block]:
    """Say what is up now, and where that leads."""
    if bill.is_over:
        return []
    trainings = sum(line.kind == "training" for line in bill.up)
    up = words.costs.up(len(bill.up) - trainings, trainings, an_hour(bill.up))
    spent = costs.add_up(bill.lines).dollars
    foreseen = costs.foreseen([*bill.before, *bill.lines], spent, bill.now)
    return [section("\n".join([up, *([words.costs.foreseen(foreseen)] if foreseen else [])]))]


def an_hour(up: Sequence[Charge]) -> float:
    """Add up what runs costs an hour, in dollars."""
    return sum(prices.reckoned(3600, line.an_hour) for line in up)


def _small_print(bill: Bill) -> list[str]:
    guessed = costs.guessed([*bill.lines, *bill.up])
    comes = words.costs.CHART_COMES if bill.open else words.costs.CHART_COMES_ALONE
    return [
        *([words.costs.guessed(guessed, prices.DEAREST)] if guessed else []),
        words.costs.BASIS,
        *([comes] if has_spent(bill) else []),
    ]
