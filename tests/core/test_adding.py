"""A ready-made model that is added gets a name that nobody has, and stands asleep among the team's own."""

from dataclasses import replace

import pytest

from core import adding, grammar, looking, naming
from core.adding import Wish
from core.grammar import GrammarError
from core.records import Message
from core.shelf import Offer
from core.store import Store
from core.word_filter import WordFilter
from tests.core.test_shelf import NOW, OFFERS
from tests.support.records import CHANNEL, MIRA, TEAM, a_model, a_ready_made_model

HOUR = 3_600.0


def offer(label: str) -> Offer:
    (found,) = (one for one in OFFERS if one.label == label)
    return found


GHIBLI = offer("nitrosocke-ghibli-diffusion")
WISH = Wish(TEAM, MIRA, CHANNEL, GHIBLI, "ghibli", "ml.g5.2xlarge")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("nitrosocke-ghibli-diffusion", "ghibli-diffusion"),
        ("prompthero-openjourney", "openjourney"),
        ("sd-dreambooth-library-seraphm", "seraphm"),
        ("runwayml-stable-diffusion-v1-5", "stable-diffusion-v1-5"),
        ("fictiverse-stable-diffusion-voxelart-model", "stable-diffusion-voxelart"),
        ("stabilityai-stable-diffusion-v2", "stable-diffusion-v2"),
    ],
)
def test_name_is_suggested_without_its_makers(label: str, name: str) -> None:
    assert adding.name_for(offer(label), []) == name


@pytest.mark.parametrize("one", OFFERS, ids=lambda one: one.label)
def test_suggested_name_can_be_taken_as_it_is(one: Offer) -> None:
    taken = [a_model(subject=adding.name_for(one, []))]
    assert adding.usable_name(adding.name_for(one, []), [], WordFilter()) == adding.name_for(one, [])
    assert adding.usable_name(adding.name_for(one, taken), taken, WordFilter()).endswith("-2")


def test_name_that_cannot_stand_in_a_prompt_or_is_taken_is_refused_in_words() -> None:
    renamed = a_model(name="Miyazaki")
    for typed in ("two words", "", "x" * 31, "riobugger", "MIYAZAKI"):
        with pytest.raises(GrammarError):
            adding.usable_name(typed, [renamed], WordFilter())


async def test_added_model_is_asleep_among_the_teams_own_and_only_who_added_it_is_told(store: Store) -> None:
    assert await adding.add(store, WISH, 1.515, HOUR, NOW)
    (model,) = await looking.models(store, TEAM)
    assert (model.state, model.due, model.run, model.artifact, model.thread_ts) == ("asleep", None, "", "", "")
    assert (model.jumpstart_id, model.jumpstart_version) == (GHIBLI.id, GHIBLI.version)
    assert (model.title, model.instance, model.owner, model.channel) == ("ghibli", "ml.g5.2xlarge", MIRA, CHANNEL)
    assert model.ready_made
    assert naming.mentioned(model, model.instance_prompt)
    assert grammar.mentions("ghibli", model.instance_prompt)
    due = await store.overdue(TEAM, NOW)
    (told,) = await store.get_all(Message, TEAM, [member.partition(":")[2] for member, _ in due])
    assert (told.call, told.user, told.channel) == ("ephemeral", MIRA, CHANNEL)
    assert "$1.51 an hour" in told.text
    assert "60 minutes" in told.text
    assert model.instance_prompt in told.text


async def test_model_is_added_once_whoever_is_second(store: Store) -> None:
    assert await adding.add(store, WISH, None, HOUR, NOW)
    assert not await adding.add(store, replace(WISH, user="U0NOAH", name="other"), None, HOUR, NOW + 5)
    assert [model.title for model in await looking.models(store, TEAM)] == ["ghibli"]
    due = [member for member, _ in await store.overdue(TEAM, NOW + 9) if member.startswith("message:")]
    assert len(due) == 1, "the second is told by the modal"


async def test_licence_is_on_record_with_who_accepted_it(store: Store) -> None:
    await adding.add(store, replace(WISH, licence=True), None, HOUR, NOW)
    (model,) = await looking.models(store, TEAM)
    assert (model.licence_accepted_by, model.licence_accepted_at) == (MIRA, NOW)


def test_record_of_a_ready_made_model_is_known_as_such() -> None:
    assert a_ready_made_model().ready_made
    assert not a_model().ready_made
