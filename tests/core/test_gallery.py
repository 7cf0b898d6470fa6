"""The gallery shows what a person may see: of the channel and their own, of models open to them, stars first."""

import itertools
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import gallery as hanging
from core import words
from core.cards.gallery import PAGE, Page, gallery
from core.change import Change
from core.gallery import Look, best_first, visible
from core.grammar import GrammarError
from core.names import DAY
from core.records import Generation
from core.store import Store
from sandbox.slack.view_shapes import check_view
from tests.support.records import CHANNEL, MIRA, TEAM, a_generation, a_model, written

LENA, ELSEWHERE = "U0LENA", "C0ELSEWHERE"
LOOK = Look(TEAM, MIRA, CHANNEL)
OPEN, PRIVATE = a_model(), a_model(id="model2", subject="secret", owner=LENA, allowed=(ELSEWHERE,))


def a_picture(**different: Any) -> Generation:
    return a_generation(**({"state": "posted", "files": ("F7",), "posted_at": 1_798_761_600.0} | different))


def seen(look: Look, *found: Generation) -> list[str]:
    return [generation.id for generation, _ in visible(look, found, [OPEN, PRIVATE])]


PICTURES = [
    a_picture(id="own-here"),
    a_picture(id="own-elsewhere", channel=ELSEWHERE),
    a_picture(id="hers-here", user=LENA),
    a_picture(id="hers-elsewhere", user=LENA, channel=ELSEWHERE),
    a_picture(id="sample-here", user=""),
    a_picture(id="private-here", model=PRIVATE.id),
    a_picture(id="private-elsewhere", model=PRIVATE.id, channel=ELSEWHERE, user=LENA),
    a_picture(id="own-private-elsewhere", model=PRIVATE.id, channel=ELSEWHERE),
    a_picture(id="deleted", state="deleted"),
    a_picture(id="of-a-sheet", files=()),
    a_picture(id="of-a-model-that-is-gone", model="nobody"),
]


@pytest.mark.parametrize(
    ("look", "ids"),
    [
        (LOOK, ["own-here", "own-elsewhere", "hers-here", "sample-here", "own-private-elsewhere"]),
        (Look(TEAM, MIRA, ""), ["own-here", "own-elsewhere", "own-private-elsewhere"]),
        (
            Look(TEAM, LENA, CHANNEL),
            ["own-here", "hers-here", "hers-elsewhere", "sample-here", "private-here", "private-elsewhere"],
        ),
        (
            Look(TEAM, MIRA, ELSEWHERE),
            ["own-here", "own-elsewhere", "hers-elsewhere", "private-elsewhere", "own-private-elsewhere"],
        ),
        (Look(TEAM, MIRA, CHANNEL, person=LENA), ["hers-here"]),
        (Look(TEAM, MIRA, ELSEWHERE, models=(PRIVATE.id,)), ["private-elsewhere", "own-private-elsewhere"]),
        (Look(TEAM, "U0IVO", CHANNEL, models=(PRIVATE.id,)), []),
    ],
)
def test_everybody_sees_their_own_and_the_channels_of_models_open_to_them(look: Look, ids: list[str]) -> None:
    assert seen(look, *PICTURES) == ids


def test_pictures_of_a_model_that_is_being_deleted_are_not_shown() -> None:
    assert visible(LOOK, [PICTURES[0]], [a_model(deleted_by=MIRA)]) == []


pictures_at_any_time = st.lists(
    st.builds(
        a_picture,
        posted_at=st.floats(0, 100),
        starred_by=st.sampled_from([(), ("U1",), ("U1", "U2")]),
    ),
    max_size=20,
)


@settings(deadline=None)
@given(pictures_at_any_time)
def test_pictures_with_a_star_come_first_and_then_the_newest(found: list[Generation]) -> None:
    ordered = [generation for generation, _ in best_first([(one, OPEN) for one in found])]
    assert sorted(ordered, key=repr) == sorted(found, key=repr)
    for before, after in itertools.pairwise(ordered):
        assert (bool(before.starred_by), before.posted_at) >= (bool(after.starred_by), after.posted_at)


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(-3, 99))
def test_every_page_shows_some_and_all_pages_show_each_once(count: int, wanted: int) -> None:
    shown = [(a_picture(id=f"g{k}", seed=k), OPEN) for k in range(count)]
    pages = [Page(LOOK, shown, number) for number in range(-(-count // PAGE))]
    drawn = [generation.seed for page in pages for generation, _ in page.shown[page.first : page.first + PAGE]]
    assert drawn == list(range(count))
    page = Page(LOOK, shown, wanted)
    assert 0 <= page.number < len(pages)
    images = [block for block in gallery(page)["blocks"] if block["type"] == "image"]
    assert 1 <= len(images) <= PAGE


def turned(wanted: int, count: int) -> dict[str, str]:
    blocks = gallery(Page(LOOK, [(a_picture(), OPEN)] * count, wanted))["blocks"]
    return {
        one["text"]["text"]: one["value"] for block in blocks if block["type"] == "actions" for one in block["elements"]
    }


def test_buttons_lead_to_the_pages_that_there_are() -> None:
    assert turned(0, 6) == {}
    assert turned(0, 7) == {"Next": "1"}
    assert turned(1, 13) == {"Previous": "0", "Next": "2"}
    assert turned(9, 13) == {"Previous": "1"}


def test_page_fits_slack_with_the_longest_of_everything() -> None:
    long = a_picture(prompt="&" * 400, files=("F1",) * 4, starred_by=tuple(f"U{k}" for k in range(99)))
    view = gallery(Page(LOOK, [(long, a_model(subject="a" * 30))] * 20, 1))
    assert check_view(view, "modal", bool) == []
    assert Look.read(view["private_metadata"]) == LOOK


def test_page_whose_pictures_are_gone_says_so() -> None:
    view = gallery(Page(LOOK, [], 3))
    assert check_view(view, "modal", bool) == []
    assert words.gallery.nothing([]) in str(view)


def test_picture_says_what_it_is_and_how_many_stars_it_has() -> None:
    one = a_picture(files=("F7", "F8"), starred_by=("U1", "U2"), posted_at=1_798_761_600.0)
    first = gallery(Page(LOOK, [(one, OPEN)]))["blocks"][1:3]
    assert first[0]["slack_file"] == {"id": "F7"}
    said = first[1]["elements"][0]["text"]
    assert said.startswith(
        "*a photo of riobugger cat on the beach*\nriobugger · seed 7 · 2 pictures · <@U0MIRA> · <!date^"
    )
    assert said.endswith("★ 2")


@pytest.mark.parametrize("text", ["riobugger", " RioBugger "])
def test_gallery_of_a_model_is_asked_for_by_its_name(text: str) -> None:
    assert LOOK.narrowed(text, [OPEN, PRIVATE]) == Look(TEAM, MIRA, CHANNEL, models=(OPEN.id,), called="riobugger")


@pytest.mark.parametrize("text", ["<@U0LENA|lena>", "<@U0LENA>"])
def test_gallery_of_a_person_is_asked_for_by_a_mention(text: str) -> None:
    assert LOOK.narrowed(text, [OPEN]) == Look(TEAM, MIRA, CHANNEL, person=LENA)
    assert LOOK.narrowed(f"riobugger {text}", [OPEN]).person == LENA


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("riobuger", "Did you mean *riobugger*?"),
        ("&lt;!here&gt;", "There is no model called “&lt;!here&gt;”"),
        ("secret", "There is no model called “secret”"),
        ("@lena", words.gallery.PERSON_UNKNOWN),
    ],
)
def test_gallery_of_nobody_is_answered_in_words(text: str, said: str) -> None:
    with pytest.raises(GrammarError) as fault:
        LOOK.narrowed(text, [OPEN, PRIVATE])
    assert said in str(fault.value)


async def test_newest_of_the_channel_and_ones_own_are_looked_through(store: Store) -> None:
    for k, one in enumerate(PICTURES[:5]):
        shown = await written(store, a_generation(**{**vars(one), "posted_at": 1_798_761_600.0 + k, "ts": f"1.{k}"}))
        await store.commit(hanging.hang(Change(TEAM), shown))
    found = await hanging.pictures(store, LOOK, [OPEN])
    assert [generation.id for generation, _ in found] == ["sample-here", "hers-here", "own-elsewhere", "own-here"]
    assert [g.id for g, _ in await hanging.pictures(store, LOOK, [OPEN], most=1)] == ["sample-here"]
    own = await hanging.pictures(store, Look(TEAM, MIRA, ""), [OPEN])
    assert [generation.id for generation, _ in own] == ["own-elsewhere", "own-here"]


async def test_picture_by_a_clock_that_has_leapt_ahead_takes_no_others_down(store: Store) -> None:
    for days in (-1, 0, 91):
        shown = a_picture(id=str(days), ts=f"1.{days}", posted_at=time.time() + days * DAY)
        await store.commit(hanging.hang(Change(TEAM), shown))
    assert await store.members(TEAM, hanging.painted_by(OPEN.id)) == ["-1", "0", "91"]
