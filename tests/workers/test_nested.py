"""Pictures as nested lists: read as json and Pillow would, refused whenever json would read something else."""

import asyncio
import io
import json
import time
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from workers import nested
from workers.invoke import decode
from workers.trouble import Trouble

Picture = list[list[list[int]]]
"""Rows of pixels of red, green and blue."""
SPACES = st.sampled_from(["", " ", "  ", "\n", "\t", "\r\n    ", " " * 9])
SPACINGS = st.tuples(SPACES, SPACES, SPACES)


def straight(pictures: list[Picture]) -> list[bytes]:
    """Give the JPEGs of lists that have been read already; fails at what is no picture."""
    return [_jpeg(rows) for rows in pictures]


def _jpeg(rows: Picture) -> bytes:
    if len({len(row) for row in rows}) != 1 or any(len(pixel) != 3 for row in rows for pixel in row):
        raise ValueError("ragged")
    values = list(chain.from_iterable(chain.from_iterable(rows)))
    if any(type(value) is not int for value in values):
        raise ValueError("no whole numbers")
    out = io.BytesIO()
    Image.frombytes("RGB", (len(rows[0]), len(rows)), bytes(values)).save(out, "JPEG", quality=95)
    return out.getvalue()


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    width, height = draw(st.tuples(st.integers(1, 5), st.integers(1, 40)))
    size = 3 * width * height
    values = draw(st.binary(min_size=size, max_size=size))
    pixels = [list(values[at : at + 3]) for at in range(0, size, 3)]
    return [pixels[at : at + width] for at in range(0, len(pixels), width)]


def reply(images: list[Picture], spacing: tuple[str, str, str] = ("", " ", "")) -> bytes:
    """Write a reply with spaces of one's own: before commas, after them, and inside brackets."""
    before, after, inside = spacing
    text = json.dumps(images, separators=(",", ":"))
    spaced = text.replace(",", f"{before},{after}").replace("[", f"[{inside}").replace("]", f"{inside}]")
    return f'{{"prompt": "a [[1, 2]] cat", "generated_images"{before}:{after}{spaced}{inside}, "seed": 7}}'.encode()


@settings(deadline=None)
@given(st.lists(pictures(), min_size=1, max_size=3), SPACINGS)
def test_any_nested_reply_is_read_as_json_and_pillow_read_it(
    images: list[Picture], spacing: tuple[str, str, str]
) -> None:
    assert decode(reply(images, spacing)) == straight(images)


TOKENS = [
    "[",
    "]",
    ",",
    " ",
    "\t",
    "\n",
    "0",
    "1",
    "9",
    "-",
    ".",
    "e",
    "true",
    "null",
    '"',
    "{",
    "}",
    "1 2",
    "],[",
    "]],[[",
    "",
    "\xa0",
    "ÿ",
]
"""What a mutation puts in."""


@settings(max_examples=400, deadline=None)
@given(
    st.lists(pictures(), min_size=1, max_size=2), SPACINGS, st.floats(0, 1), st.integers(0, 3), st.sampled_from(TOKENS)
)
def test_mutated_reply_is_refused_or_is_what_json_reads(
    images: list[Picture], spacing: tuple[str, str, str], where: float, length: int, put: str
) -> None:
    text = reply(images, spacing)
    at = int(where * len(text))
    mutated = text[:at] + put.encode() + text[at + length :]
    try:
        found = decode(mutated)
    except Trouble:
        return
    assert found == straight(json.loads(mutated)["generated_images"])


PIXEL = "[[[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12", "256"), ("12", "299"), ("12", "300"), ("12", "999"), ("12", "1000"), ("12", "10012"), ("12", "012"),
        ("12", "00"), ("7", "07"), ("12", "-1"), ("12", "-0"), ("12", "1e2"), ("12", "1.0"), ("12", "true"),
        ("12", "null"), ("12", '"12"'), ("12", ""), ("12", "1 2"), ("12", "1\t2"), ("12", "1\n2"), ("12", "+1"),
        (", 12", ""), (", 12", ", 12, 13"), (", [10, 11, 12]", ""),
        ("[4, 5, 6]", "[4, 5]"), ("[7, 8, 9], ", "[7, 8], [9], "),
        ("[1, 2, 3], [4, 5, 6]", "[1, 2], [3, 4, 5, 6]"), ("[7, 8, 9]", "7, 8, 9"), ("[7, 8, 9]", "[[7, 8, 9]]"),
        ("[7", "7["), ("9]", "]9"), ("8,", ",8"), ("8,", "8\t"), ("8,", "8"), ("[[[[", "[[["),
        ("]]]]", "]]]"), ("]]]]", "]]]]]"),
        ("[[[[", "[[[[["), ("]], [[", "]] [["), ("12]]]]", "12]]], []]"), ("12]]]]", "12]]]], 5"),
        ("12]]]]", "12]]]] 5"), ("12]]]]", "12]]]]}"), ("8", "\\u0038"), ("8", "８"),
        (PIXEL, "[[]]"), (PIXEL, "[[[]]]"),
        (PIXEL, "[[[[]]]]"), (PIXEL, "[[[[,,]]]]"), (PIXEL, "[["), (PIXEL, "[" * 100_000),
    ],
)  # fmt: skip
def test_lists_that_are_no_picture_are_a_trouble_in_words(old: str, new: str) -> None:
    whole = PIXEL.replace(old, new)
    assert whole != PIXEL
    for text in (whole, whole.replace(", ", ",")):
        with pytest.raises(Trouble) as caught:
            decode(f'{{"generated_images": {text}}}'.encode())
        assert "no pictures" in caught.value.reason


@pytest.mark.parametrize(
    "body",
    [
        f'{{"x": {{"generated_images": {PIXEL}}}, "generated_images": NaN}}',
        f'{{"x": {{"generated_images": {PIXEL}}}}}',
        f'[{{"generated_images": {PIXEL}}}]',
        f'{{"x\\"generated_images": {PIXEL}}}',
        f'{{"generated_images": {PIXEL}}} and more',
        f'{{"generated_images": {PIXEL}',
        f'{{"generated_images": {PIXEL}, "prompt": "a cat}}',
        f'{{"prompt": "a "cat", "generated_images": {PIXEL}}}',
    ],
)
def test_lists_that_are_elsewhere_are_a_trouble_in_words(body: str) -> None:
    with pytest.raises(Trouble):
        decode(body.encode())


def test_prompt_that_looks_like_pictures_is_no_picture() -> None:
    asked = {"prompt": f'"generated_images": {PIXEL}', "generated_images": json.loads(PIXEL)}
    assert decode(json.dumps(asked).encode()) == straight(json.loads(PIXEL))


def test_picture_wider_than_a_jpeg_can_be_is_a_trouble_in_words() -> None:
    with pytest.raises(Trouble):
        decode(reply([[[[1, 2, 3]] * 65_501]]))


def test_every_value_is_read_in_every_channel() -> None:
    image = [[[value, 255 - value, value ^ 85]] for value in range(256)]
    assert decode(reply([image])) == straight([image])


@pytest.mark.parametrize("indent", [None, 1])
async def test_event_loop_runs_on_while_a_large_reply_is_read(indent: int | None) -> None:
    row = [[place % 256, place * 7 % 256, place * 31 % 256] for place in range(512)]
    body = json.dumps({"generated_images": [[row] * 128] * 4}, indent=indent).encode()
    stalls = [await stall(body) for _ in range(3)]
    assert min(stalls) < 0.4, "json.loads alone takes more than half of the time, and lets nothing run meanwhile"


async def stall(body: bytes) -> float:
    """Give the longest that the event loop was kept from running, as a share of the time that reading took."""
    began = last = time.perf_counter()
    reading = asyncio.create_task(asyncio.to_thread(nested.jpegs, body))
    longest = 0.0
    while not reading.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    assert len(await reading) == 4
    return longest / (last - began)
