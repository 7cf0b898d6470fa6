"""The sample photos that people can drop without having any of their own: one folder for each set."""

from pathlib import Path

from sandbox.slack.json_types import JsonObject, as_object, parse_json

PHOTOS = Path(__file__).parent.parent / "photos"
_PICTURES = {".jpg", ".jpeg", ".png"}
# A set may say more about itself in this file: {"title": …, "noun": …}.
_ABOUT = "set.json"


def sample_sets(folder: Path = PHOTOS) -> list[JsonObject]:
    """List the sets with their photos and where to get them."""
    if not folder.is_dir():
        return []
    return [_one_set(each) for each in sorted(folder.iterdir()) if each.is_dir() and _photos(each)]


def sample_path(name: str, photo: str, folder: Path = PHOTOS) -> Path | None:
    """Find a photo of a set; None when there is no such photo."""
    offered = {(each.name, path.name): path for each in _folders(folder) for path in _photos(each)}
    return offered.get((name, photo))


def _folders(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []


def _photos(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _PICTURES)


def _one_set(folder: Path) -> JsonObject:
    about = folder / _ABOUT
    told = as_object(parse_json(about.read_bytes())) if about.is_file() else {}
    files = [{"name": path.name, "url": f"/person/sample/{folder.name}/{path.name}"} for path in _photos(folder)]
    return {
        "set": folder.name,
        "title": str(told.get("title") or folder.name),
        "noun": str(told.get("noun") or ""),
        "files": files,
    }
