"""The table of steps: what is done for each kind of record in each state, and when one is given up."""

from collections.abc import Mapping

from workers import (
    checks,
    comparison,
    contact,
    deleting,
    endpoints,
    export,
    idle,
    outbox,
    outlook,
    painting,
    photos,
    posted,
    queue,
    stopping,
    teardown,
    tidying,
    training,
)
from workers.house import Handler
from workers.step import GivesUp

HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("photo", "dropped"): photos.judge,
    ("photo", "removed"): photos.take_away,
    ("sheet", "stale"): contact.draw,
    ("sheet", "uploaded"): contact.show,
    ("sheet", "shown"): contact.delete_old,
    ("run", "queued"): queue.queued,
    ("run", "preparing"): training.prepare,
    ("run", "training"): training.train,
    ("run", "stopping"): stopping.stopping,
    ("run", "cancelled"): stopping.clear,
    ("model", "deploying"): endpoints.deploy,
    ("model", "in_service"): idle.in_service,
    ("model", "draining"): teardown.drain,
    ("model", "asleep"): idle.at_rest,
    ("model", "failed"): idle.at_rest,
    ("model", "deleting"): deleting.delete,
    ("generation", "parked"): painting.unanswered,
    ("generation", "queued"): painting.queued,
    ("generation", "painting"): painting.paint,
    ("generation", "posted"): posted.find,
    ("generation", "deleted"): posted.take_away,
    ("check", "painting"): checks.paint,
    ("check", "drawing"): checks.draw,
    ("outlook", "asked"): outlook.ask,
    ("comparison", "training"): comparison.train,
    ("comparison", "drawing"): comparison.draw,
    ("comparison", "choosing"): comparison.wait_for_choice,
    ("comparison", "stopping"): tidying.stop,
    ("comparison", "tidying"): tidying.tidy,
    ("comparison", "kept"): comparison.rest,
    ("comparison", "cancelled"): comparison.rest,
    ("export", "asked"): export.asked,
    ("message", "pending"): outbox.deliver,
}

GIVES_UP: Mapping[str, GivesUp] = {
    "photo": photos.leave_out,
    "sheet": contact.give_up,
    "run": stopping.give_up,
    "model": endpoints.give_up,
    "generation": painting.give_up,
    "check": checks.give_up,
    "outlook": outlook.give_up,
    "comparison": tidying.give_up,
    "export": export.give_up,
    "message": outbox.give_up,
}
