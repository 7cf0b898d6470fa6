"""The step sheet: one set trained at several step counts, painted side by side, and one of them kept."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core import audit, outbox, words
from core.cards import comparing as cards
from core.change import Change
from core.hyperparameters import RULES
from core.names import record_id
from core.queue import QUEUE, follow
from core.recipe import Choice
from core.records import Comparison, Message, Model, Run
from core.starting import agreed
from core.store import Store

STEPS_DEFAULT = (50, 100, 200, 400, 800)
"""The rows of the grid in JumpStart's article."""
LEAST, MOST = 2, 6
"""How many step counts are compared."""
AT_ONCE = 2
"""How many of its runs train at the same time."""
STEPS_MOST = int(RULES["max_steps"].most)
_CAN_BE_CANCELLED = {"training", "drawing", "choosing"}
_SEPARATORS = re.compile(r"[\s,;]+")


def steps_of(typed: str) -> tuple[int, ...] | str:
    """Read step counts, separated by commas or blanks: in rising order, or what is wrong with them in words."""
    found = [part for part in _SEPARATORS.split(typed.strip()) if part]
    if any(not re.fullmatch(r"0*[0-9]{1,6}", part, re.ASCII) or not 1 <= int(part) <= STEPS_MOST for part in found):
        return words.comparing.steps_range(STEPS_MOST)
    steps = sorted(map(int, found))
    if len(set(steps)) < len(steps):
        return words.comparing.STEPS_TWICE
    return tuple(steps) if LEAST <= len(steps) <= MOST else words.comparing.steps_count(LEAST, MOST)


async def start(store: Store, run: Run, choice: Choice, steps: Sequence[int], user: str, now: float) -> bool:
    """Begin to compare, as somebody chose who accepted the licence. False: somebody else was faster, or the set moved.

    Everything but the steps is `choice`'s, and is written on the run whose set it is, for its children to take over.
    """
    identity = record_id("comparison", run.id, str(run.version))
    comparison = Comparison(
        team=run.team,
        id=identity,
        state="training",
        run=run.id,
        user=user,
        steps=tuple(steps),
        runs=tuple(record_id("run", identity, str(count)) for count in steps),
        due=now,
    )
    comparing = run.to("comparing", comparison=identity, **agreed(choice, user, now), due=None)
    change = follow(comparing, now).put(comparison)
    return await store.commit(audit.note(change, now, user, "compared", run, words.audit.steps(steps)))


def queue_child(change: Change, root: Run, identity: str, steps: int, now: float) -> Change:
    """Add one of the sheet's runs to a change: as its root, but for its steps."""
    child = replace(
        root,
        id=identity,
        state="queued",
        version=0,
        tries=0,
        root=root.id,
        max_steps=steps,
        hyperparameters=root.hyperparameters | {"max_steps": str(steps)},
        attempt=1,
        queued_at=now,
        due=now,
    )
    return change.once(child).index(QUEUE, child.id, now, Run.ttl)


async def look(store: Store, run: Run) -> tuple[Comparison | None, list[Run], list[Model]]:
    """Read a run's step sheet as it stands: with those of its runs that there are, and the models they gave."""
    comparison = await store.get(Comparison, run.team, run.comparison) if run.comparison else None
    if comparison is None:
        return None, [], []
    runs, models = await parts(store, comparison)
    return comparison, runs, models


async def parts(store: Store, comparison: Comparison) -> tuple[list[Run], list[Model]]:
    """Read those of a step sheet's runs that there are, and the models they gave."""
    runs = await store.get_all(Run, comparison.team, comparison.runs)
    return runs, await store.get_all(Model, comparison.team, [run.model for run in runs if run.model])


async def keep(store: Store, comparison: Comparison, model: str, user: str, now: float) -> bool:
    """Make one of a sheet's models the model. False: it has none such, or has been decided on already."""
    runs, _ = await parts(store, comparison)
    chosen = [run for run in runs if run.model == model and run.state == "trained"]
    if comparison.state != "choosing" or not chosen:
        return False
    change = Change(comparison.team).put(comparison.to("tidying", kept=model, due=now))
    text = words.comparing.kept(user, chosen[0].max_steps, chosen[0].subject)
    change.once(outbox.thread(chosen[0], f"kept:{comparison.id}", text, now))
    audit.note(change, now, user, "kept", chosen[0], words.audit.steps([chosen[0].max_steps]))
    _take_buttons_away(change, comparison, chosen[0], now)
    return await store.commit(change.redraw(Message, outbox.card_id(comparison.run), now))


def offer_key(comparison: Comparison) -> str:
    """Give the key under which the sheet is posted with its choice."""
    return f"step-sheet:{comparison.id}"


def _take_buttons_away(change: Change, comparison: Comparison, run: Run, now: float) -> None:
    """Leave the posted sheet without its buttons: it has been decided on."""
    if comparison.sheet:
        text, blocks = cards.choice(comparison, run, (), comparison.sheet)
        change.once(outbox.amend(run.team, offer_key(comparison), run.channel, text, now, blocks))


async def cancel(store: Store, comparison: Comparison, user: str, now: float) -> bool:
    """Stop a step sheet for somebody and throw its runs away; its set collects again. False: it is over, or nearly."""
    if comparison.state not in _CAN_BE_CANCELLED:
        return False
    change = Change(comparison.team).put(comparison.to("stopping", due=now))
    root = await store.get(Run, comparison.team, comparison.run)
    if root:
        audit.note(change, now, user, "cancelled", root)
    if root and comparison.state == "choosing":
        _take_buttons_away(change, comparison, root, now)
    return await store.commit(change.redraw(Message, outbox.card_id(comparison.run), now))
