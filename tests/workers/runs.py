"""Runs on their way through the workers, for the tests of every stage."""

from dataclasses import replace

from core import collecting, names, outbox
from core.change import Change
from core.queue import QUEUE
from core.records import Run
from tests.support.fake_aws import JPEG
from tests.support.records import TEAM, a_photo, a_run, stands
from tests.support.workshop import Workshop

STEPS = {"max_steps": "200"}


async def a_queued_run(workshop: Workshop, good: int) -> Run:
    run = await workshop.put(a_run(state="queued", attempt=1, hyperparameters=STEPS, due=workshop.clock()))
    await workshop.put(replace(outbox.card(run, workshop.clock()), due=None))
    change = Change(TEAM).index("runs", run.id, 1.0).index(QUEUE, run.id, 1.0, Run.ttl)
    for place in range(good + 1):
        state = "judged" if place < good else "left_out"
        photo = await workshop.put(a_photo(id=f"p{place}", state=state))
        change.index(collecting.photos_of(run.id), photo.id, float(place), Run.ttl)
        for framing in ("crop", "fit"):
            workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, photo.id, framing)] = JPEG
    await workshop.store.commit(change)
    return run


async def until_created(workshop: Workshop, run: Run) -> Run:
    """Step until the job is created, with no time going by."""
    await workshop.run_due()
    run = await stands(workshop.store, run)
    assert run.job_created
    return run
