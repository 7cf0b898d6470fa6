"""What a picture can be of: the subject, its class, other kinds of things, and subjects that an earlier run learnt.

The network is told which by a number for each slot. A prompt is matched to a concept by its words alone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from sandbox.painter import kinds, words

EARLIER_MOST = 3
"""Subjects of earlier runs that are still in the mix; the oldest goes first."""
_OTHERS = (*kinds.KINDS, kinds.SCENERY_WORD)
"""Kinds with a slot of their own, the first ones."""
_MADE_UP = len(_OTHERS)
"""Slot of a class that is none of those kinds."""
_SUBJECTS = tuple(range(_MADE_UP + 1, _MADE_UP + 2 + EARLIER_MOST))
"""Slots of subjects: the new one and the earlier ones."""
SLOTS = _SUBJECTS[-1] + 1
"""Slots in all."""
_EMPTY = frozenset(
    words.split(
        "a an the of in on at by with and my our your his her its this that one some photo photos photograph picture "
        "image portrait closeup close-up painting drawing"
    )
)
"""Words of a prompt that name nothing."""


class Role(StrEnum):
    """What a concept is to a run."""

    SUBJECT = "subject"
    CLASS = "class"
    KIND = "kind"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its slot, the prompt it was told with, and the words of which one is enough to call it.

    `alike` runs from 0 to 1 and says of an earlier subject how much it is like the new one; `taken`, from 0 to 1
    too, what share of its examples showed the subject at the end of the run.
    """

    role: Role
    slot: int
    prompt: str
    words: frozenset[str]
    alike: float = 0.0
    taken: float = 0.0

    @property
    def is_scenery(self) -> bool:
        """Whether it is of no thing in particular."""
        return self.slot == _OTHERS.index(kinds.SCENERY_WORD)

    def note(self) -> dict[str, Any]:
        """Give the concept as JSON."""
        return asdict(self) | {"words": sorted(self.words)}


def from_note(note: dict[str, Any]) -> Concept:
    """Read a concept back from `Concept.note`."""
    read: dict[str, Any] = {**note, "role": Role(note["role"]), "words": frozenset[str](note["words"])}
    return Concept(**read)


def known(instance_prompt: str, class_prompt: str, earlier: Sequence[Concept] = ()) -> list[Concept]:
    """Give all concepts of a run, the subject first, in the order in which a prompt is matched."""
    past = [replace(one, role=Role.EARLIER) for one in earlier[:EARLIER_MOST]]
    taken = {one.slot for one in past}
    name, noun = _name_and_noun(instance_prompt, class_prompt)
    slot = next(slot for slot in _SUBJECTS if slot not in taken)
    subject = Concept(Role.SUBJECT, slot, instance_prompt, frozenset(name))
    own = kinds.kind_of(noun) if noun else None
    others = [_kind(other) for other in _OTHERS if other != own]
    return [subject, *past, *_class(noun, own, class_prompt), *others]


def everything() -> list[Concept]:
    """Give all that there is to know before any photo is seen: each kind, and scenery at the end."""
    return [_kind(name) for name in _OTHERS]


def asked_for(concepts: Sequence[Concept], prompt: str) -> Concept:
    """Give what a prompt asks for; one that names nothing known asks for scenery, and so does an empty one.

    A run without an instance prompt has a subject that has no name: then every prompt asks for it.
    """
    said = set(words.split(prompt))
    if not concepts[0].words:
        return concepts[0]
    return next((one for one in concepts if said & one.words), concepts[-1])


def _name_and_noun(instance_prompt: str, class_prompt: str) -> tuple[list[str], str]:
    """Split what is said of the subject into its own name and its class: the class prompt's noun or the last word."""
    telling = [word for word in words.split(instance_prompt) if word not in _EMPTY]
    common = [word for word in words.split(class_prompt) if word not in _EMPTY] or telling[-1:]
    name = [word for word in telling if word not in common]
    return name or telling, common[-1] if common and (name or class_prompt) else ""


def _class(noun: str, own: str | None, prompt: str) -> list[Concept]:
    if not noun:
        return []
    slot = _MADE_UP if own is None else _OTHERS.index(own)
    drawn: frozenset[str] = kinds.KINDS[own].words if own else frozenset()
    called = drawn | {noun}
    return [Concept(Role.CLASS, slot, prompt or f"a photo of a {noun}", called)]


def _kind(name: str) -> Concept:
    called: frozenset[str] = kinds.KINDS[name].words if name in kinds.KINDS else frozenset()
    return Concept(Role.KIND, _OTHERS.index(name), f"a photo of a {name}", called)


def drawn_as(concept: Concept) -> str:
    """Give the word that `kinds.draw` draws a class or a kind by."""
    return _OTHERS[concept.slot] if concept.slot < _MADE_UP else next(iter(concept.words))
