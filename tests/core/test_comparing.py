"""Step counts as people type them, what a sheet costs, and how it looks on the card and in the thread."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import comparing, sheet_costs, states, words
from core.cards.answered import block_ids
from core.cards.compare_modal import Asks, answers, compare_modal
from core.cards.comparing import choice, rows
from core.estimating import Estimate
from core.recipe import Terms
from core.records import Comparison, Model, Run
from core.terms import PARENTS_MOST
from sandbox.slack.blocks import check_blocks
from sandbox.slack.view_shapes import check_view
from tests.bot.person import filled_in
from tests.support.records import MIRA, TEAM, a_model, a_run

STEPS = (50, 100, 200, 400, 800, 5_000)


def a_comparison(state: str = "training") -> Comparison:
    ids = tuple(f"child{place}" for place in range(len(STEPS)))
    return Comparison(team=TEAM, id="c" * 16, state=state, run="run1", user=MIRA, steps=STEPS, runs=ids)


def a_child(place: int, **different: Any) -> Run:
    return a_run(id=f"child{place}", root="run1", comparison="c" * 16, max_steps=STEPS[place], **different)


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("50, 100, 200", (50, 100, 200)),
        ("800 50", (50, 800)),
        (" 1;5000,, 007 ", (1, 7, 5_000)),
        ("10\n20", (10, 20)),
    ],
)
def test_step_counts_are_read_as_people_type_them(typed: str, steps: tuple[int, ...]) -> None:
    assert comparing.steps_of(typed) == steps


@pytest.mark.parametrize(
    "typed", ["0, 50", "5001, 50", "50, -100", "50, many", "50, 1.5", "50, ٣٠", "50, 9" + "9" * 99]
)
def test_step_count_that_is_none_is_named(typed: str) -> None:
    assert comparing.steps_of(typed) == words.comparing.steps_range(5_000)


@pytest.mark.parametrize("typed", ["", "50", ",", "1,2,3,4,5,6,7"])
def test_too_few_or_too_many_step_counts_are_refused(typed: str) -> None:
    assert comparing.steps_of(typed) == words.comparing.steps_count(2, 6)


def test_step_count_that_comes_twice_is_refused() -> None:
    assert comparing.steps_of("50, 100, 050") == words.comparing.STEPS_TWICE


@given(st.text(max_size=60))
def test_any_text_is_step_counts_or_a_fault_in_words(typed: str) -> None:
    found = comparing.steps_of(typed)
    if isinstance(found, str):
        assert found.endswith(".")
    else:
        assert list(found) == sorted(set(found))
        assert 2 <= len(found) <= 6
        assert all(1 <= steps <= 5_000 for steps in found)


def an_estimate(minutes: float, dollars: float | None = 0.5) -> Estimate:
    return Estimate(minutes, dollars, "ml.g4dn.2xlarge", 0)


def test_sheet_costs_its_trainings_and_its_endpoints() -> None:
    found = sheet_costs.costs([an_estimate(20)] * 3, 0.94)
    assert found.trainings == pytest.approx(1.5)
    assert found.endpoints == pytest.approx(3 * 10 / 60 * 0.94)


@pytest.mark.parametrize(
    ("trainings", "minutes"),
    [([20, 20], 40), ([20, 20, 20, 20], 60), ([60, 10, 10, 10], 70), ([5], 15)],
    ids=["two at once", "four in two lanes", "a long one beside short ones", "one"],
)
def test_sheet_takes_as_long_as_two_trainings_and_one_endpoint_at_a_time(
    trainings: list[float], minutes: float
) -> None:
    assert sheet_costs.costs([an_estimate(each) for each in trainings], 1.0).minutes == minutes


def test_price_that_is_not_known_is_not_called_nothing() -> None:
    without_training = sheet_costs.costs([an_estimate(20), an_estimate(20, None)], 0.94)
    without_hosting = sheet_costs.costs([an_estimate(20)], None)
    for found in (without_training, without_hosting):
        said = words.comparing.cost(STEPS, found.minutes, found.trainings, found.endpoints, found.learnt)
        assert "$" not in said
        assert words.money.PRICE_UNKNOWN in said


def test_modal_says_the_price_before_anything_else() -> None:
    said = words.comparing.cost(STEPS, 90, 2.5, 0.5, 0)
    modal = compare_modal(a_run(), Asks(Terms(photos=4), STEPS, said, changed=True))
    assert check_view(modal, "modal", bool) == []
    assert modal["blocks"][0]["text"]["text"] == said
    assert "$3.00" in said
    assert "2 hours" in said or "90 minutes" in said


@pytest.mark.parametrize("preset", ["thing", "face"])
def test_modal_fits_into_slack_and_asks_for_the_class_prompt_with_prior_preservation(preset: str) -> None:
    parents = {f"m{number}": "a" * 200 for number in range(PARENTS_MOST)}
    terms = Terms(photos=4, class_photos=12, parents=parents)
    run = a_run(subject="a" * 30, noun="b" * 30, class_prompt="&" * 200)
    modal = compare_modal(run, Asks(terms, STEPS, "$" * 2_500, {"preset": preset}))
    assert check_view(modal, "modal", bool) == []
    assert ("class_prompt" in block_ids(modal)) == (preset == "face")
    assert (words.recipe.class_pictures(12) in str(modal)) == (preset == "face")
    assert words.recipe.PRESET_REASONS[preset] in str(modal)


def test_modal_gives_back_what_stands_in_it() -> None:
    terms = Terms(photos=4, parents={"m1": "rio · cat"})
    modal = compare_modal(a_run(), Asks(terms, (50, 100), "a price"))
    typed = {"preset": "face", "parent": "m1", "steps": "50", "licence": True}
    asked = answers(filled_in(modal, typed))
    assert (asked.steps, asked.licence, asked.priced) == ("50", True, (50, 100))
    assert asked.given == {"preset": "face", "parent": "m1", "licence": "yes"}
    assert answers(filled_in(modal, {})).given["parent"] == ""


@pytest.mark.parametrize("state", sorted(states.COMPARISON))
def test_card_of_a_sheet_fits_whatever_its_rows_are(state: str) -> None:
    reason = words.trouble.aws_said("<" * 3_000)
    runs = [a_child(place, state="failed", reason=reason) for place in range(4)]
    runs += [a_child(place, state="trained", model=f"model{place}", took_seconds=900) for place in (4, 5)]
    models = [a_model(id=f"model{place}", attempt=1) for place in (4, 5)]
    blocks = rows(a_comparison(state), runs, models)
    assert check_blocks(blocks, "message", bool) == []
    assert "5000 steps" in blocks[0]["text"]["text"]
    assert ("keep_steps" in str(blocks)) == (state == "choosing")


@pytest.mark.parametrize("state", sorted(states.RUN))
def test_row_says_something_in_each_state_of_its_run(state: str) -> None:
    (block,) = rows(a_comparison(), [a_child(0, state=state)], [])
    line = block["text"]["text"].splitlines()[1]
    assert line.partition(" · ")[2], line


@pytest.mark.parametrize("state", sorted(states.ENDPOINT))
def test_row_says_something_in_each_state_of_its_model(state: str) -> None:
    said: set[str] = set()
    for attempt in (0, 1):
        model: Model = a_model(id="m", state=state, attempt=attempt)
        (block,) = rows(a_comparison(), [a_child(0, state="trained", model="m", took_seconds=600)], [model])
        said.add(block["text"]["text"].splitlines()[1])
    assert all(line.partition(" · ")[2] for line in said)
    assert len(said) == (2 if state in {"asleep", "failed", "deleting"} else 1)


def test_card_of_a_sheet_that_is_gone_shows_no_rows() -> None:
    assert rows(None, [], []) == []


@pytest.mark.parametrize("fault", ["", "Slack says: " + "x" * 4_000])
def test_choice_fits_a_message(fault: str) -> None:
    runs = [a_child(place, state="trained", model="m" * 16) for place in range(6)]
    _, blocks = choice(a_comparison("choosing"), a_run(subject="a" * 30), runs, "F0SHEET", fault)
    assert check_blocks(blocks, "message", lambda _: True) == []
    assert len({one["action_id"] for one in blocks[-1]["elements"]}) == 6


def test_lifecycle_leads_from_every_state_to_an_end() -> None:
    for state in states.COMPARISON:
        seen, ahead = {state}, {state}
        while ahead:
            ahead = {after for one in ahead for after in states.COMPARISON[one]} - seen
            seen |= ahead
        assert seen & {"kept", "cancelled"}
