"""What is said about what Darkroom has cost."""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.words import money, text

HELP = (
    "`/darkroom costs` shows this month; `last month` or `2026-10` another one; `riobugger`, `channel` (this one), "
    "`#channel`, `me` or `@person` what one of them has cost. Admins have `csv` and a month too."
)

MARK_UNKNOWN = f"Slack did not tell me who or which channel that is: choose from the list that it offers. {HELP}"

CSV_TAKES = "`/darkroom costs csv` takes a month and nothing else: `/darkroom costs csv 2026-10`."

OTHER_CHANNEL = "Only admins see what another channel has cost. Ask there, or say `/darkroom costs channel` here."

OTHER_PERSON = "Only admins see what somebody else has cost. `/darkroom costs me` shows what you have."

CSV_FOR_ADMINS = "Only admins get every line of the ledger. `/darkroom costs` shows the sums."

CSV_COMES = "I am writing every line down; the file comes to you alone, in our direct messages, in a few seconds."

MODELS, CHANNELS, PEOPLE = "Models", "Channels", "People"

PRIVATE_MODELS = "private models"

THIS_CHANNEL, ONE_CHANNEL, YOU, ONE_PERSON = "this channel", "one channel", "you", "one person"

NOWHERE = "no channel"

NOBODY = "nobody in particular"

NOTHING_SEEN = "Nothing of it is yours or of this channel; only admins see the rest by model, channel and person."

PARTLY_SEEN = "Below, what is yours and of this channel; only admins see the rest."

BASIS = (
    "Instance time by AWS's own times and list prices; storage, requests and tax are not in it. A training counts when "
    "it is over. Months and days are UTC."
)

CHART_COMES, CHART_COMES_ALONE = "The chart comes here in a moment.", "The chart comes to you alone, in a moment."

TRAINING, ENDPOINTS = "Training", "Endpoints"

TABLE_READY = "Here is every line of the ledger that you asked for."


def month(begins: float) -> str:
    """Name a month by its first moment, Unix seconds."""
    return f"{datetime.fromtimestamp(begins, UTC):%B %Y}"


def no_month(typed: str) -> str:
    """Answer a month that there is none of."""
    return f"There is no month {text.escape(typed)}. {HELP}"


def not_begun(begins: float) -> str:
    """Answer a month that lies ahead."""
    return f"{month(begins)} has not begun. {HELP}"


def not_kept(begins: float) -> str:
    """Answer a month that is too long ago."""
    return f"I keep the books for 13 months, and {month(begins)} is further back."


def no_such_model(name: str, meant: str) -> str:
    """Answer a name that no model has here, with the one that was probably meant."""
    guess = f"Did you mean *{text.escape(meant)}*? " if meant else ""
    return f"I know no model “{text.escape(text.short(name, 30))}”. {guess}{HELP}"


def title(named: str, begins: float) -> str:
    """Head what one thing, or all (""), has cost in a month, in plain words."""
    return f"Costs of {named} in {month(begins)}" if named else f"Costs of {month(begins)}"


def model(named: str) -> str:
    """Name a model; empty: those that are not for everybody."""
    return text.escape(named) or PRIVATE_MODELS


def channel(identity: str) -> str:
    """Name a channel."""
    return f"<#{identity}>" if identity else NOWHERE


def person(identity: str) -> str:
    """Name a person."""
    return f"<@{identity}>" if identity else NOBODY


def nothing(begins: float) -> str:
    """Say that nothing has been spent."""
    return f"Nothing was spent in {month(begins)}."


def total(dollars: float, training: float, endpoints: float, hours: float) -> str:
    """Say what a month has come to, and on what."""
    parts = f"training {money.dollars(training)} · endpoints {money.dollars(endpoints)}"
    return f"*{money.dollars(dollars)}* · {parts} · {instance_hours(hours)}"


def instance_hours(hours: float) -> str:
    """Write for how long instances have run."""
    if hours < 1:
        return f"{text.span(hours * 60)} of instances"
    return f"{hours:,.1f} instance hours"


def before(begins: float, dollars: float, by_now: float | None) -> str:
    """Compare with the month before; `by_now`: what that had come to by the same moment, None: this one is over too."""
    if not dollars:
        return f"{month(begins)}: nothing."
    by_then = f", {money.dollars(by_now)} of it by this time of the month" if by_now is not None else ""
    return f"{month(begins)}: {money.dollars(dollars)}{by_then}."


def up(endpoints: int, trainings: int, an_hour: float) -> str:
    """Say what runs at this moment, and what it costs an hour."""
    counted = [
        f"{count} {noun}{'' if count == 1 else 's'}"
        for count, noun in ((endpoints, "endpoint"), (trainings, "training"))
        if count
    ]
    if not counted:
        return "Nothing is up now."
    are = "is" if endpoints + trainings == 1 else "are"
    return f"{' and '.join(counted)} {are} up now: *{money.dollars(an_hour)} an hour*."


def foreseen(dollars: float) -> str:
    """Say where the month leads."""
    return f"If it goes on as in the last days, the month comes to about {money.dollars(dollars)}."


def place(named: str, dollars: float, hours: float) -> str:
    """Say what one of a list has cost."""
    return f"{named} · {money.dollars(dollars)} · {instance_hours(hours)}"


def more(count: int, dollars: float) -> str:
    """Say what those come to that a list has no room for."""
    return f"{count} more · {money.dollars(dollars)}"


def guessed(machines: Sequence[str], an_hour: float) -> str:
    """Say that prices are not known, and what was taken in their place."""
    prices = "price" if len(machines) == 1 else "prices"
    are = "is" if len(machines) == 1 else "are"
    return (
        f"The {prices} of {', '.join(machines)} {are} not known here: reckoned with the dearest known, "
        f"{money.dollars(an_hour)} an hour."
    )


def in_all(dollars: float, hours: float) -> str:
    """Stand below the chart's title."""
    return f"{money.dollars(dollars)} · {instance_hours(hours)} · days are UTC"


def part(named: str, dollars: float) -> str:
    """Explain a colour of the chart."""
    return f"{named} {money.dollars(dollars)}"


def chart_ready(titled: str, dollars: float) -> str:
    """Stand with the chart."""
    return f"{titled}: {money.dollars(dollars)}"


def failed(reason: str) -> str:
    """Say why what was asked for does not come."""
    return f"I could not bring you the costs. {reason}"


def chart_name(wanted_month: str) -> str:
    """Name the chart's file."""
    return f"costs-{wanted_month}.png"


def table_name(wanted_month: str) -> str:
    """Name the table's file."""
    return f"costs-{wanted_month}.csv"
