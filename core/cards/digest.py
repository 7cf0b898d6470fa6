"""The weekly digest, as admins see it."""

from collections.abc import Sequence

from core import costs, prices, words
from core.cards.blocks import Block, context, header, section
from core.ledger import Charge
from core.names import DAY

MODELS_MOST = 5
WEEK = 7 * DAY
SAVED_LEAST = 1.0
"""Less is not worth a line, in dollars."""


def digest_card(
    began: float, lines: Sequence[Charge], before: Sequence[Charge], up: Sequence[Charge]
) -> tuple[str, list[Block]]:
    """Draw it: the lines of the week and of the one before, and what is up now; `began` is in Unix seconds."""
    spent, earlier = costs.add_up(lines), costs.add_up(before)
    trainings = sum(line.kind == "training" for line in up)
    an_hour = sum(prices.reckoned(3600, line.an_hour) for line in up)
    guessed = costs.guessed([*lines, *up])
    title = words.digest.title(began)
    total = words.costs.total(spent.dollars, spent.training, spent.endpoints, spent.hours) if lines else ""
    said = [total or words.digest.NOTHING, words.digest.before(spent.dollars, earlier.dollars)]
    if (saved := costs.saved(lines, began, began + WEEK)) >= SAVED_LEAST:
        said.append(words.digest.saved(saved))
    return f"{title}: {words.money.dollars(spent.dollars)}", [
        header(title),
        section("\n".join(said)),
        *([section("\n".join([f"*{words.costs.MODELS}*", *_models(lines)]))] if lines else []),
        section(words.costs.up(len(up) - trainings, trainings, an_hour)),
        context("\n".join([*([words.costs.guessed(guessed, prices.DEAREST)] if guessed else []), words.digest.MORE])),
    ]


def _models(lines: Sequence[Charge]) -> list[str]:
    """List the dearest models, each as it was called in its last line."""
    titles = {line.model or line.subject: line.subject for line in lines}
    found = costs.by(lines, lambda line: line.model or line.subject)
    return [
        words.costs.place(words.costs.model(titles[key]), one.dollars, one.hours) for key, one in found[:MODELS_MOST]
    ]
