"""The container answers /ping and /invocations as JumpStart's does."""

import base64
import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sandbox.container import bundle, memory
from tests.painter.jobs import started
from tests.painter.learned import QUICK, SMALL, difference, picture, trained

JPEG = "application/json;jpeg"
PROMPT = "a photo of riobugger cat"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("model")
    bundle.write(folder / "content", trained("riobugger")[0], PROMPT)
    with tarfile.open(folder / "model.tar.gz", "w:gz") as archive:
        archive.add(folder / "content", ".")
    with started("serve", "--model", str(folder / "model.tar.gz"), "--port", "0") as process:
        assert process.stdout is not None
        said = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert said is not None
        yield int(said[1])


def call(port: int, method: str, path: str, body: str = "", headers: Mapping[str, str] = {}) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def invoke(port: int, accept: str = JPEG, **payload: object) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", "Accept": accept}
    quick = {"num_inference_steps": QUICK, "width": SMALL, "height": SMALL}
    return call(port, "POST", "/invocations", json.dumps(quick | payload), headers)


def images(reply: dict[str, list[str]]) -> list[Image.Image]:
    return [Image.open(io.BytesIO(base64.b64decode(text))) for text in reply["generated_images"]]


def test_ping_is_answered(port: int) -> None:
    assert call(port, "GET", "/ping")[0] == 200
    assert call(port, "GET", "/models")[0] == 404


def test_jpeg_reply_shows_what_the_painter_painted(port: int) -> None:
    status, reply = invoke(port, prompt=PROMPT, seed=1)
    assert status == 200
    assert reply["prompt"] == PROMPT
    (image,) = images(reply)
    assert image.format == "JPEG"
    assert difference(image, picture("riobugger", PROMPT)) < 0.01


def test_plain_json_reply_is_nested_lists_of_rgb(port: int) -> None:
    status, reply = invoke(port, "application/json", prompt=PROMPT, seed=1, width=64, height=48)
    assert status == 200
    assert reply["prompt"] == PROMPT
    numbers = np.array(reply["generated_images"])
    assert numbers.shape == (1, 48, 64, 3)
    assert numbers.dtype.kind == "i"
    assert 0 <= numbers.min() < numbers.max() <= 255


def test_picture_k_depends_on_the_seed_and_k_alone(port: int) -> None:
    several = invoke(port, prompt=PROMPT, seed=5, num_images_per_prompt=2)[1]["generated_images"]
    assert several[0] != several[1]
    assert invoke(port, prompt=PROMPT, seed=5)[1]["generated_images"] == several[:1]


def test_without_a_seed_each_call_gives_another_picture(port: int) -> None:
    replies = [invoke(port, prompt=PROMPT, width=64, height=64)[1]["generated_images"] for _ in range(2)]
    assert replies[0] != replies[1]


def test_requests_that_come_together_are_painted_one_after_another(port: int) -> None:
    def small(seed: int) -> tuple[int, Any]:
        return invoke(port, prompt=PROMPT, seed=seed, width=64, height=64)

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(small, [1, 2, 1, 2]))
    assert [status for status, _ in replies] == [200] * 4
    assert replies[0] == replies[2] != replies[1] == replies[3]


def test_list_of_prompts_gives_pictures_for_each(port: int) -> None:
    status, reply = invoke(port, prompt=["dark cat", "bright cat"], seed=1, width=64, height=64)
    assert status == 200
    assert reply["prompt"] == ["dark cat", "bright cat"]
    assert len(images(reply)) == 2


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({}, "must contain the key prompt"),
        ({"prompt": 7}, "prompt must be a string"),
        ({"prompt": "x", "sampler": "ddim"}, "invalid key sampler"),
        ({"prompt": "x", "width": 500}, "width must be a positive integer divisible by 8"),
        ({"prompt": "x", "height": "512"}, "height must be"),
        ({"prompt": "x", "num_images_per_prompt": 0}, "num_images_per_prompt must be"),
        ({"prompt": "x", "num_inference_steps": 1001}, "at most 1000"),
        ({"prompt": "x", "num_inference_steps": True}, "num_inference_steps must be"),
        ({"prompt": "x", "guidance_scale": "high"}, "guidance_scale must be a number"),
        ({"prompt": "x", "seed": 1.5}, "seed must be an integer"),
        ({"prompt": ["x", "y"], "negative_prompt": ["z"] * 3}, "as long a list"),
        ({"prompt": "x", "width": 4096, "height": 4096}, "CUDA out of memory"),
        ({"prompt": "x", "width": 768, "height": 768, "num_images_per_prompt": 4}, "CUDA out of memory"),
        ({"prompt": ["x"] * 3, "width": 1024, "height": 776}, "GPU 0; 14.76 GiB total capacity"),
    ],
)
def test_payload_that_the_real_script_refuses_is_refused(port: int, payload: dict[str, Any], reason: str) -> None:
    status, reply = invoke(port, **payload)
    assert (status, reply["code"], reply["type"]) == (400, 400, "InternalServerException")
    assert reason in reply["message"]


@pytest.mark.parametrize(
    ("instance", "pictures", "side", "fits"),
    [
        ("", 4, 512, True),
        ("ml.g4dn.2xlarge", 3, 768, True),
        ("ml.g4dn.2xlarge", 4, 768, False),
        ("ml.g5.2xlarge", 4, 768, True),
        ("ml.g5.2xlarge", 4, 896, False),
        ("ml.p2.xlarge", 3, 768, False),
    ],
)
def test_pictures_fit_the_memory_of_the_machine(
    instance: str, pictures: int, side: int, monkeypatch: pytest.MonkeyPatch, *, fits: bool
) -> None:
    monkeypatch.setenv(memory.INSTANCE, instance)
    assert (memory.too_much(pictures, side, side) == "") == fits


def test_body_and_headers_that_are_not_understood_are_refused(port: int) -> None:
    assert call(port, "POST", "/invocations", "{", {"Content-Type": "application/json"})[0] == 400
    assert call(port, "POST", "/invocations", "[]", {"Content-Type": "application/json"})[0] == 400
    assert call(port, "POST", "/invocations", "{}", {"Content-Type": "text/csv"})[0] == 400
    assert invoke(port, "image/png", prompt=PROMPT)[0] == 400


def test_model_that_cannot_be_read_ends_the_container(tmp_path: Path) -> None:
    with started("serve", "--model", str(tmp_path / "model.tar.gz"), "--port", "0") as process:
        assert process.wait(30) == 1
