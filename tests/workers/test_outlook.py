"""Asking AWS what it offers: each answer is taken for itself, and no refusal keeps anybody from training."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import outbox, outlook, prices, words
from core.change import Change
from core.records import Message, Outlook
from tests.aws.account import an_aws
from tests.support.fake_aws import product, throttled
from tests.support.fake_sagemaker import refusal
from tests.support.records import TEAM, a_message, a_run, stands, written
from tests.support.workshop import Workshop, settings
from workers.aws import connect
from workers.handlers import GIVES_UP, HANDLERS
from workers.outlook import rates, tell_once
from workers.step import Steps
from workers.trouble import PATIENT, SOME, Trouble

T4, A10, L4 = "ml.g4dn.2xlarge", "ml.g5.2xlarge", "ml.g6.2xlarge"
LIMITS = {
    f"{T4} for training job usage": 1,
    f"{T4} for spot training job usage": 0,
    f"{T4} for endpoint usage": 2,
    f"{A10} for training job usage": 0,
    "Longest run time for a training job": 432_000,
}


@pytest.fixture
def offered(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A workshop whose JumpStart names the machines that it trains on."""
    resolve = workshop.jumpstart.resolve

    async def named(model_id: str, version: str) -> Any:  # noqa: ANN401 - a Recipe
        return replace(await resolve(model_id, version), training_instances=(T4, A10))

    monkeypatch.setattr(workshop.jumpstart, "resolve", named)
    return workshop


def may_ask_for_prices(workshop: Workshop) -> None:
    house = replace(workshop.house, settings=settings(DARKROOM_PRICING="api"))
    workshop.steps = Steps(house, HANDLERS, GIVES_UP)


async def answer(workshop: Workshop) -> Outlook:
    await outlook.look(workshop.store, TEAM, workshop.clock())
    await workshop.run_due()
    return await outlook.read(workshop.store, TEAM)


async def test_limits_of_every_machine_are_found_on_whatever_page(offered: Workshop) -> None:
    offered.aws.quotas = LIMITS
    told = await answer(offered)
    assert (told.state, told.checked_at, told.fault) == ("known", offered.clock(), "")
    assert told.machines[T4] == {"supported": True, "quota": 1, "spot_quota": 0, "endpoint_quota": 2}
    assert told.machines[A10] == {"supported": True, "quota": 0, "spot_quota": None, "endpoint_quota": None}
    assert len(offered.aws.called("list_service_quotas")) == 3
    assert outlook.hurdle(told, A10)
    assert outlook.hurdle(told, T4, spot=True)
    assert not outlook.hurdle(told, T4)
    assert outlook.hurdle(told, L4) == f"This model cannot be trained on {L4}. It can on {T4}, {A10}."


async def test_answer_that_holds_still_is_not_asked_for_by_the_next_set(offered: Workshop) -> None:
    told = await answer(offered)
    asked = len(offered.aws.calls)
    offered.clock.advance(60)
    assert await offered.store.commit(outlook.ask(Change(TEAM), TEAM, offered.clock()))
    await offered.run_due()
    again = await outlook.read(offered.store, TEAM)
    assert (again.state, again.machines, again.checked_at) == ("known", told.machines, told.checked_at)
    assert len(offered.aws.calls) == asked


async def test_machines_of_the_settings_are_asked_about_when_jumpstart_names_none(workshop: Workshop) -> None:
    workshop.aws.quotas = LIMITS
    told = await answer(workshop)
    assert told.machines[T4] == {"supported": None, "quota": 1, "spot_quota": 0, "endpoint_quota": 2}


async def test_limits_that_we_may_not_see_stay_unknown_and_are_logged_once(
    offered: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    tell_once.cache_clear()
    denied = refusal("AccessDeniedException", "not authorized to perform: servicequotas:ListServiceQuotas")
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            offered.aws.script("list_service_quotas", denied)
            told = await answer(offered)
            assert (told.state, told.machines[T4]["quota"]) == ("known", None)
            assert not outlook.hurdle(told, T4)
            offered.clock.advance(outlook.FRESH_SECONDS + 1)
    assert [line.message for line in caplog.records].count(
        "Service Quotas did not say what there is (AccessDeniedException); going on without"
    ) == 1


async def test_model_that_is_withdrawn_is_told_before_any_start(offered: Workshop) -> None:
    offered.jumpstart.trouble = Trouble("JumpStart has withdrawn it.", "DeprecatedJumpStartModelError")
    told = await answer(offered)
    assert outlook.hurdle(told, T4) == "JumpStart has withdrawn it."


async def test_jumpstart_that_is_away_is_no_reason_not_to_train(offered: Workshop) -> None:
    before = await answer(offered)
    offered.jumpstart.trouble = Trouble("AWS did not answer.", "ConnectTimeoutError", tries=PATIENT)
    offered.clock.advance(outlook.FRESH_SECONDS + 1)
    told = await answer(offered)
    assert told.checked_at > before.checked_at
    assert (told.fault, outlook.supported(told)) == ("", [T4, A10])


async def test_prices_are_not_asked_for_unless_that_is_allowed(offered: Workshop) -> None:
    told = await answer(offered)
    assert not offered.aws.called("get_products")
    assert (told.dated, prices.an_hour(A10, told)) == (prices.DATED, 1.515)


async def test_prices_of_aws_hold_for_six_hours(offered: Workshop) -> None:
    may_ask_for_prices(offered)
    offered.aws.prices = {f"USW2-Train:{A10}": 1.6, f"USW2-Host:{A10}": 1.7, f"USW2-Notebk:{A10}": 9.9}
    told = await answer(offered)
    assert (prices.an_hour(A10, told), prices.an_hour(A10, told, "hosting")) == (1.6, 1.7)
    assert prices.an_hour(T4, told) == 0.94
    assert told.dated == "2027-01-01"
    first = offered.aws.called("get_products")
    assert {one["Value"] for request in first for one in request["Filters"]} == {"us-west-2", T4, A10}

    offered.aws.prices = {f"USW2-Train:{A10}": 2.0}
    offered.clock.advance(3600)
    assert prices.an_hour(A10, await answer(offered)) == 1.6
    offered.clock.advance(6 * 3600)
    assert prices.an_hour(A10, await answer(offered)) == 2.0


async def test_price_list_that_refuses_leaves_the_last_prices(offered: Workshop) -> None:
    may_ask_for_prices(offered)
    offered.aws.prices = {f"USW2-Train:{A10}": 1.6}
    await answer(offered)
    offered.clock.advance(outlook.RATES_SECONDS + 1)
    offered.aws.script("get_products", throttled(), refusal("AccessDeniedException", "no"))
    told = await answer(offered)
    assert (told.state, prices.an_hour(A10, told), prices.an_hour(T4, told)) == ("known", 1.6, 0.94)


async def test_cards_of_open_sets_are_redrawn_with_the_answer(offered: Workshop) -> None:
    for number, state in enumerate(("collecting", "training")):
        run = a_run(id=f"run{number}", state=state)
        card = a_message(id=outbox.card_id(run.id), state="sent", call="view", ref=run.id)
        await written(offered.store, card)
        change = Change(TEAM).put(run).index("runs", run.id, float(number))
        assert await offered.store.commit(change)
    await outlook.look(offered.store, TEAM, offered.clock())
    member = f"outlook:{outlook.outlook_id(TEAM)}"
    await offered.steps.step(TEAM, member)
    found = await offered.store.get_all(Message, TEAM, [outbox.card_id("run0"), outbox.card_id("run1")])
    assert [card.state for card in found] == ["pending", "sent"]


async def test_question_that_breaks_every_time_is_given_up_with_what_is_known(
    offered: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await answer(offered)

    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(offered.jumpstart, "resolve", broken)
    offered.clock.advance(outlook.FRESH_SECONDS + 1)
    await outlook.look(offered.store, TEAM, offered.clock())
    await offered.follow(SOME * 60)
    told = await stands(offered.store, before)
    assert (told.state, told.machines) == ("known", before.machines)
    assert told.checked_at > before.checked_at


def test_price_is_read_from_the_right_product_of_a_machine() -> None:
    products = [
        product("USE1-TrainingPlanUpfrontFee:ml.g5.2xlarge", 13.57, "Quantity"),
        product("USE1-Notebk:ml.g5.2xlarge", 7.0),
        product("USE1-Train:ml.g5.2xlarge", 1.515),
        product("USE1-Host:ml.g5.2xlarge", 1.52),
        product("USE1-Train:ml.g5.24xlarge", 10.18),
        json.dumps({"product": {"attributes": {}}}),
    ]
    assert rates(products, A10) == {"dollars": 1.515, "hosting_dollars": 1.52}


def test_price_of_nothing_is_not_believed() -> None:
    assert rates([product(f"USE1-Train:{A10}", 0.0)], A10) == {}
    assert rates([product(f"USE1-Train:{A10}", 5.0, "Quantity")], A10) == {}


async def test_account_in_the_sandbox_tells_its_limits_and_prices_over_the_wire(
    offered: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with an_aws(tmp_path / "aws", "--quota", f"training:{A10}=0", f"endpoint:{T4}=3") as process:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "key")
        monkeypatch.setenv("AWS_ENDPOINT_URL", process.url)
        house = replace(offered.house, aws=connect("us-west-2"), settings=settings(DARKROOM_PRICING="api"))
        offered.steps = Steps(house, HANDLERS, GIVES_UP)
        told = await answer(offered)
        house.aws.threads.shutdown()
    assert outlook.hurdle(told, A10) == words.money.no_quota(f"{A10} for training job usage")
    assert outlook.hurdle(told, T4) == outlook.hurdle(told, T4, spot=True) == ""
    assert told.machines[T4]["endpoint_quota"] == 3
    assert prices.from_aws(A10, told)
    assert prices.from_aws(A10, told, "hosting")
    assert prices.an_hour(A10, told) == 1.515
