"""What an endpoint answers: JPEGs, or from older containers nested lists; anything else is a trouble in words."""

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image

from tests.support.fake_aws import JPEG
from workers.invoke import decode
from workers.trouble import Trouble


def test_reply_in_base64_is_read() -> None:
    body = json.dumps({"generated_images": [base64.b64encode(JPEG).decode()] * 2, "prompt": "x"}).encode()
    assert decode(body) == [JPEG, JPEG]


def test_reply_in_nested_lists_is_turned_into_jpegs() -> None:
    rows = [[[255, 0, 0]] * 8] * 16
    (picture,) = decode(json.dumps({"generated_images": [rows]}).encode())
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.size) == ("JPEG", (8, 16))
    red: Any = image.getpixel((4, 4))
    assert red[0] > 200
    assert red[1] < 60


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"generated_images": []}',
        b"[]",
        b"{}",
        b'{"generated_images": 7}',
        b'{"generated_images": [[["x"]]]}',
        b"\xff",
        b"null",
    ],
)
def test_reply_without_pictures_is_a_trouble_in_words(body: bytes) -> None:
    with pytest.raises(Trouble) as caught:
        decode(body)
    assert "no pictures" in caught.value.reason


@pytest.mark.parametrize("picture", [[], [[]], [[[256, 0, 0]]], [[[0, 0]]], "not base64!"])
def test_reply_with_a_broken_picture_is_a_trouble_in_words(picture: object) -> None:
    with pytest.raises(Trouble):
        decode(json.dumps({"generated_images": [picture]}).encode())
