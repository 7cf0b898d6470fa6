"""What model data holds: the painter's artifact and a note, as a run leaves them; or a ready-made model's name."""

import json
import tarfile
from pathlib import Path
from typing import Any

from sandbox.container.refusal import Refusal
from sandbox.painter import artifact, ready_made
from sandbox.painter.artifact import Model, UnreadableArtifactError

ARTIFACT = "painter.npz"
READY_MADE = "ready-made.json"
"""What a ready-made model comes as: its name. It is trained when it is opened, which takes a second or two."""
NOTE = "code/README.md"
"""Stands where a real artifact carries its inference code."""
MOST_BYTES = 256 * 2**20
"""An artifact is a few megabytes; one larger than this is not read."""
_NOTE_TEXT = """# An artifact of the sandbox's painter

`painter.npz` was trained by `python -m sandbox.container train` on:

    {prompt}

It is no Stable Diffusion model. `python -m sandbox.container serve --model model.tar.gz --port 8080`
answers `/invocations` from it.
"""


class UnreadableModelError(Refusal):
    """The model data does not hold an artifact, with the reason as its text."""

    raised = "RuntimeError"


def write(folder: Path, data: bytes, instance_prompt: str) -> None:
    """Fill the model folder; the artifact appears whole or not at all, should the run be stopped."""
    note = folder / NOTE
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(_NOTE_TEXT.format(prompt=instance_prompt), "utf-8")
    unfinished = folder / f".{ARTIFACT}.part"
    unfinished.write_bytes(data)
    unfinished.replace(folder / ARTIFACT)


def open_model(path: Path) -> Model:
    """Read the model of a model.tar.gz, or of a folder with the same content.

    Raises:
        UnreadableModelError: there is no artifact in it.
    """
    try:
        return artifact.load(_artifact(path))
    except (OSError, tarfile.TarError, EOFError, ValueError, UnreadableArtifactError) as error:
        raise UnreadableModelError(f"{path.name} holds no model that can be served: {error}") from error


def _artifact(path: Path) -> bytes:
    named = path / READY_MADE
    if named.is_file():
        return ready_made.train(_name(named.read_bytes()))
    return (path / ARTIFACT).read_bytes() if path.is_dir() else _from_tar(path)


def _name(content: bytes) -> str:
    told: Any = json.loads(content)
    if not isinstance(told, dict) or "model" not in told:
        raise UnreadableArtifactError(f"{READY_MADE} names no model")
    return str(told["model"])  # pyright: ignore[reportUnknownArgumentType] - any JSON


def earlier_model(folder: Path) -> Model | None:
    """Read the run that the `model` channel holds; None when it is JumpStart's own model, a placeholder here.

    Raises:
        UnreadableModelError: an artifact is there and cannot be read.
    """
    archives = sorted(folder.rglob("*.tar.gz")) if folder.is_dir() else []
    found = next((path for path in archives if _holds_artifact(path)), None)
    return None if found is None else open_model(found)


def _holds_artifact(path: Path) -> bool:
    try:
        with tarfile.open(path, "r:*") as archive:
            return any(Path(name) == Path(ARTIFACT) for name in archive.getnames())
    except (OSError, tarfile.TarError, EOFError) as error:
        raise UnreadableModelError(f"{path.name} in the model channel cannot be read: {error}") from error


def _from_tar(path: Path) -> bytes:
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            if member.isfile() and Path(member.name) == Path(ARTIFACT):
                return _content(archive, member)
    raise UnreadableArtifactError(f"no {ARTIFACT} at its top")


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    if stream is None or member.size > MOST_BYTES:
        raise UnreadableArtifactError(f"{ARTIFACT} is too large")
    with stream:
        return stream.read()
