"""Sheets: every picture and every word stays inside, whatever the words are; what is out looks it."""

import io
from collections.abc import Sequence
from statistics import mean

import pytest
from PIL import Image

from workers import lettering, sheets
from workers.sheets import Cell, contact_sheet, grid_sheet

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze " * 4
PROMPTS = ["a photo of riobugger cat", "a photo of riobugger cat on the beach", "a photo of a cat", "a photo of a dog"]
WORDS = [LONG, "Дом и 家 और بيت", "a\x00b\u2028c\nd", "🐈‍⬛ <!channel> *bold*", "", " "]


def a_picture(colour: str = "#d08040", size: tuple[int, int] = (512, 512)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def opened(sheet: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(sheet))
    assert image.format == "JPEG"
    return image.convert("RGB")


def edges(image: Image.Image) -> Sequence[tuple[int, int, int]]:
    """The pixels of a sheet's four margins, half as wide as they are."""
    off = sheets.MARGIN // 2
    width, height = image.size
    strips = [
        (0, 0, width, off),
        (0, height - off, width, height),
        (0, 0, off, height),
        (width - off, 0, width, height),
    ]
    return [pixel for strip in strips for pixel in _pixels(image.crop(strip))]


def _pixels(image: Image.Image) -> list[tuple[int, int, int]]:
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


def is_quiet(image: Image.Image) -> bool:
    """Nothing but the ground stands in the margins: nothing is cut off."""
    return all(
        max(abs(have - want) for have, want in zip(pixel, (244, 242, 238), strict=True)) < 12 for pixel in edges(image)
    )


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 12, 13, 20, 40])
def test_sheet_of_any_number_of_photos_is_no_wider_than_slack_shows(count: int) -> None:
    picture = a_picture()
    image = opened(contact_sheet([Cell(picture, "good", "good", place + 1) for place in range(count)]))
    assert image.width <= 1_100
    assert is_quiet(image)


@pytest.mark.parametrize("count", [4, 20])
def test_sheet_of_a_full_row_is_as_wide_as_it_may_be(count: int) -> None:
    assert opened(contact_sheet([Cell(a_picture())] * count)).width > 1_000


@pytest.mark.parametrize("others", [1, 13, 60, 100])
@pytest.mark.parametrize("own", [0, 4, 40])
def test_photos_of_others_stand_below_ones_own(own: int, others: int) -> None:
    mine = [Cell(a_picture("white"), "good", "good", place + 1) for place in range(own)]
    theirs = [Cell(a_picture("black"), "much like photo 1", "out", place + 1) for place in range(others)]
    alone, sheet = opened(contact_sheet(mine)), opened(contact_sheet(mine, theirs, "Class photos"))
    assert sheet.width <= 1_100
    assert sheet.height <= 4_500
    assert is_quiet(sheet)
    if own:
        upper = sheet.crop((40, 90, 240, 240))
        assert mean(map(mean, _pixels(upper))) > 240
        assert sheet.height > alone.height


def test_photo_that_is_out_is_darker_than_one_that_is_good() -> None:
    good, out = (opened(contact_sheet([Cell(a_picture("white"), "", tone)])) for tone in ("good", "out"))
    inside = (100, 40, 200, 90)
    assert mean(map(mean, _pixels(out.crop(inside)))) < mean(map(mean, _pixels(good.crop(inside)))) - 60


def test_tones_differ_by_more_than_colour() -> None:
    drawn = {tone: opened(contact_sheet([Cell(a_picture("#808080"), "", tone)])).convert("L") for tone in sheets.TONES}
    assert len({image.tobytes() for image in drawn.values()}) == 3, "good and empty are alike where there is a picture"


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("picture", [None, a_picture()], ids=["without", "with"])
def test_words_of_any_kind_stay_on_a_contact_sheet(words: str, picture: bytes | None) -> None:
    cells = [Cell(picture, words, tone, 1_000_000) for tone in sheets.TONES]
    assert is_quiet(opened(contact_sheet(cells)))


@pytest.mark.parametrize("words", WORDS)
def test_words_of_any_kind_stay_on_a_grid(words: str) -> None:
    cells = [Cell(None, words, "empty"), Cell(a_picture(), words)]
    image = opened(grid_sheet([words] * 4, [(words, cells * 2), (f"{words}\n{words}", cells)], words))
    assert is_quiet(image)
    assert image.width <= 1_100


@pytest.mark.parametrize("rows", [1, 2, 6])
@pytest.mark.parametrize("columns", [1, 4, 8])
def test_grid_of_any_shape_shows_every_picture(rows: int, columns: int) -> None:
    cells = [Cell(a_picture("#ff0000"))] * columns
    image = opened(grid_sheet(["a"] * columns, [(str(place), cells) for place in range(rows)], "t"))
    red = sum(pixel[0] - pixel[1] > 100 for pixel in _pixels(image))
    side = min(sheets.SIDE_MOST, (sheets.WIDTH - 2 * sheets.MARGIN - sheets.LABEL - columns * sheets.GAP) // columns)
    assert red == pytest.approx(rows * columns * side**2, rel=0.05)


def test_row_without_pictures_says_why_once_across_the_row() -> None:
    why = Cell(None, "AWS says: CapacityError: Unable to provision requested ML compute capacity.", "empty")
    image = opened(grid_sheet(PROMPTS, [("400 steps", [why] * 4)], "t"))
    between = image.getpixel((sheets.MARGIN + sheets.LABEL + sheets.GAP + 203, image.height - sheets.MARGIN - 5))
    assert isinstance(between, tuple)
    assert mean(between[:3]) == pytest.approx(mean((0xE6, 0xE2, 0xDB)), abs=3)


def test_picture_that_cannot_be_read_leaves_its_place_empty() -> None:
    assert opened(grid_sheet(["a"], [("b", [Cell(b"\xff\xd8 cut short", "gone")])], "t"))
    assert opened(contact_sheet([Cell(b"", "gone"), Cell(a_picture()[:300], "gone"), Cell(a_picture(size=(3, 900)))]))


def test_lines_fit_their_width_and_lose_nothing_that_fits() -> None:
    lines = lettering.wrap(LONG, 19, 200, 100)
    assert all(lettering.font(19).getlength(line) <= 200 for line in lines)
    assert "".join(lines).replace(" ", "") == lettering.readable(LONG).replace(" ", "")


def test_text_that_does_not_fit_ends_with_an_ellipsis() -> None:
    lines = lettering.wrap(LONG, 19, 200, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert lettering.font(19).getlength(lines[-1]) <= 200


def test_letter_that_the_font_lacks_is_written_without_its_accent() -> None:
    assert lettering.readable("Příklad 2×3 – 家") == "Priklad 2x3 - ?"
