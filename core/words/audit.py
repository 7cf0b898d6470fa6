"""What `/darkroom audit` says: who did what, to which model, when."""

from collections.abc import Mapping, Sequence

from core.words import budgets, limits, money, text

TITLE = "Who did what"

DEEDS: Mapping[str, str] = {
    "trained": "started a training of",
    "tried again": "tried a training again of",
    "compared": "compared steps of",
    "kept": "kept one of the step sheet of",
    "woke": "woke",
    "slept": "put to sleep",
    "kept awake": "kept awake",
    "added": "added the ready-made model",
    "renamed": "renamed",
    "idle": "changed the idle time of",
    "opened": "changed who may use",
    "deleted": "deleted",
    "cancelled": "cancelled a training of",
    "rules": "changed the rules",
    "approved": "approved more money",
    "exported": "exported",
}
"""Each deed by its name in the record, as it stands in a sentence; another version's deeds stand by their name."""

USAGE = (
    "I did not understand that. `/darkroom audit` shows the latest, `/darkroom audit riobugger` those of a model, "
    "`/darkroom audit @mira` those of a person, `/darkroom audit 30` those of the last 30 days; together they narrow "
    "each other down."
)

AS_SET_UP, NO_HOURS = "as set up", "none"
HOURS = "hours"
"""Begins the names of rules that are working hours; the channel's id follows behind a colon."""

EVERYBODY = "everybody"


def line(at: float, who: str, deed: str, about: str, channel: str, detail: str) -> str:
    """Say one deed; `about` is as it was typed, `detail` ready for Slack."""
    named = f" *{text.escape(about)}*" if about else ""
    where = f" in <#{channel}>" if channel.startswith(("C", "G")) else ""
    what = DEEDS.get(deed, text.escape(deed))
    more = f" ({detail})" if detail else ""
    return f"{text.day(at)}, {text.clock(at)}: <@{who}> {what}{named}{where}{more}"


def shown(count: int, of: int) -> str:
    """Say how many are shown, and how to see others."""
    if of <= count:
        return f"{'1 entry' if of == 1 else f'{of} entries'}; they are kept for 400 days."
    more = of - count
    left = f"{'1 more is' if more == 1 else f'{more:,} more are'} older"
    return f"{left}: narrow it down, as in `/darkroom audit riobugger`, `@mira` or `30` (days). Kept for 400 days."


NOTHING = "Nothing that is kept fits that. Entries are kept for 400 days."


def not_an_admin(admins: Sequence[str]) -> str:
    """Tell somebody who is no admin who can see it."""
    if not admins:
        return "Only admins can see who did what, and there are none yet: whoever runs Darkroom sets `DARKROOM_ADMINS`."
    return f"Only admins can see who did what: {', '.join(f'<@{admin}>' for admin in admins)}."


def estimated(dollars: float | None) -> str:
    """Say what a training was thought to cost when it was started."""
    return f"about {money.dollars(dollars)}" if dollars is not None else ""


def steps(counts: Sequence[int]) -> str:
    """Say which steps were compared, or kept."""
    return f"{', '.join(f'{count:,}' for count in counts)} steps"


def awake(seconds: float, dollars: float | None) -> str:
    """Say for how long something was kept awake, and what that costs."""
    return f"{text.span(seconds / 60)}{f', {money.dollars(dollars)}' if dollars is not None else ''}"


def became(before: str, after: str) -> str:
    """Say what something was and has become; both as they were typed."""
    return f"{text.escape(before)} → {text.escape(after)}"


def opened(before: Sequence[str], after: Sequence[str]) -> str:
    """Say who could use a model and who can now, by the ids of people and channels."""
    return f"{_allowed(before)} → {_allowed(after)}"


def _allowed(ids: Sequence[str]) -> str:
    return ", ".join(f"<@{one}>" if one.startswith(("U", "W")) else f"<#{one}>" for one in ids) or EVERYBODY


def ruled(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Say which of a team's rules have other values now; those that it has none for are as the settings say."""
    changed = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return ", ".join(f"{_rule(name)}: {_value(before, name)} → {_value(after, name)}" for name in changed)


def _rule(name: str) -> str:
    kind, _, identity = name.partition(":")
    if kind == HOURS:
        return f"working hours of <#{identity}>"
    if identity:
        return f"{budgets.named(name)}, dollars a month"
    return {**limits.LABELS, **budgets.LABELS, "at_budget": budgets.AT_BUDGET}.get(name, name)


def _value(rules: Mapping[str, object], name: str) -> str:
    value = rules.get(name)
    if value in {None, ""}:
        return NO_HOURS if name.startswith(HOURS) else AS_SET_UP
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def approved(scope: str, dollars: float) -> str:
    """Say how much was approved, and for which budget."""
    return f"{money.dollars(dollars)} for {budgets.named(scope)}"


def idle(before: float, after: float) -> str:
    """Say how an idle time has changed, in minutes; 0: as the deployment says."""
    return became(*(f"{minutes:g} minutes" if minutes else "as Darkroom was set up" for minutes in (before, after)))
