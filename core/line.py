"""The line of a model: the prompts that it has not finished, and whose turn it is. Pure.

It stands in sorted indexes: everybody in it, by when they asked; those of them that wait; and those that the endpoint
paints, by when it began. The last two hold tickets, which say all that turns and times are made of, so that nobody
has to read the records of a long line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core import parameters
from core.change import Change
from core.records import Generation

OVER = frozenset({"posted", "failed", "cancelled", "deleted"})
"""States of a prompt in which its model has nothing more to do for it."""
LOOK_SECONDS = 30.0
"""When a prompt that waits looks by itself whether its turn has come: whoever should have called it may have died."""
SERVED_SECONDS = 3_600
"""How long it is known when somebody's turn was: so that few have to be looked at."""


def line_of(model: str) -> str:
    """Name the index of the prompts that a model has not finished."""
    return f"line:{model}"


def open_of(user: str) -> str:
    """Name the index of the prompts of a person that are not finished."""
    return f"open:{user}"


def waiting_of(model: str) -> str:
    """Name the index of the tickets of prompts that wait for a model."""
    return f"waiting:{model}"


def painting_of(model: str) -> str:
    """Name the index of the tickets of prompts that are under way at a model's endpoint."""
    return f"painting:{model}"


def served_of(model: str) -> str:
    """Name the index of when a model last began to paint for each person."""
    return f"served:{model}"


@dataclass(frozen=True)
class Ticket:
    """What a line knows of a prompt.

    `user` is empty where nobody asked for it. `work` is its pictures × steps, counted in pictures of 512×512. `since`:
    when it was asked, or when the endpoint began to paint it, in Unix seconds.
    """

    id: str
    user: str
    work: float
    since: float

    @property
    def member(self) -> str:
        """Give it as it stands in an index."""
        return f"{self.id}:{self.user}:{self.work:g}"


def ticket(generation: Generation, now: float = 0.0) -> Ticket:
    """Make a prompt's ticket; one that does not say when it was asked was asked now."""
    picture = generation.width * generation.height / parameters.SIDE**2
    work = generation.count * generation.steps * picture
    return Ticket(generation.id, generation.user, work, generation.asked_at or now)


@lru_cache(maxsize=4_096)
def read_ticket(member: str, score: float) -> Ticket:
    """Read a ticket from an index; a line is looked at for each prompt, and most of it is as it was."""
    identity, user, work = member.split(":")
    return Ticket(identity, user, float(work), score)


def turns(waiting: Sequence[Ticket], served: Mapping[str, float]) -> list[Ticket]:
    """Say in which order prompts are painted: first one of everybody's, then the next of everybody's, and so on.

    In a round, those come first who have waited longest since their last turn, or since they asked if that was later.
    `served` says when it was each person's turn, in Unix seconds. What nobody asked for comes last.
    """
    asked = sorted(waiting, key=lambda one: (one.since, one.id))
    waits_since: dict[str, float] = {}
    before: Counter[str] = Counter()
    ranks: dict[str, tuple[bool, int, float, float, str]] = {}
    for one in asked:
        ready = waits_since.setdefault(one.user, max(one.since, served.get(one.user, 0.0)))
        ranks[one.id] = (not one.user, before[one.user], ready, one.since, one.id)
        before[one.user] += 1
    return sorted(asked, key=lambda one: ranks[one.id])


def enter(change: Change, generation: Generation, now: float) -> Change:
    """Add to a change that a prompt stands in its model's line and waits, where it has stood since it was asked."""
    waits = ticket(generation, now)
    change.index(line_of(generation.model), generation.id, waits.since)
    change.index(waiting_of(generation.model), waits.member, waits.since)
    return change.unindex(painting_of(generation.model), waits.member)


def start(change: Change, generation: Generation, now: float) -> Change:
    """Add to a change that the endpoint begins to paint a prompt: its asker has had a turn."""
    member = ticket(generation).member
    change.unindex(waiting_of(generation.model), member)
    if generation.user:
        served = served_of(generation.model)
        change.trim(served, now - SERVED_SECONDS).index(served, generation.user, now, ttl=SERVED_SECONDS)
    return change.index(painting_of(generation.model), member, now)


def make_room(change: Change, generation: Generation) -> Change:
    """Add to a change that the endpoint is done with a prompt, which may still have to be uploaded and shared."""
    return change.unindex(painting_of(generation.model), ticket(generation).member)


def leave(change: Change, generation: Generation, *, called: bool = False) -> Change:
    """Add to a change that a prompt is over for its model and its asker, however it ended.

    `called`: the endpoint is at it all the same, and has no room before it has answered.
    """
    change.unindex(open_of(generation.user), generation.id)
    change.unindex(waiting_of(generation.model), ticket(generation).member)
    change.unindex(line_of(generation.model), generation.id)
    return change if called else make_room(change, generation)
