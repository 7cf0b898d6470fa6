"""The two squares of a picture: the same upright sRGB in both, the whole of it in one."""

import io
from typing import Any

import pytest
from PIL import Image

from tests.workers.pictures import encoded, logo, profile_that_swaps_red_and_blue, scene, turned, with_noise
from workers.decoding import judge
from workers.squares import SIDE

BLUE = (0, 0, 255)


def looked_at(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int], by: int = 12) -> bool:
    pixel: Any = image.getpixel(place)
    return all(abs(one - other) <= by for one, other in zip(pixel, colour, strict=True))


def of(image: Image.Image, kind: str = "PNG", **options: Any) -> Image.Image:
    """Give the crop of a picture."""
    return looked_at(judge(encoded(image, kind, **options)).crop)


def test_whole_photo_is_on_the_fitted_square_and_its_middle_alone_on_the_other() -> None:
    wide = scene((1_200, 400))
    found = judge(encoded(wide, "PNG"))
    fit = looked_at(found.fit)
    assert fit.size == (SIDE, SIDE)
    assert is_near(fit, (5, 260), (255, 0, 0))
    assert is_near(fit, (506, 260), BLUE)
    assert is_near(fit, (256, 180), (0, 255, 0))
    assert (found.width, found.height) == (1_200, 400)


def test_square_photo_is_the_same_either_way() -> None:
    found = judge(encoded(scene((600, 600)), "JPEG"))
    assert found.crop == found.fit


def test_ground_of_a_picture_with_plain_edges_goes_on_to_the_edges_of_the_square() -> None:
    fit = looked_at(judge(encoded(logo("disc", (1_200, 500), "red", "white"), "JPEG")).fit)
    assert fit.crop((0, 0, SIDE, 150)).getextrema() == 3 * ((255, 255),)


def test_ground_of_any_other_picture_is_its_own_middle_blurred() -> None:
    wide = with_noise((600, 300))
    fit = looked_at(judge(encoded(wide, "PNG")).fit)
    low, high = fit.crop((0, 0, SIDE, 100)).convert("L").getextrema()
    assert 90 < float(str(low)) < float(str(high)) < 165


@pytest.mark.parametrize("orientation", range(1, 9))
def test_both_squares_and_the_measured_size_are_upright(orientation: int) -> None:
    found = judge(turned(orientation, (180, 60)))
    assert (found.width, found.height) == (180, 60)
    fit = looked_at(found.fit)
    assert is_near(fit, (256, 180), (0, 255, 0), 40)
    assert is_near(fit, (20, 280), (255, 0, 0), 40)


def test_picture_is_as_transparent_as_white() -> None:
    image = Image.new("RGBA", (600, 300), (0, 0, 255, 0))
    image.paste((0, 0, 255, 255), (250, 100, 350, 200))
    found = judge(encoded(image, "PNG"))
    assert is_near(looked_at(found.crop), (256, 256), BLUE)
    assert all(is_near(looked_at(square), (5, 5), (255, 255, 255)) for square in (found.crop, found.fit))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_what_the_profile_says_they_are(kind: str) -> None:
    red = Image.new("RGB", (600, 500), (255, 0, 0))
    profile = profile_that_swaps_red_and_blue()
    found = judge(encoded(red, kind, icc_profile=profile))
    assert all(is_near(looked_at(square), (256, 256), BLUE) for square in (found.crop, found.fit))
    assert profile[:128] not in found.crop + found.fit


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_profile_holds_for_transparent_and_indexed_pictures(mode: str) -> None:
    red = Image.new("RGB", (600, 500), (255, 0, 0)).convert(mode)
    assert is_near(of(red, icc_profile=profile_that_swaps_red_and_blue()), (256, 256), BLUE)


@pytest.mark.parametrize(
    "profile", [b"\0", b"planted", profile_that_swaps_red_and_blue()[:200], b"RGB " * 100], ids=range(4)
)
def test_broken_profile_is_ignored(profile: bytes) -> None:
    assert is_near(of(Image.new("RGB", (600, 600), "blue"), "JPEG", icc_profile=profile), (256, 256), BLUE)


def test_profile_of_another_kind_of_picture_is_ignored() -> None:
    ink = Image.new("CMYK", (600, 600), (255, 255, 0, 0))
    profile = profile_that_swaps_red_and_blue()
    assert is_near(of(ink, "JPEG", icc_profile=profile), (256, 256), BLUE)


def test_photo_for_print_comes_out_in_its_colours() -> None:
    assert is_near(of(Image.new("CMYK", (600, 600), (0, 255, 255, 0)), "JPEG"), (256, 256), (255, 0, 0))


def test_grey_of_sixteen_bits_keeps_its_brightness() -> None:
    assert is_near(of(Image.new("I;16", (600, 600), 0x8000)), (256, 256), (128, 128, 128), 3)
