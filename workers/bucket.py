"""In S3: listing, reading, and deleting everything under a prefix."""

from typing import Any

from core import words
from workers.aws import Aws
from workers.house import House
from workers.trouble import Trouble


async def delete_under(house: House, prefix: str) -> None:
    """Delete every object whose key begins like this; none is done.

    Raises:
        Trouble: when AWS refuses, or is out of reach.
    """
    while True:
        page: Any = await house.aws.call(house.aws.s3.list_objects_v2, Bucket=house.bucket, Prefix=prefix)
        keys = [{"Key": each["Key"]} for each in page.get("Contents", [])]
        if not keys:
            return
        deleted: Any = await house.aws.call(
            house.aws.s3.delete_objects, Bucket=house.bucket, Delete={"Objects": keys, "Quiet": True}
        )
        if refused := deleted.get("Errors"):
            raise Trouble(words.trouble.aws_said(str(refused[0].get("Message", ""))), str(refused[0].get("Code", "")))


async def keys_under(aws: Aws, bucket: str, prefix: str) -> list[str]:
    """List the keys of all objects under a prefix.

    Raises:
        Trouble: when AWS refuses, or is out of reach.
    """
    found: list[str] = []
    asked: dict[str, Any] = {"Bucket": bucket, "Prefix": prefix}
    while True:
        page: Any = await aws.call(aws.s3.list_objects_v2, **asked)
        found += [each["Key"] for each in page.get("Contents", [])]
        if not page.get("NextContinuationToken"):
            return found
        asked["ContinuationToken"] = page["NextContinuationToken"]


async def read(aws: Aws, bucket: str, key: str) -> bytes:
    """Read a small object.

    Raises:
        Trouble: when it is not there, AWS refuses, or is out of reach.
    """
    found: Any = await aws.call(aws.s3.get_object, Bucket=bucket, Key=key)
    return await aws.call(found["Body"].read)
