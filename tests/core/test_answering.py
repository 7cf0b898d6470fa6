"""The buttons below pictures, as far as they are written down: what is painted anew, and what is never paid twice."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from core import expecting, gallery, words
from core.answering import delete, details, paint_again
from core.asking import Answer, Asked
from core.change import Change
from core.imagine_grammar import again, read
from core.line import leave, line_of
from core.pace import STEP_SECONDS
from core.parameters import SEED_MOST
from core.records import Generation
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, THREAD, a_generation, a_model, stands, written
from tests.support.workshop import settings

NOOR = "U0NOOR"


def press(key: str, user: str = NOOR) -> Asked:
    return Asked(TEAM, user, "", "", key)


async def shown(store: Store, **different: Any) -> Generation:
    """Pictures of a model in service, posted in a thread."""
    await written(store, a_model(state=different.pop("model_state", "in_service")))
    usual = {"state": "posted", "files": ("F1", "F2"), "count": 2, "steps": 30, "negative": "text", "thread_ts": THREAD}
    return await written(store, a_generation(**(usual | different)))


PAINTING = words.line.painting(2, "riobugger", 0, 2 * 30 * STEP_SECONDS)


def text(said: Answer | str) -> str:
    return said if isinstance(said, str) else said.text


async def line(store: Store) -> list[Generation]:
    return await store.get_all(Generation, TEAM, await store.members(TEAM, line_of("model1")))


async def test_again_asks_for_the_same_with_another_seed_where_it_stands(store: Store, clock: FakeClock) -> None:
    before = await shown(store)
    said = text(await paint_again(store, press("p1"), before.id, clock()))
    (asked,) = await line(store)
    assert said == PAINTING
    assert (asked.user, asked.channel, asked.thread_ts, asked.state) == (NOOR, CHANNEL, THREAD, "queued")
    assert asked.seed != before.seed
    assert again(replace(asked, seed=7), "") == again(before, "")
    assert (await stands(store, before)).again == asked.id


async def test_vary_takes_the_next_seeds_one_after_the_other(store: Store, clock: FakeClock) -> None:
    before = await shown(store, seed=SEED_MOST - 1)
    seeds = list[int]()
    for number in range(3):
        await paint_again(store, press(f"p{number}"), before.id, clock(), near=True)
        (asked,) = [one for one in await line(store) if one.state == "queued"]
        seeds.append(asked.seed)
        await store.commit(Change(TEAM).put(asked.to("cancelled", due=None)))
    assert seeds == [SEED_MOST, 0, 1]


async def test_model_that_is_asleep_is_woken_and_who_pressed_is_told(store: Store, clock: FakeClock) -> None:
    before = await shown(store, model_state="asleep")
    said = text(await paint_again(store, press("p1"), before.id, clock()))
    assert said == words.line.waking(2, "riobugger", 0, expecting.WAKES)
    assert [one.state for one in await line(store)] == ["parked"]
    assert await store.overdue(TEAM, clock()) == [("model:model1", clock())]


@pytest.mark.parametrize("near", [True, False])
async def test_second_press_while_it_is_being_painted_is_answered_and_asks_nothing(
    store: Store, clock: FakeClock, *, near: bool
) -> None:
    before = await shown(store)
    await paint_again(store, press("p1"), before.id, clock())
    said = await paint_again(store, press("p2", MIRA), before.id, clock(), near=near)
    assert said == words.answer.painting_already(NOOR)
    assert len(await line(store)) == 1


async def test_press_after_that_was_painted_paints_anew(store: Store, clock: FakeClock) -> None:
    before = await shown(store)
    await paint_again(store, press("p1"), before.id, clock())
    (first,) = await line(store)
    await store.commit(Change(TEAM).put(first.to("painting")))
    posted = (await stands(store, first)).to("posted", due=None)
    await store.commit(leave(Change(TEAM).put(posted), posted).index(line_of("model1"), posted.id, clock()))
    said = text(await paint_again(store, press("p2"), before.id, clock()))
    assert said == PAINTING
    assert len({one.seed for one in await line(store)}) == 2


async def test_press_delivered_again_asks_nothing_new_even_when_all_is_painted(store: Store, clock: FakeClock) -> None:
    before = await shown(store)
    await paint_again(store, press("p1"), before.id, clock())
    (first,) = await line(store)
    await store.commit(Change(TEAM).put(first.to("failed", due=None)))
    assert await paint_again(store, press("p1"), before.id, clock()) == words.answer.PRESSED_TWICE
    assert len(await line(store)) == 1


async def test_people_who_press_at_once_get_one_painting_between_them(store: Store, clock: FakeClock) -> None:
    before = await shown(store)
    presses = [press(f"p{number}", f"U{number}") for number in range(8)]
    said = await asyncio.gather(*(paint_again(store, one, before.id, clock()) for one in presses))
    (asked,) = await line(store)
    assert sorted(map(text, said)) == sorted([PAINTING, *[words.answer.painting_already(asked.user)] * 7])


@pytest.mark.parametrize(
    ("state", "said"),
    [("deleted", words.answer.DELETED_ALREADY), ("painting", words.answer.NOT_YET), ("", words.answer.TOO_OLD)],
)
async def test_buttons_of_pictures_that_do_not_stand_there_are_answered(
    store: Store, clock: FakeClock, state: str, said: str
) -> None:
    identity = (await shown(store, state=state)).id if state else "gone"
    assert await paint_again(store, press("p1"), identity, clock()) == said
    assert await details(store, TEAM, identity) == said
    assert await delete(store, settings(), press("p1"), identity, clock()) == said
    assert await line(store) == []


async def test_pictures_of_a_deleted_model_are_answered_and_described(store: Store, clock: FakeClock) -> None:
    before = await written(store, a_generation(state="posted", files=("F1",)))
    assert await paint_again(store, press("p1"), before.id, clock()) == words.asking.model_gone()
    assert "```/imagine a photo of riobugger cat on the beach --seed 7```" in await details(store, TEAM, before.id)


async def test_details_are_one_command_that_asks_for_the_same_and_pings_nobody(store: Store) -> None:
    before = await shown(store, prompt="<!here> & riobugger", seconds=4.25, dollars=0.0011, guidance=9.5)
    said = await details(store, TEAM, before.id)
    assert "<" not in said
    command = said.partition("```/imagine ")[2].removesuffix("```")
    assert read(command) == again(before, "riobugger")
    assert said.startswith("riobugger (model-txt2img-stabilityai-stable-diffusion-v2-1-base 1.1.3) · seed 7 · 30 steps")
    assert "· cfg 9.5 · 512×512 · 4.2 s · 0.1¢\n" in said


@pytest.mark.parametrize(
    ("user", "asker", "admins"), [(MIRA, MIRA, ""), (NOOR, MIRA, NOOR), (MIRA, "", ""), (NOOR, "", f"U0X,{NOOR}")]
)
async def test_asker_and_admins_delete_and_of_a_sample_who_taught_its_model(
    store: Store, clock: FakeClock, user: str, asker: str, admins: str
) -> None:
    before = await shown(store, user=asker)
    await store.commit(gallery.hang(Change(TEAM), before))
    assert await delete(store, settings(DARKROOM_ADMINS=admins), press("p1", user), before.id, clock()) == ""
    after = await stands(store, before)
    assert (after.state, after.due) == ("deleted", clock())
    assert await store.members(TEAM, gallery.in_channel(CHANNEL)) == []


@pytest.mark.parametrize("asker", [MIRA, ""])
async def test_nobody_else_deletes(store: Store, clock: FakeClock, asker: str) -> None:
    before = await shown(store, user=asker)
    said = await delete(store, settings(DARKROOM_ADMINS="U0SAM"), press("p1"), before.id, clock())
    assert said == words.answer.only_asker_deletes(asker)
    assert await stands(store, before) == before


async def test_pictures_are_deleted_once(store: Store, clock: FakeClock) -> None:
    before = await shown(store)
    said = await asyncio.gather(*(delete(store, settings(), press("p", MIRA), before.id, clock()) for _ in range(4)))
    assert sorted(said) == ["", *[words.answer.DELETED_ALREADY] * 3]
