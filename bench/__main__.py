"""Run the benchmarks: `python -m bench [name…]`. Prints a table and writes build/bench.json.

Exits 0 even when a figure is below its bar: the machine may be busy, people judge. Exits 1 when one fails to run.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.ack import ack
from bench.fairness import fairness
from bench.figures import Row, table
from bench.idle import idle
from bench.many_runs import many_runs
from bench.nested import nested
from bench.photos import photos
from bench.picture import picture
from bench.start import start

BENCHMARKS: dict[str, Callable[[Path], Awaitable[list[Row]]]] = {
    "ack": ack,
    "picture": picture,
    "start": start,
    "many_runs": many_runs,
    "photos": photos,
    "nested": nested,
    "idle": idle,
    "fairness": fairness,
}
REPORT = Path(__file__).parent.parent / "build" / "bench.json"


def main() -> int:
    """Run those that are named, or all."""
    parser = argparse.ArgumentParser("bench", description="What is claimed about speed, beside what it is compared to")
    parser.add_argument("name", nargs="*", help=", ".join(BENCHMARKS))
    names: list[str] = parser.parse_args().name
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    found = {name: _run(name) for name in names or BENCHMARKS}
    rows = [row for some in found.values() for row in some or ()]
    _write(rows)
    print(table(rows))
    failed = [name for name, some in found.items() if some is None]
    if failed:
        print(f"could not be run: {', '.join(failed)}")
    return 1 if failed else 0


def _run(name: str) -> list[Row] | None:
    """Run one benchmark in a folder of its own. None: it failed, its traceback has been printed."""
    began = time.monotonic()
    print(f"{name} …", flush=True)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as data:
            rows = asyncio.run(_awaited(BENCHMARKS[name](Path(data))))
    except Exception:  # noqa: BLE001 - the others shall run all the same
        traceback.print_exc()
        return None
    print(f"{name} took {time.monotonic() - began:.0f} s", flush=True)
    return rows


async def _awaited(rows: Awaitable[list[Row]]) -> list[Row]:
    return await rows


def _write(rows: list[Row]) -> None:
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([row.to_json() for row in rows], indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
