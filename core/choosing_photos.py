"""What people decide about a set's photos: use one anyway, leave one out, take one away, how they become squares."""

from dataclasses import replace

from core.change import Change
from core.collecting import Dropped, each_photo, photos, redraw_set
from core.records import Photo, Run
from core.store import Store

_TRIES = 20
"""How often something is tried with a set that changes at this very moment: its photos are judged, each in its time."""
WORDS_MOST = 50
"""Of what people said the next photos are, so much is remembered; who plays with the button cannot fill the record."""


class SetIsBusyError(Exception):
    """A set changes too fast."""


async def choose(store: Store, run: Run, photo: Photo, choice: str, now: float) -> bool:
    """Use a photo whatever the doctor says, or leave it out. False: the set is closed, or the photo is gone."""
    if photo.state != "judged" or run.state != "collecting":
        return False
    change = Change(run.team).put(replace(photo, choice=choice)).require(run, state="collecting")
    return await store.commit(redraw_set(change, run, now))


async def take_away(store: Store, run: Run, gone: Dropped, now: float) -> None:
    """Take photos whose message they have left out of the set and out of S3; those still on their way never join it.

    Raises:
        SetIsBusyError: when they are changed each time they are to be taken away; Slack delivers the event again.
    """
    files = {file.id for file in gone.files}
    for _ in range(_TRIES):
        known = await photos(store, run)
        theirs = [one for one in known if one.ts == gone.ts and one.file in files and one.state != "removed"]
        change = Change(run.team).put(*(photo.to("removed", due=now) for photo in theirs))
        if run.state == "collecting":
            there = {one.file for one in known}
            change.put(*(replace(one, state="removed") for one in each_photo(run, gone) if one.file not in there))
        if not change.operations or await store.commit(redraw_set(change, run, now)):
            return
    raise SetIsBusyError(run.id)


async def frame(store: Store, run: Run, now: float) -> bool:
    """Change between the middle of each photo and the whole of it. False: the set is closed."""
    other = {"crop": "fit", "fit": "crop"}[run.framing]
    return await _set(store, replace(run, framing=other), now)


async def say_next(store: Store, run: Run, role: str, ts: str, now: float) -> bool:
    """Say what photos dropped from `ts` on are: `class`, or empty for the subject's own. False: the set is closed.

    Raises:
        SetIsBusyError: when the set is changed each time it is to be said; Slack delivers the event again.
    """
    current: Run | None = run
    for _ in range(_TRIES):
        if current is None or current.state != "collecting":
            return False
        if current.role_at(float(ts)) == role or await _set(store, _with_word(current, role, ts), now):
            return True
        current = await store.get(Run, run.team, run.id)
    raise SetIsBusyError(run.id)


def _with_word(run: Run, role: str, ts: str) -> Run:
    said = sorted((run.said | {ts: role}).items(), key=lambda one: float(one[0]))
    return replace(run, said=dict(said[-WORDS_MOST:]))


async def _set(store: Store, run: Run, now: float) -> bool:
    return run.state == "collecting" and await store.commit(redraw_set(Change(run.team).put(run), run, now))
