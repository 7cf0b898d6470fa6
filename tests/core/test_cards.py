"""What people see stays within Slack's limits, whatever they and AWS have called things."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import actions, words
from core.cards import learn_modal, notices, overview, train_modal, training
from core.records import Model, Photo, Run
from sandbox.slack.blocks import check_blocks
from sandbox.slack.view_shapes import check_view
from tests.support.records import a_generation, a_model, a_photo, a_run

CHARACTERS_MOST = 13_200
"""What Slack takes of texts in a message's blocks, in all."""
HOSTILE = ["<!channel>", "&" * 255, "`*_~", "<" * 255, "a" * 255, "\u202egpj.tac", "<@U0THEO|you>", "x\ny", ".jpg"]
RUN_STATES = [
    {"state": "collecting"},
    {"state": "queued"},
    {"state": "preparing"},
    {"state": "training", "step": 50},
    {"state": "training", "step": 5_000, "max_steps": 1},
    {"state": "trained", "model": "model1"},
    {"state": "failed", "reason": words.trouble.aws_said("<" * 4_000)},
    {"state": "cancelled"},
]
MODELS = [None, *({"state": state, "reason": "&" * 1_000} for state in words.overview.ENDPOINT_STATES)]


def length_of_texts(value: object) -> int:
    if isinstance(value, dict):
        return sum(length_of_texts(part) for part in value.values())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any JSON
    if isinstance(value, list):
        return sum(length_of_texts(part) for part in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any JSON
    return len(value) if isinstance(value, str) else 0


def fits_a_message(blocks: list[dict[str, Any]]) -> None:
    assert check_blocks(blocks, "message", bool) == []
    assert length_of_texts(blocks) <= CHARACTERS_MOST


def left_out(count: int) -> list[Photo]:
    reasons = (words.trouble.PHOTO_LOGIN_PAGE, words.trouble.photo_too_many_pixels(25), words.trouble.PHOTO_NO_PICTURE)
    return [
        a_photo(id=f"p{k}", state="left_out", name=HOSTILE[k % len(HOSTILE)], reason=reasons[k % 3])
        for k in range(count)
    ]


def the_card(run: Run, photos: list[Photo], model: Model | None = None) -> list[dict[str, Any]]:
    title, blocks = training.card(run, photos, model, "ml.g4dn.2xlarge", 3_600)
    assert title
    return blocks


def text_of(blocks: object) -> str:
    return str(blocks)


@pytest.mark.parametrize("left", [0, 1, 20, 300])
@pytest.mark.parametrize("run", RUN_STATES, ids=lambda run: str(run["state"]))
def test_card_fits_with_any_number_of_photos_left_out(run: dict[str, Any], left: int) -> None:
    if run["state"] == "cancelled" or run["state"] == "trained":
        model = a_model(state="deploying", attempt=1)
        fits_a_message(the_card(a_run(**run | {"state": "trained"}), left_out(left), model))
        return
    fits_a_message(the_card(a_run(**run, subject="a" * 30, noun="b" * 30), left_out(left)))


@pytest.mark.parametrize("model", [m for m in MODELS if m], ids=lambda m: str(m["state"]))
@pytest.mark.parametrize("attempt", [1, 2])
def test_card_of_a_model_fits_in_every_state(model: dict[str, Any], attempt: int) -> None:
    prompt = "&" * 200
    shown = a_model(**model, attempt=attempt, instance_prompt=prompt)
    fits_a_message(the_card(a_run(state="trained", model="model1"), [], shown))


def test_card_names_the_photos_that_were_left_out_with_the_reason() -> None:
    shown = text_of(
        the_card(a_run(), [a_photo(state="left_out", name="me & you.txt", reason=words.trouble.PHOTO_NO_PICTURE)])
    )
    assert f"*me &amp; you.txt* is left out: {words.trouble.PHOTO_NO_PICTURE}" in shown


@given(st.lists(st.text(max_size=255), max_size=20))
@settings(max_examples=50)
def test_no_name_of_a_file_pings_or_breaks_the_card(names: list[str]) -> None:
    photos = [a_photo(state="left_out", name=name, reason=words.trouble.PHOTO_GONE) for name in names]
    blocks = the_card(a_run(), photos)
    fits_a_message(blocks)
    assert "<" not in text_of(blocks[2:3])


def test_card_offers_to_train_only_with_enough_photos_in_green() -> None:
    buttons = [
        next(block for block in the_card(a_run(), [a_photo(state="good")] * good) if block["type"] == "actions")
        for good in (3, 4)
    ]
    assert [row["elements"][0].get("style") for row in buttons] == [None, "primary"]
    assert buttons[0]["elements"][0]["action_id"] == actions.TRAIN


def test_card_tells_the_price_before_anything_is_spent() -> None:
    assert "about $0.31" in text_of(the_card(a_run(), []))
    assert "$" not in text_of(training.card(a_run(), [], None, "ml.p4d.24xlarge", 60)[1])


def test_card_shows_how_far_the_training_is() -> None:
    shown = text_of(the_card(a_run(state="training", step=50, max_steps=200), []))
    assert "step 50 of 200" in shown
    assert "▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱" in shown


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_bar_is_always_as_wide(step: int, steps: int) -> None:
    assert len(training.bar(step, steps)) == training.BAR


def test_failed_run_can_be_tried_again_from_its_card() -> None:
    blocks = the_card(a_run(state="failed", reason="AWS says: no."), [])
    assert "AWS says: no." in text_of(blocks)
    assert actions.TRY_AGAIN in text_of(blocks)


def test_modal_of_a_training_fits() -> None:
    run = a_run(subject="a" * 30, noun="b" * 30, instance_prompt="&" * 200)
    view = train_modal.train_modal(run, 20, "It costs $0.31.")
    assert check_view(view, "modal", bool) == []


def test_modal_of_a_training_gives_back_what_stands_in_it() -> None:
    view = train_modal.train_modal(a_run(instance_prompt="", class_prompt=""), 4, "")
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    values = {
        name: {"value": {"value": element.get("initial_value"), "selected_options": element.get("options")}}
        for name, element in inputs.items()
    }
    assert train_modal.answers(view | {"state": {"values": values}}) == {
        "instance_prompt": "a photo of riobugger cat",
        "class_prompt": "a photo of a cat",
        "max_steps": "200",
        "learning_rate": "2e-06",
        "licence": "yes",
    }


def test_modal_of_the_shortcut_fits_with_20_files() -> None:
    files = [(f"F{k:010d}", f"PXL_20261123_08595{k:04d}.jpg") for k in range(20)]
    origin = {"channel": "C0PETS", "ts": "1798761600.000100", "message": "1798761600.000100", "files": files}
    assert check_view(learn_modal.learn_modal(origin, 20), "modal", bool) == []


def test_messages_with_a_button_fit() -> None:
    model = a_model(subject="a" * 30, reason="<" * 2_900)
    run = a_run(reason=words.trouble.aws_said("<" * 4_000))
    models = [a_model(id=f"model{k:012d}", subject="a" * 30) for k in range(100)]
    for text, blocks in (
        notices.idle_warning(model, 300, 0.94),
        notices.training_failed(run),
        notices.endpoint_failed(model),
        notices.which_model(a_generation(prompt="&" * 400), models),
    ):
        assert text
        fits_a_message(blocks)


def test_question_which_model_offers_each_of_them() -> None:
    models = [a_model(id="m1", subject="rio"), a_model(id="m2", subject="eileen")]
    _, blocks = notices.which_model(a_generation(prompt="a cat"), models)
    assert [(b["text"]["text"], b["value"]) for b in blocks[1]["elements"]] == [
        ("rio", "generation1:m1"),
        ("eileen", "generation1:m2"),
    ]


def test_question_tells_two_models_of_one_subject_apart() -> None:
    models = [a_model(id="m1", trained_at=1_798_761_600), a_model(id="m2", trained_at=1_798_848_000)]
    _, blocks = notices.which_model(a_generation(prompt="riobugger"), models)
    labels = [b["text"]["text"] for b in blocks[1]["elements"]]
    assert len(set(labels)) == 2
    assert all("riobugger" in label for label in labels)


@pytest.mark.parametrize("count", [0, 1, 20, 200])
def test_overview_fits_with_any_number_of_models_and_runs(count: int) -> None:
    models = [a_model(subject="a" * 30, noun="b" * 30, instance_prompt="a photo of riobugger cat")] * count
    runs = [a_run(state="training", step=9, subject="a" * 30, noun="b" * 30)] * count
    blocks = overview.overview(models, runs)
    fits_a_message(blocks)
    assert check_view(overview.home(models, runs), "home", bool) == []
