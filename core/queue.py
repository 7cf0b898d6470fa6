"""The queue of a team's runs: who stands in it, and what a run's changes mean for its card and for the others."""

from dataclasses import replace
from typing import Any

from core import holds, outbox
from core.change import Change
from core.records import Comparison, Message, Run

QUEUE = "queue"
"""The index of runs that wait or train, by when they joined it (Unix seconds)."""

_FRESH: dict[str, Any] = {
    "job": "",
    "job_created": False,
    "place": 0,
    "stage": "",
    "step": 0,
    "loss": "",
    "created_at": 0,
    "started_at": 0,
    "training_at": 0,
    "first_step": 0,
    "drawn_at": 0,
    "billed_seconds": 0,
    "took_seconds": 0,
    "interruptions": 0,
    "ended_at": 0,
    "an_hour": None,
    "dollars": None,
    "stopping_at": 0,
    "told_at": 0,
    "then": "",
    "reason": "",
}
"""What an attempt begins with."""


def fresh(run: Run) -> dict[str, Any]:
    """Give what another attempt of a run begins with; what the one before it cost stays spent."""
    return _FRESH | {"spent_before": run.spent_before + (run.dollars or 0.0)}


def follow(run: Run, now: float, *, update: bool = True) -> Change:
    """Write a run down, and have its card brought up to date."""
    change = Change(run.team).put(run)
    return change.redraw(Message, outbox.card_id(run.root_id), now) if update else change


def over(run: Run, now: float) -> Change:
    """Write down a run that trains no more: the next one's turn comes, its card and its step sheet are told.

    What was set aside for it is free again; what it has cost counts by itself.
    """
    change = follow(replace(run, held={}), now)
    holds.move(change, holds.payer_of(run), run.held, {})
    change.unindex(QUEUE, run.id).unindex("runs", run.id)
    return change.touch(Comparison, run.comparison, now) if run.comparison else change
