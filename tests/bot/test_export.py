"""`/darkroom export` writes a wish for a zip down, of a model that its asker may use, and answers all else in words."""

import pytest

from core import words
from core.change import Change
from core.records import Export
from tests.bot.person import Person
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, written


async def wishes(mira: Person) -> list[Export]:
    due = [member.partition(":") for member, _ in await mira.store.overdue(TEAM, float("inf"))]
    return await mira.store.get_all(Export, TEAM, [name for kind, _, name in due if kind == "export"])


async def taught(mira: Person) -> None:
    for model in (
        a_model(),
        a_model(id="newer", trained_at=1_798_762_000.0),
        a_model(id="secret", subject="secret", owner="U0LENA", allowed=("U0LENA",)),
    ):
        await written(mira.store, model)
        await mira.store.commit(Change(TEAM).name("catalogue", model.id, model.subject))


async def test_zip_of_the_newest_model_of_that_name_is_wished_for_once(mira: Person) -> None:
    await taught(mira)
    for _ in range(2):
        answer = await mira.command("/darkroom", "export RioBugger", trigger_id="trigger-of-this-test")
        assert answer == {"text": words.export.collecting("riobugger"), "response_type": "ephemeral"}
    (wish,) = await wishes(mira)
    assert (wish.model, wish.user, wish.channel, wish.state) == ("newer", MIRA, CHANNEL, "asked")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export", words.export.WHICH),
        ("export riobuger", "Did you mean *riobugger*?"),
        ("export secret", "There is no model called “secret”"),
    ],
)
async def test_wish_for_no_model_is_answered_in_a_sentence(mira: Person, text: str, said: str) -> None:
    await taught(mira)
    assert said in (await mira.command("/darkroom", text))["text"]
    assert await wishes(mira) == []
