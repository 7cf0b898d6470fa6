"""The replies of /invocations: base64 JPEG, or the nested lists of numbers that plain JSON means."""

import base64
import io
import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

import numpy as np
from PIL import Image

QUALITY = 92
"""JPEG quality of the pictures in a reply."""


def _jpeg(image: Image.Image) -> str:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=QUALITY)
    return base64.b64encode(target.getvalue()).decode()


def _nested(image: Image.Image) -> object:
    return np.asarray(image).tolist()


ACCEPTED: Mapping[str, Callable[[Image.Image], object]] = {
    "application/json;jpeg": _jpeg,
    "application/json;verbose": _nested,
    "application/json": _nested,
    "*/*": _nested,
    "": _nested,
}
"""Values of Accept, without spaces, with how each wants a picture."""


def pictures(accept: str, images: Sequence[Image.Image], prompt: str | Sequence[str]) -> bytes:
    """Write the reply with the pictures; `accept` is a key of `ACCEPTED`."""
    encode = ACCEPTED[accept]
    return json.dumps({"generated_images": [encode(image) for image in images], "prompt": prompt}).encode()


def error(code: int, message: str) -> bytes:
    """Write an error as the Hugging Face toolkit does: the inference script's own come with 400."""
    kind = "ResourceNotFoundException" if code == HTTPStatus.NOT_FOUND else "InternalServerException"
    return json.dumps({"code": code, "type": kind, "message": message}).encode()
