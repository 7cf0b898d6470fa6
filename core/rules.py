"""What prompts are held to: as the settings say, and as a team's admins have changed it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from core import audit, words
from core.change import Change
from core.records import Model, Rules
from core.settings import BUDGETS, LIMITS, Settings
from core.store import Store
from core.word_filter import EVERYTHING, WordFilter

RULES = "rules"
"""The id of a team's one record of rules."""
_TRIES = 5
"""How often rules are written: another admin may be at it this very moment."""


@dataclass(frozen=True)
class Bounds:
    """What a deployment holds people to. `limits` by name, 0: none; `admins`: who can change them for their team.

    `at_once`: how many prompts an endpoint is given at once. `budgets`: dollars a month by `workspace`, `channel` and
    `person`, 0: none; `at_budget`: finish or sleep.
    """

    limits: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(LIMITS, 0))
    admins: tuple[str, ...] = ()
    word_filter: WordFilter = EVERYTHING
    at_once: int = 1
    budgets: Mapping[str, float] = field(default_factory=dict[str, float])
    at_budget: str = "finish"
    admin_channel: str = ""

    @classmethod
    def of(cls, told: Settings) -> Self:
        """Give what the settings say."""
        return cls(
            {name: getattr(told, name) for name in LIMITS},
            told.admins,
            told.word_filter,
            told.in_flight,
            {name.removesuffix("_budget"): getattr(told, name) for name in BUDGETS},
            told.at_budget,
            told.admin_channel,
        )


NO_BOUNDS = Bounds()


async def read(store: Store, team: str) -> Rules:
    """Read a team's rules; who has changed nothing has none of its own."""
    return await store.get(Rules, team, RULES) or Rules(team=team, id=RULES, state="set")


def limits_of(rules: Rules, bounds: Bounds) -> Mapping[str, int]:
    """Give a team's limits by name, 0: none."""
    return {name: rules.limits.get(name, most) for name, most in bounds.limits.items()}


async def limits(store: Store, team: str, bounds: Bounds) -> Mapping[str, int]:
    """Read a team's limits by name, 0: none."""
    return limits_of(await read(store, team), bounds)


async def change_limits(store: Store, team: str, user: str, changed: Mapping[str, int], now: float) -> bool:
    """Set a team's own limits; one that is not named is as the settings say. False: others are changing them too."""
    return await change(store, team, user, now, limits=dict(changed))


async def change(store: Store, team: str, user: str, now: float, wakes: Collection[Model] = (), **changed: Any) -> bool:
    """Change rules of a team by their fields, and have workers look at these models. False: others change them too."""
    for _ in range(_TRIES):
        before = await read(store, team)
        rules = replace(before, changed_by=user, changed_at=now, **changed)
        detail = words.audit.ruled(_by_name(before), _by_name(rules))
        ruled = audit.note(Change(team).put(rules), now, user, "rules", detail=detail)
        for model in wakes:
            ruled.touch(Model, model.id, now)
        if await store.commit(ruled):
            return True
    return False


def _by_name(rules: Rules) -> dict[str, object]:
    hours = {f"hours:{channel}": written for channel, written in rules.hours.items()}
    return {**rules.limits, **rules.budgets, **hours, "at_budget": rules.at_budget}
