"""What an asker is told at once: their place in line and the seconds or minutes, by what the model itself took."""

from typing import Any

import pytest

from core import line, pace, words
from core.asking import Answer, Asked, ask
from core.catalogue import Catalogue
from core.change import Change
from core.expecting import LOOK_MOST, WAKES, up_in, wait, woken
from core.imagine_grammar import Imagine
from core.line import Ticket
from core.records import Model
from core.rules import Bounds
from core.standing import Standing
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, stands, written

NOW = 1_798_761_600.0
MODEL = a_model(state="in_service")
ASKED = a_generation(id="mine", user=MIRA, asked_at=NOW)


def others(*works: float, since: float = NOW) -> tuple[Ticket, ...]:
    return tuple(Ticket(f"other{place}", f"U{place}", work, since) for place, work in enumerate(works))


def line_of(waiting: tuple[Ticket, ...] = (), painting: tuple[Ticket, ...] = ()) -> Standing:
    return Standing(TEAM, MODEL.id, waiting, painting)


def test_prompt_for_an_idle_endpoint_takes_its_own_time() -> None:
    expected = wait(line_of((line.ticket(ASKED),)), ASKED, MODEL, 0.2, 1)
    assert (expected.before, expected.seconds, expected.call) == (0, 10.0, 10.0)


def test_prompt_waits_for_the_rest_of_what_is_painted_and_for_those_before_it() -> None:
    painting = others(50, since=NOW - 4)
    waiting = (*others(100, 50), line.ticket(ASKED), Ticket("later", "U9", 500, NOW))
    expected = wait(line_of(waiting, painting), ASKED, MODEL, 0.2, 1)
    assert (expected.before, expected.seconds) == (3, pytest.approx(6 + 30 + 10))


def test_endpoint_that_is_given_several_at_once_is_through_sooner() -> None:
    painting = others(50, 50)
    expected = wait(line_of((line.ticket(ASKED),), painting), ASKED, MODEL, 0.2, 2)
    assert (expected.before, expected.seconds) == (2, pytest.approx(10 + 10))
    assert wait(line_of((line.ticket(ASKED),), painting), ASKED, MODEL, 0.2, 3).before == 0


def test_call_that_takes_longer_than_expected_is_about_to_end() -> None:
    expected = wait(line_of((line.ticket(ASKED),), others(50, since=NOW - 100)), ASKED, MODEL, 0.2, 1)
    assert expected.seconds == 10.0


@pytest.mark.parametrize(
    ("model", "least_and_most"),
    [
        ({"state": "asleep"}, WAKES),
        ({"state": "deploying"}, WAKES),
        ({"state": "deploying", "up_since": NOW - 120}, (180, 480)),
        ({"state": "deploying", "up_since": NOW - 420}, (0, 180)),
        ({"state": "deploying", "up_since": NOW - 700}, (0, 0)),
        ({"state": "asleep", "wake_seconds": 400.0}, (400, 400)),
        ({"state": "draining", "up_since": NOW - 9_000, "wake_seconds": 400.0}, (400, 400)),
        ({"state": "deploying", "up_since": NOW - 100, "wake_seconds": 400.0}, (300, 300)),
    ],
)
def test_model_that_is_not_up_is_expected_by_its_own_wakes(
    model: dict[str, Any], least_and_most: tuple[float, float]
) -> None:
    assert up_in(a_model(**model), NOW) == least_and_most


def test_wakes_are_averaged_and_one_without_a_beginning_teaches_nothing() -> None:
    assert woken(a_model(up_since=NOW - 300), NOW) == 300
    assert woken(a_model(up_since=NOW - 500, wake_seconds=400), NOW) == pytest.approx(430)
    assert woken(a_model(wake_seconds=400), NOW) == 400


def test_pace_goes_by_the_machine_until_it_is_learnt() -> None:
    assert pace.pace(a_model(), "") == pace.STEP_SECONDS
    assert pace.pace(a_model(instance="ml.g5.2xlarge"), "") == pace.STEP_SECONDS / 2.5
    assert pace.pace(a_model(), "0.5") == 0.5


async def test_pace_is_the_average_of_the_models_own_calls(store: Store) -> None:
    asked = a_generation(count=2)
    for seconds in (10.0, 20.0, -1.0, 0.0):
        await store.commit(pace.learn(Change(TEAM), asked, seconds))
    known = (await Catalogue(store).paces(TEAM))[asked.model]
    assert pace.pace(a_model(), known) == pytest.approx(0.1 + 0.2 * (0.2 - 0.1))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "1 second"),
        (1.4, "1 second"),
        (7.6, "8 seconds"),
        (21, "20 seconds"),
        (23, "25 seconds"),
        (89, "90 seconds"),
        (95, "2 minutes"),
        (600, "10 minutes"),
    ],
)
def test_time_is_said_no_more_exactly_than_it_is_known(seconds: float, said: str) -> None:
    assert words.line.about(seconds) == said


def test_places_are_written_as_people_say_them() -> None:
    said = [words.line.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111)]
    assert said == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th"]


def test_minutes_to_wait_are_one_number_where_they_are_known() -> None:
    assert "takes about 5 to 10 minutes" in words.line.waking(1, "rio", 0, WAKES)
    assert "takes about 7 minutes" in words.line.waking(1, "rio", 0, (400, 400))
    assert "in about 3 to 8 minutes" in words.line.starting_up(1, "rio", 0, (180, 480))
    assert "in at most 3 minutes" in words.line.starting_up(1, "rio", 0, (0, 180))
    assert "any moment now" in words.line.starting_up(1, "rio", 0, (0, 0))
    assert words.line.waking(2, "rio", 2, WAKES).endswith("Yours is 3rd in line.")


async def told(store: Store, clock: FakeClock, key: str, user: str = MIRA, **wish: Any) -> Answer:
    where = Asked(TEAM, user, CHANNEL, "", key)
    return await ask(store, where, Imagine("riobugger", **wish), clock.advance(1), bounds=Bounds(at_once=1))


@pytest.fixture
async def model(store: Store) -> Model:
    model = await written(store, MODEL)
    await store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


@pytest.mark.usefixtures("model")
async def test_answer_says_place_and_seconds_of_a_fair_line(store: Store, clock: FakeClock) -> None:
    first = await stands(store, (await told(store, clock, "a")).generation)
    await store.commit(line.start(Change(TEAM).put(first.to("painting")), first, clock()))
    assert (await told(store, clock, "b")).text == words.line.painting(1, "riobugger", 1, 21)
    assert (await told(store, clock, "c")).text == words.line.painting(1, "riobugger", 2, 31)
    others = await told(store, clock, "d", user="U0THEO", count=2)
    assert others.text == "Yours is 3rd in line: 2 pictures of *riobugger* will be here in about 40 seconds."


@pytest.mark.usefixtures("model")
async def test_event_delivered_again_is_told_its_place_again(store: Store, clock: FakeClock) -> None:
    first = await told(store, clock, "a")
    assert (await told(store, clock, "a")).text == first.text


@pytest.mark.usefixtures("model")
async def test_call_that_may_take_longer_than_sagemaker_waits_is_said_before(store: Store, clock: FakeClock) -> None:
    assert words.line.MAY_TAKE_TOO_LONG in (await told(store, clock, "a", count=4, steps=100)).text
    assert words.line.MAY_TAKE_TOO_LONG not in (await told(store, clock, "b", count=4)).text


async def test_model_that_waits_for_a_machine_is_said_to_and_when_it_is_asked_for(
    store: Store, clock: FakeClock, model: Model
) -> None:
    waits_until = clock() + 600
    await store.commit(Change(TEAM).put(model.to("draining", waits_until=waits_until)))
    assert (await told(store, clock, "a")).text == words.line.no_machine(1, "riobugger", 0, waits_until)


async def test_end_of_a_very_long_line_is_not_called_a_place(store: Store, clock: FakeClock, model: Model) -> None:
    change = Change(TEAM)
    for number in range(LOOK_MOST):
        line.enter(change, a_generation(id=f"g{number}", model=model.id, asked_at=1.0), 1.0)
    await store.commit(change)
    assert f"More than {LOOK_MOST} come first" in (await told(store, clock, "a")).text
