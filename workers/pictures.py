"""Pictures in S3: those that sheets are drawn from."""

import logging

from workers.house import House
from workers.trouble import Trouble

log = logging.getLogger(__name__)


async def keep(house: House, key: str, jpeg: bytes) -> None:
    """Put a picture into the bucket; the same one twice changes nothing."""
    await house.aws.call(house.aws.s3.put_object, Bucket=house.bucket, Key=key, Body=jpeg, ContentType="image/jpeg")


async def kept(house: House, key: str) -> bytes | None:
    """Give a picture; None when there is none, or AWS does not let us see whether there is.

    Raises:
        Trouble: while AWS is out of reach.
    """
    try:
        return await house.aws.call(_read, house=house, key=key)
    except Trouble as fault:
        if fault.tries:
            raise
        log.info("no picture at %s: %s", key, fault)
        return None


def _read(house: House, key: str) -> bytes:
    """Call, and read the body to its end."""
    return house.aws.s3.get_object(Bucket=house.bucket, Key=key)["Body"].read()
