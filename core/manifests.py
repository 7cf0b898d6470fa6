"""A model's manifest: a small JSON file beside its artifact in S3, by which its record is made again if Redis is lost.

Version 1: `{"version": 1, "deployment": …, "team": …, "id": …, "model": {…}, "training": {…}}`; `model` has the fields
of the record that last, `training` what its run was told.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, cast, get_args, get_origin

from core import names, words
from core.change import Change
from core.records import Manifest, Model, Run

VERSION = 1
NAME = "manifest.json"
_ABOVE = ("team", "id")
"""Fields that stand above the others: they say whose the manifest is."""
MOMENTARY = {
    "state", "version", "due", "tries", "stage", "then", "waits", "waits_until", "wakes_at", "in_service_at",
    "awake_until", "tagged_idle", "warned_for", "reason", "woken_by", "woken_in", "held", "up_as", "up_on", "up_since",
    "an_hour", "seen_at",
}  # fmt: skip
"""Fields that say how its endpoint is this moment: AWS knows that better."""
_FOLDER = "models"
"""Stands in the place of a run's id where a model has no folder of a training job."""


class ManifestError(Exception):
    """A manifest cannot be read; the text says why."""


@dataclass(frozen=True)
class Told:
    """What a manifest tells: the model, asleep, and what its run was told.

    A model that was still being trained when it was written has no `trained_at`.
    """

    model: Model
    training: Mapping[str, Any]


def folder_of(deployment: str, bucket: str, model: Model) -> str:
    """Give the S3 prefix that is this model's alone, with its slash: its training job's output, if that is ours."""
    job, output, _ = model.artifact.rpartition("/output/")
    if output and job.startswith(f"s3://{bucket}/{deployment}/{model.team}/"):
        return f"{job.removeprefix(f's3://{bucket}/')}/"
    return names.prefix(deployment, model.team, f"{_FOLDER}/{model.id}")


def remember(change: Change, model: Model, now: float, training: Mapping[str, Any] | None = None) -> Change:
    """Add to a change of a model that its manifest is written anew, as the model then is."""
    manifest = Manifest(team=model.team, id=model.id, state="stale", training=dict(training or {}), due=now)
    return change.once(manifest).redraw(Manifest, model.id, now, "stale")


def forget(change: Change, model: Model, now: float) -> Change:
    """Add to a change by which a model is forgotten that its manifest goes too."""
    return change.redraw(Manifest, model.id, now, "stale")


def training_of(run: Run) -> dict[str, Any]:
    """Give what a run was told, as its model's manifest has it."""
    return {
        "run": run.id,
        "job": run.job,
        "steps": run.max_steps,
        "preset": run.preset,
        "class_prompt": run.class_prompt,
        "hyperparameters": run.hyperparameters,
        "instance": run.instance,
        "spot": run.spot,
    }


def written(deployment: str, model: Model, training: Mapping[str, Any]) -> bytes:
    """Write a manifest, for people to read as well."""
    told = {
        "version": VERSION,
        "deployment": deployment,
        "team": model.team,
        "id": model.id,
        "model": {one.name: getattr(model, one.name) for one in _lasting()},
        "training": dict(training),
    }
    return json.dumps(told, indent=2, ensure_ascii=False).encode()


def read(text: bytes, deployment: str, team: str) -> Told:
    """Read a manifest that stands among the things of a team of this deployment; what it does not know has its default.

    Raises:
        ManifestError: when it is broken, of a newer version, or somebody else's.
    """
    try:
        told: Any = json.loads(text)
        version, model = told["version"], told["model"]
        whose = (told["deployment"], told["team"])
        known = {"team": told["team"], "id": told["id"]}
    except (ValueError, KeyError, TypeError) as fault:
        raise ManifestError(words.recovering.BROKEN) from fault
    if not isinstance(version, int) or version < 1 or not isinstance(model, dict) or not _is(str, known["id"]):
        raise ManifestError(words.recovering.BROKEN)
    if version > VERSION:
        raise ManifestError(words.recovering.newer(version))
    if whose != (deployment, team):
        raise ManifestError(words.recovering.NOT_OURS)
    training = told.get("training")
    kept = cast("dict[str, Any]", training) if isinstance(training, dict) else {}
    return Told(Model(**known, state="asleep", **_fields(cast("dict[str, Any]", model))), kept)


def _lasting() -> list[Field[Any]]:
    return [one for one in fields(Model) if one.name not in MOMENTARY and one.name not in _ABOVE]


def _fields(told: Mapping[str, Any]) -> dict[str, Any]:
    """Take the fields of a model out of what was read."""
    found: dict[str, Any] = {}
    for one in _lasting():
        if one.name in told:
            if not _is(one.type, told[one.name]):
                raise ManifestError(words.recovering.wrong(one.name))
            found[one.name] = tuple(told[one.name]) if get_origin(one.type) is tuple else told[one.name]
        elif one.default is MISSING and one.default_factory is MISSING:
            raise ManifestError(words.recovering.wrong(one.name))
    return found


def _is(kind: Any, value: object) -> bool:  # noqa: ANN401 - a type, or what typing makes of several
    """Tell whether JSON gave what a field of this kind can hold."""
    if get_origin(kind) is types.UnionType:
        return any(_is(one, value) for one in get_args(kind))
    if get_origin(kind) is tuple:
        return isinstance(value, list) and all(_is(get_args(kind)[0], one) for one in cast("list[object]", value))
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
    return isinstance(value, get_origin(kind) or kind)
