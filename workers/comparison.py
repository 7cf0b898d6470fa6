"""Makes a step sheet: its runs two at a time, its endpoints one at a time, then the sheet with the choice.

Each step looks at what there is and does what comes next, in one commit: it can be cut off anywhere.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import checking, comparing, names, outbox, words
from core.cards import comparing as cards
from core.change import Change
from core.idling import to_sleep
from core.line import OVER
from core.records import Comparison, Generation, Message, Model, Run
from core.records.comparing import CHOOSING_DAYS
from core.states import UP
from workers import files
from workers.checks import AGAIN_SECONDS, cells
from workers.house import House
from workers.sheets import Cell, grid_sheet
from workers.step import save
from workers.trouble import Trouble, gone

TRAINS_NO_MORE = {"trained", "failed", "cancelled"}


@dataclass(frozen=True)
class Row:
    """One row of the sheet: `run` is None until its turn has come; `asked` are the prompts that its model was given."""

    steps: int
    identity: str
    run: Run | None
    model: Model | None
    pictures: Sequence[checking.Picture]
    asked: Sequence[Generation]

    @property
    def is_up(self) -> bool:
        """An endpoint of this row may bill."""
        return self.model is not None and self.model.state in UP

    @property
    def is_answered(self) -> bool:
        """Every picture is there, or will not come."""
        return len(self.asked) == len(self.pictures) and all(one.state in OVER for one in self.asked)

    @property
    def is_awaited(self) -> bool:
        """Its endpoint is up, or will come up for the pictures that are still awaited."""
        return self.is_up or (len(self.asked) > 0 and not self.is_answered)

    @property
    def waits_to_paint(self) -> bool:
        """It has a model that nothing has been asked of."""
        return self.model is not None and len(self.asked) < len(self.pictures)

    @property
    def is_over(self) -> bool:
        """Nothing more happens to this row."""
        if self.run is None or self.run.state not in TRAINS_NO_MORE:
            return False
        return self.model is None or (self.is_answered and not self.is_up)


async def read_rows(house: House, comparison: Comparison) -> list[Row]:
    """Read how far each row is."""
    runs, models = await comparing.parts(house.store, comparison)
    run_of, model_of = {run.id: run for run in runs}, {model.id: model for model in models}
    rows: list[Row] = []
    for steps, identity in zip(comparison.steps, comparison.runs, strict=True):
        run = run_of.get(identity)
        model = model_of.get(run.model) if run else None
        pictures = checking.own(house.settings.deployment, model) if model else []
        asked = await house.store.get_all(Generation, comparison.team, [picture.id for picture in pictures])
        rows.append(Row(steps, identity, run, model, pictures, asked))
    return rows


async def read_root(house: House, comparison: Comparison) -> Run:
    """Read the run whose set is compared."""
    root = await house.store.get(Run, comparison.team, comparison.run)
    if root is None:
        raise gone(comparison.run)
    return root


async def train(house: House, comparison: Comparison) -> None:
    """Start as many runs as may train at once, see to the one endpoint, and go on when all rows are over."""
    root, rows = await read_root(house, comparison), await read_rows(house, comparison)
    now = house.now()
    if all(row.is_over for row in rows):
        await _trained(house, comparison, root, rows)
        return
    later = replace(comparison, tries=0, due=now + _patience(house, rows))
    change = Change(comparison.team).put(later).redraw(Message, outbox.card_id(root.id), now)
    count = len(change.operations)
    _start_runs(change, root, rows, now)
    _see_to_endpoint(change, rows, now)
    if len(change.operations) > count:
        await house.store.commit(change)
    else:
        await save(house, later)


def _patience(house: House, rows: Sequence[Row]) -> float:
    """Say when to look again: soon while an endpoint paints, for it bills."""
    painting = any(row.model and row.model.state == "in_service" for row in rows)
    poll = house.settings.poll_seconds
    return min(AGAIN_SECONDS, poll) if painting else poll


def _start_runs(change: Change, root: Run, rows: Sequence[Row], now: float) -> None:
    training = sum(row.run is not None and row.run.state not in TRAINS_NO_MORE for row in rows)
    waiting = [row for row in rows if row.run is None]
    for row in waiting[: max(0, comparing.AT_ONCE - training)]:
        comparing.queue_child(change, root, row.identity, row.steps, now)


def _see_to_endpoint(change: Change, rows: Sequence[Row], now: float) -> None:
    """Take the endpoint down that has painted everything; ask the next model when none is awaited."""
    awaited = [row for row in rows if row.is_awaited]
    for row in awaited:
        if row.model and row.model.state == "in_service" and row.is_answered:
            change.put(to_sleep(row.model, now))
        elif row.model and not row.is_up and row.model.due is None:
            change.touch(Model, row.model.id, now)
    turn = next((row for row in (awaited or rows) if row.waits_to_paint), None)
    if turn and turn.model:
        _ask(change, turn, turn.model, now)


def _ask(change: Change, row: Row, model: Model, now: float) -> None:
    """Put the pictures into the model's line that it has not been asked for, and have it woken."""
    asked = {one.id for one in row.asked}
    for picture in row.pictures:
        if picture.id not in asked:
            checking.ask(change, picture, now, parked=True)
    change.touch(Model, model.id, now)


async def _trained(house: House, comparison: Comparison, root: Run, rows: Sequence[Row]) -> None:
    """Have the sheet drawn, or give back the set when no row has a model."""
    now = house.now()
    if any(row.model for row in rows):
        change = Change(comparison.team).put(comparison.to("drawing", due=now))
    else:
        change = Change(comparison.team).put(comparison.to("stopping", due=now))
        said = words.comparing.nothing_trained(root.subject)
        change.once(outbox.thread(root, f"nothing-trained:{comparison.id}", said, now))
    await house.store.commit(change.redraw(Message, outbox.card_id(root.id), now))


async def draw(house: House, comparison: Comparison) -> None:
    """Draw and upload the sheet; once Slack can show it, post it with the choice, once."""
    root, rows = await read_root(house, comparison), await read_rows(house, comparison)
    if not comparison.sheet:
        uploaded = await files.upload(house, f"steps-{comparison.id}.jpg", await _sheet(house, root, rows))
        await save(house, replace(comparison, sheet=uploaded, tries=0, due=house.now()))
        return
    await files.wait_until_shown(house, comparison.sheet)
    await _offer(house, comparison, root, rows)


async def _sheet(house: House, root: Run, rows: Sequence[Row]) -> bytes:
    heads = checking.prompts(root.instance_prompt, root.noun)
    lines = [(_label(row), await _cells(house, row, len(heads))) for row in rows]
    return await asyncio.to_thread(grid_sheet, heads, lines, words.comparing.sheet_title(root.subject))


def _label(row: Row) -> str:
    name = words.comparing.row(row.steps)
    return "\n".join((name, cards.took(row.run, "\n"))) if row.run and row.run.took_seconds else name


async def _cells(house: House, row: Row, count: int) -> list[Cell]:
    """Give a row's pictures; where there is none, why."""
    reason = next((one.reason for one in row.asked if one.state == "failed" and one.reason), "")
    if row.model:
        return await cells(house, row.pictures, reason or words.comparing.NOT_PAINTED)
    return [Cell(None, row.run.reason if row.run else "", "empty")] * count


async def _offer(house: House, comparison: Comparison, root: Run, rows: Sequence[Row], fault: str = "") -> None:
    now = house.now()
    trained = [row.run for row in rows if row.run and row.model]
    text, blocks = cards.choice(comparison, root, trained, comparison.sheet, fault)
    change = Change(comparison.team).put(comparison.to("choosing", due=_expires(rows, now)))
    change.once(outbox.thread(root, comparing.offer_key(comparison), text, now, blocks))
    await house.store.commit(change.redraw(Message, outbox.card_id(root.id), now))


def _expires(rows: Sequence[Row], now: float) -> float:
    """Say until when a choice is waited for, in Unix seconds."""
    trained_at = max((row.model.trained_at for row in rows if row.model), default=now)
    return trained_at + CHOOSING_DAYS * names.DAY


async def wait_for_choice(house: House, comparison: Comparison) -> None:
    """Throw away what nobody has chosen for too long."""
    root, rows, now = await read_root(house, comparison), await read_rows(house, comparison), house.now()
    if now < (ends := _expires(rows, now)):
        await save(house, replace(comparison, tries=0, due=ends))
        return
    said = words.comparing.expired(root.subject, CHOOSING_DAYS)
    change = Change(comparison.team).put(comparison.to("stopping", due=now))
    change.once(outbox.thread(root, f"expired:{comparison.id}", said, now))
    await house.store.commit(change.redraw(Message, outbox.card_id(root.id), now))


async def rest(house: House, comparison: Comparison) -> None:
    """Leave alone what is over."""
    await save(house, replace(comparison, tries=0, due=None))


async def offer_without_sheet(house: House, comparison: Comparison, fault: Trouble) -> None:
    """Offer the choice though the sheet cannot be shown: what was trained has been paid for."""
    root, rows = await read_root(house, comparison), await read_rows(house, comparison)
    await _offer(house, comparison, root, rows, fault.reason)
