"""What is said about budgets: how they stand, what no longer fits into one, who can approve more."""

from collections.abc import Mapping, Sequence

from core.words import money

TITLE, CHANGE, SUBMIT, CLOSE = "Budgets", "Change the budgets", "Save", "Close"

NONE = "There are no budgets here: nothing stops at a sum. Endpoints that nobody uses are taken down all the same."

HOW = (
    "Dollars a calendar month (UTC), trainings and endpoints. What a training or an endpoint is expected to cost is "
    "set aside before it starts. At 80 % I warn, at 100 % nothing new starts."
)

MANY_AT_ONCE = "Somebody else is changing the budgets this very moment. Please save again."

STALE = "That has been decided already."

LABELS: Mapping[str, str] = {
    "workspace": "Workspace, dollars a month",
    "channel": "Each channel, dollars a month",
    "person": "Each person, dollars a month",
}

CHANNELS, CHANNELS_DOLLARS = "Channels with another budget", "Theirs, dollars a month"
PEOPLE, PEOPLE_DOLLARS = "People with another budget", "Theirs, dollars a month each"

SLEEPS = "A budget is used up, and endpoints are put to sleep then."

AT_BUDGET = "When a budget is used up, endpoints that are up"
AT_BUDGETS: Mapping[str, str] = {
    "finish": "stay until nobody has used them for their idle time",
    "sleep": "are put to sleep as soon as their prompts are painted",
}


def named(scope: str) -> str:
    """Name a scope within a sentence."""
    kind, _, identity = scope.partition(":")
    return {"channel": f"the budget of <#{identity}>", "person": f"the budget of <@{identity}>"}.get(
        kind, "this workspace's budget"
    )


def level(scope: str, most: float, used: float) -> str:
    """Say how a budget stands."""
    left = max(0.0, most - used)
    who = {"channel": "<#{}>", "person": "<@{}>"}.get(scope.partition(":")[0], "Workspace")
    place = who.format(scope.partition(":")[2])
    return f"*{place}*: {money.dollars(used)} of {money.dollars(most)}, {money.dollars(left)} left"


def hint(told: float) -> str:
    """Stand under the field of a budget; `told` is what the settings say."""
    return f"0: no budget. Empty: as Darkroom was set up, {f'{money.dollars(told)}' if told else 'no budget'}."


NEEDS_DOLLARS = "Say how much theirs is."


def refused(scope: str, most: float, used: float, dollars: float, *, asked: bool) -> str:
    """Refuse what a budget has no room for, and say what happens next."""
    wanted = f", and this needs about {money.dollars(dollars)}" if dollars > 0.01 else ""  # noqa: PLR2004 - a prompt's cent
    then = "I have asked the admins for more." if asked else "Whoever runs Darkroom can raise it."
    spent = f"{money.dollars(used)} of {money.dollars(most)} are spent or set aside this month{wanted}"
    return f"That does not fit into {named(scope)}: {spent}. {then} Nothing was started, and nothing is charged."


def nearly(scope: str, most: float, used: float) -> str:
    """Warn that a budget is nearly used up."""
    return (
        f"{_capital(named(scope))} is nearly used up: {money.dollars(used)} of {money.dollars(most)} are spent or set "
        "aside this month. At 100 % nothing new starts."
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def used_up(scope: str, most: float, used: float) -> str:
    """Tell the admins that something did not fit into a budget any more."""
    spent = f"{money.dollars(used)} of {money.dollars(most)} are spent or set aside this month"
    return (
        f"{_capital(named(scope))} is used up: {spent}, and what was asked for does not fit any more. It was not "
        "started. Next month begins anew."
    )


def approve(dollars: float) -> str:
    """Label the button that approves more for this month."""
    return f"Approve ${dollars:,.0f} more"


def approved(user: str, scope: str, dollars: float) -> str:
    """Say who has approved how much."""
    return (
        f"<@{user}> has approved {money.dollars(dollars)} more for {named(scope)} this month. Ask again, it fits now."
    )


def not_an_admin(admins: Sequence[str]) -> str:
    """Refuse somebody who is no admin; read under a field, or alone."""
    return "Only admins of Darkroom can change budgets." if admins else "There are no admins yet (DARKROOM_ADMINS)."
