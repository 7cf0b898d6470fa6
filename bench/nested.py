"""How fast an older container's reply, pictures as nested lists, becomes JPEGs, and how long the event loop stalls."""

import asyncio
import io
import json
import statistics
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from PIL import Image

from bench.figures import Bar, Row
from bench.turns import BenchError, in_turn
from sandbox.photos.sets import photo_sets
from workers.invoke import decode

PICTURES = 4
SIDE = 512
ROUNDS = 5
TICK_SECONDS = 0.001
FASTER, STALL = Bar(5, at_least=True), Bar(50, unit=" ms")


class Way:
    """Reads the reply in a thread, again and again; remembers how long each time kept the event loop from running."""

    def __init__(self, read: Callable[[bytes], list[bytes]], body: bytes) -> None:
        self._read = read
        self._body = body
        self.stalls: list[float] = []
        self.jpegs: list[bytes] = []

    async def rate(self) -> float:
        """Give the replies a second of one time."""
        began = time.perf_counter()
        reading = asyncio.create_task(asyncio.to_thread(self._read, self._body))
        self.stalls.append(await _stall(reading))
        self.jpegs = await reading
        return 1 / (time.perf_counter() - began)

    @property
    def stall(self) -> float:
        """Give the median of the rounds' longest stalls in ms."""
        return statistics.median(self.stalls) * 1_000


async def nested(_: Path) -> list[Row]:
    """Measure replies a second, and the event loop meanwhile."""
    body = await asyncio.to_thread(_reply)
    ours, beside = Way(decode, body), Way(_straight, body)
    rounds = await in_turn(ROUNDS, ours.rate, beside.rate)
    if ours.jpegs != beside.jpegs:
        raise BenchError("the two ways of reading a reply found different pictures")
    stall = Row(
        "  longest stall of the event loop", f"{ours.stall:.0f} ms", f"json.loads + Pillow: {beside.stall:.0f} ms",
        ours.stall, spread=(min(ours.stalls) * 1_000, max(ours.stalls) * 1_000), bar=STALL,
    )  # fmt: skip
    what = f"nested lists of {PICTURES}×{SIDE}², {len(body) / 1e6:.1f} MB, to JPEGs"
    return [rounds.row(what, "{:.2f}/s", "json.loads + Pillow", FASTER), stall]


async def _stall(reading: asyncio.Task[list[bytes]]) -> float:
    """Give the most seconds beyond a tick that the event loop took for one, until the reading is done."""
    longest = 0.0
    while not reading.done():
        began = time.perf_counter()
        await asyncio.sleep(TICK_SECONDS)
        longest = max(longest, time.perf_counter() - began - TICK_SECONDS)
    return longest


def _reply() -> bytes:
    """Write a reply of the sandbox's photos: noise would be no picture, and has other numbers."""
    originals = [path for one in photo_sets() for path in one.photos][:PICTURES]
    return json.dumps({"generated_images": [_lists(path) for path in originals], "prompt": "a photo"}).encode()


def _lists(original: Path) -> list[list[list[int]]]:
    flat = Image.open(original).convert("RGB").resize((SIDE, SIDE)).tobytes()
    pixels = [list(flat[at : at + 3]) for at in range(0, len(flat), 3)]
    return [pixels[at : at + SIDE] for at in range(0, len(pixels), SIDE)]


def _straight(body: bytes) -> list[bytes]:
    """Read it as a straight script would, and the quickest such way."""
    return [_jpeg(rows) for rows in json.loads(body)["generated_images"]]


def _jpeg(rows: list[list[list[int]]]) -> bytes:
    out = io.BytesIO()
    flat = bytes(chain.from_iterable(chain.from_iterable(rows)))
    Image.frombytes("RGB", (len(rows[0]), len(rows)), flat).save(out, "JPEG", quality=95)
    return out.getvalue()
