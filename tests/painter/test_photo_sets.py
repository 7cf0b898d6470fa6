"""The sample photos are what a person could drop into a thread."""

from pathlib import Path

import pytest
from PIL import Image

from sandbox.photos.sets import FOLDER, photo_set, photo_sets


def test_three_sets_are_there_and_together_small() -> None:
    assert {one.subject: len(one.photos) for one in photo_sets()} == {"cup": 6, "eileen": 6, "riobugger": 8}
    assert sum(photo.stat().st_size for one in photo_sets() for photo in one.photos) < 1.5e6


@pytest.mark.parametrize("path", [path for one in photo_sets() for path in one.photos], ids=lambda path: path.name)
def test_each_photo_is_a_jpeg_large_enough_to_train_on(path: Path) -> None:
    with Image.open(path) as image:
        assert image.format == "JPEG"
        assert min(image.size) >= 512


def test_each_set_names_its_licence_and_stands_in_the_list_of_them() -> None:
    licences = (FOLDER / "LICENCES.md").read_text("utf-8")
    assert all(one.licence and f"`{one.subject}`" in licences for one in photo_sets())
    assert photo_set("riobugger").noun == "cat"
