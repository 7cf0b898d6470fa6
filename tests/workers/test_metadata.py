"""What a picture says of itself goes into its header; what was painted stays byte for byte as it came."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from tests.support.jpegs import comment, jpeg, scan
from workers.metadata import described

pytestmark = pytest.mark.filterwarnings("ignore:.*EXIF data")

PICTURE = jpeg()
JFIF = PICTURE[:20]
"""SOI and the JFIF segment, which is the first that Pillow writes."""
TEXT = "/imagine árvíztűrő tükörfúrógép 🐱 --seed 7\nriobugger"


def exif(**tags: object) -> Image.Exif:
    found = Image.Exif()
    for name, value in tags.items():
        found[Base[name]] = value
    return found


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@given(st.text(max_size=900))
def test_any_text_is_read_back_and_the_picture_is_the_same(text: str) -> None:
    told = described(PICTURE, text.encode("utf-8", "replace").decode())
    assert comment(told) == text.encode("utf-8", "replace").decode()
    assert scan(told) == scan(PICTURE)
    assert opened(told).tobytes() == opened(PICTURE).tobytes()


def test_description_for_the_eyes_is_utf_8() -> None:
    assert TEXT.encode() in described(PICTURE, TEXT)
    assert opened(described(PICTURE, TEXT)).getexif()[Base.ImageDescription].encode("latin-1").decode() == TEXT


def test_everything_else_stays_where_it_was() -> None:
    told = described(PICTURE, TEXT)
    assert told.startswith(JFIF + b"\xff\xe1")
    assert told.endswith(PICTURE[20:])


def test_picture_without_jfif_has_its_description_first() -> None:
    bare = PICTURE[:2] + PICTURE[20:]
    told = described(bare, TEXT)
    assert told.startswith(b"\xff\xd8\xff\xe1")
    assert (comment(told), told.endswith(bare[2:])) == (TEXT, True)


@pytest.mark.parametrize("endian", ["<", ">"])
def test_exif_that_is_there_keeps_its_other_tags(endian: str) -> None:
    before = exif(Orientation=6, Software="painter")
    before.endian = endian
    told = described(jpeg(exif=before), TEXT)
    after = opened(told).getexif()
    assert (after[Base.Orientation], after[Base.Software], comment(told)) == (6, "painter", TEXT)
    assert told.count(b"Exif\0\0") == 1


def test_second_description_takes_the_place_of_the_first() -> None:
    assert described(described(PICTURE, "before"), TEXT) == described(PICTURE, TEXT)


@pytest.mark.parametrize(
    "broken", [b"", b"II", b"MM\0\x2a\0\0\0\x08", b"XX\0\x2a\0\0\0\x08\0\x01", b"II*\0\xff\xff\xff\xff"]
)
def test_broken_exif_is_written_anew(broken: bytes) -> None:
    told = described(JFIF + segment(0xE1, b"Exif\0\0" + broken) + PICTURE[20:], TEXT)
    assert (comment(told), told.count(b"Exif\0\0"), scan(told)) == (TEXT, 1, scan(PICTURE))


def test_other_things_in_the_header_are_left_alone() -> None:
    notes = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>") + segment(0xFE, b"a comment") + b"\xff\xff\xff"
    told = described(JFIF + notes + PICTURE[20:], TEXT)
    assert notes in told
    assert (comment(told), scan(told)) == (TEXT, scan(PICTURE))


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 5, 19, 25, 200])
def test_what_is_no_whole_header_is_given_as_it_came(cut: int) -> None:
    assert described(PICTURE[:cut], TEXT) == PICTURE[:cut]


@given(st.binary(max_size=200))
def test_whatever_comes_is_at_worst_left_alone(data: bytes) -> None:
    for odd in (data, b"\xff\xd8" + data, JFIF + data):
        told = described(odd, "a cat")
        assert told == odd or told.endswith(odd[-1:])


def test_description_that_has_no_room_is_left_out() -> None:
    full = jpeg(exif=exif(Software="x" * 65_000))
    assert described(full, TEXT * 20) == full
