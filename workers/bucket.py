"""Deleting in S3: everything under a prefix."""

from typing import Any

from core import words
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
