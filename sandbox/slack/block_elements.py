"""Block Kit's elements: a table of their types, with the keys and limits of each."""

import re
from collections.abc import Iterator
from itertools import chain

from sandbox.slack.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    OPTION_GROUP,
    SLACK_FILE,
    Check,
    Field,
    Fields,
    anything,
    boolean,
    integer,
    many,
    marked,
    one_of,
    option,
    plain,
    problem,
    record,
    string,
)
from sandbox.slack.json_types import JsonObject, as_list, as_object, as_objects

_TYPE: Fields = {"type": Field(anything, required=True)}
_ACTION: Fields = {**_TYPE, "action_id": Field(string(255)), "focus_on_load": Field(boolean)}
_HINTED: Fields = {**_ACTION, "placeholder": Field(plain(150))}
_ASKED: Fields = {**_HINTED, "confirm": Field(CONFIRM)}
_PLAIN_OPTION = option(plain_only=True)
_RICH_OPTION = option(plain_only=False)
_CHOICE: Fields = {
    **_ASKED,
    "options": Field(many(_PLAIN_OPTION, 100)),
    "option_groups": Field(many(OPTION_GROUP, 100)),
}
_FROM_APP: Fields = {**_ASKED, "min_query_length": Field(integer(0, 100))}
_AT_MOST: Fields = {"max_selected_items": Field(integer(1, 1000))}
_SEVERAL: Fields = {**_AT_MOST, "initial_options": Field(many(_PLAIN_OPTION, 100))}
_ID = Field(string(255))
_IDS = Field(many(string(255), 1000))
_CONVERSATIONS: Fields = {
    **_ASKED,
    "default_to_current_conversation": Field(boolean),
    "filter": Field(CONVERSATION_FILTER),
}
_DECIMAL = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)")
_NUMBER_TEXT = Field(string(100))
_TYPED: Fields = {**_HINTED, "initial_value": Field(string(3000, 0)), "dispatch_action_config": Field(DISPATCH_CONFIG)}

ELEMENTS: dict[str, Fields] = {
    "button": {
        **_ACTION,
        "text": Field(plain(75), required=True),
        "url": Field(string(3000)),
        "value": Field(string(2000)),
        "style": Field(one_of("primary", "danger")),
        "confirm": Field(CONFIRM),
        "accessibility_label": Field(string(75)),
    },
    "static_select": {**_CHOICE, "initial_option": Field(_PLAIN_OPTION)},
    "multi_static_select": {**_CHOICE, **_SEVERAL},
    "external_select": {**_FROM_APP, "initial_option": Field(_PLAIN_OPTION)},
    "multi_external_select": {**_FROM_APP, **_SEVERAL},
    "users_select": {**_ASKED, "initial_user": _ID},
    "multi_users_select": {**_ASKED, **_AT_MOST, "initial_users": _IDS},
    "conversations_select": {
        **_CONVERSATIONS,
        "initial_conversation": _ID,
        "response_url_enabled": Field(boolean),
    },
    "multi_conversations_select": {**_CONVERSATIONS, **_AT_MOST, "initial_conversations": _IDS},
    "channels_select": {**_ASKED, "initial_channel": _ID, "response_url_enabled": Field(boolean)},
    "multi_channels_select": {**_ASKED, **_AT_MOST, "initial_channels": _IDS},
    "overflow": {
        **_TYPE,
        "action_id": Field(string(255)),
        "options": Field(many(option(plain_only=True, with_url=True), 5), required=True),
        "confirm": Field(CONFIRM),
    },
    "checkboxes": {
        **_ACTION,
        "options": Field(many(_RICH_OPTION, 10), required=True),
        "initial_options": Field(many(_RICH_OPTION, 10)),
        "confirm": Field(CONFIRM),
    },
    "radio_buttons": {
        **_ACTION,
        "options": Field(many(_RICH_OPTION, 10), required=True),
        "initial_option": Field(_RICH_OPTION),
        "confirm": Field(CONFIRM),
    },
    "plain_text_input": {
        **_TYPED,
        "multiline": Field(boolean),
        "min_length": Field(integer(0, 3000)),
        "max_length": Field(integer(1, 3000)),
    },
    "number_input": {
        **_TYPED,
        "is_decimal_allowed": Field(boolean, required=True),
        "initial_value": _NUMBER_TEXT,
        "min_value": _NUMBER_TEXT,
        "max_value": _NUMBER_TEXT,
    },
    "url_text_input": _TYPED,
    "email_text_input": _TYPED,
    "datepicker": {**_ASKED, "initial_date": Field(string(10))},
    "timepicker": {**_ASKED, "initial_time": Field(string(5)), "timezone": Field(string(255))},
    "datetimepicker": {**_ACTION, "initial_date_time": Field(integer(0, 9_999_999_999)), "confirm": Field(CONFIRM)},
    "image": {
        **_TYPE,
        "image_url": Field(string(3000)),
        "slack_file": Field(SLACK_FILE),
        "alt_text": Field(string(2000), required=True),
    },
    "mrkdwn": {**_TYPE, "text": Field(string(3000), required=True), "verbatim": Field(boolean)},
    "plain_text": {**_TYPE, "text": Field(string(3000), required=True), "emoji": Field(boolean)},
}

_PICKERS = {"datepicker", "timepicker", "datetimepicker"}
_SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
_MULTI_SELECTS = {f"multi_{each}" for each in _SELECTS}
_TICKS = {"checkboxes", "radio_buttons"}
TYPED = frozenset({"plain_text_input", "number_input", "url_text_input", "email_text_input"})

# Slack refuses several choices at once in an actions block, whatever the types of its SDKs say.
IN_ACTIONS = frozenset({"button", "overflow"} | _PICKERS | _SELECTS | _TICKS)
IN_SECTION = frozenset(IN_ACTIONS | _MULTI_SELECTS | {"image"})
IN_CONTEXT = frozenset({"image", "mrkdwn", "plain_text"})
IN_INPUT = frozenset(_PICKERS | _SELECTS | _MULTI_SELECTS | _TICKS | TYPED)
MARKED_TEXT = marked()


def element(allowed: frozenset[str]) -> Check:
    """Check an element where only some types may stand."""

    def check(value: object, pointer: str) -> Iterator[str]:
        found = as_object(value)
        kind = str(found.get("type"))
        if kind not in allowed:
            yield problem(f"unsupported type: {kind}", f"{pointer}/type")
            return
        yield from record(ELEMENTS[kind])(found, pointer)
        yield from _beyond_the_table(kind, found, pointer)

    return check


def _beyond_the_table(kind: str, found: JsonObject, pointer: str) -> Iterator[str]:
    if kind == "image":
        yield from one_picture(found, pointer)
    if kind in {"static_select", "multi_static_select"} and ("options" in found) == ("option_groups" in found):
        yield problem("must have either options or option_groups", pointer)
    if kind == "number_input":
        yield from _bounds_are_numbers(found, pointer)
    yield from _initial_is_offered(found, pointer)


def _bounds_are_numbers(found: JsonObject, pointer: str) -> Iterator[str]:
    numbers = {name: number(found[name]) for name in ("min_value", "max_value", "initial_value") if name in found}
    for name in (name for name, value in numbers.items() if value is None):
        yield problem("must be a number", f"{pointer}/{name}")
    lowest, highest = numbers.get("min_value"), numbers.get("max_value")
    if lowest is not None and highest is not None and lowest > highest:
        yield problem("min_value must be less than or equal to max_value", pointer)


def number(text: object) -> float | None:
    """Read a number as Slack's number fields take it: digits, a sign, a point; None for what is none, 2e-06 too."""
    return float(text) if isinstance(text, str) and _DECIMAL.fullmatch(text.strip()) else None


def _initial_is_offered(found: JsonObject, pointer: str) -> Iterator[str]:
    offered = offered_options(found)
    if not offered:
        return
    for name in ("initial_option", "initial_options"):
        chosen = found.get(name, [])
        for one in as_list(chosen) or [chosen]:
            if one and one not in offered:
                yield problem("must match an option that is offered", f"{pointer}/{name}")


def offered_options(found: JsonObject) -> list[JsonObject]:
    """Give all options of an element, those in groups too."""
    grouped = (as_objects(group.get("options")) for group in as_objects(found.get("option_groups")))
    return [*as_objects(found.get("options")), *chain.from_iterable(grouped)]


def one_picture(found: JsonObject, pointer: str) -> Iterator[str]:
    """Check that an image names exactly one of `image_url` and `slack_file`."""
    if ("image_url" in found) == ("slack_file" in found):
        yield problem("must have either image_url or slack_file", pointer)
