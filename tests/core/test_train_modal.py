"""The modal behind Train: what it shows, what it gives back, and what stays when it is drawn anew."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import recipe, words
from core.cards.answered import block_ids, under
from core.cards.blocks import Block
from core.cards.train_modal import Asks, answers, carried, drawn, is_behind, stays_open, train_modal
from core.hyperparameters import RULES
from core.recipe import Choice, Terms
from core.records import Outlook
from core.terms import PARENTS_MOST, parents
from sandbox.slack.view_shapes import check_view
from tests.bot.person import carried_over, filled_in
from tests.support.records import MIRA, TEAM, a_model, a_ready_made_model, a_run

RUN = a_run(instance_prompt="", class_prompt="")
TERMS = Terms(photos=4, parents={"m1": "rio · cat", "m2": "doppler · dog"})


def modal(*, advanced: bool = False, terms: Terms = TERMS, **given: str) -> Block:
    return train_modal(RUN, Asks(terms, "It costs $0.31.", advanced, given))


def again(view: Block, *, advanced: bool, **typed: Any) -> Block:
    """Draw a modal anew after something was typed into it, as Slack then shows it."""
    shown = filled_in(view, typed)
    return carried_over(shown, train_modal(RUN, Asks(TERMS, "", advanced, carried(shown))))


def stands_in(view: Block, **typed: Any) -> dict[str, str]:
    return answers(filled_in(view, typed))


@pytest.mark.parametrize("advanced", [False, True])
@pytest.mark.parametrize("preset", ["thing", "face"])
def test_modal_fits_into_slack(preset: str, *, advanced: bool) -> None:
    many = {f"m{number}": "a" * 200 for number in range(PARENTS_MOST)}
    run = a_run(subject="a" * 30, noun="b" * 30, instance_prompt="&" * 200)
    terms = replace(TERMS, parents=many, class_photos=100, default_instance="ml.p5.48xlarge")
    view = train_modal(run, Asks(terms, "$" * 2_000, advanced, {"preset": preset}, "note"))
    assert check_view(view, "modal", bool) == []


@pytest.mark.parametrize("preset", ["thing", "face"])
def test_modal_trains_as_it_stands_whether_the_rest_is_shown_or_not(preset: str) -> None:
    choices = [
        recipe.read(RUN, stands_in(modal(advanced=advanced, preset=preset), licence=True), TERMS)
        for advanced in (False, True)
    ]
    assert isinstance(choices[0], Choice)
    assert choices[0] == choices[1]


def test_modal_asks_for_every_hyperparameter_by_its_own_name() -> None:
    asked = block_ids(modal(advanced=True))
    assert asked.keys() >= RULES.keys() | {"instance", "spot", "parent", "preset", "licence"}
    assert asked.keys() - block_ids(modal()).keys() == RULES.keys() - {"max_steps", "learning_rate"} | {
        "instance",
        "spot",
    }


def test_each_preset_says_its_reason() -> None:
    for preset, reason in words.recipe.PRESET_REASONS.items():
        assert reason in str(modal(preset=preset))
    assert all(len(line) <= 75 for line in words.recipe.PRESET_LINES.values())
    assert len(words.recipe.SPOT_LINE) <= 75


def test_class_prompt_is_asked_for_with_prior_preservation_only() -> None:
    assert "class_prompt" not in block_ids(modal())
    assert "class_prompt" in block_ids(modal(preset="face"))
    assert "class_prompt" in block_ids(modal(advanced=True, with_prior_preservation="True"))
    assert "12 class photos" in str(modal(preset="face", terms=replace(TERMS, class_photos=12)))


def test_class_photos_that_are_of_no_use_as_it_is_chosen_are_said() -> None:
    said = words.recipe.class_pictures_unused(12)
    with_some = replace(TERMS, class_photos=12)
    assert said in str(modal(terms=with_some))
    assert said not in str(modal(preset="face", terms=with_some))
    assert "not used" not in str(modal())


def test_other_preset_refills_what_it_decides_and_keeps_what_was_typed() -> None:
    view = modal(advanced=True)
    face = again(view, advanced=True, preset="face", max_steps="123", seed="7", instance_prompt="riobugger asleep")
    given = stands_in(face)
    assert (given["max_steps"], given["instance"], given["with_prior_preservation"]) == ("800", "ml.g5.2xlarge", "True")
    assert (given["preset"], given["seed"], given["instance_prompt"]) == ("face", "7", "riobugger asleep")
    shown, before = block_ids(face), block_ids(view)
    assert {name for name in before if shown[name] != before[name]} == {
        "max_steps",
        "with_prior_preservation",
        "instance",
    }
    assert stands_in(again(face, advanced=True, preset="thing"))["max_steps"] == "200"


def test_switch_of_prior_preservation_asks_for_the_class_prompt_and_takes_a_machine_with_the_memory() -> None:
    view = modal(advanced=True, max_steps="123")
    assert is_behind(filled_in(view, {"with_prior_preservation": "True"}))
    switched = again(view, advanced=True, with_prior_preservation="True")
    assert not is_behind(filled_in(switched, {}))
    given = stands_in(switched)
    assert (given["instance"], given["max_steps"], given["preset"]) == ("ml.g5.2xlarge", "123", "thing")
    assert stands_in(again(switched, advanced=True, with_prior_preservation="False"))["instance"] == "ml.g4dn.2xlarge"


def test_what_was_typed_into_advanced_fields_is_kept_while_they_are_hidden() -> None:
    typed: dict[str, Any] = {"seed": "7", "adam_beta1": "0.8", "spot": True, "instance": "ml.p3.2xlarge"}
    hidden = again(modal(advanced=True), advanced=False, **typed, max_steps="123")
    assert "seed" not in block_ids(hidden)
    kept = {"seed": "7", "adam_beta1": "0.8", "spot": "yes", "instance": "ml.p3.2xlarge"}
    assert drawn(hidden).kept == kept
    assert stands_in(hidden).items() >= (kept | {"max_steps": "123"}).items()
    shown = again(hidden, advanced=True)
    assert stands_in(shown).items() >= kept.items()
    assert drawn(shown).kept == {}


def test_steps_that_were_emptied_stay_empty() -> None:
    emptied = again(modal(), advanced=True, max_steps="", epochs="2")
    assert stands_in(emptied)["max_steps"] == ""
    chosen = recipe.read(RUN, stands_in(emptied, licence=True, epochs="2"), TERMS)
    assert isinstance(chosen, Choice)
    assert chosen.max_steps == 8


def test_advanced_fields_with_a_fault_are_not_hidden() -> None:
    given = stands_in(modal(advanced=True), seed="many", epochs="0", max_steps="-")
    note = stays_open(RUN, given, TERMS)
    assert "seed is a whole number" in note
    assert "epochs is a whole number" in note
    assert "max_steps" not in note
    assert note in str(train_modal(RUN, Asks(TERMS, "", advanced=True, given=given, note=note)))
    assert stays_open(RUN, stands_in(modal(advanced=True)), TERMS) == ""


def test_machine_that_nobody_chose_keeps_nothing_open_though_the_account_may_have_none() -> None:
    none = Outlook(team=TEAM, id="o", state="known", machines={"ml.g4dn.2xlarge": {"quota": 0}})
    terms = replace(TERMS, outlook=none)
    assert stays_open(RUN, stands_in(modal(advanced=True, terms=terms)), terms) == ""


def test_fault_stands_under_its_field_as_it_is_shown() -> None:
    view = modal(preset="face")
    found = under(view, {"max_steps": "no", "seed": "seed is a number", "instance": "too small"})
    assert found == {"max_steps.face": "no", "preset": "seed is a number instance: too small"}
    shown = under(modal(preset="face", advanced=True), {"instance": "too small"})
    assert shown == {"instance.prior": "too small"}


def test_price_stands_beside_a_machine_where_it_is_known() -> None:
    told = Outlook(team=TEAM, id="o", state="known", machines={"ml.g5.2xlarge": {"dollars": 2.5}})
    shown = str(modal(advanced=True, terms=replace(TERMS, outlook=told, default_instance="ml.x9.large")))
    assert "ml.g5.2xlarge · $2.50 an hour" in shown
    assert "'ml.x9.large'" in shown


def test_model_to_start_from_is_chosen_and_the_articles_finding_stands_beside_it() -> None:
    assert stands_in(modal())["parent"] == ""
    assert stands_in(modal(), parent="m2")["parent"] == "m2"
    started = train_modal(a_run(parent="m1"), Asks(TERMS, ""))
    assert stands_in(started)["parent"] == "m1"
    assert words.recipe.ON_TOP_OF_FINDING in str(started)
    assert "parent" not in block_ids(modal(terms=replace(TERMS, parents={})))


def test_models_to_start_from_are_the_newest_and_the_one_that_was_named() -> None:
    models = [a_model(id=f"m{number}", trained_at=float(number), noun="b" * 30) for number in range(150)]
    found = parents(models, a_run(parent="m3"), MIRA)
    assert list(found)[:3] == ["m3", "m149", "m148"]
    assert len(found) == PARENTS_MOST
    assert found["m3"].endswith("01 Jan 00:00")


def test_nobody_is_offered_to_train_on_top_of_a_ready_made_model() -> None:
    assert list(parents([a_model(id="m1"), a_ready_made_model()], RUN, MIRA)) == ["m1"]


def test_models_that_are_not_for_this_person_are_none_to_start_from_but_the_one_that_is_chosen_stays() -> None:
    private: dict[str, Any] = {"owner": "U0THEO", "allowed": ("U0THEO",)}
    models = [a_model(id="m1", **private), a_model(id="m2"), a_model(id="m3", deleted_by=MIRA)]
    assert list(parents(models, RUN, MIRA)) == ["m2"]
    assert list(parents(models, a_run(parent="m1"), MIRA)) == ["m1", "m2"]
    assert set(parents(models, RUN, "U0THEO")) == {"m1", "m2"}


@given(st.dictionaries(st.sampled_from([*RULES, "class_prompt", "instance_prompt"]), st.text(max_size=3_000)))
@settings(max_examples=60)
def test_whatever_is_typed_slack_takes_the_modal_anew(typed: dict[str, str]) -> None:
    given = typed | {"preset": "thing"}
    for advanced in (False, True):
        view = train_modal(RUN, Asks(TERMS, "", advanced, given))
        assert len(view["private_metadata"]) <= 3_000
        assert json.loads(view["private_metadata"])["run"] == RUN.id
        assert check_view(view, "modal", bool) == []
