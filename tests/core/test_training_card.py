"""A training thread's card, in every state: within Slack's limits, and with the one button that fits the moment."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import actions, words
from core.cards import following
from core.cards.training import Standing, card
from core.records import Model, Photo, Run, Sheet
from tests.core.test_cards import fits_a_message
from tests.support.records import MIRA, TEAM, a_model, a_photo, a_run

NOW = 1_798_761_600.0
HOSTILE = ["<!channel>", "&" * 255, "`*_~", "<" * 255, "a" * 255, "\u202egpj.tac", "<@U0THEO|you>", "x\ny", ".jpg"]
RUN_STATES = [
    {"state": "collecting"},
    {"state": "collecting", "said": {"1": "class"}, "framing": "fit"},
    {"state": "queued"},
    {"state": "queued", "place": 3},
    {"state": "queued", "waits": 2, "waits_until": NOW + 60, "reason": words.trouble.aws_said("<" * 4_000)},
    {"state": "preparing"},
    {"state": "training", "stage": "Downloading", "created_at": NOW - 60},
    {"state": "training", "step": 50, "loss": "0.4312", "created_at": NOW - 600, "training_at": NOW - 300},
    {"state": "training", "step": 5_000, "max_steps": 1},
    {"state": "stopping"},
    {"state": "trained", "model": "model1", "took_seconds": 1_200, "dollars": 0.31},
    {"state": "failed", "reason": words.trouble.aws_said("<" * 4_000)},
    {"state": "cancelled", "cancelled_by": MIRA},
]
MODEL_STATES = [{"state": state, "reason": "&" * 1_000} for state in words.models.STATES]


def the_card(run: Run, photos: list[Photo] | None = None, model: Model | None = None, **more: Any) -> Any:  # noqa: ANN401 - blocks
    usual: dict[str, Any] = {"estimate": "About 20 minutes."}
    title, blocks = card(Standing(run, photos or [], NOW, model=model, **usual | more))
    assert title
    return blocks


def good(count: int) -> list[Photo]:
    return [a_photo(id=f"p{place}", state="judged") for place in range(count)]


def left_out(count: int) -> list[Photo]:
    reasons = (words.trouble.PHOTO_LOGIN_PAGE, words.trouble.photo_too_many_pixels(25), words.trouble.PHOTO_NO_PICTURE)
    return [
        a_photo(id=f"p{k}", state="left_out", name=HOSTILE[k % len(HOSTILE)], reason=reasons[k % 3])
        for k in range(count)
    ]


def buttons(blocks: Any) -> list[str]:  # noqa: ANN401 - blocks
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row if element["type"] == "button"]


@pytest.mark.parametrize(
    "photos", [[], good(20), left_out(300), good(10) + left_out(10)], ids=["none", "good", "bad", "both"]
)
@pytest.mark.parametrize("run", RUN_STATES, ids=lambda run: str(run["state"]))
def test_card_fits_in_every_state_with_any_number_of_photos(run: dict[str, Any], photos: list[Photo]) -> None:
    model = a_model(state="deploying", attempt=1) if run["state"] == "trained" else None
    sheet = Sheet(team=TEAM, id="s1", state="shown", run="run1", file="F123")
    parent = a_model(subject="a" * 30, noun="b" * 30)
    usual = {"subject": "a" * 30, "noun": "b" * 30}
    fits_a_message(the_card(a_run(**usual | run), photos, model, sheet=sheet, parent=parent, hurdle="&" * 900))


def wrong(count: int, **different: Any) -> list[Photo]:
    """Photos with names at their worst, each of which the doctor has something to say about."""
    ids = [f"{different.get('role', '')}{k:012d}" for k in range(count)]
    measured = [{"width": 400, "height": 300}, {"dark": 0.6}, {"dark": 0.9}, {"bright": 0.6}, {"sharpness": 1.0}]
    return [
        a_photo(id=id_, state="judged", name="&" * 255, **measured[k % len(measured)], **different)
        for k, id_ in enumerate(ids)
    ]


def of_the_class(count: int) -> list[Photo]:
    """Good class photos, with names at their worst."""
    return [a_photo(id=f"class{k:09d}", state="judged", name="&" * 255, role="class") for k in range(count)]


@pytest.mark.parametrize(
    "photos",
    [
        wrong(8),
        wrong(20),
        wrong(60) + wrong(100, role="class"),
        good(20) + of_the_class(100),
        wrong(60) + of_the_class(100),
    ],
    ids=["8", "20", "both", "good class", "all"],
)
def test_card_fits_whatever_is_wrong_with_photos_of_long_names(photos: list[Photo]) -> None:
    sheet = Sheet(team=TEAM, id="s1", state="shown", run="run1", file="F123")
    run = a_run(id="r" * 16, said={"1": "class"}, subject="a" * 30, noun="b" * 30)
    namesake = a_model(subject="a" * 30, noun="b" * 30)
    more: dict[str, Any] = {"parent": namesake, "namesake": namesake, "hurdle": "&" * 3_000, "estimate": "e" * 300}
    more["rival"] = run
    fits_a_message(the_card(run, photos, sheet=sheet, **more))


@pytest.mark.parametrize("model", MODEL_STATES, ids=lambda model: str(model["state"]))
@pytest.mark.parametrize("attempt", [1, 2])
def test_card_of_a_model_fits_in_every_state(model: dict[str, Any], attempt: int) -> None:
    shown = a_model(**model, attempt=attempt, instance_prompt="&" * 200)
    fits_a_message(the_card(a_run(state="trained", model="model1"), [], shown))


def test_card_names_the_photos_that_were_left_out_with_number_and_reason() -> None:
    photo = a_photo(state="left_out", name="me & you.txt", reason=words.trouble.PHOTO_NO_PICTURE)
    assert f"*1* me &amp; you.txt: {words.trouble.PHOTO_NO_PICTURE}" in str(the_card(a_run(), [photo]))


@given(st.lists(st.text(max_size=255), max_size=20))
@settings(max_examples=50)
def test_no_name_of_a_file_pings_or_breaks_the_card(names: list[str]) -> None:
    out = [a_photo(id=f"o{k}", state="left_out", name=name, reason="gone") for k, name in enumerate(names)]
    taken = [a_photo(id=f"t{k}", state="judged", name=name) for k, name in enumerate(names)]
    blocks = the_card(a_run(), [*out, *taken])
    fits_a_message(blocks)
    marked = [block["text"]["text"] for block in blocks if block["type"] == "section" and "text" in block]
    assert not any("<" in text for text in marked)


@pytest.mark.parametrize(("count", "style"), [(3, None), (4, "primary")])
def test_card_offers_to_train_in_green_only_with_enough_photos(count: int, style: str | None) -> None:
    blocks = the_card(a_run(), good(count))
    (train,) = [e for block in blocks for e in block.get("elements", []) if e.get("action_id") == actions.TRAIN]
    assert train.get("style") == style
    assert (actions.COMPARE_STEPS in buttons(blocks)) == (style == "primary")


def test_photo_that_the_doctor_leaves_out_can_be_used_anyway_and_one_that_is_taken_left_out() -> None:
    blurred, small = a_photo(id="b", state="judged", sharpness=0.1), a_photo(id="s", state="judged", width=300)
    offered = [block["accessory"]["action_id"] for block in the_card(a_run(), [blurred, small]) if "accessory" in block]
    assert offered == [actions.USE_PHOTO, actions.LEAVE_OUT_PHOTO]


def test_photo_that_cannot_be_read_cannot_be_used_anyway() -> None:
    blocks = the_card(a_run(), [a_photo(state="left_out", reason=words.trouble.PHOTO_NO_PICTURE)])
    assert not any("accessory" in block for block in blocks)


def test_every_photo_that_is_taken_can_be_left_out_by_its_number() -> None:
    blocks = the_card(a_run(), good(20))
    (select,) = [e for block in blocks for e in block.get("elements", []) if e.get("type") == "static_select"]
    assert [one["value"] for one in select["options"]] == [f"run1:p{place}" for place in range(20)]


def offered(blocks: Any, action: str) -> list[str]:  # noqa: ANN401 - blocks
    found = [e for block in blocks for e in block.get("elements", []) if e.get("action_id") == action]
    return [one["text"]["text"] for select in found for one in select["options"]]


def test_many_photos_with_the_same_thing_wrong_share_a_line_and_can_be_used_from_a_list() -> None:
    twins = [a_photo(id=f"p{k}", state="judged", dhash="0" * 16, name=f"{k}.jpg") for k in range(12)]
    blocks = the_card(a_run(), [*twins, a_photo(id="b", state="judged", sharpness=0.1, name="b.jpg")])
    assert "*2–12* 1.jpg, 2.jpg, 3.jpg and 8 more: much like photo 1" in str(blocks)
    assert [block["accessory"]["action_id"] for block in blocks if "accessory" in block] == [actions.USE_PHOTO]
    assert offered(blocks, actions.USE_ONE) == [f"{k + 1} · {k}.jpg" for k in range(1, 12)]


def test_photos_beyond_twenty_share_one_line() -> None:
    out = a_photo(id="o", state="left_out", reason=words.training.photos_most(60))
    blocks = the_card(a_run(), [*good(44), out])
    assert "and 22 more: came after 20 others, which are enough" in str(blocks)
    assert not offered(blocks, actions.USE_ONE)


def test_class_photo_that_is_left_out_is_named_and_can_be_used_anyway() -> None:
    blurred = a_photo(id="c", state="judged", sharpness=0.1, role="class", name="tom.jpg")
    blocks = the_card(a_run(), [*good(4), blurred])
    assert f"Class photo *1* tom.jpg: {words.doctor.BLURRED}" in str(blocks)
    assert [block["accessory"]["value"] for block in blocks if "accessory" in block] == ["run1:c"]


def test_class_photos_that_are_taken_can_be_left_out_by_the_number_on_the_sheet() -> None:
    blocks = the_card(a_run(), good(4) + of_the_class(60))
    leave = offered(blocks, actions.LEAVE_OUT_ONE)
    assert leave[:5] == ["1 · cat.jpg", "2 · cat.jpg", "3 · cat.jpg", "4 · cat.jpg", "Class photo 1"]
    assert leave[-1] == "Class photo 60"


def test_sheet_of_class_photos_alone_stands_on_the_card() -> None:
    sheet = Sheet(team=TEAM, id="s1", state="shown", run="run1", file="F123")
    assert words.photos.SHEET_WITH_OTHERS in str(the_card(a_run(), of_the_class(1), sheet=sheet))
    assert "F123" not in str(the_card(a_run(), [], sheet=sheet))


def test_buttons_can_be_pressed_while_the_card_is_drawn_anew() -> None:
    blurred = a_photo(id="b", state="judged", sharpness=0.1)
    before, after = the_card(a_run(), [blurred]), the_card(a_run(), [blurred, *good(4)])
    named = [{str(block["block_id"]) for block in blocks if "block_id" in block} for blocks in (before, after)]
    assert named == [{"photo:b", following.BUTTONS}] * 2


def test_card_says_that_its_name_is_taken_already() -> None:
    blocks = the_card(a_run(), good(4), namesake=a_model(noun="<cat>"))
    assert "There is a model called *riobugger* already, &lt;cat&gt;." in str(blocks)


def test_card_says_that_another_thread_is_at_a_model_of_its_name() -> None:
    blocks = the_card(a_run(), good(4), rival=a_run(id="run2", noun="<dog>"))
    assert "Another thread is at a model called *riobugger* too, &lt;dog&gt;." in str(blocks)


def test_card_says_what_aws_would_refuse_before_anything_is_spent() -> None:
    assert "0 machines" in str(the_card(a_run(), good(4), hurdle=words.money.no_quota("ml.g5.2xlarge for …")))


@pytest.mark.parametrize("run", RUN_STATES, ids=lambda run: str(run["state"]))
def test_cancel_stands_on_every_card_whose_run_is_not_over(run: dict[str, Any]) -> None:
    model = a_model(state="deploying", attempt=1) if run["state"] == "trained" else None
    over = run["state"] in {"failed", "cancelled", "stopping"}
    assert (actions.CANCEL in buttons(the_card(a_run(**run), good(4), model))) != over


def test_card_shows_step_loss_time_gone_and_time_left() -> None:
    run = a_run(state="training", step=50, max_steps=200, loss="0.4312", created_at=NOW - 600, training_at=NOW - 300)
    shown = str(the_card(run))
    assert "step 50 of 200 · loss 0.4312" in shown
    assert "▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱" in shown
    assert "10 minutes so far, about 15 minutes left" in shown


def test_card_says_that_a_spot_machine_was_taken_back_whatever_step_it_was_at() -> None:
    blocks = the_card(a_run(state="training", spot=True, stage="Interrupted", step=150, created_at=NOW - 600))
    assert "AWS took the spot machine back" in str(blocks)
    assert "step 150" not in str(blocks)


@pytest.mark.parametrize(("times", "said"), [(0, "."), (1, "back once, and it"), (3, "back 3 times, and it")])
def test_card_says_afterwards_how_often_a_spot_machine_was_taken_back(times: int, said: str) -> None:
    run = a_run(state="trained", model="model1", took_seconds=1_080, dollars=0.28, interruptions=times)
    text = str(the_card(run, model=a_model(state="in_service")))
    assert said in text
    assert ("spot machine" in text) == bool(times)


def test_card_shows_place_in_line_and_attempts() -> None:
    assert "Number 3 in line" in str(the_card(a_run(state="queued", place=3)))
    waiting = a_run(state="queued", waits=2, waits_until=NOW + 240, reason="AWS says: no.")
    assert f"Attempt 3 of 7 follows at <!date^{int(NOW) + 240}^{{time}}|00:04 UTC>" in str(the_card(waiting))


def test_card_says_afterwards_what_it_took_and_cost() -> None:
    run = a_run(state="trained", model="model1", took_seconds=1_080, dollars=0.28)
    assert "The training took 18 minutes and cost $0.28." in str(the_card(run, [], a_model(state="in_service")))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_bar_is_always_as_wide(step: int, steps: int) -> None:
    assert len(following.bar(step, steps)) == following.BAR


def test_card_of_a_model_that_was_deleted_says_so() -> None:
    assert words.asking.model_gone() in str(the_card(a_run(state="trained", model="gone"), good(4)))


def test_failed_run_can_be_tried_again_from_its_card_as_it_was_or_changed() -> None:
    blocks = the_card(a_run(state="failed", reason="AWS says: no."))
    assert "AWS says: no." in str(blocks)
    assert buttons(blocks) == [actions.TRY_AGAIN, actions.TRAIN]
