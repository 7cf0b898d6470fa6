"""`/darkroom audit`: who sees it, and what stands in it."""

from collections.abc import AsyncGenerator

import pytest

from core import audit, words
from core.change import Change
from core.store import Store
from sandbox.slack.blocks import check_blocks
from tests.bot.person import Person, at_the_front
from tests.support.records import CHANNEL, MIRA, TEAM, a_model
from tests.support.site import Site
from tests.support.workshop import settings

NOAH = "U0NOAH"


@pytest.fixture
async def mira(store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Mira, who is an admin."""
    told = settings(SLACK_API_URL=f"{slack.url}/api/", DARKROOM_ADMINS=MIRA)
    async with at_the_front(told, store, slack) as person:
        yield person


async def listed(mira: Person, text: str = "audit") -> str:
    answer = await mira.command("/darkroom", text)
    assert answer["response_type"] == "ephemeral"
    assert check_blocks(answer.get("blocks", []), "message", bool) == []
    return str(answer["blocks"]) if "blocks" in answer else str(answer["text"])


async def test_admin_reads_who_did_what_and_others_are_told_who_can(mira: Person) -> None:
    model = a_model(name="<x>")
    await mira.store.commit(audit.note(Change(TEAM), 1_798_761_600.0, NOAH, "woke", model))
    assert f"<@{NOAH}> woke *&lt;x&gt;* in <#{CHANNEL}>" in await listed(mira)
    mira.user = NOAH
    assert await listed(mira) == words.audit.not_an_admin([MIRA])


async def test_long_list_says_how_many_more_there_are_and_how_to_narrow_it(mira: Person) -> None:
    change = Change(TEAM)
    for place in range(30):
        audit.note(change, 1_798_761_600.0 + place, NOAH if place else MIRA, "woke", a_model(), "x" * 40)
    await mira.store.commit(change)
    everything = await listed(mira)
    count = everything.count("woke")
    assert 10 <= count <= 20
    assert f"{30 - count} more are older" in everything
    assert (await listed(mira, f"audit <@{MIRA}|mira> riobugger")).count("woke") == 1
    assert await listed(mira, "audit riobugger whiskers") == words.audit.USAGE
    assert words.audit.NOTHING in await listed(mira, "audit whiskers")
