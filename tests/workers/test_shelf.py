"""Asking JumpStart for its ready-made models: a list that holds is kept, and why there is none is told."""

from core import shelf
from core.change import Change
from core.records import Shelf
from core.shelf import FRESH_SECONDS, Offer
from tests.support.records import TEAM
from tests.support.workshop import Workshop
from workers.trouble import PATIENT, Trouble

GHIBLI = Offer("huggingface-txt2img-nitrosocke-ghibli-diffusion", "2.0.13", ("ml.g4dn.2xlarge", "ml.g5.2xlarge"))


async def answer(workshop: Workshop, seconds: float = 60) -> Shelf:
    await shelf.look(workshop.store, TEAM, workshop.clock())
    await workshop.follow(seconds)
    return await shelf.read(workshop.store, TEAM)


async def test_list_is_written_down_as_jumpstart_gives_it(workshop: Workshop) -> None:
    workshop.jumpstart.offers = [GHIBLI]
    told = await answer(workshop)
    assert (told.state, told.fault, told.due) == ("known", "", None)
    assert shelf.offers(told) == [GHIBLI]


async def test_list_that_holds_still_is_not_asked_for_again(workshop: Workshop) -> None:
    workshop.jumpstart.offers = [GHIBLI]
    told = await answer(workshop)
    workshop.jumpstart.offers = []
    change = Change(TEAM).redraw(Shelf, told.id, workshop.clock(), state="asked")
    assert await workshop.store.commit(change)
    await workshop.run_due()
    again = await shelf.read(workshop.store, TEAM)
    assert (again.state, again.models, again.checked_at) == ("known", told.models, told.checked_at)


async def test_aws_that_is_away_is_told_after_some_tries_and_the_last_list_stays(workshop: Workshop) -> None:
    workshop.jumpstart.offers = [GHIBLI]
    before = await answer(workshop)
    workshop.jumpstart.trouble = Trouble("AWS did not answer.", "ConnectTimeoutError", tries=PATIENT)
    workshop.clock.advance(FRESH_SECONDS + 1)
    told = await answer(workshop)
    assert (told.state, told.fault, told.models) == ("known", "AWS did not answer.", before.models)
    workshop.jumpstart.trouble = None
    workshop.clock.advance(60)
    assert (await answer(workshop)).fault == ""


async def test_refusal_is_told_at_once(workshop: Workshop) -> None:
    workshop.jumpstart.trouble = Trouble("AWS says: not for you", "AccessDenied")
    told = await answer(workshop, seconds=5)
    assert (told.state, told.fault, told.models) == ("known", "AWS says: not for you", ())
