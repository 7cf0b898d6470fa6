"""Whether what is sent to Slack can ping, link or mislead anybody by what a person has typed."""

import re
from collections.abc import Iterator
from typing import Any, cast

TYPED = (
    "riobugger <!channel> <@U0EVIL|eve> &lt;!here&gt; @here #general <http://evil.example|cat> "
    "http://evil.example/x.png `code` :bomb: árvíztűrő 🐈\u202e\u0007\u200b <!subteam^S0ALL|@all> "
    "&amp;lt;!everyone&amp;gt;"
)
"""A prompt as Slack hands it over, with all that a person could have put in; it names riobugger."""
OURS = re.compile(r"<(?:@U0MIRA|@U0BOT|#C0PETS|#D0MIRA|!date\^\d+\^[^<>|]*\|[^<>|]*)>")
"""The marks that the product itself writes in the tests."""
_MARK = re.compile(r"<[^<>\n]*>")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_MARKED_UP = {"text", "initial_comment"}
"""Arguments of Slack's methods in which marks are understood; in titles, names and alternative texts they are not."""


def harm(sent: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """List what could do harm in the arguments of a call, or in an answer to one."""
    return [] if sent is None else list(_harm(sent, "sent"))


def _harm(part: object, path: str) -> Iterator[str]:
    if isinstance(part, str):
        if _CONTROL.search(part):
            yield f"{path} has control characters: {part!r}"
    elif isinstance(part, dict):
        yield from _of_object(cast("dict[str, object]", part), path)
    elif isinstance(part, list | tuple):
        for place, each in enumerate(cast("list[object]", part)):
            yield from _harm(each, f"{path}.{place}")


def _of_object(part: dict[str, object], path: str) -> Iterator[str]:
    kind = part.get("type")
    if kind == "mrkdwn" and part.get("verbatim") is not True:
        yield f"{path} lets Slack make links and mentions of plain words: {part}"
    for name, value in part.items():
        marked_up = name in _MARKED_UP and isinstance(value, str) and kind != "plain_text"
        foreign = [mark for mark in _MARK.findall(str(value)) if not OURS.fullmatch(mark)] if marked_up else []
        if foreign:
            yield f"{path}.{name} has marks that are not ours: {foreign}"
        yield from _harm(value, f"{path}.{name}")
