"""`/darkroom gallery` opens past pictures, turns their pages, and has a sentence for whoever finds none."""

import json
from typing import Any

import pytest

from core import actions, gallery, words
from core.change import Change
from core.gallery import Look
from core.records import Generation
from sandbox.slack.view_shapes import check_view
from tests.bot.person import BOT, Person
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, stands, written

JSON = {"Content-Type": "application/json"}


async def painted(mira: Person, count: int, **different: Any) -> list[Generation]:
    model = await written(mira.store, a_model())
    await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
    shown = list[Generation]()
    for k in range(count):
        usual: dict[str, Any] = {"id": f"g{k}", "state": "posted", "files": (f"F{k}",), "seed": k, "ts": f"1.{k}"}
        one = await written(mira.store, a_generation(**(usual | {"posted_at": 1e9 + k} | different)))
        await mira.store.commit(gallery.hang(Change(TEAM), one))
        shown.append(one)
    return shown


def pictures(view: dict[str, Any]) -> list[str]:
    return [block["slack_file"]["id"] for block in view["blocks"] if block["type"] == "image"]


async def test_gallery_opens_with_the_newest_and_turns_its_pages(mira: Person) -> None:
    await painted(mira, 8)
    assert await mira.command("/darkroom", "gallery") == {}
    assert (check_view(mira.opened(), "modal", bool), pictures(mira.opened())) == ([], [])
    first = mira.drawn()[-1]
    assert check_view(first, "modal", bool) == []
    assert pictures(first) == ["F7", "F6", "F5", "F4", "F3", "F2"]
    second = await mira.use(first, f"{actions.GALLERY_PAGE}:next")
    assert pictures(second) == ["F1", "F0"]
    assert pictures(await mira.use(second, f"{actions.GALLERY_PAGE}:previous")) == pictures(first)


async def test_gallery_is_narrowed_down_by_a_model_or_a_person(mira: Person) -> None:
    await painted(mira, 2, user="U0LENA")
    for text in ("gallery riobugger", "gallery <@U0LENA|lena>", "GALLERY RioBugger <@U0LENA>"):
        await mira.command("/darkroom", text)
        assert pictures(mira.drawn()[-1]) == ["F1", "F0"]
    answer = await mira.command("/darkroom", f"gallery <@{MIRA}|mira>")
    assert answer["text"] == words.gallery.nothing([f"<@{MIRA}>"])


@pytest.mark.parametrize(
    ("text", "said"),
    [("gallery", words.gallery.nothing([])), ("gallery riobuger", "Did you mean *riobugger*?")],
)
async def test_gallery_without_pictures_is_answered_in_a_sentence(mira: Person, text: str, said: str) -> None:
    await painted(mira, 0)
    answer = await mira.command("/darkroom", text)
    assert said in answer["text"]
    assert answer["response_type"] == "ephemeral"


async def test_gallery_before_anything_was_taught_says_how_to_begin(mira: Person) -> None:
    assert (await mira.command("/darkroom", "gallery riobugger"))["text"] == words.asking.NO_MODELS


async def test_picture_that_slack_has_lost_is_left_out_and_its_caption_stays(mira: Person) -> None:
    await painted(mira, 3)
    place = "[ERROR] invalid slack file [json-pointer:/view/blocks/3/slack_file]"
    refused = {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": [place]}}
    mira.slack.gives("/api/views.update", body=json.dumps(refused).encode(), headers=JSON)
    await mira.command("/darkroom", "gallery")
    before, after = mira.drawn()[-2:]
    assert (pictures(before), pictures(after)) == (["F2", "F1", "F0"], ["F2", "F0"])
    assert "seed 1" in str(after)


async def test_page_is_not_turned_for_somebody_else_than_who_looks(mira: Person) -> None:
    await painted(mira, 8)
    await mira.command("/darkroom", "gallery")
    drawn = len(mira.drawn())
    view = mira.drawn()[-1] | {"private_metadata": Look(TEAM, "U0LENA", CHANNEL).carried()}
    await mira.use(view, f"{actions.GALLERY_PAGE}:next")
    assert len(mira.drawn()) == drawn


@pytest.mark.parametrize("tombstone", [False, True], ids=["and is gone", "but has replies"])
async def test_pictures_whose_message_was_deleted_leave_the_gallery(mira: Person, *, tombstone: bool) -> None:
    (shown,) = await painted(mira, 1)
    before = {"ts": shown.ts, "user": BOT, "files": [{"id": "F0", "mode": "hosted"}]}
    after = {"message": {"ts": shown.ts, "subtype": "tombstone"}} if tombstone else {}
    subtype = "message_changed" if tombstone else "message_deleted"
    for _ in range(2):
        await mira.event(type="message", subtype=subtype, previous_message=before, **after)
        assert (await stands(mira.store, shown)).state == "deleted"
    assert (await mira.command("/darkroom", "gallery"))["text"] == words.gallery.nothing([])


async def test_picture_of_several_that_was_deleted_leaves_the_others(mira: Person) -> None:
    (shown,) = await painted(mira, 1, files=("F0", "F1"))
    files = [{"id": "F0", "mode": "hosted"}, {"id": "F1", "mode": "hosted"}]
    after = {"ts": shown.ts, "files": [files[0], {"id": "F1", "mode": "tombstone"}]}
    before = {"ts": shown.ts, "user": BOT, "files": files}
    await mira.event(type="message", subtype="message_changed", previous_message=before, message=after)
    assert (await stands(mira.store, shown)).state == "posted"
