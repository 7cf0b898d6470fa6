"""What the App Home says."""

from collections.abc import Sequence

from core.words import money, text

MODELS, RUNS, SPENT, PICTURES, SETTINGS = "Models", "Under way", "This month", "Your latest pictures", "Settings"

PRIVATE = "private"

STATES = {
    "asleep": ":zzz:",
    "deploying": ":hourglass_flowing_sand:",
    "in_service": ":large_green_circle:",
    "draining": ":zzz:",
    "failed": ":x:",
    "deleting": ":wastebasket:",
}
"""A model's state as a mark."""

HELP: Sequence[str] = (
    "`/train riobugger cat` opens a thread: drop 4 to 20 photos there and press *Train*.",
    (
        "`/imagine a photo of riobugger cat --n 2` paints; `/imagine help` lists flags. In a thread write "
        "`@Darkroom imagine …`, to me alone just `imagine …`."
    ),
    "`/darkroom add anime` finds ready-made models of that kind in JumpStart, with their price by the hour.",
    "`/darkroom models` lists what can paint, `/darkroom gallery` what was painted: what has a :star: comes first.",
    "`/darkroom costs` says what this month has cost, `/darkroom costs riobugger` (or `channel`, `me`) on what.",
    "`/darkroom export riobugger` gives its pictures along, `/darkroom limits` says how many prompts there may be.",
    "`/darkroom budgets` says what may be spent, `/darkroom hours` when models of a channel stay awake.",
    "Admins: `/darkroom audit` lists who trained, woke, kept awake, deleted or changed what.",
)


def named(title: str, noun: str, *, private: bool) -> str:
    """Name a model and what it is."""
    return f"*{text.escape(title)}* · {text.escape(noun)}{f' · {PRIVATE}' if private else ''}"


def costs(so_far: float, an_hour: float | None) -> str:
    """Say what a model has cost until now, and by the hour while its endpoint is up."""
    rate = f", {money.dollars(an_hour)} an hour now" if an_hour is not None else ""
    return f"{money.dollars(so_far)} so far{rate}"


def try_it(prompt: str) -> str:
    """Say how a model is prompted."""
    return f"`/imagine {text.escape(prompt)}`"


def more(count: int, command: str) -> str:
    """Say that a list has no room for so many, and where they are."""
    return f"{count} more: `{command}`"


def more_runs(count: int) -> str:
    """Say that so many runs have no room."""
    return f"{count} more"


def run(subject: str, noun: str, channel: str) -> str:
    """Name a run and where it is."""
    return f"*{text.escape(subject)}* · {text.escape(noun)} · <#{channel}>"


def spent(total: float, training: float, endpoints: float) -> str:
    """Say what has been spent since the month began, in dollars, and on what."""
    if not total:
        return "Nothing has been spent this month."
    return f"*{money.dollars(total)}* · training {money.dollars(training)} · endpoints {money.dollars(endpoints)}"


def up(count: int, an_hour: float) -> str:
    """Say what the endpoints that are up cost; `an_hour` is the sum of those whose price is known."""
    if not count:
        return "No endpoint is up, so nothing is being spent at the moment."
    named = "1 endpoint is" if count == 1 else f"{count} endpoints are"
    return f"{named} up at {money.dollars(an_hour)} an hour; each is taken down by itself when nobody uses it."


NO_PICTURES = "None yet. What you ask for with `/imagine` shows here."
