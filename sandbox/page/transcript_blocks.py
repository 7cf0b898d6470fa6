"""Block Kit as HTML that stands still: buttons and menus are drawn, but do nothing."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox.page.transcript_html import Html, join, tag
from sandbox.page.transcript_text import Names, plain, rich_text, text_object
from sandbox.slack.json_types import JsonObject, as_list, as_object, as_objects

_MAGIC = ((b"\x89PNG", "image/png"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"), (b"\xff\xd8", "image/jpeg"))


@dataclass(frozen=True)
class Sources:
    """Names of people and channels by id; pictures by file id, as bytes to inline or as paths to point at."""

    names: Names
    files: Mapping[str, bytes]
    paths: Mapping[str, str] = field(default_factory=dict[str, str])

    def url(self, file_id: str) -> str:
        """Give where a picture is found: its path, or all of it as a data URI; empty when it is not known."""
        if file_id in self.paths:
            return self.paths[file_id]
        data = self.files.get(file_id, b"")
        kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
        return f"data:{kind};base64,{b64encode(data).decode()}" if kind else ""


Draw = Callable[[JsonObject, Sources], Html]


def _words(given: JsonObject | str | None, sources: Sources) -> Html:
    return text_object(given, sources.names)


def _image_url(image: JsonObject, sources: Sources) -> str:
    given = as_object(image.get("slack_file"))
    by_url = next((each for each in sources.files if given.get("url") and f"-{each}/" in given["url"]), "")
    url = sources.url(str(given.get("id") or by_url))
    return url or (image["image_url"] if str(image.get("image_url", "")).startswith(("http://", "https://")) else "")


def picture(url: str, name: str, kind: str) -> Html:
    """Draw a picture; `kind` is thumb-square, thumb-alone or thumb-block."""
    return tag("span", f"thumb {kind}", tag("img", {"src": url, "alt": name, "title": name, "loading": "lazy"}))


def _image(block: JsonObject, sources: Sources) -> Html:
    title = tag("figcaption", "", _words(block["title"], sources)) if block.get("title") else None
    url = _image_url(block, sources)
    drawn = picture(url, str(block.get("alt_text", "")), "thumb-block") if url else tag("div", "unknown", "A picture")
    return tag("figure", "block picture", title, drawn)


def _small_image(element: JsonObject, sources: Sources) -> Html:
    url = _image_url(element, sources)
    return tag("img", {"class": "small-picture", "src": url, "alt": element.get("alt_text", "")}) if url else Html()


def _button(element: JsonObject, sources: Sources) -> Html:
    style = element.get("style")
    return tag("span", f"button button-{style}" if style else "button", _words(element["text"], sources))


def _select(element: JsonObject, sources: Sources) -> Html:
    chosen = [value for name, value in element.items() if name.startswith("initial_")]
    words = [_choice(one, sources) for each in chosen for one in as_list(each) or [each]]
    placeholder = plain(as_object(element.get("placeholder")).get("text") or "Choose an option")
    return tag("span", "select", tag("span", "select-words", ", ".join(words) or placeholder))


def _choice(chosen: object, sources: Sources) -> str:
    """Name an option by its text, a person or a channel by its name."""
    if isinstance(chosen, str):
        return sources.names.get(chosen, chosen)
    return plain(as_object(as_object(chosen).get("text")).get("text"))


def _options(element: JsonObject, sources: Sources) -> Html:
    chosen = [*element.get("initial_options", []), element.get("initial_option")]
    options = as_objects(element["options"])
    rows = [tag("div", "", "☑ " if each in chosen else "☐ ", _words(each["text"], sources)) for each in options]
    return tag("div", "marks", rows)


def _field(element: JsonObject, _: Sources) -> Html:
    return tag("div", "field", element.get("initial_value", ""))


_SOURCES = ("static", "external", "users", "channels", "conversations")
_ELEMENTS: dict[str, Draw] = {
    "button": _button,
    **{f"{prefix}{source}_select": _select for prefix in ("", "multi_") for source in _SOURCES},
    "overflow": lambda _, __: tag("span", "button", "⋮"),
    "checkboxes": _options,
    "radio_buttons": _options,
    "plain_text_input": _field,
    "number_input": _field,
    "image": _small_image,
}


def _element(element: JsonObject, sources: Sources) -> Html:
    return _ELEMENTS.get(str(element["type"]), _unknown)(element, sources)


# Accessories that are higher than one line.
_HIGH = {"image", "checkboxes", "radio_buttons"}


def _section(block: JsonObject, sources: Sources) -> Html:
    fields = [tag("div", "", _words(each, sources)) for each in block.get("fields", [])]
    text = as_object(block.get("text"))
    words = tag("div", "", _words(text, sources)) if text else None
    accessory = as_object(block.get("accessory"))
    line = "" if accessory.get("type") in _HIGH else " accessory-line"
    css = f"accessory accessory-{accessory.get('type')}{line}"
    beside = tag("div", css, _element(accessory, sources)) if accessory else None
    within = tag("div", "section-words", words, tag("div", "section-fields", fields) if fields else None)
    return tag("div", "block section", within, beside)


def _context(block: JsonObject, sources: Sources) -> Html:
    parts = (
        _small_image(each, sources) if each["type"] == "image" else tag("div", "", _words(each, sources))
        for each in block["elements"]
    )
    return tag("div", "block context", parts)


def _unknown(part: JsonObject, _: Sources) -> Html:
    return tag("div", "unknown", f"“{part['type']}” is not shown here.")


_BLOCKS: dict[str, Draw] = {
    "section": _section,
    "context": _context,
    "image": _image,
    "header": lambda block, s: tag("h3", "block header", _words(block["text"], s)),
    "divider": lambda _, __: tag("hr", "block divider"),
    "actions": lambda block, s: tag("div", "block actions", [_element(each, s) for each in block["elements"]]),
    "input": lambda block, s: tag(
        "div", "block input", tag("b", "", _words(block["label"], s)), _element(block["element"], s)
    ),
    "rich_text": lambda block, s: tag("div", "block rich", rich_text(block, s.names)),
}


def draw_blocks(blocks: list[JsonObject], sources: Sources) -> Html:
    """Draw a message's blocks; an unknown one is named."""
    return tag("div", "blocks", join(*(_BLOCKS.get(str(each["type"]), _unknown)(each, sources) for each in blocks)))
