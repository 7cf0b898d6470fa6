"""Working hours and idle times as people set them."""

from collections.abc import AsyncGenerator

import pytest

from core import actions, rules
from core.change import Change
from core.records import Model
from core.store import Store
from tests.bot.person import Person, at_the_front
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, stands, written
from tests.support.site import Site
from tests.support.workshop import settings


@pytest.fixture
async def mira(store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Mira, an admin."""
    told = {"SLACK_API_URL": f"{slack.url}/api/", "DARKROOM_ADMINS": MIRA}
    async with at_the_front(settings(**told), store, slack) as person:
        yield person


@pytest.fixture
async def model(store: Store) -> Model:
    await store.commit(Change(TEAM).name("catalogue", "model1", "riobugger"))
    return await written(store, a_model())


async def test_admin_sets_the_hours_of_a_channel_and_is_told_what_they_cost(mira: Person) -> None:
    assert "no working hours" in (await mira.command("/darkroom", "hours"))["text"]
    told = (await mira.command("/darkroom", "hours 9-17 weekdays Europe/Berlin"))["text"]
    assert "*9-17 mon-fri Europe/Berlin*" in told
    assert "up to $7.52 a day and model" in told
    assert (await rules.read(mira.store, TEAM)).hours == {CHANNEL: "9-17 mon-fri Europe/Berlin"}
    told = (await mira.command("/darkroom", "hours awake 9-17 weekdays"))["text"]
    assert "*awake 9-17 mon-fri UTC*. A model used in the last 7 days is woken for them" in told
    assert "up to $7.52 a day and model until nobody has used it for 7 days" in told
    assert "is woken for them" in (await mira.command("/darkroom", "hours"))["text"]
    await mira.command("/darkroom", "hours off")
    assert (await rules.read(mira.store, TEAM)).hours == {}


async def test_hours_that_make_no_sense_and_people_who_do_not_pay_change_nothing(mira: Person) -> None:
    assert "did not understand" in (await mira.command("/darkroom", "hours sometimes"))["text"]
    mira.user = "U0NOAH"
    assert "Only admins" in (await mira.command("/darkroom", "hours 9-17"))["text"]
    assert (await rules.read(mira.store, TEAM)).hours == {}


async def test_owner_sets_the_idle_time_of_a_model(mira: Person, model: Model) -> None:
    await mira.press(actions.MODEL_IDLE, f"{model.id}:0")
    modal = mira.opened()
    refused = await mira.submit(modal, minutes="3")
    assert "from 5 to 1440" in str(refused["errors"])
    await mira.submit(modal, minutes="90")
    assert (await stands(mira.store, model)).idle_seconds == 5_400
    assert "sleeps after" in str(mira.shown())
    await mira.submit(modal, minutes="")
    assert (await stands(mira.store, model)).idle_seconds == 0
