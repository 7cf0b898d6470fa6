"""mrkdwn and rich text as HTML, by the same rules as the page's js/mrkdwn.js."""

import json
import re
from collections.abc import Callable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.page.transcript_html import Html, join, tag
from sandbox.slack.json_types import JsonObject

Names = Mapping[str, str]

_EMOJI: dict[str, str] = json.loads((Path(__file__).parent / "emoji.json").read_text("utf-8"))
SPRITE = Html((Path(__file__).parent / "emoji.svg").read_text("utf-8"))
"""The drawings of the commonest emoji; a page that uses them holds it once."""
_DRAWN = set(re.findall(r'id="([^"]+)"', SPRITE))
_DRAWINGS = {"+1": "plus1", "thumbsup": "plus1"}
_SHORT_NAME = re.compile(r":([a-z0-9_+'-]+):")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_LINES = (
    ("quote", re.compile(r"^(?:&gt;|>)(?!:) ?(.*)$")),
    ("ul", re.compile(r"^\s*[•◦-] +(.*)$")),
    ("ol", re.compile(r"^\s*\d{1,3}[.)] +(.*)$")),
    ("para", re.compile(r"^(.*)$", re.DOTALL)),
)


def decode(text: str) -> str:
    """Give Slack's three entities as characters."""
    return re.sub("&(?:lt|gt|amp);", lambda found: _ENTITIES[found[0]], text)


def plain(text: object) -> str:
    """Give plain_text as it is shown."""
    return _SHORT_NAME.sub(lambda found: _EMOJI.get(found[1], found[0]), decode(str(text or "")))


def link(url: str, label: str) -> Html:
    """Make a link, or plain text when a click on it could do harm."""
    if urlsplit(url).scheme not in {"http", "https", "mailto"}:
        return join(label)
    return tag("a", {"href": url, "rel": "noopener noreferrer"}, label)


def _angle(found: re.Match[str], names: Names) -> Html:
    target, _, label = (decode(part) for part in found[1].partition("|"))
    if target[0] in "@#":
        return tag("span", "mention", target[0] + names.get(target[1:], label or target[1:]))
    if target.startswith("!date^"):
        return tag("time", "", plain(label))
    if target[0] == "!":
        return tag("span", "mention", "@" + (label or target[1:].split("^")[0]))
    return link(target, plain(label or target))


def _styled(name: str) -> Callable[[re.Match[str], Names], Html]:
    return lambda found, names: tag(name, "", inline(found[1], names))


_INLINE: tuple[tuple[re.Pattern[str], bool, Callable[[re.Match[str], Names], Html]], ...] = (
    (re.compile(r"<([^<>\n]+)>"), False, _angle),
    (re.compile(r"`([^`\n]+)`"), False, lambda found, _: tag("code", "", decode(found[1]))),
    (
        re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\"'*_~]"),
        True,
        lambda found, _: link(decode(found[0]), decode(found[0])),
    ),
    (_SHORT_NAME, False, lambda found, _: emoji(found[1])),
    (re.compile(r"\*(?=\S)([^*\n]*[^*\s])\*(?!\w)"), True, _styled("b")),
    (re.compile(r"_(?=\S)([^_\n]*[^_\s])_(?!\w)"), True, _styled("i")),
    (re.compile(r"~(?=\S)([^~\n]*[^~\s])~(?!\w)"), True, _styled("s")),
)
"""Each form, whether it only begins where no word is running, and what it becomes."""


def inline(text: str, names: Names) -> Html:
    """Draw the forms within a line."""
    parts: list[str | Html] = []
    at = start = 0
    while at < len(text):
        found = _form_at(text, at)
        if found is None:
            at += 1
            continue
        match, make = found
        parts += [decode(text[start:at]), make(match, names)]
        at = start = match.end()
    return join(*parts, decode(text[start:]))


def _form_at(text: str, at: int) -> tuple[re.Match[str], Callable[[re.Match[str], Names], Html]] | None:
    if text[at] not in "<`:*_~h":
        return None
    running = at > 0 and re.match(r"\w", text[at - 1]) is not None
    for pattern, edge, make in _INLINE:
        match = None if edge and running else pattern.match(text, at)
        if match:
            return match, make
    return None


def mrkdwn(text: object, names: Names) -> Html:
    """Draw mrkdwn: code fences, quotes, lists and paragraphs."""
    pieces = re.split(r"```\n?([\s\S]*?)```\n?", str(text or ""))
    drawn = [
        tag("pre", "", decode(piece.removesuffix("\n"))) if number % 2 else _paragraphs(piece, names)
        for number, piece in enumerate(pieces)
    ]
    return join(*drawn)


def _kind(line: str) -> tuple[str, str]:
    return next((kind, found[1]) for kind, pattern in _LINES if (found := pattern.match(line)))


def _paragraphs(text: str, names: Names) -> Html:
    if not text:
        return Html()
    kinds = [_kind(line) for line in text.removesuffix("\n").split("\n")]
    groups = [(kind, [rest for _, rest in lines]) for kind, lines in groupby(kinds, key=lambda each: each[0])]
    return join(*(_part(kind, lines, names) for kind, lines in groups))


def _part(kind: str, lines: list[str], names: Names) -> Html:
    if kind in {"ul", "ol"}:
        return tag(kind, "", [tag("li", "", inline(line, names)) for line in lines])
    body = inline("\n".join(lines), names)
    return tag("blockquote", "", body) if kind == "quote" else tag("div", "para", body)


def text_object(given: JsonObject | str | None, names: Names) -> Html:
    """Draw a Block Kit text object."""
    if isinstance(given, str) or not given:
        return with_emoji(given)
    return mrkdwn(given.get("text"), names) if given.get("type") == "mrkdwn" else with_emoji(given.get("text"))


_LEAVES: dict[str, Callable[[Any, Names], Html]] = {
    "text": lambda leaf, _: join(leaf["text"]),
    "link": lambda leaf, _: link(leaf["url"], leaf.get("text") or leaf["url"]),
    "user": lambda leaf, names: tag("span", "mention", "@" + names.get(leaf["user_id"], leaf["user_id"])),
    "channel": lambda leaf, names: tag("span", "mention", "#" + names.get(leaf["channel_id"], leaf["channel_id"])),
    "emoji": lambda leaf, _: emoji(leaf["name"]),
    "broadcast": lambda leaf, _: tag("span", "mention", "@" + leaf["range"]),
}
_STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}
_RICH = {"rich_text_section": "div", "rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}


def _leaf(leaf: JsonObject, names: Names) -> Html:
    drawn = _LEAVES.get(leaf["type"], lambda each, _: join(f"[{each['type']}]"))(leaf, names)
    for style, name in _STYLES.items():
        drawn = tag(name, "", drawn) if leaf.get("style", {}).get(style) else drawn
    return drawn


def rich_text(block: JsonObject, names: Names) -> Html:
    """Draw a rich_text block."""
    return join(*(_rich(element, names) for element in block["elements"]))


def _rich(element: JsonObject, names: Names) -> Html:
    if element["type"] == "rich_text_list":
        items = [tag("li", "", [_leaf(leaf, names) for leaf in item["elements"]]) for item in element["elements"]]
        return tag("ol" if element.get("style") == "ordered" else "ul", "", items)
    return tag(_RICH.get(element["type"], "div"), "", [_leaf(leaf, names) for leaf in element["elements"]])


def emoji(name: str) -> Html:
    """Draw an emoji by its short name; an unknown one is the name between colons."""
    drawing = f"emoji-{_DRAWINGS.get(name, name)}"
    if drawing in _DRAWN:
        return tag("span", {"class": "emoji", "title": name}, tag("svg", "", tag("use", {"href": f"#{drawing}"})))
    return join(_EMOJI.get(name, f":{name}:"))


def with_emoji(text: object) -> Html:
    """Draw plain_text with its emoji."""
    pieces = _SHORT_NAME.split(decode(str(text or "")))
    return join(*(emoji(piece) if number % 2 else piece for number, piece in enumerate(pieces)))
