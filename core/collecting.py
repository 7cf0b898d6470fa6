"""A thread collects photos: opening it, and taking what people drop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core import outbox
from core.change import Change
from core.grammar import Learn
from core.names import record_id
from core.outlook import ask
from core.records import Message, Photo, Run, Sheet
from core.store import Store


@dataclass(frozen=True)
class File:
    """A file as a message brings it; `url` is empty when Slack has to be asked for it."""

    id: str
    name: str
    url: str = ""


@dataclass(frozen=True)
class Dropped:
    """Files that came with one message."""

    user: str
    ts: str
    files: Sequence[File]
    role: str = ""
    """class: pictures of others of its kind; empty: of the subject, or whatever the thread is set to."""


@dataclass(frozen=True)
class Origin:
    """Where a training set begins: `key` names the event; `thread_ts` is empty when the card opens the thread."""

    team: str
    channel: str
    user: str
    key: str
    thread_ts: str = ""


async def open_set(
    store: Store, origin: Origin, learn: Learn, dropped: Dropped | None, now: float, parent: str = ""
) -> bool:
    """Open a training thread. False: the same event, or another one on this message, has opened it already.

    `parent` is the model to start from; empty for Stable Diffusion itself.
    """
    run = Run(
        team=origin.team,
        id=record_id("run", origin.team, origin.channel, origin.thread_ts or origin.key),
        state="collecting",
        channel=origin.channel,
        owner=origin.user,
        subject=learn.subject,
        noun=learn.noun,
        thread_ts=origin.thread_ts,
        parent=parent,
    )
    sheet = Sheet(team=run.team, id=sheet_id(run.id), state="stale", run=run.id)
    change = Change(run.team).put(run).once(outbox.card(run, now), sheet).index("runs", run.id, now)
    ask(change, run.team, now)
    if run.thread_ts:
        link(change, run)
    else:
        on_its_way = opening(run.channel)
        change.trim(on_its_way, now - OPENING_SECONDS).index(on_its_way, run.id, now, OPENING_SECONDS)
    if dropped:
        _take(change, run, dropped, now)
    return await store.commit(change)


async def take_photos(store: Store, run: Run, dropped: Dropped, now: float) -> None:
    """Take the files of a message into a set; those that were taken before stay as they are."""
    change = Change(run.team)
    _take(change, run, dropped, now)
    await store.commit(redraw_set(change, run, now))


def redraw_set(change: Change, run: Run, now: float) -> Change:
    """Have the card brought up to date, and the contact sheet when no more photos are coming for a moment."""
    change.redraw(Message, outbox.card_id(run.id), now)
    return change.redraw(Sheet, sheet_id(run.id), now + SHEET_SECONDS, state="stale")


def _take(change: Change, run: Run, dropped: Dropped, now: float) -> None:
    for place, photo in enumerate(each_photo(run, dropped)):
        change.once(replace(photo, due=now))
        change.index(photos_of(run.id), photo.id, float(dropped.ts) + place * 1e-6, Run.ttl)


def each_photo(run: Run, dropped: Dropped) -> Iterator[Photo]:
    """Give the photos that came with a message."""
    for file in dropped.files:
        yield Photo(
            team=run.team,
            id=record_id("photo", run.id, file.id),
            state="dropped",
            run=run.id,
            file=file.id,
            name=file.name,
            url=file.url,
            user=dropped.user,
            ts=dropped.ts,
            role=dropped.role,
        )


SHEET_SECONDS = 0.5
"""How long a contact sheet waits for the photos that come right behind, before it is drawn."""
OPENING_SECONDS = 600
"""How long a thread may take to open; photos that arrive before it is known are asked for again meanwhile."""


def opening(channel: str) -> str:
    """Name the index of the runs whose card is on its way to this channel."""
    return f"opening:{channel}"


def sheet_id(run: str) -> str:
    """Give the id of a set's contact sheet."""
    return record_id("sheet", run)


def photos_of(run: str) -> str:
    """Name the index of a run's photos, in the order in which they were dropped."""
    return f"photos:{run}"


def link(change: Change, run: Run) -> Change:
    """Let the run be found by its thread."""
    change.unindex(opening(run.channel), run.id)
    return change.link(f"thread:{run.channel}:{run.thread_ts}", run.id, Run.ttl)


async def run_of_thread(store: Store, team: str, channel: str, thread_ts: str) -> Run | None:
    """Find the run whose thread this is."""
    identity = await store.linked(team, f"thread:{channel}:{thread_ts}")
    return await store.get(Run, team, identity) if identity else None


async def photos(store: Store, run: Run) -> list[Photo]:
    """List the photos of a run's set in the order in which they were dropped, each with the role it has there."""
    listed = await store.get_all(Photo, run.team, await store.members(run.team, photos_of(run.root_id)))
    return [with_role(run, photo) for photo in listed]


def with_role(run: Run, photo: Photo) -> Photo:
    """Give a photo the role that its thread was set to when it was dropped, if its message does not name one.

    It is not written down: who says what the next photos are may be heard before photos dropped earlier, or after
    later ones.
    """
    return replace(photo, role=photo.role or run.role_at(float(photo.ts)))
