"""Starting a run: from its set of photos, or again after it failed, as it was or changed."""

from dataclasses import asdict
from typing import Any

from core import audit, words
from core.change import Change
from core.outlook import ask_anew
from core.queue import QUEUE, follow, fresh
from core.recipe import Choice
from core.records import Run
from core.store import Store


async def start(store: Store, run: Run, choice: Choice, user: str, now: float, dollars: float | None = None) -> bool:
    """Queue a run as somebody chose, who accepted the licence; `dollars`: what it is thought to cost.

    False: somebody else was faster; one run is started.
    """
    what = "tried again" if has_failed(run) else "trained"
    change = _queued(chosen(run, choice, user, now), now)
    return await store.commit(audit.note(change, now, user, what, run, words.audit.estimated(dollars)))


def chosen(run: Run, choice: Choice, user: str, now: float) -> Run:
    """Give the run as it is queued: recipe, licence and the first of its attempts."""
    return run.to(
        "queued",
        **agreed(choice, user, now),
        **_anew(run, now),
    )


def agreed(choice: Choice, user: str, now: float) -> dict[str, Any]:
    """Give what a run takes over from a recipe, and who accepted the licence with it."""
    return asdict(choice) | {"licence_accepted_by": user, "licence_accepted_at": now}


def has_failed(run: Run) -> bool:
    """Tell whether a run can be started anew: it failed, and its set is its own."""
    return run.state == "failed" and run.attempt > 0 and not run.root


async def start_again(store: Store, run: Run, user: str, now: float) -> bool:
    """Queue a failed run as it was, for somebody. False: it is not failed any more."""
    await ask_anew(store, run.team, now)
    change = _queued(run.to("queued", **_anew(run, now)), now)
    return await store.commit(audit.note(change, now, user, "tried again", run))


def _anew(run: Run, now: float) -> dict[str, Any]:
    return fresh(run) | {"attempt": run.attempt + 1, "waits": 0, "waits_until": 0, "queued_at": now, "due": now}


def _queued(run: Run, now: float) -> Change:
    """Write the run down, where the lists of what is under way and of who waits find it."""
    return follow(run, now).index("runs", run.id, now).index(QUEUE, run.id, now, Run.ttl)
