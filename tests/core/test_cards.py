"""What people see stays within Slack's limits, whatever they and AWS have called things."""

from typing import Any

import pytest

from core import words
from core.cards import learn_modal, notices, overview
from core.cards.models import Listed
from core.cards.models import models as models_list
from core.cards.which_model import which_model
from core.idling import Keeping
from sandbox.slack.blocks import check_blocks
from sandbox.slack.view_shapes import check_view
from tests.support.records import a_generation, a_model, a_run

CHARACTERS_MOST = 13_200
"""What Slack takes of texts in a message's blocks, in all."""


def length_of_texts(value: object) -> int:
    if isinstance(value, dict):
        return sum(length_of_texts(part) for part in value.values())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any JSON
    if isinstance(value, list):
        return sum(length_of_texts(part) for part in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - any JSON
    return len(value) if isinstance(value, str) else 0


def fits_a_message(blocks: list[dict[str, Any]]) -> None:
    assert check_blocks(blocks, "message", bool) == []
    assert length_of_texts(blocks) <= CHARACTERS_MOST


def test_modal_of_the_shortcut_fits_with_20_files() -> None:
    files = [(f"F{k:010d}", f"PXL_20261123_08595{k:04d}.jpg") for k in range(20)]
    origin = {"channel": "C0PETS", "ts": "1798761600.000100", "message": "1798761600.000100", "files": files}
    assert check_view(learn_modal.learn_modal(origin, 20), "modal", bool) == []


def test_messages_with_a_button_fit() -> None:
    model = a_model(subject="a" * 30, reason="<" * 2_900)
    run = a_run(reason=words.trouble.aws_said("<" * 4_000))
    for text, blocks in (
        notices.idle_warning(model, 300, Keeping(3_600, 0.94)),
        notices.training_failed(run),
        notices.endpoint_failed(model),
    ):
        assert text
        fits_a_message(blocks)


def test_question_which_model_offers_each_of_them_and_shows_what_they_paint() -> None:
    models = [a_model(id="m1", subject="rio", portrait="F1"), a_model(id="m2", subject="eileen")]
    _, blocks = which_model(a_generation(prompt="a cat"), models)
    assert [block["text"]["text"] for block in blocks[1:-1]] == [
        "*rio* · cat · asleep, costs nothing",
        "*eileen* · cat · asleep, costs nothing",
    ]
    assert [block.get("accessory", {}).get("slack_file") for block in blocks[1:-1]] == [{"id": "F1"}, None]
    (asked,) = blocks[-1]["elements"]
    assert [(one["text"]["text"], one["value"]) for one in asked["options"]] == [("rio", "m1"), ("eileen", "m2")]


def test_question_tells_two_models_of_one_subject_apart() -> None:
    models = [a_model(id="m1", trained_at=1_798_761_600), a_model(id="m2", trained_at=1_798_848_000)]
    _, blocks = which_model(a_generation(prompt="riobugger"), models)
    labels = [one["text"]["text"] for one in blocks[-1]["elements"][0]["options"]]
    assert len(set(labels)) == 2
    assert all("riobugger" in label for label in labels)


def test_question_says_how_to_ask_for_a_model_that_has_no_room_in_the_list() -> None:
    models = [a_model(id=f"model{k}", name="b" * 30, portrait="F1") for k in range(103)]
    _, blocks = which_model(a_generation(prompt="&" * 400), models)
    fits_a_message(blocks)
    assert "3 older models have no room" in blocks[-1]["elements"][0]["text"]


def test_page_of_models_fits_with_all_that_can_be_said_of_each() -> None:
    said: dict[str, Any] = {"subject": "a" * 30, "noun": "b" * 30, "portrait": "F0123456789", "owner": "U0123456789"}
    wait: dict[str, Any] = {"waits_until": 1.0, "allowed": ("U1",), "up_since": 1.0, "an_hour": 20.36, "dollars": 1e5}
    team = [a_model(id=f"model{k:011d}", **said, **wait) for k in range(35)]
    own = frozenset(model.id for model in team)
    used = dict.fromkeys(own, 1.0)
    for page in range(5):
        _, blocks = models_list(Listed(team, 1e9, used, own, team[0].id, page))
        fits_a_message(blocks)
        assert sum(block["type"] == "section" for block in blocks) == (10 if page < 3 else 5)


@pytest.mark.parametrize("count", [0, 1, 20, 200])
def test_overview_fits_with_any_number_of_models_and_runs(count: int) -> None:
    models = [a_model(subject="a" * 30, noun="b" * 30, instance_prompt="a photo of riobugger cat")] * count
    runs = [a_run(state="training", step=9, subject="a" * 30, noun="b" * 30)] * count
    blocks = overview.overview(models, runs)
    fits_a_message(blocks)
