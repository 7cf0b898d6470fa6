"""Runs on their way through the workers, for the tests of every stage."""

from dataclasses import replace

from core import collecting, names, outbox
from core.change import Change
from core.queue import QUEUE
from core.records import Run
from tests.support.fake_aws import JPEG
from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM, a_photo, a_run, stands
from tests.support.workshop import Workshop

STEPS = {"max_steps": "200"}
ARTIFACT = "s3://photos/darkroom/out/model.tar.gz"
LOST = refusal("InternalFailure", "lost", status=500)


async def with_photos(workshop: Workshop, run: Run, *states: str, square: bytes = JPEG, role: str = "") -> Run:
    """Give a run photos in these states, p0 and on (class photos: c0), with both their squares in S3."""
    change = Change(TEAM)
    first = 100 if role else 0
    for place, state in enumerate(states):
        photo = await workshop.put(a_photo(id=f"{'c' if role else 'p'}{place}", state=state, role=role))
        change.index(collecting.photos_of(run.id), photo.id, float(first + place), Run.ttl)
        for framing in ("crop", "fit"):
            workshop.aws.objects[names.photo_key("darkroom", TEAM, run.id, photo.id, framing)] = square
    assert await workshop.store.commit(change)
    return run


async def a_queued_run(workshop: Workshop, good: int) -> Run:
    """A queued run with so many good photos, one that was left out, and its card."""
    run = await workshop.put(a_run(state="queued", attempt=1, hyperparameters=STEPS, due=workshop.clock()))
    await workshop.put(replace(outbox.card(run, workshop.clock()), due=None))
    await workshop.store.commit(Change(TEAM).index("runs", run.id, 1.0).index(QUEUE, run.id, 1.0, Run.ttl))
    return await with_photos(workshop, run, *["judged"] * good, "left_out")


async def until_created(workshop: Workshop, run: Run) -> Run:
    """Step until the job is created, with no time going by."""
    await workshop.run_due()
    run = await stands(workshop.store, run)
    assert run.job_created
    return run
