"""How the records of models are made again after Redis was lost: by their manifests, else by their training jobs. Pure.

What was deleted on purpose is not brought back: its artifact is not in the bucket any more.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from core import grammar, idling, manifests, names
from core.hyperparameters import NOTHING
from core.manifests import Told
from core.names import record_id
from core.records import Model
from core.sweeping import Thing

Verdict = Literal["restored", "there", "gone", "training", "skipped"]
NOT_DONE = {"training", "skipped"}
"""What is left after which people should recover once more, or see to it themselves."""
JUMPSTART_ID, JUMPSTART_VERSION = (f"sagemaker-sdk:jumpstart-model-{what}" for what in ("id", "version"))
"""AWS's own tags, which say what a job was begun with."""
UNKNOWN_NOUN = "subject"
_OUT = re.compile(r"([^/]+)/([^/]+)/out/([^/]+)/(manifest\.json|output/model\.tar\.gz)")
_ALONE = re.compile(r"([^/]+)/(models/[^/]+)/manifest\.json")
_ATTEMPT = re.compile(r"-a([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Outcome:
    """What became of one model, or of what may be one."""

    verdict: Verdict
    what: str
    note: str = ""


@dataclass(frozen=True)
class Place:
    """Where something of a model stands in the bucket; `artifact` and `manifest` are S3 keys, empty: it is not there.

    A ready-made model has no training job.
    """

    team: str
    run: str
    job: str = ""
    artifact: str = ""
    manifest: str = ""

    @property
    def attempt(self) -> int:
        """Which of its run's jobs it is; 0: its name does not say."""
        found = _ATTEMPT.fullmatch(self.job[self.job.rfind("-") :]) if "-" in self.job else None
        return int(found[1]) if found else 0

    @property
    def model_id(self) -> str:
        """The id of the model that this job has given."""
        return record_id("model", self.run, str(self.attempt))

    @property
    def title(self) -> str:
        """What it is called while nothing is known of it but where it stands."""
        return self.job or self.run

    def is_of(self, job: Thing) -> bool:
        """Whether the tags of a job say that this stands where the job put it."""
        return job.owner == (self.team, "run", self.run)


def places(keys: Iterable[str], deployment: str) -> list[Place]:
    """Find all models among the keys of a bucket, in whatever order those come; the newest attempts first."""
    found: dict[tuple[str, str, str], Place] = {}
    for key in keys:
        inside = key.removeprefix(f"{deployment}/")
        if out := _OUT.fullmatch(inside):
            team, run, job, name = out.groups()
            place = found.get((team, run, job), Place(team, run, job))
            part = {"manifest": key} if name == manifests.NAME else {"artifact": key}
            found[team, run, job] = replace(place, **part)
        elif alone := _ALONE.fullmatch(inside):
            found[alone[1], alone[2], ""] = Place(alone[1], alone[2], manifest=key)
    return sorted(found.values(), key=lambda place: (place.team, place.run, -place.attempt, place.job))


def is_there(model: Model, bucket: str, keys: set[str]) -> bool:
    """Tell whether what a model paints with still is in the bucket; a ready-made one's is JumpStart's."""
    return model.ready_made or model.artifact.removeprefix(f"s3://{bucket}/") in keys


@dataclass(frozen=True)
class Job:
    """A training job that has ended well: its name's place, AWS's description, its tags, the prompt of its data set."""

    place: Place
    described: Mapping[str, Any]
    tags: Mapping[str, str]
    prompt: str


def ended_at(described: Mapping[str, Any]) -> float:
    """Give when a job was over, in Unix seconds; 0: AWS does not say."""
    found = described.get("TrainingEndTime") or described.get("CreationTime")
    return found.timestamp() if found else 0.0


def channel_of(described: Mapping[str, Any], name: str) -> str:
    """Give the S3 address that a job read one of its channels from; empty: it had none such."""
    channels: Sequence[Mapping[str, Any]] = described.get("InputDataConfig", ())
    return next((str(one["DataSource"]["S3DataSource"]["S3Uri"]) for one in channels if one["ChannelName"] == name), "")


def told_by(job: Job, deployment: str, owner: str, channel: str) -> Told:
    """Tell of a model what its training job tells; owner and channel are nowhere to be read, and have to be given."""
    place, own = job.place, _unquoted(job.described.get("HyperParameters", {}))
    subject, noun = subject_of(job.prompt, _slug(place, deployment))
    model = Model(
        team=place.team,
        id=place.model_id,
        state="asleep",
        run=place.run,
        channel=channel,
        thread_ts="",
        owner=owner,
        subject=subject,
        noun=noun,
        instance_prompt=job.prompt,
        artifact=str(job.described["ModelArtifacts"]["S3ModelArtifacts"]),
        jumpstart_id=job.tags.get(JUMPSTART_ID, ""),
        jumpstart_version=job.tags.get(JUMPSTART_VERSION, ""),
        trained_at=ended_at(job.described),
        parent=_parent(job.described, deployment),
    )
    steps = own.get("max_steps", NOTHING)
    training = {"run": place.run, "job": place.job, "steps": int(steps) if steps.isdecimal() else 0}
    return Told(model, training | {"hyperparameters": own})


def _unquoted(sent: Mapping[str, str]) -> dict[str, str]:
    """Give hyperparameters as they were before they were quoted for the request."""
    return {name: str(_json(value)) for name, value in sent.items()}


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _slug(place: Place, deployment: str) -> str:
    """Give what a job's name has of its subject; empty for other scripts."""
    return place.job.removeprefix(f"{deployment}-").removesuffix(f"{place.run}-a{place.attempt}").rstrip("-")


def subject_of(prompt: str, slug: str) -> tuple[str, str]:
    """Find the word that was learnt in the prompt that taught it, and its class behind it."""
    said = prompt.lower().split()
    at = next((place for place, word in enumerate(said) if names.slug(word) == slug), None)
    return (slug, UNKNOWN_NOUN) if at is None else (said[at], " ".join(said[at + 1 :]) or UNKNOWN_NOUN)


def _parent(described: Mapping[str, Any], deployment: str) -> str:
    """Give the model whose artifact a job started from; empty: JumpStart's own."""
    uri = channel_of(described, "model")
    found = _OUT.fullmatch(uri.partition("://")[2].partition("/")[2].removeprefix(f"{deployment}/"))
    return Place(found[1], found[2], found[3]).model_id if found else ""


def of_its_own(told: Told) -> Model:
    """Give a model that stands for itself: of a step sheet nobody can choose any more, so each of its models counts."""
    model, steps = told.model, told.training.get("steps")
    if not model.comparison:
        return model
    stem = model.subject[: grammar.SUBJECT_MOST - len(f"-{steps}")].rstrip("-'")
    return replace(model, comparison="", name=model.name or (f"{stem}-{steps}" if steps else ""))


def with_endpoint(model: Model, stand: Iterable[Thing], deployment: str, now: float) -> tuple[Model, Thing | None]:
    """Give a model as the endpoint that stands for it is, and that endpoint; the newest, if several do."""
    up = _newest(model, stand, deployment)
    if up is None:
        return (model.to("deleting", due=now) if model.deleted_by else model), None
    thing, attempt = up
    taken = replace(model, attempt=attempt, in_service_at=thing.created).to("deploying", stage="watch", due=now)
    if thing.status == "InService":
        taken = taken.to("in_service", stage="")
    if model.deleted_by:
        taken = replace(idling.to_sleep(taken, now), then="deleting")
    return taken, thing


def _newest(model: Model, stand: Iterable[Thing], deployment: str) -> tuple[Thing, int] | None:
    """Find the endpoint to go on with: its tags and its name say that it is this model's, and it is not on its way out.

    One in service is taken before one that is not.
    """
    own = [thing for thing in stand if thing.kind == "endpoint" and thing.owner == (model.team, "model", model.id)]
    found = [(thing, Place("", "", thing.name).attempt) for thing in own if thing.status != "Deleting"]
    named = [one for one in found if one[0].name == names.resource(deployment, model.subject, model.id, one[1])]
    return max(named, key=lambda one: (one[0].status == "InService", one[1]), default=None)
