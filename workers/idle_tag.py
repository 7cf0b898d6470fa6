"""The endpoint's tag that says how long it may stand without a call: by it even a stateless sweep may delete it."""

import logging
from dataclasses import replace

from core import sweeping
from core.idling import Policy
from core.records import Model
from workers.house import House
from workers.trouble import Trouble

log = logging.getLogger(__name__)

CHANGED_SHARE = 0.1
"""A time that differs by less from the tag's is not worth a call."""


def most(house: House, policy: Policy) -> float:
    """Give after how many seconds without a call somebody who knows nothing but the tags may delete an endpoint."""
    return policy.longest + house.settings.keep_seconds


def written(seconds: float) -> dict[str, str]:
    """Write the tag."""
    return {"Key": sweeping.IDLE, "Value": f"{seconds:.0f}"}


async def renew(house: House, model: Model, endpoint: str, policy: Policy) -> Model:
    """Tag an endpoint anew whose time has been changed since it was made: people set idle times and working hours.

    What AWS refuses is tried again at the next look; the endpoint itself is none the worse for it.
    """
    seconds = most(house, policy)
    if abs(seconds - model.tagged_idle) <= CHANGED_SHARE * model.tagged_idle:
        return model
    client = house.aws.sagemaker
    try:
        found = await house.aws.call(client.describe_endpoint, EndpointName=endpoint)
        await house.aws.call(client.add_tags, ResourceArn=found["EndpointArn"], Tags=[written(seconds)])
    except Trouble as fault:
        log.warning("the tag of %s could not be changed to %.0f s: %s", endpoint, seconds, fault)
        return model
    return replace(model, tagged_idle=seconds)
