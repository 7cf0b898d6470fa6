"""Decodes pictures from strangers in processes that can be killed: a memory limit, a time limit, no secrets inside."""

import asyncio
import os
import struct
import sys
from asyncio.subprocess import PIPE, Process

from core import words
from workers.formats import HEIC_FULL, MEGAPIXELS, MEGAPIXELS_JPEG
from workers.judged import Judged
from workers.refusal import Refusal
from workers.trouble import SOME, Trouble, photo

__all__ = ["HEIC_FULL", "Decoders", "Judged"]

WALL_SECONDS = 60
"""How long to wait for a picture; the process itself stops at its limit of processor time."""
PROCESSES = min(4, os.cpu_count() or 1)
"""One for each core; each may take as much memory as the decoding process allows itself."""
ROOM = 12
"""Photos that a worker has in its memory at once, 40 MB each at most, however many were dropped."""
HEADER = struct.Struct(">cI")
"""A reply's kind (K: what was found, E: a refusal's name) and length."""

_REASONS = {
    Refusal.NO_PICTURE: words.trouble.PHOTO_NO_PICTURE,
    Refusal.TRUNCATED: words.trouble.PHOTO_TRUNCATED,
    Refusal.TOO_MANY_PIXELS: words.trouble.photo_too_many_pixels(MEGAPIXELS),
    Refusal.TOO_MANY_PIXELS_JPEG: words.trouble.photo_too_many_pixels(MEGAPIXELS_JPEG),
    Refusal.HEIC: words.doctor.HEIC,
    Refusal.TOO_MUCH_MEMORY: words.doctor.TOO_MUCH_MEMORY,
}


class Decoders:
    """A few decoding processes, started when first needed, restarted when one had to be killed."""

    def __init__(self, processes: int = PROCESSES) -> None:
        self.room = asyncio.Semaphore(ROOM)
        self._idle: asyncio.LifoQueue[Process | None] = asyncio.LifoQueue()
        for _ in range(processes):
            self._idle.put_nowait(None)

    async def judge(self, picture: bytes) -> Judged:
        """Give both squares of a picture and its measurements.

        Raises:
            Trouble: with the reason for leaving the picture out; its code is the refusal's name.
        """
        process = await self._idle.get()
        try:
            if process is None or process.returncode is not None:
                process = await _start()
            return await asyncio.wait_for(_ask(process, picture), WALL_SECONDS)
        except TimeoutError as error:
            process = await _end(process)
            raise Trouble(words.trouble.PHOTO_TRUNCATED, "timeout", tries=SOME) from error
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError) as error:
            process = await _end(process)
            raise photo(words.trouble.PHOTO_TRUNCATED, type(error).__name__) from error
        except asyncio.CancelledError:
            process = await _end(process)
            raise
        finally:
            self._idle.put_nowait(process)

    async def close(self) -> None:
        """End the processes."""
        while not self._idle.empty():
            await _end(self._idle.get_nowait())


async def _start() -> Process:
    """Start a process with nothing of ours in its environment but where Python finds its modules."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "workers.decoding", stdin=PIPE, stdout=PIPE, env=kept
    )


async def _end(process: Process | None) -> None:
    if process is not None and process.returncode is None:
        process.kill()
        await process.wait()


async def _ask(process: Process, picture: bytes) -> Judged:
    if process.stdin is None or process.stdout is None:
        raise Trouble(words.trouble.PHOTO_TRUNCATED, "no_pipe", tries=SOME)
    process.stdin.write(struct.pack(">I", len(picture)) + picture)
    await process.stdin.drain()
    kind, length = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
    reply = await process.stdout.readexactly(length)
    if kind == b"K":
        return Judged.unpack(reply)
    raise photo(_REASONS[Refusal(reply.decode())], reply.decode())
