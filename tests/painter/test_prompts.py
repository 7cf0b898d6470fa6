"""What a prompt, a seed and the other parameters change in a picture."""

from dataclasses import replace

import numpy as np
import pytest

from sandbox.painter import look, words
from sandbox.painter.painting import Request, paint, seed_of
from sandbox.painter.pixels import from_light
from sandbox.painter.scenes import SCENES
from sandbox.painter.styles import STYLES
from tests.painter.learned import QUICK, SMALL, difference, light, model, picture

PLAIN = Request("a photo of riobugger cat", seed=1, steps=QUICK, width=SMALL, height=SMALL)


def test_same_seed_gives_the_same_bytes() -> None:
    once, again = (paint(model("riobugger"), PLAIN) for _ in range(2))
    assert once.tobytes() == again.tobytes()


def test_other_seed_gives_another_picture() -> None:
    assert difference(picture("riobugger"), picture("riobugger", seed=2)) > 0.03


def test_pencil_sketch_has_no_colour() -> None:
    assert light(picture("riobugger", "a pencil sketch of riobugger cat")).std(-1).max() < 0.02


def test_beach_brings_a_blue_sky_to_the_upper_corners() -> None:
    on_beach = light(picture("riobugger", "a photo of riobugger cat on the beach"))[:4, :4].mean((0, 1))
    plain = light(picture("riobugger"))[:4, :4].mean((0, 1))
    assert on_beach[2] - on_beach[0] > plain[2] - plain[0] + 0.2


def test_night_is_darker_than_day() -> None:
    dark = light(picture("riobugger", "a dark photo of riobugger cat")).mean()
    assert dark < light(picture("riobugger", "a bright photo of riobugger cat")).mean() - 0.05


def test_negative_prompt_pushes_the_other_way() -> None:
    unlit = replace(PLAIN, negative_prompt="bright")
    lit = replace(PLAIN, negative_prompt="dark")
    assert light(paint(model("riobugger"), unlit)).mean() < light(paint(model("riobugger"), lit)).mean()


def test_guidance_of_one_or_less_is_ignored_with_the_negative_prompt() -> None:
    off = paint(model("riobugger"), replace(PLAIN, guidance=1.0))
    assert paint(model("riobugger"), replace(PLAIN, guidance=-3, negative_prompt="dark")).tobytes() == off.tobytes()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (8, 8)])
def test_picture_has_the_size_that_was_asked_for(width: int, height: int) -> None:
    assert paint(model("riobugger"), replace(PLAIN, width=width, height=height)).size == (width, height)


def test_words_of_the_subject_ask_for_nothing() -> None:
    assert words.without("A Portrait of zwx face in snow", ["portrait", "of", "zwx", "face"]) == "a in snow"


def test_first_picture_of_a_request_is_painted_with_the_seed_itself() -> None:
    seeds = [seed_of(7, k) for k in range(4)]
    assert seeds[0] == 7
    assert len(set(seeds)) == 4
    assert seeds == [seed_of(7, k) for k in range(4)]


def test_file_words_that_all_photos_share_are_left_out() -> None:
    assert words.file_words(["cat-sofa-01.jpg", "cat-garden.png"]) == [["sofa"], ["garden"]]


@pytest.mark.parametrize("phrase", [p for kind in (*STYLES, *SCENES) for p in kind.phrases])
def test_each_style_and_scene_word_changes_the_picture_alike_each_time(phrase: str) -> None:
    rng = np.random.default_rng(3)
    image = from_light(rng.random((64, 64, 3), np.float32))
    once, again = (look.apply(image, f"riobugger, {phrase}!", np.random.default_rng(1), 1.0) for _ in range(2))
    assert once.size == image.size
    assert once.tobytes() == again.tobytes() != image.tobytes()


def test_prompt_without_such_words_leaves_the_picture_alone() -> None:
    image = from_light(np.zeros((16, 16, 3), np.float32))
    assert look.apply(image, "a filming crew", np.random.default_rng(1), 1.0) is image
