"""What an endpoint answers: JPEGs, or from older containers nested lists; anything else is a trouble in words."""

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image

from core.records import Generation
from tests.support.fake_aws import JPEG
from tests.support.records import TEAM, a_generation, a_model
from workers.invoke import decode, request
from workers.trouble import Trouble


def test_request_carries_every_parameter() -> None:
    wish = {"count": 4, "steps": 30, "guidance": 9.0, "negative": "text", "width": 768, "height": 512}
    assert request(a_generation(**wish), a_model()) == {
        "prompt": "a photo of riobugger cat on the beach",
        "width": 768,
        "height": 512,
        "num_images_per_prompt": 4,
        "num_inference_steps": 30,
        "guidance_scale": 9.0,
        "negative_prompt": "text",
        "seed": 7,
    }


def test_model_that_was_renamed_is_asked_in_the_word_that_it_has_learnt() -> None:
    asked = request(a_generation(prompt="a photo of Rio on a rug", negative="rio's twin"), a_model(name="rio"))
    assert (asked["prompt"], asked["negative_prompt"]) == ("a photo of riobugger on a rug", "riobugger's twin")


def test_prompt_of_an_older_version_is_painted_as_usual() -> None:
    body: dict[str, Any] = json.loads(a_generation().body())
    for name in ("steps", "guidance", "negative", "width", "height"):
        del body[name]
    stored = {"state": "queued", "version": "1", "due": "", "tries": "0", "body": json.dumps(body)}
    asked = request(Generation.read(TEAM, "generation1", stored), a_model())
    assert asked == request(a_generation(), a_model())
    assert "negative_prompt" not in asked


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
