"""What is measured on photos, and what the doctor makes of it: photos as they are, spoilt ones, and flat drawings."""

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from core.doctor import BLURRED, Verdict, verdicts
from core.records import Photo
from sandbox.photos.sets import photo_sets
from tests.support.records import a_photo
from tests.workers.pictures import black_cat, encoded, logo, white_chair
from workers.decoding import judge

SETS = {one.subject: one.photos for one in photo_sets()}
PHOTOS = [path for photos in SETS.values() for path in photos]
SHAPES = ["disc", "ring", "lines", "star", "word", "small word"]


def opened(path: Path) -> Image.Image:
    return Image.open(path).convert("RGB")


def judged(number: int, image: Image.Image, quality: int = 90) -> Photo:
    found = judge(encoded(image, "JPEG", quality=quality))
    return a_photo(
        id=f"photo{number}",
        state="judged",
        width=found.width,
        height=found.height,
        sharpness=found.sharpness,
        dhash=found.dhash,
        dark=found.dark,
        bright=found.bright,
    )


def verdicts_on(images: Iterable[Image.Image]) -> list[Verdict]:
    return verdicts([judged(number, image) for number, image in enumerate(images)], "fit")


def codes(*images: Image.Image) -> list[str]:
    return [found.code for found in verdicts_on(images)]


@pytest.mark.parametrize("photos", SETS.values(), ids=SETS)
def test_good_photos_of_one_subject_are_all_good(photos: list[Path]) -> None:
    assert set(codes(*map(opened, photos))) == {"good"}


@pytest.mark.parametrize("radius", [4, 8])
def test_blurred_photos_are_told_from_sharp_ones(radius: int) -> None:
    for path in PHOTOS:
        assert codes(opened(path).filter(ImageFilter.GaussianBlur(radius))) == ["blurred"]


def test_photo_that_was_small_once_and_has_been_enlarged_is_blurred() -> None:
    photo = opened(PHOTOS[0])
    tiny = photo.resize((photo.width // 12, photo.height // 12))
    assert codes(tiny.resize(photo.size, Image.Resampling.BICUBIC)) == ["blurred"]


def test_sharp_subject_on_a_blurred_ground_is_sharp() -> None:
    for path in PHOTOS:
        photo = opened(path)
        ground = photo.filter(ImageFilter.GaussianBlur(8))
        middle = photo.width // 3, photo.height // 3, 2 * photo.width // 3, 2 * photo.height // 3
        ground.paste(photo.crop(middle), middle)
        assert codes(ground) == ["good"]


@pytest.mark.parametrize("side", [64, 100, 300])
def test_small_photo_is_small_and_not_blurred(side: int) -> None:
    assert codes(opened(PHOTOS[0]).resize((side, side))) == ["small"]


def test_pale_photo_is_sharp() -> None:
    assert all(judged(1, ImageEnhance.Contrast(opened(path)).enhance(0.3)).sharpness >= BLURRED for path in PHOTOS)


@pytest.mark.parametrize("light", [0.03, 0.05])
def test_underexposed_photo_is_dark(light: float) -> None:
    assert codes(ImageEnhance.Brightness(opened(PHOTOS[0])).enhance(light)) == ["dark"]


def test_overexposed_photo_is_bright() -> None:
    for path in SETS["riobugger"]:
        (found,) = verdicts_on([ImageEnhance.Brightness(opened(path)).enhance(6)])
        assert (found.code, found.taken) == ("bright", False)


@pytest.mark.parametrize(("colour", "code"), [("white", "bright"), ("black", "dark"), ("red", "blurred")])
def test_picture_of_nothing_is_left_out(colour: str, code: str) -> None:
    assert codes(Image.new("RGB", (800, 800), colour)) == [code]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [(800, 800), (1_200, 700), (600, 900)])
@pytest.mark.parametrize(("ink", "ground"), [("black", "white"), ("white", "black"), ("red", "white")])
def test_logo_on_a_plain_ground_is_taken(shape: str, size: tuple[int, int], ink: str, ground: str) -> None:
    (found,) = verdicts_on([logo(shape, size, ink, ground)])
    assert found.taken, found.reason


@pytest.mark.parametrize("picture", [white_chair(), black_cat()], ids=["white chair on white", "black cat"])
def test_thing_of_one_shade_is_good(picture: Image.Image) -> None:
    assert codes(picture) == ["good"]


def test_different_logos_on_the_same_ground_are_no_twins() -> None:
    different = [logo(shape) for shape in SHAPES[:5]]
    assert all(found.taken for found in verdicts_on([*different, white_chair()]))


@pytest.mark.parametrize("photo", PHOTOS[::4], ids=lambda path: path.stem)
def test_same_photo_smaller_lighter_or_saved_again_is_a_twin(photo: Path) -> None:
    image = opened(photo)
    smaller, lighter = image.resize((image.width // 2, image.height // 2)), ImageEnhance.Brightness(image).enhance(1.2)
    again = Image.open(io.BytesIO(encoded(image, "JPEG", quality=40)))
    shifted = image.crop((10, 0, image.width, image.height))
    assert codes(image, smaller, lighter, again, shifted) == ["good", *4 * ["twin"]]


def test_twelve_frames_of_one_burst_leave_one() -> None:
    image = opened(PHOTOS[0])
    burst = [image.crop((step, step // 2, image.width - 12 + step, image.height - 12 + step)) for step in range(12)]
    assert [found.taken for found in verdicts_on(burst)] == [True, *11 * [False]]
