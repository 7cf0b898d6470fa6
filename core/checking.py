"""A model's fixed pictures: the article's four prompts with one seed, painted when it first comes into service.

A model that was trained on top of another one paints its parent's prompts too: what is left of the parent shows
beside the parent's own pictures.
"""

from dataclasses import dataclass

from core import names, recipe
from core.change import Change
from core.line import enter
from core.names import record_id
from core.records import Check, Generation, Model

SEED = 1
"""The same for every fixed picture, so that what differs between two of them is what was learnt."""
_OTHERS = {"dog": "cat"}
"""The class that stands for all others, by the class that was learnt; a dog, if that is not it."""


@dataclass(frozen=True)
class Picture:
    """A picture to be painted by a model: its prompt, and the S3 key that it is kept under."""

    model: Model
    prompt: str
    key: str

    @property
    def id(self) -> str:
        """The id of the prompt that asks for it; a model paints it once."""
        return record_id("kept", self.key)


def prompts(instance_prompt: str, noun: str) -> tuple[str, ...]:
    """Give the article's four prompts: the subject, the subject on the beach, its class, another class."""
    other = _OTHERS.get(noun.rsplit(maxsplit=1)[-1].lower(), "dog")
    return (
        instance_prompt,
        f"{instance_prompt} on the beach",
        recipe.class_prompt(noun),
        recipe.class_prompt(other),
    )


def own(deployment: str, model: Model) -> list[Picture]:
    """List a model's own fixed pictures."""
    return _pictures(deployment, model, model, "own")


def remembered(deployment: str, child: Model, parent: Model) -> list[Picture]:
    """List what a child paints of its parent's prompts, in the order of the parent's own pictures."""
    return _pictures(deployment, child, parent, "parent")


def _pictures(deployment: str, painter: Model, subject: Model, whose: str) -> list[Picture]:
    folder = folder_of(deployment, painter)
    asked = prompts(subject.instance_prompt, subject.noun)
    return [Picture(painter, prompt, f"{folder}{whose}-{place + 1}.jpg") for place, prompt in enumerate(asked)]


def folder_of(deployment: str, model: Model) -> str:
    """Give the S3 prefix of a model's fixed pictures, with its slash."""
    return f"{names.prefix(deployment, model.team, model.run)}fixed/{model.id}/"


def first(model: Model, now: float) -> Check:
    """Give the check of a model that has come into service, to be written once."""
    return Check(
        team=model.team,
        id=record_id("check", model.id),
        state="painting",
        model=model.id,
        parent=model.parent,
        due=now,
    )


def ask(change: Change, picture: Picture, now: float, *, parked: bool) -> Change:
    """Put a picture into its model's line.

    Parked, it wakes its model and waits for it; otherwise the model has to be in service, and nobody has asked for it.
    """
    model = picture.model
    asked = Generation(
        team=model.team,
        id=picture.id,
        state="parked" if parked else "queued",
        user="",
        channel=model.channel,
        thread_ts=model.thread_ts,
        prompt=picture.prompt,
        seed=SEED,
        model=model.id,
        sample=not parked,
        keep=picture.key,
        asked_at=now,
        due=None if parked else now,
    )
    return enter(change.once(asked), asked, now)
