"""A person's plain words for a field ("face", 600, ["a", "b"]) as the values that Block Kit has for it."""

from collections.abc import Iterable, Iterator

from sandbox.slack.block_elements import offered_options
from sandbox.slack.blocks import elements_of
from sandbox.slack.json_types import JsonObject, as_object, as_objects, is_object
from sandbox.slack.view_state import STATEFUL


class NoSuchThingError(Exception):
    """There is no such button, field or option; the text lists what there is."""


def find_element(blocks: list[JsonObject], name: str) -> tuple[JsonObject, JsonObject]:
    """Find a block and its element by action_id, block_id, a button's text or an input's label."""
    pairs = [(block, element) for block in blocks for element in elements_of(block) if "action_id" in element]
    for names_of in (_exact_names, _words):
        for block, element in pairs:
            if name in names_of(block, element):
                return block, element
    there = sorted({each for pair in pairs for each in [*_exact_names(*pair), *_words(*pair)]})
    raise NoSuchThingError(f"{name!r} is not among {there}")


def stated_value(element: JsonObject, value: object) -> JsonObject:
    """Say a value in Block Kit's terms for this element: an option by its value or text, several as a list."""
    kind = STATEFUL.get(element["type"])
    key = kind.key if kind else "selected_option"
    if key == "selected_option":
        return {key: None if value is None else _option(element, value)}
    if key == "selected_options":
        return {key: [_option(element, each) for each in _several(value)]}
    return {key: str(value) if isinstance(value, int | float) and key == "value" else value}


def _several(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple | set) else [value]  # pyright: ignore[reportUnknownVariableType]


def _option(element: JsonObject, value: object) -> JsonObject:
    if is_object(value):
        return value
    offered = offered_options(element)
    for option in offered:
        if str(value) in {option["value"], option["text"]["text"]}:
            return option
    if not offered:
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    raise NoSuchThingError(f"{value!r} is not among {[option['value'] for option in offered]}")


def _exact_names(block: JsonObject, element: JsonObject) -> Iterator[str]:
    yield element["action_id"]
    if len(as_objects(block.get("elements"))) <= 1:
        yield block["block_id"]


def _words(block: JsonObject, element: JsonObject) -> Iterator[str]:
    for owner, key in ((element, "text"), (block, "label")):
        words = as_object(owner.get(key)).get("text")
        if words:
            yield words
