"""The modal behind Train at the bot's front: opened, drawn anew, submitted."""

import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from core import actions, prices, words
from core.change import Change
from core.outlook import outlook_id
from core.records import Outlook
from core.store import StoreAwayError
from sandbox.slack.view_shapes import check_view
from tests.bot.person import Person
from tests.bot.sets import a_set
from tests.support.records import MIRA, TEAM, a_model, stands, written


async def test_train_button_opens_a_modal_that_trains_as_it_stands(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    modal = mira.opened()
    assert check_view(modal, "modal", bool) == []
    assert await mira.submit(modal, licence=True) == {}
    queued = await stands(mira.store, run)
    assert (queued.state, queued.instance_prompt, queued.max_steps, queued.licence_accepted_by, queued.attempt) == (
        "queued",
        "a photo of riobugger cat",
        200,
        MIRA,
        1,
    )


async def test_second_submission_starts_nothing(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    modal = mira.opened()
    assert await mira.submit(modal, licence=True) == {}
    again = await mira.submit(modal, licence=True)
    assert again["errors"] == {"instance_prompt": words.training.STALE_BUTTON}
    assert (await stands(mira.store, run)).attempt == 1


@pytest.mark.parametrize(
    ("refused", "said"),
    [("exchanged_trigger_id", []), ("expired_trigger_id", [words.trouble.FORM_TOO_LATE])],
)
async def test_press_that_comes_twice_is_nobodys_trouble_and_one_that_comes_late_is_explained(
    mira: Person, refused: str, said: list[str]
) -> None:
    run = await a_set(mira, 4)
    answer = json.dumps({"ok": False, "error": refused}).encode()
    mira.slack.gives("/api/views.open", body=answer, headers={"Content-Type": "application/json"})
    await mira.press(actions.TRAIN, run.id)
    assert (mira.status, mira.whispers()) == (200, said)


@pytest.mark.parametrize(("retry_after", "calls", "said"), [("0", 2, []), ("30", 1, [words.trouble.SLACK_BUSY])])
async def test_form_is_asked_for_again_when_slack_is_busy_for_a_moment_and_given_up_when_it_is_for_longer(
    mira: Person, retry_after: str, calls: int, said: list[str]
) -> None:
    run, opens = await a_set(mira, 4), mira.slack.answers["/api/views.open"]

    async def busy_once(_: web.Request) -> web.Response:
        mira.slack.answers["/api/views.open"] = opens
        return web.json_response(
            {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": retry_after}
        )

    mira.slack.answers["/api/views.open"] = busy_once
    await mira.press(actions.TRAIN, run.id)
    asked = [seen for seen in mira.slack.seen if seen.path == "/api/views.open"]
    assert (mira.status, mira.whispers(), len(asked)) == (200, said, calls)


async def test_wrong_answers_come_back_in_their_fields(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    answer = await mira.submit(mira.opened(), max_steps="many", instance_prompt="a photo of a cat")
    assert answer["response_action"] == "errors"
    assert answer["errors"].keys() == {"max_steps", "instance_prompt", "licence"}
    assert (await stands(mira.store, run)).state == "collecting"


async def test_other_preset_draws_the_modal_anew_with_its_own_steps_machine_and_price(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    modal = mira.opened()
    face = await mira.use(modal, actions.TRAIN_PRESET, preset="face", instance_prompt="riobugger asleep")
    assert check_view(without_state(face), "modal", bool) == []
    assert "ml.g4dn.2xlarge" in str(modal["blocks"][0])
    assert "ml.g5.2xlarge" in str(face["blocks"][0])
    assert await mira.submit(face, licence=True) == {}
    queued = await stands(mira.store, run)
    assert (queued.preset, queued.max_steps, queued.instance) == ("face", 800, "ml.g5.2xlarge")
    assert queued.hyperparameters["with_prior_preservation"] == "True"
    assert (queued.instance_prompt, queued.class_prompt) == ("riobugger asleep", "a photo of a cat")


def price(view: dict[str, Any]) -> float:
    """Read the dollars that a modal shows."""
    return float(str(view["blocks"][0]).partition("$")[2].split()[0])


async def test_more_steps_cost_more_before_anything_is_started(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    more = await mira.use(mira.opened(), actions.TRAIN_STEPS, max_steps="5000")
    less = await mira.use(more, actions.TRAIN_STEPS, max_steps="10")
    said = [price(view) for view in (less, mira.opened(), more)]
    assert said == sorted(set(said))


async def test_other_steps_that_are_started_at_once_show_their_price_first(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    answer = await mira.submit(mira.opened(), max_steps="5000", licence=True)
    assert answer["response_action"] == "update"
    again = answer["view"]
    assert check_view(again, "modal", bool) == []
    near_the_end = str(again["blocks"][-3])
    assert "Press *Start training* again if that is fine" in near_the_end
    assert str(price(again)) in near_the_end
    assert price(again) > price(mira.opened())
    assert (await stands(mira.store, run)).state == "collecting"
    assert await mira.submit(again) == {}, "the steps and the tick stay"
    assert (await stands(mira.store, run)).max_steps == 5000


@pytest.mark.parametrize(
    ("preset", "field", "value"),
    [
        ("thing", "batch_size", "8"),
        ("thing", "gradient_accumulation_steps", "4"),
        ("face", "num_class_images", "1000"),
    ],
)
async def test_what_makes_it_dearer_is_not_started_at_a_price_that_was_never_shown(
    mira: Person, preset: str, field: str, value: str
) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    chosen = await mira.use(mira.opened(), actions.TRAIN_PRESET, preset=preset)
    shown = await mira.use(chosen, actions.TRAIN_ADVANCED)
    answer = await mira.submit(shown, **{field: value}, licence=True)
    assert answer["response_action"] == "update"
    assert price(answer["view"]) > price(shown)
    assert (await stands(mira.store, run)).state == "collecting"
    assert await mira.submit(answer["view"]) == {}
    queued = await stands(mira.store, run)
    assert (queued.state, queued.hyperparameters[field]) == ("queued", value)


async def test_price_that_changed_while_the_modal_was_open_is_shown_first(mira: Person) -> None:
    run = await a_set(mira, 4)
    known = Outlook(team=TEAM, id=outlook_id(TEAM), state="known", checked_at=9e9)
    known = await written(mira.store, known)
    await mira.press(actions.TRAIN, run.id)
    dearer = {"ml.g4dn.2xlarge": {"dollars": 9.4, "supported": True}}
    await written(mira.store, replace(known, machines=dearer))
    answer = await mira.submit(mira.opened(), licence=True)
    assert answer["response_action"] == "update"
    assert await mira.submit(answer["view"]) == {}


async def test_what_costs_a_few_cents_more_or_less_starts_at_once(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    assert await mira.submit(mira.opened(), max_steps="210", learning_rate="3e-6", licence=True) == {}


async def test_advanced_fields_come_and_go_and_keep_what_was_typed(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    shown = await mira.use(mira.opened(), actions.TRAIN_ADVANCED)
    hidden = await mira.use(shown, actions.TRAIN_ADVANCED, seed="7", spot=True, max_steps="150")
    assert len(hidden["blocks"]) < len(shown["blocks"])
    assert await mira.submit(hidden, licence=True) == {}
    queued = await stands(mira.store, run)
    assert (queued.hyperparameters["seed"], queued.spot, queued.max_steps) == ("7", True, 150)


async def test_advanced_fields_with_a_fault_stay(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    shown = await mira.use(mira.opened(), actions.TRAIN_ADVANCED)
    still = await mira.use(shown, actions.TRAIN_ADVANCED, seed="many")
    assert "seed is a whole number" in str(still["blocks"])
    assert (await mira.submit(still, licence=True))["errors"].keys() == {"seed"}


async def test_preset_that_is_submitted_before_its_fields_are_there_shows_them_first(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    answer = await mira.submit(mira.opened(), preset="face", licence=True)
    assert answer["response_action"] == "update"
    assert (await stands(mira.store, run)).state == "collecting"
    assert await mira.submit(answer["view"], licence=True) == {}
    assert (await stands(mira.store, run)).max_steps == 800


async def test_machine_too_small_for_prior_preservation_is_answered_under_the_machine(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    face = await mira.use(mira.opened(), actions.TRAIN_PRESET, preset="face")
    shown = await mira.use(face, actions.TRAIN_ADVANCED)
    answer = await mira.submit(shown, instance="ml.g4dn.2xlarge", licence=True)
    assert answer["errors"].keys() == {"instance.prior"}
    assert "Take ml.g5.2xlarge." in answer["errors"]["instance.prior"]


async def test_model_to_start_from_is_one_that_the_team_has(mira: Person) -> None:
    run = await a_set(mira, 4)
    parent = await written(mira.store, a_model(id="rio", subject="rio"))
    await mira.store.commit(Change(TEAM).name("catalogue", parent.id, parent.subject))
    await mira.press(actions.TRAIN, run.id)
    modal = mira.opened()
    assert await mira.submit(modal, parent="rio", licence=True) == {}
    assert (await stands(mira.store, run)).parent == "rio"


async def test_model_that_was_deleted_meanwhile_is_answered_under_on_top_of(mira: Person) -> None:
    run = await a_set(mira, 4)
    await written(mira.store, a_model(id="rio", subject="rio"))
    await mira.store.commit(Change(TEAM).name("catalogue", "rio", "rio"))
    await mira.press(actions.TRAIN, run.id)
    of_a_deleted_one = json.loads(json.dumps(mira.opened()).replace('"rio"', '"ria"'))
    answer = await mira.submit(of_a_deleted_one, parent="ria", licence=True)
    assert answer["errors"] == {"parent": words.recipe.PARENT_GONE}


async def test_machine_of_which_the_account_may_have_none_is_told_in_the_modal_and_at_its_end(mira: Person) -> None:
    run = await a_set(mira, 4)
    machines = {"ml.g4dn.2xlarge": {"quota": 0, "supported": True}}
    await written(mira.store, Outlook(team=TEAM, id=outlook_id(TEAM), state="known", machines=machines))
    await mira.press(actions.TRAIN, run.id)
    assert "Service Quotas" in str(mira.opened()["blocks"][0])
    answer = await mira.submit(mira.opened(), licence=True)
    assert "ml.g4dn.2xlarge for training job usage" in answer["errors"]["preset"]


async def test_account_that_may_have_no_endpoint_is_told_so_before_it_pays_for_a_training(mira: Person) -> None:
    run = await a_set(mira, 4)
    machines = {"ml.g4dn.2xlarge": {"quota": 1, "endpoint_quota": 0, "supported": True}}
    await written(mira.store, Outlook(team=TEAM, id=outlook_id(TEAM), state="known", machines=machines))
    for button in (actions.TRAIN, actions.COMPARE_STEPS):
        await mira.press(button, run.id)
        assert "ml.g4dn.2xlarge for endpoint usage" in str(mira.opened()["blocks"][0])


async def test_estimate_says_whose_prices_it_goes_by(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    assert f"Prices of {prices.DATED} for us-east-1; other regions differ." in str(mira.opened()["blocks"][0])


async def test_model_that_jumpstart_has_withdrawn_is_told_before_the_modal(mira: Person) -> None:
    run = await a_set(mira, 4)
    await written(mira.store, Outlook(team=TEAM, id=outlook_id(TEAM), state="known", fault="Withdrawn."))
    await mira.press(actions.TRAIN, run.id)
    assert mira.whispers() == ["Withdrawn."]


async def test_modal_that_is_drawn_anew_after_its_person_has_closed_it_breaks_nothing(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    closed = json.dumps({"ok": False, "error": "not_found"}).encode()
    mira.slack.gives("/api/views.update", body=closed, headers={"Content-Type": "application/json"})
    await mira.use(mira.opened(), actions.TRAIN_PRESET, preset="face")
    assert mira.status == 200


async def test_modal_of_a_run_that_was_started_meanwhile_is_not_drawn_anew(mira: Person) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    modal = mira.opened()
    assert await mira.submit(modal, licence=True) == {}
    assert await mira.use(modal, actions.TRAIN_PRESET, preset="face") == modal


def without_state(view: dict[str, Any]) -> dict[str, Any]:
    """Give a view as the bot sends it."""
    return {name: part for name, part in view.items() if name not in {"state", "id", "hash"}}


async def test_store_that_is_away_breaks_nothing_in_an_open_modal(
    mira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await a_set(mira, 4)
    await mira.press(actions.TRAIN, run.id)
    opened = mira.opened()

    async def away(*_: object) -> None:
        raise StoreAwayError

    monkeypatch.setattr(mira.store, "get", away)
    assert await mira.use(opened, actions.TRAIN_ADVANCED) == opened
    assert mira.status == 200
    assert mira.whispers() == []
