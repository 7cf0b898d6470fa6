"""What prompts are held to: as the settings say, and as a team's admins have changed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from core.change import Change
from core.records import Rules
from core.settings import LIMITS, Settings
from core.store import Store
from core.word_filter import EVERYTHING, WordFilter

RULES = "rules"
"""The id of a team's one record of rules."""
_TRIES = 5
"""How often rules are written: another admin may be at it this very moment."""


@dataclass(frozen=True)
class Bounds:
    """What a deployment holds prompts to. `limits` by name, 0: none; `admins`: who can change them for their team.

    `at_once`: how many prompts an endpoint is given at once.
    """

    limits: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(LIMITS, 0))
    admins: tuple[str, ...] = ()
    word_filter: WordFilter = EVERYTHING
    at_once: int = 1

    @classmethod
    def of(cls, told: Settings) -> Self:
        """Give what the settings say."""
        return cls({name: getattr(told, name) for name in LIMITS}, told.admins, told.word_filter, told.in_flight)


NO_BOUNDS = Bounds()


async def limits(store: Store, team: str, bounds: Bounds) -> Mapping[str, int]:
    """Give a team's limits by name, 0: none."""
    rules = await store.get(Rules, team, RULES)
    changed = rules.limits if rules else {}
    return {name: changed.get(name, most) for name, most in bounds.limits.items()}


async def change_limits(store: Store, team: str, user: str, changed: Mapping[str, int], now: float) -> bool:
    """Set a team's own limits; one that is not named is as the settings say. False: others are changing them too."""
    for _ in range(_TRIES):
        rules = await store.get(Rules, team, RULES) or Rules(team=team, id=RULES, state="set")
        changed_rules = replace(rules, limits=dict(changed), changed_by=user, changed_at=now)
        if await store.commit(Change(team).put(changed_rules)):
            return True
    return False
