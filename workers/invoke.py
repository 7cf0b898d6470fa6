"""Calls the endpoint: the request in JSON, the reply as base64 JPEGs (or, from older containers, nested lists)."""

import asyncio
import base64
import io
import json
from typing import Any

from core import words
from core.records import Generation
from workers.house import House
from workers.trouble import SOME, Trouble

SIDE = 512
STEPS = 50
"""Diffusers' default, which the container takes as well."""
GUIDANCE_SCALE = 7.5
"""As above."""
CONTENT_TYPE = "application/json"
ACCEPT = "application/json;jpeg"
"""Without it the reply is nested lists: 28 times the size and 500 times the work."""


def request(generation: Generation) -> dict[str, Any]:
    """Build the request for all pictures of a prompt."""
    return {
        "prompt": generation.prompt,
        "width": SIDE,
        "height": SIDE,
        "num_images_per_prompt": generation.count,
        "num_inference_steps": STEPS,
        "guidance_scale": GUIDANCE_SCALE,
        "seed": generation.seed,
    }


async def paint(house: House, endpoint: str, generation: Generation) -> list[bytes]:
    """Have an endpoint paint; gives as many JPEGs as were asked for.

    Raises:
        Trouble: what the endpoint refused, or that it answered with something else.
    """
    body = await house.aws.call(_invoke, house=house, endpoint=endpoint, asked=json.dumps(request(generation)))
    return await asyncio.to_thread(decode, body)


def _invoke(house: House, endpoint: str, asked: str) -> bytes:
    """Call, and read the reply to its end."""
    reply = house.aws.runtime.invoke_endpoint(
        EndpointName=endpoint, ContentType=CONTENT_TYPE, Accept=ACCEPT, Body=asked.encode()
    )
    return reply["Body"].read()


def decode(body: bytes) -> list[bytes]:
    """Read the pictures out of a reply.

    Raises:
        Trouble: when there are none in it.
    """
    try:
        pictures: list[Any] = json.loads(body)["generated_images"]
        if not pictures:
            raise ValueError("no pictures")  # noqa: TRY301 - one sentence for all that can be wrong with a reply
        return [base64.b64decode(one) if isinstance(one, str) else _jpeg(one) for one in pictures]
    except (ValueError, LookupError, TypeError) as error:
        raise Trouble(words.trouble.aws_said("the model's reply had no pictures in it"), "reply", tries=SOME) from error


def _jpeg(rows: list[Any]) -> bytes:
    """Turn nested lists of RGB values, rows of pixels, into a JPEG."""
    from PIL import Image  # noqa: PLC0415 - only older containers need it

    flat = bytes(value for row in rows for pixel in row for value in pixel)
    out = io.BytesIO()
    Image.frombytes("RGB", (len(rows[0]), len(rows)), flat).save(out, "JPEG", quality=95)
    return out.getvalue()
