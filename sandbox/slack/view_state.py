"""What stands in the fields of a view: initial values, what a person fills in, and what Slack itself refuses."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sandbox.slack.block_elements import number, offered_options
from sandbox.slack.blocks import elements_of
from sandbox.slack.json_types import JsonObject, as_object, as_objects, copy_json, is_object

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Stateful(NamedTuple):
    """How an element's type keeps its value: under which key, from which initial key, and what stands for nothing."""

    key: str
    initial: str
    empty: object = None


STATEFUL: dict[str, Stateful] = {
    "plain_text_input": Stateful("value", "initial_value"),
    "number_input": Stateful("value", "initial_value"),
    "url_text_input": Stateful("value", "initial_value"),
    "email_text_input": Stateful("value", "initial_value"),
    "static_select": Stateful("selected_option", "initial_option"),
    "external_select": Stateful("selected_option", "initial_option"),
    "radio_buttons": Stateful("selected_option", "initial_option"),
    "multi_static_select": Stateful("selected_options", "initial_options", ()),
    "multi_external_select": Stateful("selected_options", "initial_options", ()),
    "checkboxes": Stateful("selected_options", "initial_options", ()),
    "datepicker": Stateful("selected_date", "initial_date"),
    "timepicker": Stateful("selected_time", "initial_time"),
    "datetimepicker": Stateful("selected_date_time", "initial_date_time"),
    "users_select": Stateful("selected_user", "initial_user"),
    "multi_users_select": Stateful("selected_users", "initial_users", ()),
    "conversations_select": Stateful("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Stateful("selected_conversations", "initial_conversations", ()),
    "channels_select": Stateful("selected_channel", "initial_channel"),
    "multi_channels_select": Stateful("selected_channels", "initial_channels", ()),
}


def fields_of(blocks: list[JsonObject]) -> Iterator[tuple[JsonObject, JsonObject, Stateful]]:
    """Give each element that keeps a value, with its block."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in STATEFUL:
                yield block, element, STATEFUL[element["type"]]


def initial_values(blocks: list[JsonObject], here: str = "") -> JsonObject:
    """Give `state.values` of blocks that nobody has touched; `here` is the conversation from which they were opened."""
    values: JsonObject = {}
    for block, element, kind in fields_of(blocks):
        several = kind.empty == ()
        first = element.get(kind.initial, list[object]() if several else None)
        if here and element.get("default_to_current_conversation"):
            first = [here] if several else here
        value = {"type": element["type"], kind.key: first}
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return copy_json(values)


def carried_values(blocks: list[JsonObject], before: JsonObject) -> JsonObject:
    """Give `state.values` after an update: fields that are still there keep what stood in them, whatever is initial.

    A choice that is no longer offered gives way to the initial one.
    """
    values = initial_values(blocks)
    for block, element, kind in fields_of(blocks):
        old = as_object(as_object(before.get(block["block_id"])).get(element["action_id"]))
        if old.get("type") == element["type"] and _still_offered(element, old.get(kind.key)):
            values[block["block_id"]][element["action_id"]] = old
    return values


def _still_offered(element: JsonObject, chosen: object) -> bool:
    offered = {option["value"] for option in offered_options(element)}
    several = [chosen] if is_object(chosen) else as_objects(chosen)
    return not offered or all(option["value"] in offered for option in several)


def filled(values: JsonObject, block_id: str, action_id: str, given: JsonObject) -> JsonObject | None:
    """Put a person's value into a field; None when there is no such field or the value is for another kind of field."""
    field = as_object(as_object(values.get(block_id)).get(action_id))
    kind = STATEFUL.get(str(field.get("type")))
    if kind is None or kind.key not in given:
        return None
    field[kind.key] = given[kind.key] if given[kind.key] != "" else None
    return field


def refusals(blocks: list[JsonObject], values: JsonObject) -> dict[str, str]:
    """Give Slack's own sentence for each input block that it would not submit."""
    found: dict[str, str] = {}
    for block, element, kind in fields_of(blocks):
        if block["type"] != "input":
            continue
        value = values[block["block_id"]][element["action_id"]][kind.key]
        sentence = _refusal(element, value, optional=bool(block.get("optional")))
        if sentence:
            found[block["block_id"]] = sentence
    return found


def _refusal(element: JsonObject, value: object, *, optional: bool) -> str:
    if value in (None, "", []):
        return "" if optional else REQUIRED
    check = _CHECKS.get(element["type"])
    return check(element, str(value)) if check else ""


def _check_length(element: JsonObject, value: str) -> str:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Please enter at least {shortest} characters."
    return f"Please enter no more than {longest} characters." if len(value) > longest else ""


def _check_number(element: JsonObject, value: str) -> str:
    found = number(value)
    if found is None:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and not found.is_integer():
        return "Please enter a whole number."
    lowest, highest = number(element.get("min_value", "")), number(element.get("max_value", ""))
    if lowest is not None and found < lowest:
        return f"Please enter a number no lower than {element['min_value']}."
    if highest is not None and found > highest:
        return f"Please enter a number no higher than {element['max_value']}."
    return ""


def _check_email(_element: JsonObject, value: str) -> str:
    return "" if _EMAIL.fullmatch(value) else "Please enter a valid email address."


def _check_url(_element: JsonObject, value: str) -> str:
    return "" if value.startswith(("http://", "https://")) else "Please enter a valid URL."


_CHECKS = {
    "plain_text_input": _check_length,
    "number_input": _check_number,
    "email_text_input": _check_email,
    "url_text_input": _check_url,
}


def input_block_ids(blocks: list[JsonObject]) -> set[str]:
    """Give the ids of the blocks that may carry an error."""
    return {block["block_id"] for block in as_objects(blocks) if block["type"] == "input"}
