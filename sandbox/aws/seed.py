"""What is in S3 before anyone comes: JumpStart's bucket and the caller's own."""

import io
import json
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.aws.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

    from sandbox.aws.shapes import Json

FILES = Path(__file__).with_name("jumpstart")
MANIFEST = "models_manifest.json"
PROPRIETARY_MANIFEST = "proprietary-sdk-manifest.json"
DEPRECATED = "This model is deprecated and can no longer be used. Choose another model of JumpStart's."
_HOSTED = ("hosting_artifact_key", "hosting_prepacked_artifact_key")
"""Artifacts that an endpoint can be made of; the others are fetched by training jobs and not looked into."""
_NOT_HOSTED = ("hosting_script_key", "training_artifact_key", "training_script_key", "training_prepacked_script_key")
_PROPRIETARY = [
    {
        "model_id": "ai21-summarization",
        "version": "1.1.003",
        "min_version": "2.0.0",
        "spec_key": "proprietary-models/ai21-summarization/proprietary_specs_1.1.003.json",
        "search_keywords": ["Text2Text", "Generation"],
        "deprecated": False,
    }
]
"""Listing fails when the manifest holds no row."""
_NOTE = b"JumpStart's own file stands here on AWS. In the sandbox the container brings its own.\n"


def seed(s3: "S3Client", settings: Settings) -> None:
    """Make the buckets and put JumpStart's manifests, specs and placeholders for its artifacts."""
    for bucket in (settings.jumpstart_bucket, *settings.buckets):
        _make_bucket(s3, bucket, settings.region)
    for key, body in _jumpstart_objects(settings.ready_made).items():
        s3.put_object(Bucket=settings.jumpstart_bucket, Key=key, Body=body)


def _make_bucket(s3: "S3Client", name: str, region: str) -> None:
    if region == "us-east-1":
        s3.create_bucket(Bucket=name)
    else:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item] - any region


def catalogue(*, deprecated: bool) -> dict[str, bytes]:
    """Key and content of JumpStart's manifest and specs, with all models deprecated or none."""
    told: Json = {"deprecated": True, "deprecated_message": DEPRECATED} if deprecated else {"deprecated": False}
    manifest: list[Json] = json.loads((FILES / MANIFEST).read_text())
    objects = {MANIFEST: json.dumps([row | {"deprecated": deprecated} for row in manifest]).encode()}
    for row in manifest:
        objects[row["spec_key"]] = json.dumps(_spec(row) | told).encode()
    return objects


def _spec(row: "Json") -> "Json":
    return json.loads((FILES / Path(row["spec_key"]).name).read_text())


def _jumpstart_objects(ready_made: Path | None) -> dict[str, bytes]:
    """Key and content of all that JumpStart's bucket holds here."""
    objects = catalogue(deprecated=False) | {PROPRIETARY_MANIFEST: json.dumps(_PROPRIETARY).encode()}
    hosted = _placeholder() if ready_made is None else ready_made.read_bytes()
    manifest: list[Json] = json.loads((FILES / MANIFEST).read_text())
    for keys in map(_spec, manifest):
        objects |= {keys[name]: _placeholder() for name in _NOT_HOSTED if keys.get(name)}
        for key in (keys[name] for name in _HOSTED if keys.get(name)):
            objects |= _unpacked(key, hosted) if key.endswith("/") else {key: hosted}
    return objects


def _unpacked(prefix: str, archive: bytes) -> dict[str, bytes]:
    """The files of a tar.gz under a prefix: so JumpStart keeps the artifacts that need no unpacking."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        files = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {prefix + name: file.read() for name, file in files.items() if file is not None}


def _placeholder() -> bytes:
    """A small tar.gz with a note in it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("README.txt")
        entry.size = len(_NOTE)
        tar.addfile(entry, io.BytesIO(_NOTE))
    return packed.getvalue()
