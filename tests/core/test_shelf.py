"""JumpStart's ready-made models are found by any of their words; the list is asked for when it is old."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import shelf
from core.records import Shelf
from core.shelf import FAULT_SECONDS, FRESH_SECONDS, Offer
from core.store import Store
from sandbox.aws.catalogue import specs
from tests.support.records import TEAM, stands

NOW = 1_798_761_600.0
OFFERS = [
    Offer(
        spec["model_id"],
        spec["version"],
        tuple(dict.fromkeys([spec["default_inference_instance_type"], *spec["supported_inference_instance_types"]])),
        spec["url"],
    )
    for spec in specs()
    if not spec["training_supported"] and not spec["deprecated"]
]


def labels(text: str) -> list[str]:
    return [offer.label for offer in shelf.search(OFFERS, text).offers]


@pytest.mark.parametrize("text", ["ghibli", "GHIBLI", "diffusion ghibli", "Ghibli-Diffusion nitrosocke", " bli  hib "])
def test_model_is_found_by_its_words_in_any_order(text: str) -> None:
    assert labels(text) == ["nitrosocke-ghibli-diffusion"]
    assert shelf.search(OFFERS, text).exact


def test_all_are_listed_for_no_words() -> None:
    found = shelf.search(OFFERS, "")
    assert (len(found.offers), found.exact) == (len(OFFERS), True)


def test_nearest_are_offered_for_a_word_that_is_mistyped() -> None:
    found = shelf.search(OFFERS, "gibli")
    assert not found.exact
    assert found.offers[0].label == "nitrosocke-ghibli-diffusion"
    assert len(found.offers) < len(OFFERS)
    assert labels("openjurney")[:2] == ["openjourney-openjourney", "prompthero-openjourney"]


def test_model_that_has_most_of_the_words_is_the_nearest() -> None:
    assert labels("van gogh photos")[0] == "dallinmackay-van-gogh-diffusion"


def test_all_are_listed_when_nothing_is_near() -> None:
    found = shelf.search(OFFERS, "xqzzy")
    assert (len(found.offers), found.exact) == (len(OFFERS), False)


@given(st.text(max_size=60))
def test_whatever_is_searched_something_is_listed_once(text: str) -> None:
    found = shelf.search(OFFERS, text)
    ids = [offer.id for offer in found.offers]
    assert ids
    assert len(ids) == len(set(ids))


def test_list_is_read_as_it_was_written() -> None:
    listed = [*OFFERS, Offer("x", "1.0.0", ("ml.g5.2xlarge",), licence="https://licence")]
    stored = json.loads(json.dumps(shelf.written(listed)))
    told = Shelf(team=TEAM, id="shelf", state="known", models=tuple(stored))
    assert shelf.offers(told) == sorted(listed, key=lambda offer: offer.label)


async def test_list_is_asked_for_when_there_is_none_and_again_when_it_is_old(store: Store) -> None:
    before = await shelf.look(store, TEAM, NOW)
    assert (before.models, before.version) == ((), 0)
    asked = await shelf.read(store, TEAM)
    assert (shelf.asking(asked), asked.due) == (True, NOW)
    await shelf.look(store, TEAM, NOW + 1)
    assert (await shelf.read(store, TEAM)).version == asked.version, "it is being asked for"


@pytest.mark.parametrize(("fault", "seconds"), [("", FRESH_SECONDS), ("AWS did not answer.", FAULT_SECONDS)])
async def test_list_holds_for_hours_and_that_there_is_none_for_seconds(store: Store, fault: str, seconds: int) -> None:
    await shelf.look(store, TEAM, NOW)
    asked = await shelf.read(store, TEAM)
    known = replace(asked.to("known"), fault=fault, checked_at=NOW, due=None)
    assert await store.commit(shelf.Change(TEAM).put(known))
    known = await stands(store, known)
    await shelf.look(store, TEAM, NOW + seconds)
    assert (await stands(store, known)).version == known.version
    await shelf.look(store, TEAM, NOW + seconds + 1)
    assert shelf.asking(await stands(store, known))
