"""What is said about limits and decency: how many prompts there may be, and what is not painted here."""

from collections.abc import Mapping, Sequence

from core.words import text

TITLE, CHANGE, SUBMIT, CLOSE = "Limits", "Change the limits", "Save", "Close"

NO_LIMIT = "no limit"

WHAT_COUNTS = "What counts is a prompt, whatever the number of its pictures: typed, or by a button below pictures."

MANY_AT_ONCE = "Somebody else is changing the limits this very moment. Please save again."

NOTHING_STARTED = "Nothing was started, and nothing is charged."

LABELS: Mapping[str, str] = {
    "prompts_per_hour": "Prompts of a person in an hour",
    "channel_prompts_per_hour": "Prompts in a channel in an hour",
    "prompts_at_once": "Unfinished prompts of a person",
    "endpoints_at_once": "Endpoints that are up at once",
}


def prompts(count: int) -> str:
    """Count prompts in words."""
    return "1 prompt" if count == 1 else f"{count:,} prompts"


def line(name: str, most: int) -> str:
    """Say how much a limit allows."""
    return f"{LABELS[name]}: *{f'{most:,}' if most else NO_LIMIT}*"


def hint(told: int) -> str:
    """Stand under the field of a limit; `told` is what the settings say."""
    return f"0: {NO_LIMIT}. Empty: as Darkroom was set up, {f'{told:,}' if told else NO_LIMIT}."


def must_be(what: str) -> str:
    """Fault of a limit out of range."""
    return f"This takes {what}."


def changed(admin: str, at: float) -> str:
    """Say who changed the limits last, and when."""
    return f"Changed last by <@{admin}>, {text.day(at)}."


def not_an_admin(admins: Sequence[str]) -> str:
    """Refuse somebody who is no admin, or is none any more; read under a field, without marks."""
    return "Only admins of Darkroom can change the limits." if admins else "There are no admins yet (DARKROOM_ADMINS)."


def reached(name: str, most: int, next_at: float) -> str:
    """Refuse a prompt beyond a limit, and say when the next is possible and where it stands who can change that."""
    said = {
        "prompts_per_hour": f"You have asked for {prompts(most)} in an hour, which is the most for one person here.",
        "channel_prompts_per_hour": f"This channel has had {prompts(most)} in an hour, which is its most.",
        "prompts_at_once": f"You have {prompts(most)} under way, which is the most for one person here.",
    }
    at = f"at {text.clock(next_at)}" if next_at else "as soon as one of them is finished"
    when = f"The next one is possible {at}."
    return f"{said[name]} {when} `/darkroom limits` says who can change that. {NOTHING_STARTED}"


def endpoints_reached(most: int) -> str:
    """Refuse an endpoint beyond the limit, and say how there can be one."""
    up = "1 endpoint is" if most == 1 else f"{most:,} endpoints are"
    return (
        f"{up} up, which is the most at once here. Put one to sleep in `/darkroom models`, or try again when one has "
        "fallen asleep. `/darkroom limits` says who can change that."
    )


def who_can_change(admins: Sequence[str]) -> str:
    """Name those who can change the limits."""
    if not admins:
        return "Whoever runs Darkroom can change that, or name admins who can (`DARKROOM_ADMINS`)."
    return f"It can be changed by {', '.join(f'<@{admin}>' for admin in admins)}, in my Home tab."


def not_painted(reason: str) -> str:
    """Refuse a prompt that the team's word filter does not let through."""
    return f"That is not painted here: {text.escape(reason)}. {NOTHING_STARTED}"


def not_learnt(reason: str) -> str:
    """Refuse a name, or what it is, that the team's word filter does not let through."""
    return f"That is not wanted here: {text.escape(reason)}. Nothing was changed."


NO_REASON = "it is on this team's list of words"

UNCHECKED = f"I could not check that against this team's list of words in time, so it is not painted. {NOTHING_STARTED}"
