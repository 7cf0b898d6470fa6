"""The transcript: all that was said, in one file that needs nothing beside it."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from sandbox.page.transcript import transcript
from tests.page.conftest import picture
from tests.page.fake_slack import seed, text

Json = dict[str, Any]
USERS: list[Json] = seed()["users"]


class Tags(HTMLParser):
    """The tags of a page, and the attributes that load or run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.sources: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources += [value or "" for name, value in attrs if name in {"src", "href"}]


def said(words: str, ts: str = "1700000000.000100", **more: object) -> Json:
    return {"ts": ts, "user": "U0MIRA", "text": words, "channel": "C0PETS", **more}


def body_of(page: str) -> str:
    return page.partition("</head>")[2]


def test_replies_stand_under_their_root() -> None:
    root, reply = "1700000000.000100", "1700000100.000100"
    other = "1700000050.000100"
    page = body_of(
        transcript(
            [said("root", root, thread_ts=root), said("other", other), said("answer", reply, thread_ts=root)],
            USERS,
            {},
            channels={"C0PETS": "pets"},
        )
    )
    assert "# pets" in page
    assert "1 reply" in page
    assert page.index("root") < page.index("answer") < page.index("other")


def test_pictures_are_within_the_file() -> None:
    files = [{"id": "F1", "name": "cat.jpg", "mimetype": "image/jpeg"}]
    block = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a cat"}
    page = transcript([said("", files=files), said("", "1700000001.000100", blocks=[block])], USERS, {"F1": picture()})
    assert len(re.findall(r'src="data:image/jpeg;base64,', page)) == 2


def test_pictures_can_stand_beside_the_file() -> None:
    files = [{"id": "F1", "name": "cat.jpg", "mimetype": "image/jpeg"}]
    page = transcript([said("", files=files)], USERS, {"F1": picture()}, paths={"F1": "pictures/cat.jpg"})
    assert 'src="pictures/cat.jpg"' in page
    assert "data:image/jpeg" not in page


def test_file_without_a_picture_is_named() -> None:
    page = transcript([said("", files=[{"id": "F2", "name": "notes.txt"}])], USERS, {})
    assert "notes.txt" in body_of(page)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "&lt;img src=x onerror=alert(1)&gt;",
        "<javascript:alert(1)|click>",
        '<https://example.org/"onmouseover="alert(1)|x>',
        "```<svg onload=alert(1)>```",
    ],
)
def test_hostile_text_stays_text(words: str) -> None:
    blocks = [{"type": "section", "text": text(words, "mrkdwn")}, {"type": "header", "text": text(words)}]
    tags = Tags(transcript([said(words), said(words, "1700000001.000100", blocks=blocks)], USERS, {}, title=words))
    assert not tags.names & {"script", "iframe", "object"}
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert not [source for source in tags.sources if source.startswith("javascript")]


def test_blocks_are_drawn_and_unknown_ones_named() -> None:
    button = {"type": "button", "text": text("Train"), "style": "primary"}
    people = {"type": "multi_users_select", "initial_users": ["U0JON", "U0MIRA"]}
    blocks: list[Json] = [
        {"type": "header", "text": text("Learning :cat: :bulb:")},
        {
            "type": "section",
            "text": text("*bold* <@U0JON>", "mrkdwn"),
            "fields": [text("6 photos")],
            "accessory": button,
        },
        {"type": "actions", "elements": [button]},
        {"type": "context", "elements": [text("seed 7")]},
        {"type": "section", "text": text("Who?"), "accessory": people},
        {"type": "divider"},
        {"type": "video"},
    ]
    page = body_of(transcript([said("", blocks=blocks)], USERS, {}))
    for drawn in (
        "#emoji-cat",
        "💡",
        "<b>bold</b>",
        "@Jonas",
        "6 photos",
        "button-primary",
        "seed 7",
        "Jonas, Mira",
        "<hr",
        "“video”",
    ):
        assert drawn in page


def test_words_are_drawn_as_the_page_draws_them() -> None:
    page = body_of(
        transcript([said("_it_ a*b*c `x` https://example.org.\n&gt; <!date^1^{date}|q>\n• one\n1. two")], USERS, {})
    )
    for drawn in (
        "<i>it</i> a*b*c <code>x</code>",
        '<a href="https://example.org" rel="noopener noreferrer">https://example.org</a>.',
        "<blockquote><time>q</time></blockquote>",
        "<ul><li>one</li></ul><ol><li>two</li></ol>",
    ):
        assert drawn in page
