"""Budgets: never a cent more than they allow, whoever asks; people are told, and who can help is asked."""

import asyncio
from dataclasses import replace

import pytest

from core import asking, budgets, holds, rules
from core.asking import Asked
from core.budgets import Approval, OverBudgetError
from core.catalogue import Catalogue
from core.change import Change
from core.holds import Payer
from core.imagine_grammar import Imagine
from core.line import line_of
from core.months import month_of
from core.records import Message
from core.rules import NO_BOUNDS, Bounds
from core.store import Store
from tests.support.clock import NEW_YEAR_2027, FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, a_run, written

PAYER = Payer(MIRA, CHANNEL)
JANUARY = "2027-01"
ADMIN = "U0ANNA"


def bounds(**dollars: float) -> Bounds:
    return replace(NO_BOUNDS, budgets=dollars, admins=(ADMIN,), admin_channel="C0ADMINS")


async def spend(store: Store, most: Bounds, payer: Payer, dollars: float, now: float, run: str) -> str | None:
    """Set so much aside for a run of its own."""
    held = {month_of(now): dollars}
    return await budgets.admit(
        store, most, holds.move(Change(TEAM).put(a_run(id=run)), payer, {}, held), payer, held, now
    )


async def used(store: Store) -> dict[str, str]:
    return await store.table(TEAM, holds.table_of(JANUARY))


async def told(store: Store) -> list[Message]:
    messages = [found for member, _ in await store.overdue(TEAM, 9e9) if (found := await _message(store, member))]
    return sorted(messages, key=lambda one: one.text)


async def _message(store: Store, member: str) -> Message | None:
    kind, _, identity = member.partition(":")
    return await store.get(Message, TEAM, identity) if kind == "message" else None


@pytest.mark.parametrize("kind", ["workspace", "channel", "person"])
async def test_hundred_at_once_never_exceed_a_budget(store: Store, clock: FakeClock, kind: str) -> None:
    spent = [spend(store, bounds(**{kind: 10.0}), PAYER, 1.5, clock(), f"run{k}") for k in range(100)]
    answers = await asyncio.gather(*spent, return_exceptions=True)
    assert sum(answer is None for answer in answers) == 6
    assert {type(answer) for answer in answers if answer} == {OverBudgetError}
    assert set((await used(store)).values()) == {"9"}


async def test_people_and_channels_do_not_use_up_the_budgets_of_others(store: Store, clock: FakeClock) -> None:
    most = bounds(channel=3.0, person=2.0)
    await spend(store, most, PAYER, 2.0, clock(), "a")
    with pytest.raises(OverBudgetError, match=f"the budget of <@{MIRA}>"):
        await spend(store, most, Payer(MIRA, "C0OTHER"), 1.0, clock(), "b")
    with pytest.raises(OverBudgetError, match=f"the budget of <#{CHANNEL}>"):
        await spend(store, most, Payer("U0NOAH", CHANNEL), 2.0, clock(), "b")
    assert await spend(store, most, Payer("U0NOAH", "C0OTHER"), 2.0, clock(), "b") is None


async def test_channel_and_person_can_have_a_budget_of_their_own_and_none_at_all(
    store: Store, clock: FakeClock
) -> None:
    own = {f"channel:{CHANNEL}": 0.0, f"person:{MIRA}": 50.0}
    assert await rules.change(store, TEAM, ADMIN, clock(), budgets=own)
    most = bounds(channel=1.0, person=1.0)
    assert await spend(store, most, PAYER, 49.0, clock(), "a") is None
    with pytest.raises(OverBudgetError):
        await spend(store, most, PAYER, 1.5, clock(), "b")


async def test_next_month_begins_anew(store: Store, clock: FakeClock) -> None:
    clock.now = NEW_YEAR_2027 - 60
    december = holds.move(Change(TEAM), PAYER, {}, {"2026-12": 10.0})
    assert await budgets.admit(store, bounds(workspace=10.0), december, PAYER, {"2026-12": 10.0}, clock()) is None
    with pytest.raises(OverBudgetError):
        await spend(store, bounds(workspace=10.0), PAYER, 1.0, clock(), "a")
    assert await spend(store, bounds(workspace=10.0), PAYER, 1.0, clock.advance(60), "a") is None


async def test_what_reaches_into_the_next_month_has_to_have_room_there_too(store: Store, clock: FakeClock) -> None:
    most = bounds(workspace=2.0)
    for place in range(10):
        held, change = {"2026-12": 0.01, JANUARY: 1.0}, Change(TEAM).put(a_run(id=f"run{place}"))
        spent = budgets.admit(store, most, holds.move(change, PAYER, {}, held), PAYER, held, clock())
        if place < 2:
            assert await spent is None
        else:
            with pytest.raises(OverBudgetError, match=r"\$2.00 of \$2.00"):
                await spent
    assert (await used(store))["workspace"] == "2"


async def test_people_are_warned_once_at_four_fifths_where_it_matters(store: Store, clock: FakeClock) -> None:
    most = bounds(channel=10.0)
    await spend(store, most, PAYER, 7.9, clock(), "a")
    assert await told(store) == []
    for run in "bc":
        await spend(store, most, PAYER, 0.5, clock(), run)
    said = await told(store)
    assert {one.channel for one in said} == {CHANNEL, "C0ADMINS"}
    spent = "$8.40 of $10.00 are spent or set aside this month"
    nearly = f"The budget of <#{CHANNEL}> is nearly used up: {spent}. At 100 % nothing new starts."
    assert {one.text for one in said} == {nearly}


async def test_refusal_says_how_much_is_left_and_asks_the_admins_once(store: Store, clock: FakeClock) -> None:
    await spend(store, bounds(workspace=20.0), PAYER, 12.0, clock(), "a")
    with pytest.raises(OverBudgetError):
        await spend(store, bounds(workspace=20.0), PAYER, 9.0, clock(), "b")
    with pytest.raises(OverBudgetError) as caught:
        await spend(store, bounds(workspace=20.0), PAYER, 9.0, clock(), "b")
    assert str(caught.value) == (
        "That does not fit into this workspace's budget: $12.00 of $20.00 are spent or set aside this month, and this "
        "needs about $9.00. I have asked the admins for more. Nothing was started, and nothing is charged."
    )
    (asked,) = await told(store)
    assert asked.channel == "C0ADMINS"
    assert "Approve $5 more" in str(asked.blocks)


async def test_what_an_admin_approves_holds_for_the_month_and_is_given_once(store: Store, clock: FakeClock) -> None:
    most = bounds(workspace=20.0)
    await spend(store, most, PAYER, 18.0, clock(), "a")
    asked = Approval("workspace", 5.0, JANUARY, "budget:over:workspace:2027-01:20", "C0ADMINS", "C0ADMINS")
    both = await asyncio.gather(*(budgets.approve(store, TEAM, who, asked, clock()) for who in (ADMIN, "U0BEN")))
    assert sorted(both) == [False, True]
    (level,) = await budgets.levels(store, TEAM, most, PAYER, clock())
    assert (level.most, level.used) == (25.0, 18.0)
    assert await spend(store, most, PAYER, 6.0, clock(), "b") is None


async def test_prompts_are_refused_when_a_budget_is_used_up_and_not_before(store: Store, clock: FakeClock) -> None:
    model = await written(store, a_model(state="in_service"))
    await store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    most, asked = bounds(person=10.0), Asked(TEAM, MIRA, CHANNEL, "", "k")
    await spend(store, most, PAYER, 9.0, clock(), "a")
    cat = Imagine("a photo of riobugger cat")
    await asking.ask(store, asked, cat, clock(), Catalogue(store), most)
    await spend(store, most, PAYER, 1.0, clock(), "b")
    with pytest.raises(OverBudgetError, match="nothing is charged"):
        await asking.ask(store, replace(asked, key="l"), cat, clock(), Catalogue(store), most)
    again = await asking.ask(store, asked, cat, clock(), Catalogue(store), most)
    assert again.generation.id
    assert len(await store.members(TEAM, line_of(model.id))) == 1


async def test_endpoints_go_to_sleep_when_the_budget_is_used_up_only_where_admins_chose_so(
    store: Store, clock: FakeClock
) -> None:
    most, model = bounds(workspace=10.0), a_model(state="in_service")
    await spend(store, most, PAYER, 10.0, clock(), "a")
    assert not await budgets.puts_to_sleep(store, most, model, clock())
    assert await rules.change(store, TEAM, ADMIN, clock(), at_budget="sleep")
    assert await budgets.puts_to_sleep(store, most, model, clock())
    assert not await budgets.puts_to_sleep(store, bounds(workspace=11.0), model, clock())


async def test_what_is_only_set_aside_for_an_endpoint_does_not_put_it_to_sleep(store: Store, clock: FakeClock) -> None:
    most = replace(bounds(workspace=1.0), at_budget="sleep")
    up = a_model(state="in_service", up_since=clock(), an_hour=0.94, held={JANUARY: 1.03})
    await store.commit(holds.move(Change(TEAM), holds.payer_of(up), {}, up.held))
    assert not await budgets.puts_to_sleep(store, most, up, clock.advance(3_600))
    assert await budgets.puts_to_sleep(store, most, up, clock.advance(600))


def test_endpoint_that_never_ends_takes_up_more_and_more_and_nothing_is_given_back_before_its_end() -> None:
    model = a_model(up_since=NEW_YEAR_2027 - 3_600, an_hour=2.0, held={"2026-12": 5.0})
    assert holds.of_endpoint(model, NEW_YEAR_2027 + 3_600) == {"2026-12": 5.0, JANUARY: 2.0}
    assert holds.of_endpoint(replace(model, up_since=0), 0) == {"2026-12": 5.0}
