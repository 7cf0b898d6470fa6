"""A zip of a model's pictures holds what its asker may see, once, however often its maker dies; failures are told."""

import csv
import io
import zipfile
from typing import Any

import pytest

from core import exporting, gallery, words
from core.asking import Asked
from core.change import Change
from core.records import Export, Generation, Message, Model
from tests.support.fake_aws import JPEG
from tests.support.fake_slack import rate_limited, refusal
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, stands
from tests.support.workshop import Workshop
from workers import export

LOST = TimeoutError("the answer was lost")


async def hangs(workshop: Workshop, **different: Any) -> Generation:
    usual: dict[str, Any] = {"state": "posted", "files": ("F7",), "ts": "1.1", "posted_at": 1_798_761_600.0}
    shown = await workshop.put(a_generation(**(usual | different)))
    await workshop.store.commit(gallery.hang(Change(TEAM), shown))
    for file in shown.files:
        url = f"https://files.slack.com/files-pri/{file}"
        workshop.slack.files[file] = {"id": file, "size": 9, "shares": {}, "url_private_download": url}
    return shown


async def wanted(workshop: Workshop, model: Model | None = None) -> Export:
    asked = Asked(TEAM, MIRA, CHANNEL, "", "trigger-1")
    for _ in range(2):
        await exporting.ask(workshop.store, asked, model or a_model(), workshop.clock())
    ((member, _),) = [one for one in await workshop.store.overdue(TEAM, workshop.clock()) if "export" in one[0]]
    found = await workshop.store.get(Export, TEAM, member.partition(":")[2])
    assert found
    return found


@pytest.fixture
async def model(workshop: Workshop) -> Model:
    workshop.downloads.picture = JPEG
    return await workshop.put(a_model())


def the_zip(workshop: Workshop) -> tuple[dict[str, bytes], list[dict[str, str]]]:
    """What was uploaded last: pictures by name, and the lines of the table."""
    archive = zipfile.ZipFile(io.BytesIO(workshop.downloads.uploads[-1][1]))
    held = {name: archive.read(name) for name in archive.namelist()}
    table = held.pop(exporting.TABLE).decode()
    return held, list(csv.DictReader(io.StringIO(table)))


def shares(workshop: Workshop) -> list[dict[str, Any]]:
    return workshop.slack.called("files.completeUploadExternal")


async def told(workshop: Workshop) -> list[str]:
    return [one["text"] for one in workshop.slack.called("chat.postEphemeral")]


@pytest.mark.usefixtures("model")
async def test_zip_holds_the_pictures_and_what_each_was_painted_with(workshop: Workshop) -> None:
    await hangs(workshop, files=("F7", "F8"), count=2, prompt="riobugger & friends", negative="text", steps=30)
    await hangs(
        workshop, id="g2", files=("F9",), prompt="=SUM(A1)", seed=8, posted_at=1_798_761_700.0, starred_by=("U1",)
    )
    done = await wanted(workshop)
    await workshop.run_due()
    assert (await stands(workshop.store, done)).state == "posted"
    held, lines = the_zip(workshop)
    names = ["001-sum-a1-seed8-1.jpg", "002-riobugger-friends-seed7-1.jpg", "003-riobugger-friends-seed7-2.jpg"]
    assert (list(held), set(held.values())) == (names, {JPEG})
    assert [line["file"] for line in lines] == names
    assert lines[0] | {"prompt": "'=SUM(A1)", "seed": "8", "stars": "1", "asked_by": MIRA} == lines[0]
    assert lines[2] | {"picture": "2", "of": "2", "steps": "30", "negative_prompt": "text"} == lines[2]
    assert lines[1]["command"] == '/imagine riobugger & friends --model riobugger --n 2 --seed 7 --steps 30 --no "text"'
    assert lines[1]["posted_at"] == "2027-01-01T00:00:00+00:00"
    (shared,) = shares(workshop)
    assert (shared["channel_id"], shared["initial_comment"]) == (
        CHANNEL,
        words.export.ready(MIRA, "riobugger", 3, 0, 0),
    )


@pytest.mark.usefixtures("model")
async def test_zip_holds_nothing_that_its_asker_may_not_see(workshop: Workshop) -> None:
    await hangs(workshop)
    await hangs(workshop, id="own-elsewhere", files=("F8",), channel="C0ELSEWHERE")
    await hangs(workshop, id="hers-elsewhere", files=("F9",), channel="C0ELSEWHERE", user="U0LENA")
    await hangs(workshop, id="other-model", files=("F10",), model="model2")
    await hangs(workshop, id="deleted", files=("F11",), state="deleted")
    await wanted(workshop)
    await workshop.run_due()
    assert sorted(one["file"] for one in workshop.slack.called("files.info")) == ["F7", "F8"]


async def test_private_model_that_was_closed_to_the_asker_meanwhile_gives_no_zip(workshop: Workshop) -> None:
    await workshop.put(a_model(owner="U0LENA", allowed=("U0LENA",)))
    await hangs(workshop)
    await wanted(workshop)
    await workshop.run_due()
    assert shares(workshop) == []
    assert await told(workshop) == [words.export.failed("riobugger", words.export.nothing("riobugger"))]


async def test_newest_pictures_go_in_as_long_as_there_is_room_and_the_rest_is_told(
    workshop: Workshop, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    for k in range(6):
        await hangs(workshop, id=f"g{k}", files=(f"F{k}",), seed=k, posted_at=1_798_761_600.0 + k)
    monkeypatch.setattr(export, "PICTURES_MOST", 5)
    await wanted(workshop)
    await workshop.run_due()
    assert [line["seed"] for line in the_zip(workshop)[1]] == ["5", "4", "3", "2", "1"]
    assert "1 older picture has no room" in shares(workshop)[-1]["initial_comment"]
    workshop.downloads.picture = JPEG + bytes(10_000)
    monkeypatch.setattr(export, "MEGABYTES_MOST", 2.5 * 10_000 / 2**20)
    await exporting.ask(workshop.store, Asked(TEAM, MIRA, CHANNEL, "", "trigger-2"), model, workshop.clock())
    await workshop.run_due()
    assert [line["seed"] for line in the_zip(workshop)[1]] == ["5", "4"]
    assert "4 older pictures have no room" in shares(workshop)[-1]["initial_comment"]


@pytest.mark.usefixtures("model")
async def test_pictures_that_slack_has_lost_are_left_out_and_told(workshop: Workshop) -> None:
    await hangs(workshop, files=("F7", "F8", "F9"), count=3)
    del workshop.slack.files["F8"]
    workshop.slack.files["F9"]["mode"] = "hidden_by_limit"
    await wanted(workshop)
    await workshop.run_due()
    assert list(the_zip(workshop)[0]) == ["001-a-photo-of-riobugger-cat-on-the-beach-seed7-1.jpg"]
    assert shares(workshop)[-1]["initial_comment"] == words.export.ready(MIRA, "riobugger", 1, 0, 2)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.usefixtures("model")
async def test_zip_is_shared_once_though_answers_are_lost(workshop: Workshop, method: str) -> None:
    await hangs(workshop)
    workshop.slack.lose(method, LOST)
    done = await wanted(workshop)
    await workshop.follow(60)
    assert (await stands(workshop.store, done)).state == "posted"
    assert len(shares(workshop)) == 1


@pytest.mark.usefixtures("model")
async def test_maker_that_dies_after_the_upload_only_shares_it_again(workshop: Workshop) -> None:
    await hangs(workshop)
    done = await wanted(workshop)
    workshop.slack.script("files.completeUploadExternal", LOST)
    await workshop.step(done)
    written = await stands(workshop.store, done)
    assert (written.state, bool(written.file)) == ("asked", True)
    await workshop.follow(60)
    assert (len(workshop.downloads.uploads), len(shares(workshop))) == (1, 2)


@pytest.mark.usefixtures("model")
async def test_rate_limit_is_waited_for_without_beginning_anew(workshop: Workshop) -> None:
    await hangs(workshop, files=("F7", "F8"), count=2)
    workshop.slack.script("files.info", rate_limited(0.01))
    await wanted(workshop)
    await workshop.run_due()
    assert len(workshop.slack.called("files.info")) == 3
    assert len(the_zip(workshop)[0]) == 2


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("not_in_channel", words.training.not_in_channel(CHANNEL)),
        ("restricted_action", "Slack says: restricted_action"),
    ],
)
@pytest.mark.usefixtures("model")
async def test_failure_is_told_to_whoever_asked(workshop: Workshop, trouble: str, reason: str) -> None:
    await hangs(workshop)
    workshop.slack.script("files.completeUploadExternal", refusal(trouble))
    done = await wanted(workshop)
    await workshop.run_due()
    assert (await stands(workshop.store, done)).state == "failed"
    assert await told(workshop) == [words.export.failed("riobugger", reason)]


async def test_zip_of_a_model_that_is_gone_is_refused_in_words(workshop: Workshop) -> None:
    await wanted(workshop)
    await workshop.run_due()
    assert await told(workshop) == [words.asking.model_gone()]
    assert await workshop.store.get(Message, TEAM, "nobody") is None
