"""The training channel: photos, dataset_info.json with the prompts, and photos of the class in a folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PIL import Image, UnidentifiedImageError

from sandbox.container.refusal import Refusal
from sandbox.painter.examples import Photo, prepared

SUFFIXES = frozenset((".png", ".jpg", ".jpeg"))
"""Endings, in either case, of the files that are read as photos."""
INFO = "dataset_info.json"
CLASS_FOLDER = "class_data_dir"
"""Where photos of the class are looked for with prior preservation."""


class DatasetError(Refusal):
    """The training script cannot work with the data, with the reason as its text."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Photos in the order of their names, and the prompts.

    Without prior preservation the class prompt is empty and there are no photos of the class.
    """

    photos: list[Photo]
    instance_prompt: str
    class_prompt: str
    class_photos: list[Photo]


def read(folder: Path, *, with_prior_preservation: bool) -> Dataset:
    """Read the training channel's folder.

    Raises:
        DatasetError: no photos, a photo that cannot be read, or a prompt is missing.
    """
    info = _info(folder / INFO)
    instance_prompt = _prompt(info, "instance_prompt")
    class_prompt = _prompt(info, "class_prompt") if with_prior_preservation else ""
    photos = _photos(folder)
    if not photos:
        raise DatasetError("no images in the training channel: give at least one .png, .jpg or .jpeg file")
    return Dataset(photos, instance_prompt, class_prompt, _photos(folder / CLASS_FOLDER) if class_prompt else [])


def _photos(folder: Path) -> list[Photo]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [Photo(_image(path), path.name) for path in paths if path.suffix.lower() in SUFFIXES]


def _info(path: Path) -> dict[str, Any]:
    try:
        info = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DatasetError(f"no {INFO} in the training channel") from error
    except (ValueError, OSError) as error:
        raise DatasetError(f"{INFO} is not readable as JSON: {error}") from error
    if not isinstance(info, dict):
        raise DatasetError(f"{INFO} must hold a JSON object")
    return cast("dict[str, Any]", info)


def _prompt(info: dict[str, Any], name: str) -> str:
    prompt = info.get(name)
    if not isinstance(prompt, str) or not prompt.strip():
        why = " (with_prior_preservation is True)" if name == "class_prompt" else ""
        raise DatasetError(f"{INFO} must hold a non-empty {name}{why}")
    return prompt


def _image(path: Path) -> Image.Image:
    """Open one photo and bring it to the stored size at once, so that a set of large ones fits in memory."""
    try:
        with Image.open(path) as image:
            image.draft("RGB", (1536, 1536))
            return prepared(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DatasetError(f"cannot identify image file {path.name}: {error}") from error
