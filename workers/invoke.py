"""Calls the endpoint: the request in JSON, the reply as base64 JPEGs (or, from older containers, nested lists)."""

import base64
import json
from typing import Any

from core import parameters, words
from core.naming import as_learnt
from core.records import Generation, Model
from workers import nested
from workers.aws import OUT_OF_MEMORY, TIMED_OUT, UNANSWERED
from workers.house import House
from workers.trouble import SOME, Trouble

CONTENT_TYPE = "application/json"
ACCEPT = "application/json;jpeg"
"""Without it the reply is nested lists: 28 times the size, and a hundred times the work."""


def request(generation: Generation, model: Model) -> dict[str, Any]:
    """Build the request for all pictures of a prompt, in the words that the model has learnt."""
    asked: dict[str, Any] = {
        "prompt": as_learnt(generation.prompt, model),
        "width": generation.width,
        "height": generation.height,
        "num_images_per_prompt": generation.count,
        "num_inference_steps": generation.steps,
        "guidance_scale": generation.guidance,
        "seed": generation.seed,
    }
    return asked | ({"negative_prompt": as_learnt(generation.negative, model)} if generation.negative else {})


async def paint(house: House, endpoint: str, generation: Generation, model: Model) -> list[bytes]:
    """Have an endpoint paint; gives as many JPEGs as were asked for.

    Raises:
        Trouble: what the endpoint refused, or that it answered with something else.
    """
    asked = json.dumps(request(generation, model))
    try:
        return await house.aws.call(_invoke, house=house, endpoint=endpoint, asked=asked)
    except Trouble as fault:
        raise _explained(fault, generation) from fault


def _explained(fault: Trouble, generation: Generation) -> Trouble:
    """Say what to ask for instead, where the same again would fail again; everything else as it is."""
    fewer = ["--n 1"] if generation.count > 1 else []
    if fault.code == OUT_OF_MEMORY:
        large = generation.width * generation.height > parameters.SIDE**2
        return Trouble(words.line.out_of_memory(fewer + ["--size 512x512"] * large), fault.code)
    if fault.code in {TIMED_OUT, UNANSWERED}:
        slow = generation.steps > parameters.STEPS
        return Trouble(words.line.too_slow([f"--steps {parameters.STEPS}"] * slow + fewer), TIMED_OUT)
    return fault


def _invoke(house: House, endpoint: str, asked: str) -> list[bytes]:
    """Call, and read the pictures out of the reply, in the same thread."""
    reply = house.aws.runtime.invoke_endpoint(
        EndpointName=endpoint, ContentType=CONTENT_TYPE, Accept=ACCEPT, Body=asked.encode()
    )
    return decode(reply["Body"].read())


def decode(body: bytes) -> list[bytes]:
    """Read the pictures out of a reply.

    Raises:
        Trouble: when there are none in it.
    """
    try:
        if nested.is_nested(body):
            return nested.jpegs(body)
        pictures: list[str] = json.loads(body)["generated_images"]
        if not pictures:
            raise ValueError("no pictures")  # noqa: TRY301 - one sentence for all that can be wrong with a reply
        return [base64.b64decode(one) for one in pictures]
    except (ValueError, LookupError, TypeError) as error:
        raise Trouble(words.trouble.aws_said("the model's reply had no pictures in it"), "reply", tries=SOME) from error
