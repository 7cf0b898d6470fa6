"""The gallery: which past pictures somebody sees, and in which order."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Self

from core import words
from core.asking import those_called
from core.change import Change
from core.grammar import GrammarError, plain
from core.may import may_use
from core.records import Generation, Model
from core.store import Store

LOOKED_AT_MOST = 500
"""How many prompts are looked through, the newest ones."""
_TRIES = 5
"""How often pictures are taken down: somebody may put a star to them this very moment."""
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
"""How Slack writes a person who was chosen from the list behind the @; the group is their id."""


def in_channel(channel: str) -> str:
    """Name the index of the prompts whose pictures stand in a channel, by when they were posted (Unix seconds)."""
    return f"gallery:{channel}"


def asked_by(user: str) -> str:
    """Name the index of a person's own, wherever they stand, likewise."""
    return f"gallery:{user}"


def painted_by(model: str) -> str:
    """Name the index of what a model has painted, likewise; it stands there from the moment that it is posted."""
    return f"gallery:{model}"


def message_key(channel: str, ts: str) -> str:
    """Name the key that tells whose pictures stand in a message."""
    return f"pictures:{channel}:{ts}"


def hang(change: Change, generation: Generation) -> Change:
    """Add to a change that posted pictures can be found: by their message, in their channel, among their asker's."""
    for index in _indexes(generation):
        change.index(index, generation.id, generation.posted_at, generation.ttl)
        change.trim_aged(index, generation.ttl, generation.posted_at)
    return change.link(message_key(generation.channel, generation.ts), generation.id, generation.ttl)


def take_down(change: Change, generation: Generation) -> Change:
    """Add to a change that pictures are in the gallery no more."""
    for index in _indexes(generation):
        change.unindex(index, generation.id)
    return change


def _indexes(generation: Generation) -> list[str]:
    own = [asked_by(generation.user)] if generation.user else []
    return [in_channel(generation.channel), painted_by(generation.model), *own]


async def message_gone(store: Store, team: str, channel: str, ts: str, now: float) -> None:
    """Take down pictures whose message somebody has deleted in Slack; a worker deletes what is left of them there."""
    identity = await store.linked(team, message_key(channel, ts))
    for _ in range(_TRIES if identity else 0):
        shown = await store.get(Generation, team, identity or "")
        if shown is None or shown.state != "posted":
            return
        if await store.commit(take_down(Change(team).put(shown.to("deleted", due=now)), shown)):
            return


@dataclass(frozen=True)
class Look:
    """Somebody looks, in a channel; `models` (ids, all of one name) and `person` narrow it down, empty: all."""

    team: str
    viewer: str
    channel: str
    models: tuple[str, ...] = ()
    called: str = ""
    """The name of these models, as it was typed."""
    person: str = ""

    def carried(self) -> str:
        """Write it down for a modal to carry."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, carried: str) -> Self:
        """Read what a modal carries."""
        told = json.loads(carried)
        return cls(**told | {"models": tuple(told["models"])})

    def narrowed(self, text: str, models: Sequence[Model]) -> Self:
        """Narrow it down by what was typed: `riobugger`, `@mira`, both in any order, or nothing.

        Raises:
            GrammarError: when there is no such model for this person, or Slack does not say who is meant.
        """
        people = PERSON.findall(text)
        name = plain(PERSON.sub(" ", text)).lower()
        if name.startswith("@"):
            raise GrammarError(words.gallery.PERSON_UNKNOWN)
        open_to = [model for model in models if may_use(model, self.viewer, self.channel)]
        named = those_called(name, open_to) if name else []
        ids = tuple(model.id for model in named)
        return replace(self, models=ids, called=name, person=people[0] if people else "")


Shown = tuple[Generation, Model]
"""Pictures, and the model that painted them."""


def visible(look: Look, found: Iterable[Generation], models: Iterable[Model]) -> list[Shown]:
    """Leave what this person may see: posted in the channel where they look, or their own.

    A private model must be open to them where its pictures stand.
    """
    known = {one.id: one for one in models if not one.deleted_by}
    wanted = known.keys() & set(look.models) if look.models else known.keys()
    return [(one, known[one.model]) for one in found if one.model in wanted and _is_seen(one, known[one.model], look)]


def _is_seen(one: Generation, model: Model, look: Look) -> bool:
    hangs = one.state == "posted" and bool(one.files)
    here_or_own = one.channel == look.channel or one.user == look.viewer
    return hangs and here_or_own and look.person in {"", one.user} and may_use(model, look.viewer, one.channel)


def best_first(shown: Iterable[Shown]) -> list[Shown]:
    """Put those with stars first, whatever their number, then the newest."""
    return sorted(shown, key=lambda one: (not one[0].starred_by, -one[0].posted_at))


async def pictures(store: Store, look: Look, models: Sequence[Model], most: int = LOOKED_AT_MOST) -> list[Shown]:
    """Give what somebody sees of the newest prompts, the newest first."""
    places = [in_channel(look.channel)] if look.channel else []
    newest = await store.latest(look.team, most, *places, asked_by(look.viewer))
    return visible(look, await store.get_all(Generation, look.team, newest), models)
