"""What is said of things in AWS that nobody needs, that are stuck, or that somebody has deleted there."""

from collections.abc import Sequence

from core.words import money, text

LIST_MOST = 30
"""Things that one message names."""
RECOVER, STATELESS = "python -m workers recover", "python -m workers sweep --stateless"
NO_RECORDS = "I cannot reach Redis: nothing was looked at, and nothing deleted. `--stateless` goes without."


def cost(seconds: float, dollars: float, rate: float, instance: str) -> str:
    """Say what a thing has cost, for behind a colon; `instance` is empty where its price is not known."""
    whose = f"on {instance}" if instance else "the dearest that I know: its own price is not known to me"
    return f"{_long(seconds)}, {money.dollars(dollars)} ({money.dollars(rate)} an hour, {whose})"


def _long(seconds: float) -> str:
    """Write how long a thing has stood, in whole units."""
    if seconds < 7_200:  # noqa: PLR2004 - two hours
        return text.span(seconds / 60)
    hours = round(seconds / 3_600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days and {hours % 24} hours"  # noqa: PLR2004 - two days


def deleted(kind: str, name: str, costs: str) -> str:
    """Tell of an orphan that was ended."""
    if kind == "training job":
        return f"I stopped the training job `{name}`: it has my tags and no run waits for it. It ran {costs}."
    return f"I deleted the {kind} `{name}`: it has my tags and no model needs it. It stood {costs}."


def refused(kind: str, name: str, reason: str, costs: str) -> str:
    """Tell of an orphan that AWS does not let go."""
    bill = f" So far: {costs}." if costs else ""
    return f"No record needs the {kind} `{name}`, and I cannot end it. {reason} I try again every few minutes.{bill}"


def stuck(name: str, status: str, reason: str, costs: str) -> str:
    """Tell of an endpoint that bills and serves nobody; `reason` is what AWS said to its deletion, if it was tried."""
    tries = f"No model needs it, and I try to delete it every few minutes. {reason}" if reason else (
        "Its model has it, and goes on with it by itself as soon as AWS lets it."
    )  # fmt: skip
    return f"The endpoint `{name}` is stuck in {status}, and may cost money all the same: {costs}. {tries}"


def older(costs: Sequence[tuple[str, str, str]], free: int, an_hour: float) -> str:
    """Tell of things older than all that is remembered: (kind, name, costs) of what bills, and how many do not."""
    named = [f"• {kind} `{name}`: {cost}" for kind, name, cost in costs[:LIST_MOST]]
    more = [f"• and {len(costs) - LIST_MOST} more"] if len(costs) > LIST_MOST else []
    others = [f"• {free} configs and models of endpoints, which cost nothing"] if free else []
    lines = "\n".join([*named, *more, *others])
    return (
        "These carry my tags and are older than my memory: no record knows them, as if my Redis had been emptied or "
        f"set back. I delete none of them. Together they cost {money.dollars(an_hour)} an hour.\n{lines}\n"
        f"`{RECOVER}` gives the models their records back; `{STATELESS}` deletes what nobody calls."
    )


def gone(subject: str) -> str:
    """Tell people that an endpoint went without its model's doing."""
    whose = "somebody has deleted it in AWS, or a job that ends forgotten ones has"
    return f"The endpoint of *{subject}* is not there any more: {whose}. The model is kept."


def clock_wrong(seconds: float) -> str:
    """Say why nothing is judged."""
    way = "ahead of" if seconds > 0 else "behind"
    return f"My clock is {text.span(abs(seconds) / 60)} {way} AWS's. Until that is put right, I delete nothing."
