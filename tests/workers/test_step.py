"""One step: who may take it, what a crash leaves, what goes wrong."""

from tests.support.records import a_run
from tests.support.workshop import Workshop


async def test_a_run_that_is_due_goes_on(workshop: Workshop) -> None:
    run = await workshop.put(a_run(state="queued", due=workshop.clock()))
    after = await workshop.step(run)
    assert after.state in {"preparing", "failed"}
