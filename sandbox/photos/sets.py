"""Finds the sets of sample photos: each is a folder with `set.json` and JPEG files."""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the sets are."""


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """A set: the word for the subject and what kind of thing it is, a title, its terms, and its files."""

    subject: str
    noun: str
    title: str
    licence: str
    source: str
    photos: tuple[Path, ...]


def photo_sets() -> list[PhotoSet]:
    """Give all sets by their folders' names, each with its photos in the order of theirs."""
    return [_read(note.parent) for note in sorted(FOLDER.glob("*/set.json"))]


def photo_set(subject: str) -> PhotoSet:
    """Give one set; KeyError when there is none of that subject."""
    return {one.subject: one for one in photo_sets()}[subject]


def _read(folder: Path) -> PhotoSet:
    note = json.loads((folder / "set.json").read_text("utf-8"))
    return PhotoSet(**note, photos=tuple(sorted(folder.glob("*.jpg"))))
