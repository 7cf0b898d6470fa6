"""Files about costs: a chart where everybody may see it, every line to an admin alone; shared once, whoever dies."""

import csv
import io
from typing import Any

import pytest
from PIL import Image

from core import reporting, words
from core.asking import Asked
from core.change import Change
from core.costs_grammar import Wanted
from core.records import Report
from tests.support.fake_slack import refusal
from tests.support.ledger import HOUR, a_charge, booked
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, stands
from tests.support.workshop import Workshop

LOST = TimeoutError("the answer was lost")
JANUARY = Wanted("2027-01")
EVERY_LINE = Wanted("2027-01", csv=True)


@pytest.fixture(autouse=True)
async def spent(workshop: Workshop) -> None:
    """An hour of an endpoint is on the books, and another endpoint is up."""
    up = a_model(id="up", state="in_service", subject="=up", up_since=workshop.clock(), up_as="up-a1", up_on="ml.x9")
    await workshop.put(up)
    await workshop.store.commit(Change(TEAM).name("catalogue", "up", "=up"))
    await booked(workshop.store, a_charge(), a_charge(name="before", since=workshop.clock() - HOUR))
    workshop.clock.advance(2 * HOUR)


async def wanted(workshop: Workshop, what: Wanted, *, alone: bool = False) -> Report:
    asked = Asked(TEAM, MIRA, CHANNEL, "", "trigger-1")
    for _ in range(2):
        await reporting.ask(workshop.store, asked, what, workshop.clock(), alone=alone)
    (member,) = [one for one, _ in await workshop.store.overdue(TEAM, workshop.clock()) if "report" in one]
    found = await workshop.store.get(Report, TEAM, member.partition(":")[2])
    assert found
    return found


def shares(workshop: Workshop) -> list[dict[str, Any]]:
    return workshop.slack.called("files.completeUploadExternal")


async def test_chart_is_drawn_and_shared_where_it_was_asked_for(workshop: Workshop) -> None:
    done = await wanted(workshop, JANUARY)
    await workshop.run_due()
    assert (await stands(workshop.store, done)).state == "posted"
    picture = Image.open(io.BytesIO(workshop.downloads.uploads[-1][1]))
    assert (picture.format, picture.width) == ("PNG", 1_080)
    (shared,) = shares(workshop)
    assert (shared["channel_id"], shared["files"][0]["title"]) == (CHANNEL, "costs-2027-01.png")
    assert shared["initial_comment"] == "Costs of January 2027: $58.30"


async def test_every_line_comes_to_the_asker_alone_and_no_cell_is_a_formula(workshop: Workshop) -> None:
    workshop.slack.script("chat.postMessage", {"channel": "D0MIRA", "ts": "1.1"})
    await wanted(workshop, EVERY_LINE, alone=True)
    await workshop.run_due()
    lines = list(csv.DictReader(io.StringIO(workshop.downloads.uploads[-1][1].decode())))
    assert [line["name_in_aws"] for line in lines] == ["darkroom-riobugger-model1-a1", "up-a1"]
    assert lines[0] == {
        "month": "2027-01",
        "kind": "endpoint",
        "name_in_aws": "darkroom-riobugger-model1-a1",
        "model_id": "model1",
        "model": "riobugger",
        "channel": CHANNEL,
        "person": MIRA,
        "instance": "ml.g5.2xlarge",
        "since": "2027-01-01T00:00:00+00:00",
        "until": "2027-01-01T01:00:00+00:00",
        "seconds": "3600.0",
        "dollars_an_hour": "2.0",
        "dollars": "2.0",
        "guessed": "no",
        "running": "no",
    }
    unpriced = {"model": "'=up", "guessed": "yes", "running": "yes", "dollars_an_hour": "", "seconds": "7200.0"}
    assert lines[1] | unpriced == lines[1]
    (told,) = workshop.slack.called("chat.postMessage")
    assert (told["channel"], told["text"]) == (MIRA, words.costs.TABLE_READY)
    (shared,) = shares(workshop)
    assert (shared["channel_id"], shared.get("initial_comment")) == ("D0MIRA", None)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_file_is_shared_once_though_answers_are_lost(workshop: Workshop, method: str) -> None:
    workshop.slack.lose(method, LOST)
    done = await wanted(workshop, JANUARY)
    await workshop.follow(60)
    assert (await stands(workshop.store, done)).state == "posted"
    assert len(shares(workshop)) == 1


async def test_worker_that_dies_after_the_upload_only_shares_it_again(workshop: Workshop) -> None:
    done = await wanted(workshop, EVERY_LINE, alone=True)
    workshop.slack.script("chat.postMessage", LOST)
    await workshop.step(done)
    written = await stands(workshop.store, done)
    assert (written.state, bool(written.file), written.place) == ("asked", True, "")
    await workshop.follow(60)
    assert (len(workshop.downloads.uploads), len(shares(workshop))) == (1, 1)


async def test_chart_asked_for_where_the_bot_is_not_comes_to_the_asker_alone(workshop: Workshop) -> None:
    workshop.slack.script("files.completeUploadExternal", refusal("not_in_channel"))
    done = await wanted(workshop, JANUARY)
    await workshop.run_due()
    assert (await stands(workshop.store, done)).state == "posted"
    assert [shared["channel_id"] for shared in shares(workshop)] == [CHANNEL, MIRA]


async def test_model_that_is_gone_before_its_chart_is_drawn_is_told_to_whoever_asked(workshop: Workshop) -> None:
    done = await wanted(workshop, Wanted("2027-01", "model", "doppler"))
    await workshop.run_due()
    assert (await stands(workshop.store, done)).state == "failed"
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert "I know no model “doppler”" in told["text"]


async def test_refusal_is_told_to_whoever_asked(workshop: Workshop) -> None:
    workshop.slack.script("files.completeUploadExternal", refusal("restricted_action"))
    await wanted(workshop, JANUARY)
    await workshop.run_due()
    (told,) = workshop.slack.called("chat.postEphemeral")
    assert told["text"] == words.costs.failed("Slack says: restricted_action")
