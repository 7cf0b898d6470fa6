"""Budgets as people meet them: how they stand, who sets them, who approves more, what is refused before it starts."""

import time
from collections.abc import AsyncGenerator

import pytest

from core import actions, budgets, holds, months, rules
from core.cards.budgets import used_up
from core.change import Change
from core.holds import Level, Payer
from core.rules import Bounds
from core.store import Store
from sandbox.slack.blocks import check_blocks
from tests.bot.person import Person, at_the_front
from tests.support.records import CHANNEL, MIRA, TEAM
from tests.support.site import Site
from tests.support.workshop import settings

KEY = "budget:over:workspace:2027-01:20"
JANUARY = "2027-01"


@pytest.fixture
async def mira(store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Mira, an admin, in a workspace that may spend $20 a month."""
    told = {"SLACK_API_URL": f"{slack.url}/api/", "DARKROOM_WORKSPACE_BUDGET": "20", "DARKROOM_ADMINS": MIRA}
    async with at_the_front(settings(**told), store, slack) as person:
        yield person


def button() -> str:
    _, blocks = used_up(Level("workspace", 20.0, 20.0), JANUARY, KEY)
    return str(blocks[1]["elements"][0]["value"])


async def most(mira: Person, user: str = MIRA) -> dict[str, float]:
    bounds = Bounds(budgets={"workspace": 20.0})
    levels = await budgets.levels(mira.store, TEAM, bounds, Payer(user, CHANNEL), 1_798_761_600)
    return {level.scope: level.most for level in levels}


async def test_everybody_sees_how_the_budgets_stand_and_admins_can_change_them(mira: Person) -> None:
    spent = holds.move(Change(TEAM), Payer(MIRA, CHANNEL), {}, {months.month_of(time.time()): 12.5})
    await mira.store.commit(spent)
    told = await mira.command("/darkroom", "budgets")
    assert "*Workspace*: $12.50 of $20.00, $7.50 left" in str(told)
    assert actions.BUDGETS in str(told)
    mira.user = "U0NOAH"
    assert actions.BUDGETS not in str(await mira.command("/darkroom", "budgets"))


async def test_admin_sets_budgets_for_all_and_for_some(mira: Person) -> None:
    await mira.press(actions.BUDGETS, "budgets")
    modal = mira.opened()
    assert check_blocks(modal["blocks"], "modal", bool) == []
    given = {"workspace": "$1,000", "person": "5", "people": [MIRA], "own_person": "50", "at_budget": "sleep"}
    answer = await mira.submit(modal, **given)
    assert answer["response_action"] == "update"
    assert await most(mira) == {"workspace": 1_000.0, f"person:{MIRA}": 50.0}
    assert await most(mira, "U0NOAH") == {"workspace": 1_000.0, "person:U0NOAH": 5.0}
    assert (await rules.read(mira.store, TEAM)).at_budget == "sleep"


async def test_what_the_settings_say_becomes_no_rule_of_the_teams_by_being_seen(mira: Person) -> None:
    await mira.press(actions.BUDGETS, "budgets")
    await mira.submit(mira.opened(), workspace="30")
    ruled = await rules.read(mira.store, TEAM)
    assert (ruled.at_budget, ruled.budgets) == ("", {"workspace": 30.0})


async def test_amount_that_is_none_is_said_under_its_field(mira: Person) -> None:
    await mira.press(actions.BUDGETS, "budgets")
    answer = await mira.submit(mira.opened(), workspace="a lot", channels=[CHANNEL])
    assert set(answer["errors"]) == {"workspace", "own_channel"}
    assert (await rules.read(mira.store, TEAM)).budgets == {}


@pytest.mark.parametrize(("typed", "dollars"), [("1,250", 1_250.0), ("$12,500.5", 12_500.5), ("1 000", 1_000.0)])
async def test_thousands_may_stand_apart(mira: Person, typed: str, dollars: float) -> None:
    await mira.press(actions.BUDGETS, "budgets")
    await mira.submit(mira.opened(), workspace=typed)
    assert (await rules.read(mira.store, TEAM)).budgets == {"workspace": dollars}


@pytest.mark.parametrize("typed", ["12,50", "1.000,5", "1,00"])
async def test_comma_that_may_be_a_decimal_point_is_asked_about(mira: Person, typed: str) -> None:
    await mira.press(actions.BUDGETS, "budgets")
    answer = await mira.submit(mira.opened(), workspace=typed)
    assert set(answer["errors"]) == {"workspace"}
    assert (await rules.read(mira.store, TEAM)).budgets == {}


async def test_only_admins_change_budgets_and_approve_more(mira: Person) -> None:
    await mira.press(actions.BUDGETS, "budgets")
    modal = mira.opened()
    mira.user = "U0NOAH"
    answer = await mira.submit(modal, workspace="1000")
    assert answer["errors"] == {"workspace": "Only admins of Darkroom can change budgets."}
    await mira.press(actions.APPROVE_BUDGET, button())
    assert mira.whispers() == ["Only admins of Darkroom can change budgets."]
    assert await most(mira) == {"workspace": 20.0}


async def test_admin_approves_more_once_however_often_the_button_is_pressed(mira: Person) -> None:
    for _ in range(2):
        await mira.press(actions.APPROVE_BUDGET, button())
    assert mira.whispers() == ["That has been decided already."]
    assert await most(mira) == {"workspace": 25.0}
    (amended,) = await mira.told()
    assert amended.text.startswith(f"<@{MIRA}> has approved $5.00 more for this workspace's budget this month.")
