"""What is said before a start about what AWS would refuse, and when AWS is asked again."""

from dataclasses import replace
from typing import Any

import pytest

from core import outlook, prices
from core.change import Change
from core.records import Outlook
from core.store import Store
from tests.support.records import TEAM, written

T4, A10 = "ml.g4dn.2xlarge", "ml.g5.2xlarge"
NOW = 1_798_761_600.0


def known(fault: str = "", **machines: dict[str, Any]) -> Outlook:
    named: dict[str, dict[str, Any]] = dict(zip((T4, A10), machines.values(), strict=False))
    return Outlook(
        team=TEAM, id=outlook.outlook_id(TEAM), state="known", version=1, machines=named, fault=fault, checked_at=NOW
    )


def test_nothing_stands_against_a_run_that_nothing_is_known_of() -> None:
    blank = Outlook(team=TEAM, id="outlook1", state="asked")
    assert outlook.hurdle(blank, T4) == outlook.endpoint_hurdle(blank, T4) == ""


def test_quota_of_zero_is_told_before_the_start_with_the_name_to_ask_for() -> None:
    told = known(t4={"supported": True, "quota": 0, "spot_quota": 1, "endpoint_quota": 0})
    assert "“ml.g4dn.2xlarge for training job usage”" in outlook.hurdle(told, T4)
    assert "Service Quotas" in outlook.hurdle(told, T4)
    assert outlook.hurdle(told, T4, spot=True) == ""
    assert "“ml.g4dn.2xlarge for endpoint usage”" in outlook.endpoint_hurdle(told, T4)


def test_quota_of_spot_machines_is_one_of_its_own() -> None:
    told = known(t4={"supported": True, "quota": 1, "spot_quota": 0})
    assert outlook.hurdle(told, T4) == ""
    assert "“ml.g4dn.2xlarge for spot training job usage”" in outlook.hurdle(told, T4, spot=True)


@pytest.mark.parametrize("quota", [None, 1, 100])
def test_quota_that_is_not_known_or_not_zero_is_no_hurdle(quota: int | None) -> None:
    assert outlook.hurdle(known(t4={"supported": True, "quota": quota}), T4) == ""


def test_machine_that_the_model_cannot_train_on_is_told_with_those_it_can() -> None:
    told = known(t4={"supported": True}, a10={"supported": False})
    assert outlook.hurdle(told, A10) == f"This model cannot be trained on {A10}. It can on {T4}."
    assert "ml.p9.huge" in outlook.hurdle(told, "ml.p9.huge")
    assert outlook.supported(told) == [T4]


def test_any_machine_may_do_when_jumpstart_did_not_say() -> None:
    assert outlook.hurdle(known(t4={"supported": None}), "ml.p9.huge") == ""


def test_model_that_is_withdrawn_comes_before_everything_else() -> None:
    assert outlook.hurdle(known("It is withdrawn.", t4={"quota": 0}), T4) == "It is withdrawn."


@pytest.mark.parametrize(
    ("machine", "fault", "holds"),
    [
        ({"quota": 1}, "", outlook.FRESH_SECONDS),
        ({"quota": None}, "", outlook.FRESH_SECONDS),
        ({"quota": 0}, "", outlook.HURDLE_SECONDS),
        ({"quota": 1, "endpoint_quota": 0}, "", outlook.HURDLE_SECONDS),
        ({"quota": 1}, "It is withdrawn.", outlook.HURDLE_SECONDS),
    ],
)
def test_answer_holds_a_while_and_bad_news_only_a_minute(machine: dict[str, Any], fault: str, holds: float) -> None:
    told = known(fault, t4=machine)
    assert not outlook.stale(told, NOW + holds)
    assert outlook.stale(told, NOW + holds + 1)


async def test_first_look_has_aws_asked_once(store: Store) -> None:
    for later in range(3):
        seen = await outlook.look(store, TEAM, NOW + later)
        assert seen.machines == {}
    stands = await outlook.read(store, TEAM)
    assert stands.state == "asked"
    assert await store.overdue(TEAM, NOW) == [(stands.member, NOW)]


async def test_answer_that_is_old_is_given_and_asked_for_anew(store: Store) -> None:
    last = await written(store, replace(known(t4={"quota": 1}), version=0))
    assert await outlook.look(store, TEAM, NOW + 60) == last
    assert not await store.overdue(TEAM, NOW + 60)
    seen = await outlook.look(store, TEAM, NOW + 2000)
    assert seen == last
    stands = await outlook.read(store, TEAM)
    assert (stands.state, stands.machines) == ("asked", last.machines)
    assert await store.overdue(TEAM, NOW + 2000) == [(last.member, NOW + 2000)]


async def test_asking_goes_with_another_change(store: Store) -> None:
    assert await store.commit(outlook.ask(Change(TEAM), TEAM, NOW))
    assert (await outlook.read(store, TEAM)).due == NOW


async def test_old_bad_news_are_asked_about_again_before_they_stop_anybody(store: Store) -> None:
    last = await written(store, replace(known(t4={"quota": 0}), version=0))
    assert await outlook.verdict(store, TEAM, NOW + 10, T4) == outlook.hurdle(last, T4) != ""
    assert await outlook.verdict(store, TEAM, NOW + 10, T4, spot=True) == ""
    assert await outlook.verdict(store, TEAM, NOW + 100, T4) is None
    assert await outlook.verdict(store, TEAM, NOW + 101, T4) is None
    asked = await outlook.read(store, TEAM)
    granted = replace(asked.to("known"), machines={T4: {"quota": 1}}, checked_at=NOW + 102, due=None)
    assert await store.commit(Change(TEAM).put(granted))
    assert await outlook.verdict(store, TEAM, NOW + 103, T4) == ""


async def test_fresh_bad_news_are_asked_about_again_when_somebody_tries_again(store: Store) -> None:
    await written(store, replace(known(t4={"quota": 0}), version=0))
    await outlook.ask_anew(store, TEAM, NOW + 10)
    assert await outlook.verdict(store, TEAM, NOW + 10, T4) is None
    assert outlook.old(await outlook.read(store, TEAM), NOW + 10), "a worker that asks must not keep the answer"


async def test_fresh_good_news_are_left_alone_when_somebody_tries_again(store: Store) -> None:
    last = await written(store, replace(known(t4={"quota": 1}), version=0))
    await outlook.ask_anew(store, TEAM, NOW + 10)
    assert await outlook.read(store, TEAM) == last


async def test_old_good_news_stop_nobody(store: Store) -> None:
    await written(store, replace(known(t4={"quota": 1}), version=0))
    assert await outlook.verdict(store, TEAM, NOW + 9999, T4) == ""
    assert await outlook.verdict(store, "T0NEW", NOW, T4) == ""


def test_price_says_whose_it_is() -> None:
    told = replace(known(t4={"dollars": 0.9}), dated="2027-01-01")
    assert outlook.basis(told, T4) == "AWS's prices of 2027-01-01."
    assert outlook.basis(told, A10) == f"Prices of {prices.DATED} for us-east-1; other regions differ."
    assert outlook.basis(told, "ml.p9.huge") == ""
