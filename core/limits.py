"""How many prompts there may be: of a person, in a channel, and of a person at once. They are counted where they begin.

Counting and writing the prompt down are one commit, so that a hundred prompts at once never are more than allowed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core import budgets, months, names, rules, words
from core.change import Change
from core.grammar import GrammarError
from core.holds import Payer
from core.line import open_of
from core.records import Generation
from core.rules import Bounds
from core.store import Store

HOUR = 3_600


@dataclass(frozen=True)
class Limit:
    """One limit: `name` is its own in the settings and in the team's rules, `index` holds the prompts that count.

    A prompt counts for `seconds`, unless it is taken out of the index before.
    """

    name: str
    index: Callable[[Generation], str]
    seconds: int
    rolls: bool = True
    """True when it is time that makes room for the next prompt, and not the end of one."""


LIMITS = (
    # What is unfinished for a day has been lost by somebody, and must not shut its asker out for ever.
    Limit("prompts_at_once", lambda one: open_of(one.user), names.DAY, rolls=False),
    Limit("prompts_per_hour", lambda one: f"asked:{one.user}", HOUR),
    Limit("channel_prompts_per_hour", lambda one: f"asked-in:{one.channel}", HOUR),
)


class LimitReachedError(GrammarError):
    """A prompt is understood, and one too many."""


async def admit(
    store: Store, change: Change, generation: Generation, bounds: Bounds, now: float, *, counts: bool = True
) -> bool:
    """Carry out a change that writes a prompt down, if it may be painted. False: a condition of the change's own fails.

    Every way to ask for pictures comes by here. `counts`: the prompt is in a line by this; one whose model is still to
    be chosen takes up no room.

    Raises:
        OverBudgetError: when a budget is used up; nothing is written, but the admins are asked for more.
        LimitReachedError: when its asker or its channel has had as many as there may be; nothing is written.
        GrammarError: when a word in it is not wanted here; nothing is written either.
    """
    bounds.word_filter.check_prompt(generation.prompt)
    ruled, payer = await rules.read(store, generation.team), Payer(generation.user, generation.channel)
    most = rules.limits_of(ruled, bounds)
    month = months.month_of(now)
    stand = await budgets.read_caps(store, generation.team, ruled, bounds, payer, month)
    caps = budgets.require(_within(change, generation, most, now, counts=counts), month, stand, budgets.LEAST_DOLLARS)
    refused = await store.attempt(change)
    if refused in caps:
        raise await budgets.over(store, bounds, generation.team, caps[refused], budgets.LEAST_DOLLARS, now)
    for limit in LIMITS:
        if refused == limit.index(generation):
            raise await _reached(store, generation, limit, most[limit.name])
    return refused is None


def _within(change: Change, generation: Generation, most: Mapping[str, int], now: float, *, counts: bool) -> Change:
    """Add to a change that its prompt is not to be one too many, and that it counts.

    What else the change asks for is looked at first: a prompt that was written down already is never one too many.
    """
    for limit in LIMITS:
        index, since = limit.index(generation), now - limit.seconds
        if most[limit.name]:
            change.require_fewer(index, most[limit.name], since)
        if counts:
            change.trim(index, since).index(index, generation.id, now, ttl=limit.seconds)
    return change


async def _reached(store: Store, generation: Generation, limit: Limit, most: int) -> LimitReachedError:
    """Say which limit it is, and when the oldest of the prompts that fill it counts no more."""
    oldest = await store.newest(generation.team, limit.index(generation), most) if limit.rolls else None
    next_at = oldest + limit.seconds if oldest else 0
    return LimitReachedError(words.limits.reached(limit.name, most, next_at))
