"""What people decide about a set's photos: use one anyway, leave one out, take one away, how they become squares."""

from collections.abc import Sequence
from dataclasses import replace

from core.change import Change
from core.collecting import photos, redraw_set
from core.records import Photo, Run
from core.store import Store

_TRIES = 20
"""How often something is tried with a set that changes at this very moment: its photos are judged, each in its time."""


class SetIsBusyError(Exception):
    """A set changes too fast."""


async def choose(store: Store, run: Run, photo: Photo, choice: str, now: float) -> bool:
    """Use a photo whatever the doctor says, or leave it out. False: the set is closed, or the photo is gone."""
    if photo.state != "judged" or run.state != "collecting":
        return False
    change = Change(run.team).put(replace(photo, choice=choice)).require(run, state="collecting")
    return await store.commit(redraw_set(change, run, now))


async def take_away(store: Store, run: Run, ts: str, kept: Sequence[str], now: float) -> None:
    """Take the photos of a message out of the set and out of S3, all but those whose files the message still has.

    Raises:
        SetIsBusyError: when they are changed each time they are to be taken away; Slack delivers the event again.
    """
    for _ in range(_TRIES):
        change = Change(run.team)
        for photo in await photos(store, run):
            if photo.ts == ts and photo.file not in kept and photo.state != "removed":
                change.put(photo.to("removed", due=now))
        if not change.operations or await store.commit(redraw_set(change, run, now)):
            return
    raise SetIsBusyError(run.id)


async def frame(store: Store, run: Run, now: float) -> bool:
    """Change between the middle of each photo and the whole of it. False: the set is closed."""
    other = {"crop": "fit", "fit": "crop"}[run.framing]
    return await _set(store, replace(run, framing=other), now)


async def drop_next(store: Store, run: Run, role: str, now: float) -> bool:
    """Say what photos that are dropped next are: `class`, or empty for the subject. False: the set is closed."""
    return await _set(store, replace(run, dropping=role), now)


async def say_next(store: Store, run: Run, role: str, now: float) -> None:
    """Take a reply's word for what photos that are dropped next are; a set that is closed stays as it is.

    Raises:
        SetIsBusyError: when the set is changed each time it is to be said; Slack delivers the event again.
    """
    current: Run | None = run
    for _ in range(_TRIES):
        if current is None or current.state != "collecting" or current.dropping == role:
            return
        if await drop_next(store, current, role, now):
            return
        current = await store.get(Run, run.team, run.id)
    raise SetIsBusyError(run.id)


async def _set(store: Store, run: Run, now: float) -> bool:
    return run.state == "collecting" and await store.commit(redraw_set(Change(run.team).put(run), run, now))
