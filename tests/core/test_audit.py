"""Who did what: an entry is written with its deed, once, and goes by age."""

import asyncio
import time
from dataclasses import replace

from core import audit, exporting, rules, starting
from core.asking import Asked
from core.change import Change
from core.holds import Payer
from core.idling import deploy
from core.managing import Hand
from core.names import DAY
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, a_run, written
from tests.support.workshop import settings

THEO = "U0THEO"


EVERYTHING = audit.Asked()


async def deeds(store: Store, asked: audit.Asked = EVERYTHING) -> list[tuple[str, str, str, str]]:
    found = await audit.read(store, TEAM, asked)
    return [(entry.who, entry.what, entry.about, entry.detail) for _, entry in found]


async def test_deed_that_two_people_do_at_once_is_that_of_the_one_who_did_it(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model())
    both = (store.commit(deploy(Change(TEAM), model, clock(), Payer(user, CHANNEL))) for user in (MIRA, THEO))
    done = await asyncio.gather(*both)
    assert await deeds(store) == [((MIRA, THEO)[done.index(True)], "woke", "riobugger", "")]


async def test_nobody_wakes_what_was_trained_just_now(store: Store, clock: FakeClock) -> None:
    await store.commit(deploy(Change(TEAM), await written(store, a_model()), clock()))
    assert await deeds(store) == []


async def test_command_that_arrives_twice_is_one_entry(store: Store, clock: FakeClock) -> None:
    asked = Asked(TEAM, MIRA, CHANNEL, "", "trigger-1")
    for _ in range(2):
        await exporting.ask(store, asked, a_model(), clock.advance(3))
    await exporting.ask(store, replace(asked, key="trigger-2"), a_model(), clock.advance(3))
    assert [what for _, what, _, _ in await deeds(store)] == ["exported", "exported"]


async def test_entries_go_when_they_are_old(store: Store) -> None:
    model = await written(store, a_model())
    hand = Hand(store, settings(), TEAM, MIRA, CHANNEL, time.time() - 401 * DAY)
    assert await hand.rename(model.id, "whiskers") == ""
    later = replace(hand, now=time.time())
    assert await later.open_to(model.id, [THEO, "C0CATS"]) == ""
    assert await deeds(store) == [(MIRA, "opened", "whiskers", f"everybody → <#C0CATS>, <@{THEO}>")]


async def test_deed_by_a_clock_that_has_leapt_a_year_ahead_takes_no_others_away(store: Store) -> None:
    model = await written(store, a_model())
    hand = Hand(store, settings(), TEAM, MIRA, CHANNEL, time.time())
    assert await hand.rename(model.id, "whiskers") == ""
    leapt = replace(hand, now=time.time() + 401 * DAY)
    assert await leapt.open_to(model.id, [THEO]) == ""
    assert [what for _, what, _, _ in await deeds(store)] == ["opened", "renamed"]


async def test_entries_are_narrowed_down_by_any_name_of_a_model_by_person_and_by_days(
    store: Store, clock: FakeClock
) -> None:
    model = await written(store, a_model())
    hand = Hand(store, settings(), TEAM, MIRA, CHANNEL, clock())
    await hand.rename(model.id, "whiskers")
    await replace(hand, now=clock.advance(3 * DAY)).wake(model.id)
    await rules.change_limits(store, TEAM, THEO, {"prompts_per_hour": 7}, clock.advance(1))
    whole = await deeds(store)
    assert [what for _, what, _, _ in whole] == ["rules", "woke", "renamed"]
    named = audit.Asked(model="whiskers", ids=frozenset({model.id}))
    assert [what for _, what, _, _ in await deeds(store, named)] == ["woke", "renamed"]
    assert [what for _, what, _, _ in await deeds(store, replace(named, since=clock() - DAY))] == ["woke"]
    said = "Prompts of a person in an hour: as set up → 7"
    assert await deeds(store, audit.Asked(person=THEO)) == [(THEO, "rules", "", said)]


async def test_training_is_noted_with_its_price_and_a_second_try_as_such(store: Store, clock: FakeClock) -> None:
    run = await written(store, a_run(state="failed", attempt=1))
    assert await starting.start_again(store, run, THEO, clock())
    assert await deeds(store) == [(THEO, "tried again", "riobugger", "")]
