"""What is in S3 before anyone comes: JumpStart's bucket and the caller's own."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from moto.s3.models import s3_backends

from sandbox.aws import catalogue
from sandbox.aws.settings import ACCOUNT, Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def seed(s3: "S3Client", settings: Settings) -> None:
    """Make the buckets and put JumpStart's lists, specs and what stands for its artifacts."""
    for bucket in (settings.jumpstart_bucket, *settings.buckets):
        _make_bucket(s3, bucket, settings.region)
    fill(settings, catalogue.objects())


def fill(settings: Settings, objects: Mapping[str, bytes]) -> None:
    """Put objects into JumpStart's bucket, past the front door: as requests they would take a second."""
    backend = s3_backends[ACCOUNT]["aws"]
    for key, body in objects.items():
        backend.put_object(settings.jumpstart_bucket, key, body)


def _make_bucket(s3: "S3Client", name: str, region: str) -> None:
    if region == "us-east-1":
        s3.create_bucket(Bucket=name)
    else:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item] - any region
