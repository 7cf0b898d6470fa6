"""How fast photos become squares in S3, beside opening, scaling, saving and putting one after the other."""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncGenerator
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from PIL import Image, ImageEnhance

from bench.figures import Bar, Row
from bench.stage import environment
from bench.turns import BenchError, in_turn
from sandbox.aws.process import AwsProcess
from sandbox.photos.sets import photo_sets
from sandbox.service import PROJECT

PHOTOS = 20
SIZE = (4_000, 3_000)
"""12 MP."""
QUALITY = 90
GRAIN = 0.1
"""Share of noise, without which an enlarged photo is quicker to decode than a camera's: so it comes to 3 MB."""
ROUNDS = 4
BUCKET = "bench"
FASTER, PEAK = Bar(4, at_least=True), Bar(512, unit=" MB")


class Way:
    """A process that brings all photos to S3, again and again."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.memory = 0.0

    async def rate(self) -> float:
        """Give the photos a second of one time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"\n")
        said = await self._process.stdout.readline()
        if not said:
            raise BenchError("a way of bringing photos to S3 ended")
        told = json.loads(said)
        self.memory = float(told["memory"])
        return PHOTOS / float(told["seconds"])


async def photos(data: Path) -> list[Row]:
    """Measure photos a second, and the memory of the worker with its decoding processes."""
    folder = data / "photos"
    await asyncio.to_thread(take_photos, folder)
    async with _bucket(data / "aws") as env, _way("ours", folder, env) as ours, _way("straight", folder, env) as beside:
        rounds = await in_turn(ROUNDS, ours.rate, beside.rate)
    memory = Row(
        "  peak memory of the worker's processes", f"{ours.memory:.0f} MB", f"straight script: {beside.memory:.0f} MB",
        ours.memory, bar=PEAK,
    )  # fmt: skip
    return [rounds.row(f"{PHOTOS} photos of 12 MP to S3, both squares", "{:.1f}/s", "straight, one", FASTER), memory]


def take_photos(folder: Path) -> None:
    """Make the photos: the sandbox's, enlarged and with a camera's grain."""
    folder.mkdir()
    originals = cycle(path for one in photo_sets() for path in one.photos)
    with ProcessPoolExecutor() as pool:
        list(pool.map(_take, list(islice(originals, PHOTOS)), [folder] * PHOTOS, range(PHOTOS)))


def _take(original: Path, folder: Path, number: int) -> None:
    grain = Image.effect_noise(SIZE, 60).convert("RGB")
    image = Image.blend(Image.open(original).convert("RGB").resize(SIZE, Image.Resampling.BICUBIC), grain, GRAIN)
    ImageEnhance.Brightness(image).enhance(0.9 + number / 100).save(folder / f"{number:02}.jpg", quality=QUALITY)


@contextlib.asynccontextmanager
async def _bucket(data: Path) -> AsyncGenerator[dict[str, str]]:
    """Run the sandbox's S3; gives the variables by which boto3 finds it."""
    there = AwsProcess(data, ["--bucket", BUCKET])
    await asyncio.to_thread(there.start)
    try:
        yield {
            "AWS_REGION": "us-west-2",
            "AWS_DEFAULT_REGION": "us-west-2",
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_ENDPOINT_URL": there.url,
        }
    finally:
        await asyncio.to_thread(there.stop)


@contextlib.asynccontextmanager
async def _way(name: str, folder: Path, env: dict[str, str]) -> AsyncGenerator[Way]:
    command = (sys.executable, "-m", "bench.photo_ways", name, str(folder), BUCKET)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, cwd=PROJECT, env=environment() | env, stdin=pipe, stdout=pipe
    )
    try:
        yield Way(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
