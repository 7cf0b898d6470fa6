"""A channel with its threads as one HTML file that needs nothing beside it, in the page's own looks."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from sandbox.page.transcript_blocks import Sources, draw_blocks, picture
from sandbox.page.transcript_html import Html, join, tag
from sandbox.page.transcript_text import SPRITE, emoji, mrkdwn
from sandbox.slack.json_types import JsonObject, as_object, as_objects

_FOLDER = Path(__file__).parent
_STYLES = ("tokens", "message", "text", "pictures", "blocks", "transcript")
_SEVERAL = 4
"""From this many pictures on, a grid has its narrow columns (css/pictures.css)."""


def transcript(
    messages: Sequence[JsonObject],
    users: Sequence[JsonObject],
    files: Mapping[str, bytes],
    *,
    channels: Mapping[str, str] | None = None,
    paths: Mapping[str, str] | None = None,
    title: str = "Darkroom: transcript",
) -> str:
    """Draw messages of one or more channels (roots and replies; `channel` says which, when there are several).

    `files` are pictures by file id and are inlined; those named in `paths` (file id to relative path) are pointed at
    instead. `channels` are names by id.
    """
    people = {str(user["id"]): _name(user) for user in users}
    names = {key: value or key for key, value in (channels or {}).items()}
    sources = Sources(people | names, files, paths or {})
    ordered = sorted(messages, key=lambda each: (str(each.get("channel", "")), float(each["ts"])))
    groups = groupby(ordered, key=lambda each: str(each.get("channel", "")))
    body = [_channel(sources.names.get(channel, channel), list(group), sources) for channel, group in groups]
    return "<!doctype html>\n" + _page(title, join(*body))


def _page(title: str, body: Html) -> Html:
    head = (
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("title", "", title),
        tag("style", "", Html(_style())),
    )
    return tag(
        "html", {"lang": "en"}, tag("head", "", *head), tag("body", "transcript", SPRITE, tag("h1", "", title), body)
    )


def _style() -> str:
    css = "\n".join((_FOLDER / "css" / f"{name}.css").read_text("utf-8") for name in _STYLES)
    icon = b64encode((_FOLDER / "icon.svg").read_bytes()).decode()
    return css.replace("../icon.svg", f"data:image/svg+xml;base64,{icon}")


def _name(user: JsonObject) -> str:
    profile = as_object(user.get("profile"))
    return str(profile.get("display_name") or user.get("real_name") or user["name"])


def _channel(name: str, messages: list[JsonObject], sources: Sources) -> Html:
    roots = [each for each in messages if each.get("thread_ts", each["ts"]) == each["ts"]]
    known = {each["ts"] for each in roots}
    orphans = [each for each in messages if each not in roots and each["thread_ts"] not in known]
    rows: list[Html] = []
    day = ""
    for root in sorted(roots + orphans, key=lambda each: float(each["ts"])):
        if (today := f"{_moment(root):%A, %d %B %Y}") != day:
            day = today
            rows.append(tag("div", "day", tag("span", "", day)))
        rows += [_message(root, sources), _replies(root, messages, sources)]
    heading = tag("h2", "", f"# {name}") if name else None
    return tag("section", "transcript-channel", heading, rows)


def _replies(root: JsonObject, messages: list[JsonObject], sources: Sources) -> Html:
    found = [each for each in messages if each.get("thread_ts") == root["ts"] and each is not root]
    if not found:
        return Html()
    count = f"{len(found)} {'reply' if len(found) == 1 else 'replies'}"
    return tag(
        "div",
        "transcript-thread",
        tag("div", "replies", tag("span", "", count)),
        [_message(each, sources) for each in found],
    )


def _moment(message: JsonObject) -> datetime:
    return datetime.fromtimestamp(float(message["ts"])).astimezone()


def _message(message: JsonObject, sources: Sources) -> Html:
    app = bool(message.get("bot_id"))
    user = str(message.get("user") or message.get("bot_id") or "")
    name = sources.names.get(user, user)
    only_you = tag("div", "only-you", "Only visible to one person") if message.get("ephemeral_for") else None
    when = tag("time", "", f"{_moment(message):%H:%M:%S}")
    heading = tag("div", "heading", tag("b", "author", name), tag("span", "badge", "APP") if app else None, when)
    body = (
        only_you,
        heading,
        tag("div", "words", _words(message, sources)),
        _gallery(message, sources),
        _reactions(message),
    )
    kind = "message ephemeral" if message.get("ephemeral_for") else "message"
    return tag("div", kind, tag("div", "margin", _avatar(user, name, app=app)), tag("div", "body", *body))


def _avatar(user: str, name: str, *, app: bool) -> Html:
    if app:
        return tag("span", "avatar avatar-app")
    hue = sum(map(ord, user)) * 97 % 360
    return tag("span", {"class": "avatar", "style": f"--hue: {hue}"}, name[:1].upper())


def _words(message: JsonObject, sources: Sources) -> Html:
    blocks = as_objects(message.get("blocks"))
    edited = tag("span", "edited", " (edited)") if message.get("edited") and not message.get("bot_id") else None
    return join(draw_blocks(blocks, sources) if blocks else mrkdwn(message.get("text"), sources.names), edited)


def _gallery(message: JsonObject, sources: Sources) -> Html:
    given = [each for each in as_objects(message.get("files")) if each.get("mode") != "tombstone"]
    shown = [
        (url, str(each.get("title") or each.get("name"))) for each in given if (url := sources.url(str(each["id"])))
    ]
    others = [str(each.get("name")) for each in given if not sources.url(str(each["id"]))]
    kind = "thumb-square" if len(shown) > 1 else "thumb-alone"
    grid = tag("div", f"grid grid-{min(len(shown), _SEVERAL)}", [picture(url, name, kind) for url, name in shown])
    cards = [tag("div", "file-card", tag("b", "", name)) for name in others]
    return tag("div", "gallery", grid if shown else None, cards) if given else Html()


def _reactions(message: JsonObject) -> Html:
    given = as_objects(message.get("reactions"))
    marks = [tag("span", "reaction", emoji(str(each["name"])), f" {each.get('count', 1)}") for each in given]
    return tag("div", "reactions", marks) if marks else Html()
