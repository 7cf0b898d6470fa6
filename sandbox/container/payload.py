"""The body of a request to /invocations: what may stand in it, and in which range."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sandbox.container import memory

MOST_STEPS = 1000
"""Stable Diffusion's scheduler was trained with as many and refuses more."""
MOST_TEXT = 10_000
"""Characters of a prompt."""


class PayloadError(Exception):
    """A body that the inference script refuses, with the reason as its text."""


@dataclass(frozen=True, slots=True)
class Order:
    """A request, checked. `prompts` holds one or more; without a seed, chance decides."""

    prompts: tuple[str, ...]
    negative_prompts: tuple[str, ...]
    width: int = 512
    height: int = 512
    pictures: int = 1
    steps: int = 50
    guidance: float = 7.5
    seed: int | None = None
    many: bool = False


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(value: object) -> bool:
    return _whole(value) and cast("int", value) > 0


def _size(value: object) -> bool:
    return _count(value) and cast("int", value) % 8 == 0


def _steps(value: object) -> bool:
    return _count(value) and cast("int", value) <= MOST_STEPS


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(value: object) -> bool:
    return bool(texts(value))


FIELDS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "prompt": ("a string or a list of strings", _text),
    "width": ("a positive integer divisible by 8", _size),
    "height": ("a positive integer divisible by 8", _size),
    "num_images_per_prompt": ("a positive integer", _count),
    "num_inference_steps": (f"a positive integer of at most {MOST_STEPS}", _steps),
    "guidance_scale": ("a number", _number),
    "negative_prompt": ("a string or a list of strings", _text),
    "seed": ("an integer", _whole),
}
"""The keys of a request with what each must be."""


def texts(value: object) -> tuple[str, ...]:
    """Give a string, or a list of them, as a tuple; empty when it is neither."""
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    strings = tuple(item for item in items if isinstance(item, str) and len(item) <= MOST_TEXT)
    return strings if len(strings) == len(items) else ()


def parse(body: bytes) -> Order:
    """Read the body of a request.

    Raises:
        PayloadError: it is not JSON, has a key that is not known, or a value that is out of range.
    """
    try:
        given: Any = json.loads(body)
    except ValueError as error:
        raise PayloadError(f"Input payload is not valid JSON: {error}") from error
    if not isinstance(given, dict):
        raise PayloadError("Input payload must be a JSON object")
    return _order(cast("dict[str, Any]", given))


def _order(given: Mapping[str, Any]) -> Order:
    _check(given)
    prompts = texts(given["prompt"])
    negative = texts(given.get("negative_prompt", [""] * len(prompts)))
    if len(negative) not in (1, len(prompts)):
        raise PayloadError("negative_prompt must be as long a list as prompt")
    order = Order(
        prompts=prompts,
        negative_prompts=negative if len(negative) == len(prompts) else negative * len(prompts),
        width=given.get("width", 512),
        height=given.get("height", 512),
        pictures=given.get("num_images_per_prompt", 1),
        steps=given.get("num_inference_steps", 50),
        guidance=float(given.get("guidance_scale", 7.5)),
        seed=given.get("seed"),
        many=isinstance(given["prompt"], list),
    )
    _fits(order)
    return order


def _check(given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            raise PayloadError(f"Input payload contains an invalid key {name}. Valid keys are {known}.")
        must, accepts = FIELDS[name]
        if not accepts(value):
            raise PayloadError(f"{name} must be {must}, got {str(value)[:80]!r}")
    if "prompt" not in given:
        raise PayloadError("Input payload must contain the key prompt.")


def _fits(order: Order) -> None:
    if reason := memory.too_much(len(order.prompts) * order.pictures, order.width, order.height):
        raise PayloadError(reason)
