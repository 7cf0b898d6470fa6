"""The doctor's verdicts: which photos are learnt from, and what is said of the others."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.doctor import ALIKE, BLURRED, CLASS_PHOTOS_MOST, Verdict, can_be_used, chosen, verdicts
from core.recipe import PHOTOS_MOST
from core.records import Photo
from tests.support.records import a_photo


def judged(number: int = 1, **different: Any) -> Photo:
    return a_photo(**({"id": f"photo{number}", "state": "judged"} | different))


def verdict(**different: Any) -> Verdict:
    framing = different.pop("framing", "crop")
    (only,) = verdicts([judged(**different)], framing)
    return only


def alike(*flipped: int) -> str:
    """Give a hash that differs from the others in these bits alone."""
    return f"{0x5A5A_0FF0_1234_8765 ^ sum(1 << bit for bit in flipped):016x}"


def bits(one: Photo, other: Photo) -> int:
    return (int(one.dhash, 16) ^ int(other.dhash, 16)).bit_count()


def test_good_photo_is_taken_and_nothing_is_said_of_it() -> None:
    assert verdict() == Verdict(judged(), 1, taken=True, code="good", reason="")


@pytest.mark.parametrize(
    ("different", "code", "becomes", "said"),
    [
        ({"width": 1_000, "height": 20}, "tiny", "out", "20 px"),
        ({"width": 511, "height": 700}, "small", "taken", "511 px"),
        ({"width": 512, "height": 512}, "good", "taken", ""),
        ({"sharpness": BLURRED - 0.1}, "blurred", "out", "sharp"),
        ({"sharpness": BLURRED}, "good", "taken", ""),
        ({"dark": 0.6}, "dark", "taken", "60% of it is black"),
        ({"dark": 0.8}, "dark", "out", "80% of it is black"),
        ({"dark": 0.6, "sharpness": 3.0}, "dark", "out", "60%"),
        ({"bright": 0.51}, "bright", "taken", "51% of it is white"),
        ({"bright": 0.9}, "bright", "out", "90% of it is white"),
        ({"width": 1_300, "height": 600}, "narrow", "taken", "Fit"),
        ({"width": 600, "height": 1_300}, "narrow", "taken", "Fit"),
        ({"width": 1_300, "height": 600, "framing": "fit"}, "good", "taken", ""),
        ({"width": 300, "height": 400, "sharpness": 1.0}, "blurred", "out", "sharp"),
        ({"state": "dropped"}, "pending", "out", words.doctor.PENDING),
        ({"state": "left_out", "reason": "it is torn"}, "unreadable", "out", "it is torn"),
        ({"choice": "leave"}, "left", "out", words.doctor.LEFT),
    ],
)
def test_photo_is_taken_or_left_out_with_the_first_thing_wrong(
    different: dict[str, Any], code: str, becomes: str, said: str
) -> None:
    found = verdict(**different)
    assert (found.code, found.taken) == (code, becomes == "taken")
    assert said in found.reason
    assert bool(found.reason) == (code != "good")


@pytest.mark.parametrize("wrong", [{"width": 20}, {"dark": 1.0}, {"bright": 1.0}, {"sharpness": 0.0}])
def test_person_may_have_a_bad_photo_taken_and_it_still_says_what_is_wrong(wrong: dict[str, Any]) -> None:
    refused, wanted = verdict(**wrong), verdict(**wrong, choice="use")
    assert can_be_used(refused)
    assert (wanted.taken, wanted.code, wanted.reason) == (True, refused.code, refused.reason)
    assert not can_be_used(wanted)


@pytest.mark.parametrize("state", ["left_out", "dropped"])
def test_nobody_can_have_a_photo_taken_that_has_not_been_read(state: str) -> None:
    found = verdict(state=state, choice="use", reason="it is torn")
    assert not found.taken
    assert not can_be_used(found)


def test_photo_that_was_left_out_by_hand_can_be_used_again() -> None:
    assert can_be_used(verdict(choice="leave"))


def test_twin_is_left_out_and_told_by_the_number_of_the_one_that_is_taken() -> None:
    photos = [judged(1), judged(2, dhash=alike(), state="removed"), judged(3, dhash=alike()), judged(4, dhash=alike(3))]
    first, second, twin = verdicts(photos, "crop")
    assert [first.taken, second.taken, twin.taken] == [True, True, False]
    assert (twin.number, twin.code, twin.reason) == (3, "twin", words.doctor.twin(2))


def test_photos_that_differ_in_nine_bits_are_no_twins() -> None:
    near, far = judged(2, dhash=alike(*range(ALIKE))), judged(3, dhash=alike(*range(ALIKE + 1)))
    assert [found.code for found in verdicts([judged(1, dhash=alike()), near], "crop")] == ["good", "twin"]
    assert [found.code for found in verdicts([judged(1, dhash=alike()), far], "crop")] == ["good", "good"]


def test_photo_much_like_one_that_is_not_taken_is_taken() -> None:
    photos = [judged(1, dhash=alike(), choice="leave"), judged(2, dhash=alike(1))]
    assert chosen(photos, "crop") == photos[1:]


def test_of_twelve_near_identical_photos_one_is_taken() -> None:
    photos = [judged(number, dhash=alike(number)) for number in range(12)]
    assert chosen(photos, "crop") == photos[:1]


def test_photos_beyond_twenty_are_left_out_whatever_a_person_says() -> None:
    photos = [judged(number, choice="use") for number in range(PHOTOS_MOST + 2)]
    extra = verdicts(photos, "crop")[PHOTOS_MOST:]
    assert [(found.code, found.taken, can_be_used(found)) for found in extra] == [("extra", False, False)] * 2
    assert chosen(photos, "crop") == photos[:PHOTOS_MOST]


def test_photos_of_the_class_are_counted_and_numbered_by_themselves() -> None:
    dogs = [judged(number, role="class") for number in range(1, CLASS_PHOTOS_MOST + 3)]
    own = judged(500)
    photos = [*dogs[:5], own, *dogs[5:]]
    assert [(found.photo, found.number) for found in verdicts(photos, "crop")] == [(own, 1)]
    assert chosen(photos, "crop", "class") == dogs[:CLASS_PHOTOS_MOST]


def near(centre: int, bit: int) -> str:
    return f"{centre ^ 1 << bit:016x}"


HASHES = st.builds(near, st.sampled_from([0, 2**63 - 1, 0xF0F0_CCCC]), st.integers(0, 12))
PHOTOS = st.builds(
    a_photo,
    state=st.sampled_from(["judged", "judged", "judged", "dropped", "left_out", "removed"]),
    choice=st.sampled_from(["", "", "use", "leave"]),
    role=st.sampled_from(["", "", "class"]),
    width=st.integers(1, 4_000),
    height=st.integers(1, 4_000),
    sharpness=st.floats(0, 1_000),
    dhash=HASHES,
    dark=st.floats(0, 1),
    bright=st.floats(0, 1),
    reason=st.just("it is torn"),
)


def numbered(photos: Sequence[Photo]) -> list[Photo]:
    return [replace(photo, id=f"photo{number}") for number, photo in enumerate(photos)]


SETS = st.lists(PHOTOS, max_size=40).map(numbered)
FRAMINGS = st.sampled_from(["crop", "fit"])


@given(SETS, FRAMINGS)
def test_each_photo_is_judged_once_and_not_too_many_are_taken(photos: list[Photo], framing: str) -> None:
    found = verdicts(photos, framing)
    assert [one.photo for one in found] == [photo for photo in photos if not photo.role and photo.state != "removed"]
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert [one.photo for one in found if one.taken] == chosen(photos, framing)
    assert len(chosen(photos, framing)) <= PHOTOS_MOST
    assert all(one.taken or one.reason for one in found)
    assert all(one.photo.state == "judged" and one.photo.choice != "leave" for one in found if one.taken)


@given(SETS, FRAMINGS)
def test_no_twin_is_taken_unless_a_person_says_so(photos: list[Photo], framing: str) -> None:
    for one, other in combinations(chosen(photos, framing), 2):
        assert bits(one, other) > ALIKE or other.choice == "use"


@given(SETS, FRAMINGS, st.randoms(use_true_random=False))
def test_order_in_which_photos_are_looked_at_does_not_matter(
    photos: Sequence[Photo], framing: str, dice: Random
) -> None:
    standing = {photo.id: replace(photo, state="dropped", choice="") for photo in photos}
    order = list(photos)
    dice.shuffle(order)
    for photo in order:
        standing[photo.id] = photo
        verdicts(list(standing.values()), framing)
    assert verdicts(list(standing.values()), framing) == verdicts(photos, framing)


@given(SETS, FRAMINGS)
def test_photo_that_can_be_used_is_taken_once_a_person_says_so(photos: list[Photo], framing: str) -> None:
    for found in filter(can_be_used, verdicts(photos, framing)):
        wanted = [replace(photo, choice="use") if photo is found.photo else photo for photo in photos]
        after = verdicts(wanted, framing)[found.number - 1]
        assert after.taken or after.code in {"extra", "pending"}
