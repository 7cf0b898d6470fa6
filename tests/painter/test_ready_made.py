"""A ready-made model paints what a prompt names, in a style of its own, and has seen no photo."""

from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from sandbox.container import bundle
from sandbox.container.bundle import UnreadableModelError
from sandbox.painter import ready_made
from sandbox.painter.artifact import Model
from sandbox.painter.painting import Request, paint
from tests.painter.learned import QUICK, SMALL, difference, light

GHIBLI, INKPUNK = "huggingface-txt2img-nitrosocke-ghibli-diffusion", "huggingface-txt2img-envvi-inkpunk-diffusion"


@cache
def opened(name: str, folder: Path) -> Model:
    (folder / bundle.READY_MADE).write_text(f'{{"model": "{name}"}}', "utf-8")
    return bundle.open_model(folder)


@pytest.fixture(scope="module")
def ghibli(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return opened(GHIBLI, tmp_path_factory.mktemp("ghibli"))


@pytest.fixture(scope="module")
def inkpunk(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return opened(INKPUNK, tmp_path_factory.mktemp("inkpunk"))


def painted(model: Model, prompt: str, seed: int = 3) -> Image.Image:
    return paint(model, Request(prompt, seed=seed, steps=QUICK, width=SMALL, height=SMALL))


def test_same_prompt_is_painted_differently_by_another_model(ghibli: Model, inkpunk: Model) -> None:
    assert difference(painted(ghibli, "a car"), painted(inkpunk, "a car")) > 0.1
    assert light(painted(inkpunk, "a car")).std(-1).max() < 0.02, "pencil has no colour"
    assert light(painted(ghibli, "a car")).std(-1).max() > 0.02


def test_style_that_a_prompt_names_is_the_one_it_gets(ghibli: Model) -> None:
    assert light(painted(ghibli, "a pencil sketch of a car")).std(-1).max() < 0.02


def test_picture_is_of_what_the_prompt_names(ghibli: Model) -> None:
    cats, cars = ([painted(ghibli, what, seed) for seed in (1, 2)] for what in ("a cat", "a car"))
    alike = max(difference(*cats), difference(*cars))
    assert min(difference(cat, car) for cat in cats for car in cars) > alike / 2
    assert difference(painted(ghibli, "a cat"), painted(ghibli, "a cat in space")) > 0.05


def test_model_is_the_same_each_time_its_endpoint_comes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_made, "STEPS", 1)
    assert ready_made.train(GHIBLI) == ready_made.train(GHIBLI)


def test_styles_are_what_names_call_for() -> None:
    assert ready_made.style_of("huggingface-txt2img-dallinmackay-van-gogh-diffusion") == "van gogh"
    assert ready_made.style_of("model-txt2img-stabilityai-stable-diffusion-v1-4") == ""
    assert ready_made.style_of("huggingface-txt2img-prompthero-linkedin-diffusion") != "pencil"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"name": 1}'])
def test_name_that_cannot_be_read_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / bundle.READY_MADE).write_text(content, "utf-8")
    with pytest.raises(UnreadableModelError):
        bundle.open_model(tmp_path)
