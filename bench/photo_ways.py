"""Two ways to bring a folder of photos to S3 as squares: the product's, and a straight script's.

`python -m bench.photo_ways ours|straight FOLDER BUCKET`, with boto3's environment variables. For each line on its
standard input it brings all photos there and answers with a line of JSON: the `seconds` it took, and the most `memory`
that its processes have had so far, in MB.
"""

import asyncio
import io
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

from PIL import Image, ImageOps

from workers import aws
from workers.decoder import Decoders
from workers.squares import QUALITY, SIDE

Way = Callable[[list[Path], str], Awaitable[None]]


def straight(clients: aws.Aws) -> Way:
    """Open, turn, crop, scale, save and put one photo after the other."""

    async def bring(photos: list[Path], bucket: str) -> None:
        for path in photos:
            image = ImageOps.exif_transpose(Image.open(path).convert("RGB"))
            out = io.BytesIO()
            ImageOps.fit(image, (SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "JPEG", quality=QUALITY)
            clients.s3.put_object(Bucket=bucket, Key=f"straight/{path.name}", Body=out.getvalue())

    return bring


def ours(clients: aws.Aws) -> Way:
    """Judge all photos in the decoding processes, and put both squares of each."""
    import_module("workers.__main__")  # all that a worker keeps in memory
    decoders = Decoders()

    async def one(path: Path, bucket: str) -> None:
        found = await decoders.judge(await asyncio.to_thread(path.read_bytes))
        squares = {f"ours/{path.name}": found.crop, f"ours/fit-{path.name}": found.fit}
        puts = (clients.call(clients.s3.put_object, Bucket=bucket, Key=key, Body=body) for key, body in squares.items())
        await asyncio.gather(*puts)

    async def bring(photos: list[Path], bucket: str) -> None:
        await asyncio.gather(*(one(path, bucket) for path in photos))

    return bring


def peak_megabytes() -> float:
    """Add up the most memory that this process and each that it started has had; 0 where the system does not say."""
    tasks = Path("/proc/self/task").glob("*/children")
    children = [child for task in tasks for child in task.read_text().split()]
    return sum(map(_peak, ["self", *children]))


def _peak(process: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


async def main(name: str, photos: list[Path], bucket: str) -> None:
    """Bring all photos each time a line comes."""
    way = {"ours": ours, "straight": straight}[name](aws.connect(os.environ["AWS_REGION"]))
    while await asyncio.to_thread(sys.stdin.readline):
        began = time.perf_counter()
        await way(photos, bucket)
        print(json.dumps({"seconds": time.perf_counter() - began, "memory": peak_megabytes()}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sorted(Path(sys.argv[2]).glob("*.jpg")), sys.argv[3]))
