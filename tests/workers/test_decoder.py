"""The decoding processes: cut off from the worker's secrets, killed when they take too long, started anew."""

import asyncio
import io
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

from core import words
from tests.workers.pictures import encoded, jpeg_of_many_scans, png_that_claims, scene, with_noise
from workers import decoder
from workers.decoder import HEIC_FULL, Decoders
from workers.decoding import CPU_SECONDS
from workers.judged import Judged
from workers.refusal import Refusal
from workers.squares import SIDE
from workers.trouble import SOME, Trouble

PHOTO = encoded(scene(), "JPEG")
SLOW = jpeg_of_many_scans(3_000)
"""Takes seconds to decode."""


@pytest.fixture
async def decoders() -> AsyncGenerator[Decoders]:
    decoders = Decoders(1)
    yield decoders
    await decoders.close()


def the_process(decoders: Decoders) -> Process:
    """Look at the one process, which must be there and idle."""
    idle = decoders._idle  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the process is nobody's business but a test's
    process = idle.get_nowait()
    idle.put_nowait(process)
    assert process
    return process


async def trouble(decoders: Decoders, picture: bytes) -> Trouble:
    with pytest.raises(Trouble) as caught:
        await decoders.judge(picture)
    return caught.value


def is_cropped(found: Judged) -> bool:
    return {Image.open(io.BytesIO(square)).size for square in (found.crop, found.fit)} == {(SIDE, SIDE)}


async def test_pictures_are_cropped_one_after_the_other_by_one_process(decoders: Decoders) -> None:
    results = await asyncio.gather(*(decoders.judge(PHOTO) for _ in range(6)))
    assert all(map(is_cropped, results))


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (b"<!doctype html>", words.trouble.PHOTO_NO_PICTURE),
        (encoded(with_noise((64, 64)), "JPEG")[:2_000], words.trouble.PHOTO_TRUNCATED),
        (png_that_claims(12_000, 12_000), words.trouble.photo_too_many_pixels(25)),
        (b"", words.trouble.PHOTO_NO_PICTURE),
    ],
    ids=["page", "half", "bomb", "empty"],
)
async def test_refusal_is_told_in_words_and_the_next_picture_works(
    decoders: Decoders, picture: bytes, reason: str
) -> None:
    fault = await trouble(decoders, picture)
    assert (fault.reason, fault.tries) == (reason, 0)
    assert is_cropped(await decoders.judge(PHOTO))


async def test_picture_larger_than_a_pipe_comes_through(decoders: Decoders) -> None:
    picture = encoded(with_noise((1_024, 1_024)), "PNG")
    assert len(picture) > 2**20
    assert is_cropped(await decoders.judge(picture))


async def impatient() -> Process:
    """Start the decoding process with little processor time."""
    code = (
        "import sys; from workers import decoding as d; d.CPU_SECONDS = 0.2; d.serve(*map(open, (0, 1), ('rb', 'wb')))"
    )
    return await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdin=PIPE, stdout=PIPE)


async def test_picture_that_takes_too_much_processor_time_ends_its_process_and_the_next_one_works(
    decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder, "_start", impatient)
    fault = await trouble(decoders, SLOW)
    assert (fault.reason, fault.tries) == (words.trouble.PHOTO_TRUNCATED, 0)
    assert is_cropped(await decoders.judge(PHOTO))
    assert CPU_SECONDS <= 10


async def short_of_memory() -> Process:
    """Start the decoding process with room for small pictures alone."""
    code = "from workers import decoding as d; d.MEMORY_BYTES = 60 << 20; d.main()"
    return await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdin=PIPE, stdout=PIPE)


async def test_picture_that_needs_too_much_memory_is_refused_and_the_next_one_works(
    decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder, "_start", short_of_memory)
    fault = await trouble(decoders, encoded(Image.new("RGBA", (4_000, 4_000)), "PNG"))
    assert (fault.reason, fault.code, fault.tries) == (words.doctor.TOO_MUCH_MEMORY, "too_much_memory", 0)
    process = the_process(decoders)
    assert is_cropped(await decoders.judge(PHOTO))
    assert the_process(decoders) is process


async def test_process_may_have_480_megabytes_and_no_more(decoders: Decoders) -> None:
    await decoders.judge(PHOTO)
    assert data_limit_of(the_process(decoders)) == 2 * [str(480 * 2**20)]


def data_limit_of(process: Process) -> list[str]:
    """Read how much private memory a process may have, soft and hard, in bytes."""
    limits = Path(f"/proc/{process.pid}/limits")
    if not limits.exists():
        pytest.skip("this machine does not show what limits a process has")
    (told,) = [line.split() for line in limits.read_text().splitlines() if line.startswith("Max data size")]
    return told[3:5]


async def test_photo_in_many_scans_that_libjpeg_has_no_room_for_is_refused_at_once(decoders: Decoders) -> None:
    photo = encoded(Image.new("RGB", (12_000, 10_000)), "JPEG", quality=30, progressive=True, subsampling=0)
    assert (await trouble(decoders, photo)).reason == words.doctor.TOO_MUCH_MEMORY


@pytest.mark.skipif(HEIC_FULL, reason="the extra that reads HEIC is installed")
@pytest.mark.parametrize("brands", [b"heic\0\0\0\0mif1heic", b"mif1\0\0\0\0mif1heic"])
async def test_photo_in_heic_is_refused_by_its_name_so_that_its_copy_can_be_fetched(
    decoders: Decoders, brands: bytes
) -> None:
    fault = await trouble(decoders, b"\0\0\0\x18ftyp" + brands + b"\0" * 64)
    assert (fault.reason, fault.code) == (words.doctor.HEIC, Refusal.HEIC)


@pytest.mark.skipif(not HEIC_FULL, reason="the extra that reads HEIC is not installed")
async def test_photo_in_heic_is_taken_at_full_size(decoders: Decoders) -> None:
    import_module("pillow_heif").register_heif_opener()
    found = await decoders.judge(encoded(scene((1_200, 600)), "HEIF"))
    assert is_cropped(found)
    assert (found.width, found.height) == (1_200, 600)


@pytest.mark.skipif(not HEIC_FULL, reason="the extra that reads HEIC is not installed")
async def test_heic_with_more_pixels_than_are_decoded_is_taken_by_its_copy(decoders: Decoders) -> None:
    import_module("pillow_heif").register_heif_opener()
    fault = await trouble(decoders, encoded(Image.new("RGB", (5_600, 4_500)), "HEIF"))
    assert fault.code == Refusal.HEIC


async def test_avif_is_no_heic(decoders: Decoders) -> None:
    fault = await trouble(decoders, b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif" + b"\0" * 64)
    assert fault.reason == words.trouble.PHOTO_NO_PICTURE


async def test_picture_that_takes_for_ever_is_killed_and_tried_again_a_few_times(
    decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Process] = []
    start = decoder._start  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - to see the process that is killed

    async def seen() -> Process:
        started.append(await start())
        return started[-1]

    monkeypatch.setattr(decoder, "_start", seen)
    monkeypatch.setattr(decoder, "WALL_SECONDS", 0.5)
    assert (await trouble(decoders, SLOW)).tries == SOME
    assert started[0].returncode is not None
    monkeypatch.setattr(decoder, "WALL_SECONDS", 60)
    assert is_cropped(await decoders.judge(PHOTO))
    assert len(started) == 2


async def test_process_that_somebody_killed_costs_one_picture_at_most(decoders: Decoders) -> None:
    assert is_cropped(await decoders.judge(PHOTO))
    the_process(decoders).kill()
    try:
        await decoders.judge(PHOTO)
    except Trouble:
        assert is_cropped(await decoders.judge(PHOTO))


async def test_step_that_is_cut_off_leaves_a_decoder_that_works(decoders: Decoders) -> None:
    slow = asyncio.create_task(decoders.judge(SLOW))
    await asyncio.sleep(0)
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert is_cropped(await decoders.judge(PHOTO))


async def test_process_is_told_no_secret(decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-planted")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted")
    await decoders.judge(PHOTO)
    told = environment_of(the_process(decoders))
    assert told.keys() <= {"PATH", "PYTHONPATH", "LANG", "LC_CTYPE"}
    assert "planted" not in str(told)


def environment_of(process: Process) -> dict[str, str]:
    shown = Path(f"/proc/{process.pid}/environ")
    if not shown.exists():
        pytest.skip("this machine does not show what a process was told")
    return dict(line.split("=", 1) for line in shown.read_text().split("\0") if line)


@pytest.mark.parametrize(
    ("size", "kind", "options"),
    [
        ((5_000, 5_000), "PNG", {"compress_level": 1}),
        ((5_000, 5_000), "WEBP", {"quality": 5, "method": 0}),
        ((12_000, 10_000), "JPEG", {"quality": 30}),
    ],
)
async def test_largest_pictures_that_are_taken_stay_within_512_megabytes(
    decoders: Decoders, size: tuple[int, int], kind: str, options: dict[str, int]
) -> None:
    assert is_cropped(await decoders.judge(encoded(Image.new("RGB", size, "red"), kind, **options)))
    status = Path(f"/proc/{the_process(decoders).pid}/status")
    assert peak_of(status) <= 512 * 1_024


def peak_of(status: Path) -> int:
    """Read the most memory that a process has had, in kB."""
    if not status.exists():
        pytest.skip("this machine does not show what memory a process has had")
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


async def test_closing_ends_the_processes() -> None:
    decoders = Decoders(1)
    await decoders.judge(PHOTO)
    process = the_process(decoders)
    await decoders.close()
    assert process.returncode is not None
