"""What SageMaker does with S3: look whether objects are there, fetch them, and put artifacts."""

import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sandbox.aws.naming import S3Address

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Storage:
    """S3 as the service itself uses it."""

    def __init__(self, s3: "S3Client") -> None:
        self._s3 = s3

    def keys(self, address: S3Address, most: int | None = None) -> list[str]:
        """Keys under the address taken as a prefix, without folder markers; none when the bucket is missing."""
        found: list[str] = []
        try:
            for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=address.bucket, Prefix=address.key):
                found += [item["Key"] for item in page.get("Contents", []) if "Key" in item]
                if most is not None and len(found) >= most:
                    break
        except ClientError:
            return []
        return [key for key in found if not key.endswith("/")]

    def has(self, address: S3Address) -> bool:
        """Whether anything is under the address."""
        return bool(self.keys(address, most=1))

    def fetch(self, address: S3Address, target: Path) -> int:
        """Download all under the address into `target`, by their path after its last slash; how many there were.

        Raises:
            ValueError: a key leads out of the target.
        """
        keys = self.keys(address)
        root = target.resolve()
        for key in keys:
            path = (root / key.removeprefix(address.folder)).resolve()
            if not path.is_relative_to(root):
                raise ValueError(f"{key} leads out of {target.name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._s3.download_file(address.bucket, key, str(path))
        return len(keys)

    def put(self, address: S3Address, body: bytes) -> None:
        """Upload one object."""
        self._s3.put_object(Bucket=address.bucket, Key=address.key, Body=body)

    def put_archive(self, folder: Path, address: S3Address) -> None:
        """Upload the folder's content as one tar.gz.

        Raises:
            ClientError: S3 refuses it.
        """
        archive = folder.with_name("model.tar.gz")
        with tarfile.open(archive, "w:gz") as tar:
            for path in sorted(folder.iterdir()):
                tar.add(path, path.name)
        with archive.open("rb") as body:
            self._s3.put_object(Bucket=address.bucket, Key=address.key, Body=body)
        archive.unlink()
