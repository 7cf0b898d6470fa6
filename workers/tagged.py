"""Whether a thing in AWS was made for a record: told by its tags."""

from core.records import Record
from workers.house import House


async def ours(house: House, record: Record, arn: str) -> bool:
    """Tell whether all the tags that this deployment gives a record's things are on this one."""
    found = await house.aws.call(house.aws.sagemaker.list_tags, ResourceArn=arn)
    tags = {tag["Key"]: tag["Value"] for tag in found["Tags"]}
    return all(tags.get(tag["Key"]) == tag["Value"] for tag in house.tags(record))
