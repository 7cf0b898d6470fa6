"""Pictures from strangers: JPEG, PNG and WebP are cropped, re-encoded and stripped; everything else is refused."""

import io
from typing import Any

import pytest
from PIL import Image

from tests.workers.pictures import (
    encoded,
    every_format,
    jpeg_of_many_scans,
    png_that_claims,
    scene,
    turned,
    webp_that_claims,
    with_noise,
)
from workers.decoding import judge
from workers.formats import MEGAPIXELS
from workers.refusal import Refusal, RefusedError
from workers.squares import SIDE

TAKEN = {"JPEG", "PNG", "WEBP", "MPO"}
"""MPO: a JPEG with a second picture behind the first, as some phones write it."""


def look_at(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def colour(image: Image.Image, x: float, y: float) -> str:
    """Name the colour at a place given in parts of the width and the height."""
    pixel: Any = image.getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))
    return next(
        (name for name, rgb in COLOURS.items() if all(abs(a - b) < 40 for a, b in zip(pixel, rgb, strict=True))), "?"
    )


COLOURS = {
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "green": (0, 255, 0),
    "white": (255, 255, 255),
    "grey": (76, 76, 76),
}


def crop(data: bytes) -> bytes:
    return judge(data).crop


def refused(data: bytes) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        judge(data)
    return caught.value.refusal


def test_pillow_writes_enough_formats_for_this_to_mean_something() -> None:
    assert len(every_format()) > 20


@pytest.mark.parametrize("kind", sorted(every_format()))
def test_only_jpeg_png_and_webp_are_taken(kind: str) -> None:
    data = every_format()[kind]
    if kind not in TAKEN:
        assert refused(data) == Refusal.NO_PICTURE
        return
    image = look_at(crop(data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (SIDE, SIDE))


@pytest.mark.parametrize("kind", sorted(every_format()))
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_picture_that_is_cut_short_is_refused_whatever_it_is(kind: str, share: float) -> None:
    data = every_format()[kind]
    assert refused(data[: int(len(data) * share)]) in {Refusal.NO_PICTURE, Refusal.TRUNCATED}


@pytest.mark.parametrize("kind", sorted(TAKEN))
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_photo_that_is_cut_short_is_refused(kind: str, share: float) -> None:
    data = encoded(with_noise((128, 128)), kind)
    assert refused(data[: int(len(data) * share)]) == Refusal.TRUNCATED


@pytest.mark.parametrize("kind", sorted(set(every_format()) - TAKEN))
@pytest.mark.parametrize("magic", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x10\x00\x00WEBPVP8 "])
def test_file_that_only_begins_like_a_photo_is_refused(kind: str, magic: bytes) -> None:
    data = every_format()[kind]
    assert refused(magic + data[len(magic) :]) in {Refusal.NO_PICTURE, Refusal.TRUNCATED}


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"<!doctype html><title>Sign in to Slack</title>", b"%PDF-1.7", b"<svg/>", b"\xff\xd8", b"GIF89a"],
)
def test_file_that_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(data) == Refusal.NO_PICTURE


def test_photo_with_another_file_behind_it_passes_as_the_photo_alone() -> None:
    photo = encoded(scene(), "JPEG")
    clean = crop(photo + b"PK\x03\x04 planted archive <script>planted</script>")
    assert b"planted" not in clean
    assert clean == crop(photo)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_is_turned_upright(orientation: int) -> None:
    image = look_at(crop(turned(orientation)))
    assert [colour(image, x, y) for x, y in ((0.5, 0.05), (0.1, 0.7), (0.9, 0.7))] == ["green", "red", "blue"]


def test_nothing_of_the_metadata_is_left() -> None:
    photo = turned(6)
    assert b"planted" in photo
    clean = crop(photo)
    image = look_at(clean)
    assert dict(image.getexif()) == {}
    assert not {"exif", "comment", "xmp", "icc_profile"} & image.info.keys()
    assert b"planted" not in clean


def test_what_is_transparent_becomes_white() -> None:
    image = scene((64, 64), "RGBA")
    image.putalpha(Image.new("L", (64, 64), 0))
    for kind in ("PNG", "WEBP"):
        assert colour(look_at(crop(encoded(image, kind))), 0.5, 0.5) == "white"


def test_palette_with_a_transparent_colour_is_flattened() -> None:
    image = scene((64, 64), "P")
    place: Any = image.getpixel((10, 40))
    assert colour(look_at(crop(encoded(image, "PNG", transparency=place))), 0.2, 0.7) == "white"


@pytest.mark.parametrize("mode", ["L", "1", "LA", "I;16", "CMYK", "P"])
def test_photo_in_any_mode_comes_out_in_colour(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert look_at(crop(encoded(scene(mode=mode), kind))).mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_taken(kind: str) -> None:
    later = [Image.new("RGB", (64, 64), "white")] * 3
    data = encoded(scene((64, 64)), kind, save_all=True, append_images=later, duration=100)
    image = look_at(crop(data))
    assert getattr(image, "n_frames", 1) == 1
    assert colour(image, 0.1, 0.7) == "red"


def test_middle_of_a_wide_photo_is_taken() -> None:
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    assert {colour(look_at(crop(encoded(image, "PNG"))), x, 0.5) for x in (0.05, 0.5, 0.95)} == {"blue"}


@pytest.mark.parametrize("size", [(8, 20_000), (20_000, 8), (1, 1), (1, 4_000), (20, 60_000)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_thin_and_tiny_pictures_do_not_blow_up(size: tuple[int, int], kind: str) -> None:
    assert look_at(crop(encoded(scene(size), kind))).size == (SIDE, SIDE)


@pytest.mark.parametrize(
    ("bomb", "limit"),
    [(png_that_claims(12_000, 12_000), 200), (webp_that_claims(12_000, 12_000), 40)],
    ids=["png", "webp"],
)
def test_few_bytes_that_claim_144_megapixels_are_refused_unread(bomb: bytes, limit: int) -> None:
    assert len(bomb) < limit
    assert refused(bomb) == Refusal.TOO_MANY_PIXELS


def test_png_may_have_25_megapixels_and_no_more() -> None:
    assert refused(png_that_claims(5_000, 5_000)) == Refusal.TRUNCATED
    assert refused(png_that_claims(5_000, 5_001)) == Refusal.TOO_MANY_PIXELS
    assert MEGAPIXELS == 25


def test_photo_of_a_good_camera_is_taken_and_one_beyond_120_megapixels_is_not() -> None:
    photo = encoded(Image.new("RGB", (6_000, 4_000), "red"), "JPEG")
    assert look_at(crop(photo)).size == (SIDE, SIDE)
    start = photo.index(b"\xff\xc0") + 5
    grown = photo[:start] + (10_001).to_bytes(2) + (12_000).to_bytes(2) + photo[start + 4 :]
    assert refused(grown) == Refusal.TOO_MANY_PIXELS_JPEG


def test_progressive_photo_is_taken() -> None:
    assert look_at(crop(jpeg_of_many_scans(1))).size == (SIDE, SIDE)


def test_panorama_that_cannot_be_scaled_while_it_is_read_is_refused() -> None:
    assert refused(encoded(scene((60_000, 1_000)), "JPEG")) == Refusal.TOO_MANY_PIXELS_JPEG
    assert look_at(crop(encoded(scene((12_000, 1_000)), "JPEG"))).size == (SIDE, SIDE)
