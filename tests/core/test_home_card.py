"""The App Home: models with picture and state, runs with their progress, what it costs, one's own latest pictures."""

from typing import Any

import pytest

from core import words
from core.cards.blocks import Block, context
from core.cards.elements import without_refused
from core.cards.home import Home, home
from core.records import Generation
from core.spending import Spent
from sandbox.slack.view_shapes import check_view
from tests.support.records import a_generation, a_model, a_run

NOW = 1_798_765_200.0


def drawn(**different: Any) -> list[Block]:
    usual: dict[str, Any] = {"models": [], "runs": [], "spent": Spent(), "pictures": [], "now": NOW}
    return home(Home(**(usual | different)))


def texts(blocks: list[Block]) -> str:
    return "\n".join(str(block.get("text", {}).get("text", block.get("elements", ""))) for block in blocks)


def a_picture(**different: Any) -> Generation:
    return a_generation(**({"state": "posted", "files": ("F7", "F8"), "posted_at": NOW} | different))


@pytest.mark.parametrize("count", [0, 1, 20, 300])
def test_home_fits_with_any_number_of_models_runs_and_pictures(count: int) -> None:
    long = {"subject": "a" * 30, "noun": "<&>" * 10}
    models = [a_model(**long, id=f"m{k}", portrait="F1", allowed=("U1",)) for k in range(count)]
    runs = [a_run(**long, state="training", step=k % 200, created_at=NOW - 60) for k in range(count)]
    pictures = [(a_picture(prompt="&" * 400), a_model())] * count
    blocks = drawn(models=models, runs=runs, pictures=pictures, settings=[context("limits")])
    assert check_view({"type": "home", "blocks": blocks}, "home", bool) == []


def test_models_show_their_portrait_their_state_and_what_they_have_cost() -> None:
    up = a_model(state="in_service", up_since=NOW - 1_800, an_hour=0.94, dollars=3.0, portrait="F1", name="rio")
    asleep = a_model(id="m2", subject="eileen", dollars=1.5, allowed=("U1",))
    first, second = [block for block in drawn(models=[asleep, up]) if "/imagine a photo of rio" in str(block)][:2]
    assert first["accessory"]["slack_file"] == {"id": "F1"}
    assert first["text"]["text"].splitlines()[:2] == [
        "*rio* · cat",
        ":large_green_circle: in service · $3.47 so far, $0.94 an hour now",
    ]
    assert second["text"]["text"].splitlines()[:2] == [
        "*eileen* · cat · private",
        ":zzz: asleep, costs nothing · $1.50 so far",
    ]


def test_runs_under_way_show_their_progress_as_the_card_does() -> None:
    run = a_run(state="training", step=100, first_step=10, training_at=NOW - 90, created_at=NOW - 180, stage="Training")
    (shown,) = [block for block in drawn(runs=[run]) if "step 100 of 200" in str(block)]
    assert shown["text"]["text"].splitlines()[1:] == [
        "Training, step 100 of 200",
        "▰▰▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱",
        "3 minutes so far, about 2 minutes left",
    ]
    others = {"collecting": "Collecting photos", "queued": words.training.STAGE_QUEUED, "stopping": "Stopping"}
    for state, said in others.items():
        assert said in texts(drawn(runs=[a_run(state=state)]))
    assert words.home.RUNS not in texts(drawn())


def test_month_shows_what_was_spent_on_what_and_what_is_being_spent() -> None:
    models = [a_model(id=f"m{k}", state="in_service", up_since=NOW, an_hour=0.94) for k in range(2)]
    said = texts(drawn(models=models, spent=Spent(2.5, 10.0)))
    assert "*$12.50* · training $2.50 · endpoints $10.00" in said
    assert "2 endpoints are up at $1.88 an hour" in said
    assert "Nothing has been spent this month.\nNo endpoint is up" in texts(drawn())


def test_own_latest_pictures_are_shown_the_first_of_each_prompt() -> None:
    pictures = [(a_picture(id=f"g{k}", seed=k, files=(f"F{k}", "F9")), a_model()) for k in range(5)]
    blocks = drawn(pictures=pictures)
    shown = [block for block in blocks if block["type"] == "image"]
    assert [block["slack_file"]["id"] for block in shown] == ["F0", "F1", "F2"]
    assert shown[0]["alt_text"] == "a photo of riobugger cat on the beach"
    assert "*a photo of riobugger cat on the beach*\\nriobugger · seed 0 · 2 pictures · <!date^" in str(blocks)
    assert words.home.NO_PICTURES in str(drawn())


def test_settings_are_there_for_those_who_may_change_them() -> None:
    assert words.home.SETTINGS in texts(drawn(settings=[context("limits")]))
    assert words.home.SETTINGS not in texts(drawn())


PICTURED: list[Block] = [
    {"type": "section", "text": {}, "accessory": {"type": "image", "slack_file": {"id": "F1"}}},
    {"type": "section", "text": {}, "accessory": {"type": "button"}},
    {"type": "image", "slack_file": {"id": "F2"}},
    {"type": "image", "slack_file": {"id": "F3"}},
]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (["[ERROR] invalid slack file [json-pointer:/view/blocks/2/slack_file]"], ["F1", "", "F3"]),
        (["[ERROR] invalid slack file [json-pointer:/blocks/0/accessory/slack_file]"], ["", "", "F2", "F3"]),
        (["[ERROR] failed to match all allowed schemas [json-pointer:/view]"], ["", ""]),
        ([], ["", ""]),
    ],
)
def test_pictures_that_slack_refuses_are_left_out_and_all_when_it_does_not_say_which(
    said: list[str], left: list[str]
) -> None:
    kept = without_refused(PICTURED, said)
    assert [(block | block.get("accessory", {})).get("slack_file", {"id": ""})["id"] for block in kept] == left
    assert sum(block.get("accessory", {}).get("type") == "button" for block in kept) == 1
