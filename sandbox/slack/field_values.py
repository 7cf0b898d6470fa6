"""A person's plain words for a field ("face", 600, ["a", "b"]) as the values that Block Kit has for it."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from sandbox.slack.block_elements import TYPED, offered_options
from sandbox.slack.blocks import elements_of
from sandbox.slack.json_types import JsonObject, as_object, as_objects, is_object
from sandbox.slack.view_state import STATEFUL


class NoSuchThingError(Exception):
    """There is no such button, field or option; the text lists what there is."""


Pair: TypeAlias = tuple[JsonObject, JsonObject]


def find_element(blocks: list[JsonObject], name: str, value: object = None, at: int = 0) -> Pair:
    """Find a block and its element by action_id, block_id, a button's text, an input's label or a placeholder.

    Of several buttons with the name, those with the value are meant if there is one; then the one at place `at`.
    Raises NoSuchThingError.
    """
    pairs = [(block, element) for block in blocks for element in elements_of(block) if "action_id" in element]
    for names_of in (_exact_names, _words):
        named = [pair for pair in pairs if name in names_of(*pair)]
        if named:
            return _one_of(_with_value(named, value, name), at, name)
    there = sorted({each for pair in pairs for each in [*_exact_names(*pair), *_words(*pair)]})
    raise NoSuchThingError(f"{name!r} is not among {there}")


def _with_value(named: list[Pair], value: object, name: str) -> list[Pair]:
    if value is None or not all(is_button(element) for _, element in named):
        return named
    fitting = [pair for pair in named if pair[1].get("value") == str(value)]
    if not fitting:
        raise NoSuchThingError(
            f"{name!r} has the values {[element.get('value') for _, element in named]}, not {value!r}"
        )
    return fitting


def _one_of(named: list[Pair], at: int, name: str) -> Pair:
    if not -len(named) <= at < len(named):
        raise NoSuchThingError(f"{name!r} is there {len(named)} times, none at place {at}")
    return named[at]


def is_button(element: JsonObject) -> bool:
    """Say whether this is pressed, not chosen from."""
    return element["type"] == "button"


def ask_first(element: JsonObject, *, confirm: bool) -> bool:
    """Answer the dialog that an element may ask with, and say whether to go on; raises NoSuchThingError."""
    if not confirm and "confirm" not in element:
        raise NoSuchThingError(f"{element['action_id']!r} asks nothing that could be denied")
    return confirm


def dispatches(block: JsonObject, element: JsonObject) -> bool:
    """Say whether Slack tells the app of each change here: outside input blocks always, in them on demand.

    Text in an input block is told of at Enter, and at each character only when the element says so.
    """
    if block["type"] != "input":
        return True
    if element["type"] not in TYPED:
        return bool(block.get("dispatch_action"))
    told_on = as_object(element.get("dispatch_action_config")).get("trigger_actions_on", [])
    return bool(block.get("dispatch_action")) and "on_character_entered" in told_on


def stated_value(element: JsonObject, value: object) -> JsonObject:
    """Say a value in Block Kit's terms for this element.

    An option is named by its value or text, a person or a conversation by its id, several by a list.
    """
    kind = STATEFUL.get(element["type"])
    key = kind.key if kind else "selected_option"
    one = _option if key.startswith("selected_option") else _as_it_is
    if kind is not None and kind.empty == ():
        return {key: [one(element, each) for each in _several(value)]}
    if key.startswith("selected_"):
        return {key: None if value in (None, []) else one(element, value)}
    return {key: str(value) if isinstance(value, int | float) else value}


def _as_it_is(_element: JsonObject, value: object) -> object:
    return value


def _several(value: object) -> Iterable[object]:
    if value is None:
        return []
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
    for owner, key in ((element, "text"), (block, "label"), (element, "placeholder")):
        words = as_object(owner.get(key)).get("text")
        if words:
            yield words
