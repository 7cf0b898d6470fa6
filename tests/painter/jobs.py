"""Lays out /opt/ml folders and runs the container on them."""

import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sandbox.photos.sets import photo_set

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "sandbox.container")


def lay_out(root: Path, given: Mapping[str, str], info: Mapping[str, str] | None = None, photos: int = 3) -> None:
    """Make the folder of a job with some photos of the cat; values are JSON-quoted as AWS's SDK does."""
    (root / "input/config").mkdir(parents=True)
    channel = root / "input/data/training"
    channel.mkdir(parents=True)
    quoted = {name: json.dumps(value) for name, value in given.items()}
    (root / "input/config/hyperparameters.json").write_text(json.dumps(quoted))
    if info is not None:
        (channel / "dataset_info.json").write_text(json.dumps(info))
    for path in photo_set("riobugger").photos[:photos]:
        (channel / path.name).write_bytes(path.read_bytes())


@contextmanager
def started(*arguments: str) -> Generator["subprocess.Popen[str]"]:
    """Run the container as a process of its own; it is ended with the block."""
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        with process:
            yield process
            process.terminate()
    finally:
        process.kill()
