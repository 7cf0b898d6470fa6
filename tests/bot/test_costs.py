"""`/darkroom costs`: everybody sees the sum, admins all of it, others what is theirs; a file is wished for once."""

import time
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from core import words
from core.change import Change
from core.months import began, month_of
from core.records import Report
from core.store import Store
from sandbox.slack.blocks import check_blocks
from tests.bot.person import Json, Person, at_the_front
from tests.support.ledger import HOUR, a_charge, booked
from tests.support.records import MIRA, TEAM, a_model, a_run, written
from tests.support.site import Site
from tests.support.workshop import settings

ADMIN, ART = "U0ANNA", "C0ART"


@pytest.fixture
async def mira(store: Store, slack: Site) -> AsyncGenerator[Person]:
    """Mira, where Anna is an admin; Lena's private model and one of everybody's have cost something this month."""
    told = settings(SLACK_API_URL=f"{slack.url}/api/", DARKROOM_ADMINS=ADMIN)
    async with at_the_front(told, store, slack) as person:
        for model in (a_model(), a_model(id="secret", subject="hushcat", owner="U0LENA", allowed=("U0LENA",))):
            await written(store, model)
            await store.commit(Change(TEAM).name("catalogue", model.id, model.subject))
        await booked(
            store,
            this_month(name="own"),
            this_month(name="elsewhere", channel=ART, user="U0BEN", an_hour=3.0, instance="ml.x9.large"),
            this_month(name="hushed", model="secret", subject="hushcat", user="U0LENA", an_hour=5.0, kind="training"),
        )
        yield person


def this_month(**different: Any) -> Any:  # noqa: ANN401 - a charge
    start = began(time.time())
    return a_charge(**({"since": start, "until": start + HOUR} | different))


def as_admin(mira: Person) -> Person:
    return Person(mira.client, mira.slack, mira.store, ADMIN)


async def shown(person: Person, text: str = "", **different: str) -> str:
    """Ask, and give all that the card says."""
    answer = await person.command("/darkroom", f"costs {text}", **different)
    assert answer["response_type"] == "ephemeral"
    assert check_blocks(answer.get("blocks", []), "message", bool) == []
    return "\n".join([answer["text"], *map(_said, answer.get("blocks", []))])


def _said(block: Json) -> str:
    texts = [block["text"]] if "text" in block else []
    return "\n".join(one["text"] for one in [*texts, *block.get("fields", []), *block.get("elements", [])])


async def wishes(mira: Person) -> list[Report]:
    due = [member.partition(":") for member, _ in await mira.store.overdue(TEAM, float("inf"))]
    return await mira.store.get_all(Report, TEAM, [name for kind, _, name in due if kind == "report"])


async def test_admin_sees_the_month_by_model_channel_and_person(mira: Person) -> None:
    said = await shown(as_admin(mira))
    assert "*$10.00* · training $5.00 · endpoints $5.00 · 3.0 instance hours" in said
    assert "hushcat · $5.00 · 1.0 instance hours" in said
    assert f"<#{ART}> · $3.00" in said
    assert "<@U0BEN> · $3.00" in said
    assert words.costs.PARTLY_SEEN not in said


async def test_others_see_the_sum_and_their_own_without_the_names_of_private_models(mira: Person) -> None:
    said = await shown(mira)
    assert "*$10.00*" in said
    assert f"<@{MIRA}> · $2.00" in said
    assert f"{words.costs.PRIVATE_MODELS} · $5.00" in said
    assert "<@U0LENA> · $5.00" in said
    assert words.costs.PARTLY_SEEN in said
    assert "hushcat" not in said
    assert "U0BEN" not in said
    assert ART not in said


async def test_who_has_spent_nothing_sees_the_sum_alone(mira: Person) -> None:
    said = await shown(Person(mira.client, mira.slack, mira.store, "U0NOAH"), channel_id="C0EMPTY")
    assert "*$10.00*" in said
    assert words.costs.NOTHING_SEEN in said
    assert MIRA not in said


async def test_chart_of_what_everybody_here_may_see_comes_here_and_any_other_to_the_asker_alone(mira: Person) -> None:
    for _ in range(2):
        await shown(mira, trigger_id="open")
    await shown(mira, "riobugger")
    await shown(mira, "channel")
    assert [report.alone for report in await wishes(mira)] == [False] * 3
    assert words.costs.CHART_COMES_ALONE in await shown(mira, "me")
    await shown(as_admin(mira), "hushcat")
    await shown(as_admin(mira), f"<#{ART}|art>")
    assert sum(report.alone for report in await wishes(mira)) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"<#{ART}|art>", words.costs.OTHER_CHANNEL),
        ("<@U0BEN|ben>", words.costs.OTHER_PERSON),
        ("hushcat", "I know no model “hushcat”"),
        ("riobuger", "Did you mean *riobugger*?"),
        ("csv", words.costs.CSV_FOR_ADMINS),
        ("2026-13", "There is no month"),
    ],
)
async def test_what_is_not_for_somebody_or_not_there_is_refused_in_a_sentence(
    mira: Person, text: str, said: str
) -> None:
    assert said in await shown(mira, text)
    assert await wishes(mira) == []


async def test_admin_asks_for_one_channel_one_person_and_every_line(mira: Person) -> None:
    anna = as_admin(mira)
    assert f"<#{ART}>: *$3.00*" in await shown(anna, f"<#{ART}|art>")
    assert "<@U0LENA>: *$5.00*" in await shown(anna, "<@U0LENA|lena>")
    assert words.costs.CSV_COMES in await shown(anna, "csv")
    assert [report.wanted["csv"] for report in await wishes(mira)].count(True) == 1


async def test_what_is_up_and_a_machine_without_a_price_are_told(mira: Person) -> None:
    up = a_model(id="up", state="in_service", up_since=time.time(), up_as="up-a1", up_on="ml.y9.large", an_hour=None)
    run = a_run(id="training", state="training", job="job-a1", job_created=True, instance="ml.g5.2xlarge")
    for record in (up, run):
        await written(mira.store, record)
    await mira.store.commit(Change(TEAM).name("catalogue", "up", "riobugger").index("runs", run.id, 1.0))
    said = await shown(mira)
    assert "1 endpoint and 1 training are up now: *$29.67 an hour*" in said
    assert "The price of ml.y9.large is not known here: reckoned with the dearest known, $28.15 an hour." in said
    assert "the month comes to about" in said


async def test_month_without_costs_says_so_and_has_no_chart(mira: Person) -> None:
    said = await shown(mira, "last month")
    assert "Nothing was spent in" in said
    assert month_of(time.time()) not in said
    assert await wishes(mira) == []
