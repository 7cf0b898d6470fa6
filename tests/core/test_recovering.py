"""What a manifest and a training job tell of a model; and manifests that people have had their hands in."""

import json
from dataclasses import fields
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import grammar, manifests, recovering, words
from core.manifests import ManifestError, Told
from core.records import Model
from core.recovering import Place, places, subject_of
from core.sweeping import APP, DEPLOYMENT, RECORD, Thing
from core.sweeping import TEAM as TEAM_TAG
from tests.support.records import TEAM, a_model

text = st.text(max_size=12)
lasting = st.builds(
    a_model,
    name=text,
    subject=text,
    allowed=st.lists(text, max_size=3).map(tuple),
    dollars=st.floats(0, 1e9),
    trained_at=st.one_of(st.floats(0, 1e12), st.integers(0, 10**12)),
    attempt=st.integers(0, 10**6),
    hosting=st.dictionaries(text, st.dictionaries(text, text, max_size=2), max_size=2),
)


def a_manifest(**different: Any) -> bytes:
    """Write a manifest, with something in it changed by hand; `model` changes its fields."""
    told = json.loads(manifests.written("darkroom", a_model(), {"steps": 200}))
    told["model"] |= different.pop("model", {})
    return json.dumps(told | different).encode()


def read(manifest: bytes) -> Told:
    return manifests.read(manifest, "darkroom", TEAM)


@given(lasting)
def test_model_is_read_as_it_was_written(model: Model) -> None:
    assert read(manifests.written("darkroom", model, {"steps": 200})) == Told(model, {"steps": 200})


def test_how_its_endpoint_is_this_moment_is_not_written() -> None:
    up = a_model(state="in_service", attempt=3, up_since=1.0, an_hour=0.94, awake_until=9.0, reason="why", due=1.0)
    assert read(manifests.written("darkroom", up, {})).model == a_model(attempt=3)
    assert {one.name for one in fields(Model)} >= manifests.MOMENTARY


def test_manifest_of_an_older_version_has_the_defaults_of_what_it_lacks() -> None:
    told = json.loads(a_manifest(model={"of_another_time": 1}))
    for name in ("allowed", "name", "hosting", "idle_seconds"):
        del told["model"][name]
    del told["training"]
    assert read(json.dumps(told).encode()) == Told(a_model(), {})


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (b"", words.recovering.BROKEN),
        (b"\xff\xfe", words.recovering.BROKEN),
        (b"[1]", words.recovering.BROKEN),
        (a_manifest(version="1"), words.recovering.BROKEN),
        (a_manifest(version=0), words.recovering.BROKEN),
        (a_manifest(id=7), words.recovering.BROKEN),
        (json.dumps(json.loads(a_manifest()) | {"model": []}).encode(), words.recovering.BROKEN),
        (a_manifest(version=2), words.recovering.newer(2)),
        (a_manifest(deployment="another"), words.recovering.NOT_OURS),
        (a_manifest(team="T0ELSE"), words.recovering.NOT_OURS),
        (a_manifest(model={"subject": None}), words.recovering.wrong("subject")),
        (a_manifest(model={"allowed": "U0THEO"}), words.recovering.wrong("allowed")),
        (a_manifest(model={"allowed": [1]}), words.recovering.wrong("allowed")),
        (a_manifest(model={"dollars": True}), words.recovering.wrong("dollars")),
        (a_manifest(model={"dollars": float("nan")}), words.recovering.wrong("dollars")),
        (a_manifest(model={"hosting": []}), words.recovering.wrong("hosting")),
    ],
)
def test_manifest_that_cannot_be_read_says_why(manifest: bytes, why: str) -> None:
    with pytest.raises(ManifestError) as fault:
        read(manifest)
    assert str(fault.value) == why


def test_manifest_that_lacks_what_nobody_can_guess_says_what() -> None:
    told = json.loads(a_manifest())
    del told["model"]["owner"]
    with pytest.raises(ManifestError, match="owner"):
        read(json.dumps(told).encode())


def test_places_are_found_in_whatever_order_the_keys_come() -> None:
    keys = [
        "darkroom/T1/run1/out/darkroom-x-run1-a2/output/model.tar.gz",
        "darkroom/T1/run1/out/darkroom-x-run1-a2/manifest.json",
        "darkroom/T1/run1/out/darkroom-x-run1-a10/output/model.tar.gz",
        "darkroom/T1/models/ready/manifest.json",
        "darkroom/T1/run1/photos/p0.jpg",
    ]
    expected = [
        Place("T1", "models/ready", manifest=keys[3]),
        Place("T1", "run1", "darkroom-x-run1-a10", artifact=keys[2]),
        Place("T1", "run1", "darkroom-x-run1-a2", artifact=keys[0], manifest=keys[1]),
    ]
    assert all(places(some, "darkroom") == expected for some in permutations(keys))


@pytest.mark.parametrize(
    ("prompt", "slug", "learnt"),
    [
        ("a photo of riobugger cat", "riobugger", ("riobugger", "cat")),
        ("a photo of RioBugger black cat", "riobugger", ("riobugger", "black cat")),
        ("a painting by o'neill", "o-neill", ("o'neill", recovering.UNKNOWN_NOUN)),
        ("a photo of котик cat", "", ("котик", "cat")),
        ("something else", "riobugger", ("riobugger", recovering.UNKNOWN_NOUN)),
    ],
)
def test_word_that_was_learnt_is_found_in_its_prompt(prompt: str, slug: str, learnt: tuple[str, str]) -> None:
    assert subject_of(prompt, slug) == learnt


@given(st.integers(1, 5_000), st.integers(1, grammar.SUBJECT_MOST))
def test_model_of_a_step_sheet_gets_a_name_that_can_be_prompted(steps: int, length: int) -> None:
    told = Told(a_model(subject="x" * length, comparison="sheet1"), {"steps": steps})
    name = recovering.of_its_own(told).name
    assert grammar.named(name, "cat").subject == name
    assert name.endswith(f"-{steps}")


def test_endpoint_in_service_is_taken_before_a_newer_one_that_is_not() -> None:
    def thing(attempt: int, status: str, **told: str) -> Thing:
        own = {APP: "darkroom", DEPLOYMENT: "darkroom", TEAM_TAG: TEAM, RECORD: "model:model1"} | told
        return Thing("endpoint", f"darkroom-riobugger-model1-a{attempt}", status, 5.0, own)

    stand = [
        thing(1, "Deleting"),
        thing(2, "InService"),
        thing(3, "Failed"),
        thing(9, "InService", **{RECORD: "run:x"}),
    ]
    taken, endpoint = recovering.with_endpoint(a_model(), stand, "darkroom", 9.0)
    assert (taken.state, taken.stage, taken.attempt, endpoint) == ("in_service", "", 2, stand[1])
    broken, _ = recovering.with_endpoint(a_model(), stand[2:], "darkroom", 9.0)
    assert (broken.state, broken.stage, broken.attempt) == ("deploying", "watch", 3)
    gone, endpoint = recovering.with_endpoint(a_model(), stand[:1], "darkroom", 9.0)
    assert (gone, endpoint) == (a_model(), None)
