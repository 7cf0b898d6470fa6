"""`/darkroom models`: what stands in the list, for whom, and what its buttons do."""

import time
from typing import Any

from core import actions, words
from core.change import Change
from core.defaults import default_of
from core.idling import USED
from core.records import Model
from sandbox.slack.blocks import check_blocks
from sandbox.slack.view_shapes import check_view
from tests.bot.person import Json, Person
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, stands, written

THEO = "U0THEO"


async def taught(mira: Person, **different: Any) -> Model:
    model = await written(mira.store, a_model(**different))
    await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    return model


async def listed(mira: Person) -> list[Json]:
    assert await mira.command("/darkroom", "models") == {}
    shown = mira.shown()
    assert check_blocks(shown, "message", bool) == []
    return shown


def texts(shown: list[Json]) -> list[str]:
    return [block["text"]["text"] for block in shown if block["type"] == "section"]


def offered(shown: list[Json]) -> list[list[str]]:
    rows = [block["elements"] for block in shown if block["type"] == "actions"]
    return [[button["text"]["text"] for button in row] for row in rows]


async def press(mira: Person, label: str) -> None:
    """Press the first button of this name in the list as it stands."""
    buttons = [each for block in mira.shown() for each in block.get("elements", []) if "action_id" in each]
    button = next(one for one in buttons if one["text"]["text"] == label)
    await mira.press(button["action_id"], button["value"])


async def test_list_says_of_each_model_what_it_is_and_what_it_costs(mira: Person) -> None:
    used = time.time()
    await taught(mira, state="in_service", dollars=1.28, up_since=used - 3_600, an_hour=0.94, portrait="F1")
    await taught(mira, id="model2", subject="eileen", noun="bird", owner=THEO, dollars=0.31)
    await mira.store.commit(Change(TEAM).index(USED, "model1", used - 300))
    shown = await listed(mira)
    assert texts(shown) == [
        f"*eileen* · bird · asleep, costs nothing\n<@{THEO}> · never used · $0.31 so far",
        f"*riobugger* · cat · in service\n<@{MIRA}> · used 5 minutes ago · $2.22 so far, $0.94 an hour now",
    ]
    assert [block.get("accessory", {}).get("slack_file") for block in shown if block["type"] == "section"] == [
        None,
        {"id": "F1"},
    ]
    assert offered(shown) == [
        ["Wake", "Default here"],
        ["Put to sleep", "Default here", "Rename", "Who may use it", "Idle time", "Delete"],
    ]


async def test_list_marks_what_is_private_waits_or_is_the_channels_own(mira: Person) -> None:
    await taught(mira, waits=1, waits_until=9e9, allowed=(CHANNEL,))
    await press_after(mira, "Default here")
    (text,) = texts(mira.shown())
    assert text.endswith(" · waiting for a machine · private · this channel's default")
    assert offered(mira.shown())[0][:2] == ["Put to sleep", "No default here"]


async def press_after(mira: Person, *labels: str) -> None:
    await listed(mira)
    for label in labels:
        await press(mira, label)


async def test_list_without_models_says_how_to_teach_one(mira: Person) -> None:
    assert texts(await listed(mira)) == [words.asking.NO_MODELS]


async def test_private_models_are_not_listed_for_others(mira: Person) -> None:
    await taught(mira, owner=THEO, allowed=(THEO,))
    assert texts(await listed(mira)) == [words.asking.NO_MODELS]


async def test_model_is_woken_and_put_to_sleep_from_the_list_which_shows_it_at_once(mira: Person) -> None:
    model = await taught(mira)
    await press_after(mira, "Wake")
    assert (await stands(mira.store, model)).state == "deploying"
    assert "getting up" in texts(mira.shown())[0]
    await press(mira, "Put to sleep")
    assert (await stands(mira.store, model)).state == "draining"
    assert offered(mira.shown())[0][0] == "Default here"
    assert mira.whispers() == []


async def test_button_that_was_pressed_twice_is_answered_and_the_list_drawn_anew(mira: Person) -> None:
    model = await taught(mira)
    await press_after(mira, "Wake")
    await mira.press(actions.WAKE_MODEL, f"{model.id}:0")
    assert mira.whispers() == [words.models.moved_on("riobugger", "deploying")]
    assert "getting up" in texts(mira.shown())[0]
    assert (await stands(mira.store, model)).attempt == 1


async def test_button_of_a_model_that_is_gone_is_answered(mira: Person) -> None:
    model = await taught(mira)
    await listed(mira)
    await mira.store.commit(Change(TEAM).forget(model).unname("catalogue", model.id))
    await press(mira, "Wake")
    assert mira.whispers() == [words.asking.model_gone()]
    assert texts(mira.shown()) == [words.asking.NO_MODELS]


async def test_channels_default_is_set_and_taken_back(mira: Person) -> None:
    model = await taught(mira)
    await press_after(mira, "Default here")
    assert await default_of(mira.store, TEAM, CHANNEL) == model.id
    await press(mira, "No default here")
    assert await default_of(mira.store, TEAM, CHANNEL) == ""


async def test_delete_asks_first_and_shows_that_the_model_goes(mira: Person) -> None:
    model = await taught(mira)
    shown = await listed(mira)
    button = shown[2]["elements"][-1]
    assert (button["style"], button["confirm"]["text"]["text"]) == ("danger", words.models.DELETE_CONFIRM)
    await press(mira, "Delete")
    assert ((await stands(mira.store, model)).state, (await stands(mira.store, model)).deleted_by) == ("deleting", MIRA)
    assert "being deleted" in texts(mira.shown())[0]
    assert offered(mira.shown()) == []


async def test_model_whose_endpoint_goes_first_is_shown_as_being_deleted(mira: Person) -> None:
    await taught(mira, state="in_service")
    await press_after(mira, "Delete")
    assert texts(mira.shown())[0].startswith("*riobugger* · cat · being deleted\n")


async def test_pages_are_turned_in_place_and_a_button_keeps_its_page(mira: Person) -> None:
    for place in range(23):
        await taught(mira, id=f"model{place:02}", subject=f"s{place:02}", noun="b" * 30, portrait="F1", dollars=1e4)
    assert texts(await listed(mira))[0].startswith("*s00*")
    assert offered(mira.shown())[-1] == ["Next"]
    await press(mira, "Next")
    assert texts(mira.shown())[0].startswith("*s10*")
    assert offered(mira.shown())[-1] == ["Previous", "Next"]
    await press(mira, "Wake")
    assert texts(mira.shown())[0].startswith("*s10* · bbb")
    await press(mira, "Next")
    assert [text[:5] for text in texts(mira.shown())] == ["*s20*", "*s21*", "*s22*"]
    assert str(mira.shown()).count("21 to 23 of 23") == 1


async def renaming(mira: Person) -> Json:
    await press_after(mira, "Rename")
    return mira.opened()


async def test_model_is_renamed_in_a_modal_and_the_list_shows_it(mira: Person) -> None:
    model = await taught(mira)
    modal = await renaming(mira)
    assert check_view(modal, "modal", bool) == []
    assert await mira.submit(modal, name="Whiskers") == {}
    assert (await stands(mira.store, model)).name == "whiskers"
    assert "*whiskers*" in texts(mira.shown())[0]


async def test_name_that_is_taken_is_refused_under_its_field(mira: Person) -> None:
    await taught(mira)
    await taught(mira, id="model2", subject="whiskers", owner=THEO)
    answer = await mira.submit(await renaming(mira), name="whiskers")
    assert answer == {"response_action": "errors", "errors": {"name": words.models.name_taken("whiskers")}}


async def test_modal_of_what_is_not_ones_own_is_not_opened(mira: Person) -> None:
    model = await taught(mira, owner=THEO)
    await mira.press(actions.RENAME_MODEL, f"{model.id}:0")
    assert mira.whispers() == [words.models.not_yours("riobugger", THEO)]
    assert not [seen for seen in mira.slack.seen if seen.path == "/api/views.open"]
