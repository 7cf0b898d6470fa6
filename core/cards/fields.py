"""Block Kit's pieces that something is chosen or typed in; questions of modals are made of them."""

from collections.abc import Sequence

from core.cards.blocks import Block, plain_text

OPTION_MOST = 75
"""Slack's limit of an option's text, and of the line under it."""
OPTIONS_MOST = 100
"""Slack's limit of options in a list or a group, and of groups."""


def option(text: str, value: str, line: str = "") -> Block:
    """One of several to choose from, with a line under it; its value has 75 characters at most."""
    made: Block = {"text": plain_text(text[:OPTION_MOST]), "value": value}
    return made | ({"description": plain_text(line[:OPTION_MOST])} if line else {})


def select(action: str, options: list[Block], chosen: str = "", placeholder: str = "") -> Block:
    """Let one of up to 100 be chosen from a list."""
    said = {"placeholder": plain_text(placeholder)} if placeholder else {}
    return {"type": "static_select", "action_id": action, "options": options} | said | _initial(options, chosen)


def searched(action: str, options: list[Block], chosen: str, placeholder: str) -> Block:
    """Let one be chosen from a list that may be long: beyond 100, which Slack takes at most, in groups by first letter.

    Slack itself searches the list for what is typed.
    """
    if len(options) <= OPTIONS_MOST:
        return select(action, options, chosen, placeholder)
    groups: dict[str, list[Block]] = {}
    for one in options:
        groups.setdefault(one["text"]["text"][:1].upper(), []).append(one)
    grouped = [{"label": plain_text(letter), "options": some[:OPTIONS_MOST]} for letter, some in groups.items()]
    asked: Block = {"type": "static_select", "action_id": action, "option_groups": grouped[:OPTIONS_MOST]}
    return asked | {"placeholder": plain_text(placeholder)} | _initial(options, chosen)


def radios(action: str, options: list[Block], chosen: str) -> Block:
    """Let one of up to ten be chosen, all in view."""
    return {"type": "radio_buttons", "action_id": action, "options": options} | _initial(options, chosen)


def _initial(options: list[Block], chosen: str) -> Block:
    found = [one for one in options if one["value"] == chosen]
    return {"initial_option": found[0]} if found else {}


def tick(action: str, one: Block, *, on: bool = False) -> Block:
    """Let one thing be ticked."""
    asked: Block = {"type": "checkboxes", "action_id": action, "options": [one]}
    return asked | ({"initial_options": [one]} if on else {})


def typed(action: str, value: str) -> Block:
    """Let one line be typed."""
    return {"type": "plain_text_input", "action_id": action} | ({"initial_value": value} if value else {})


def field(
    block: str, label: str, element: Block, hint: str = "", *, optional: bool = False, dispatch: bool = False
) -> Block:
    """Put a question into a modal; with `dispatch` its answer is told at once, not only when all is submitted."""
    asked: Block = {"type": "input", "block_id": block, "label": plain_text(label), "element": element}
    told = {"hint": plain_text(hint)} if hint else {}
    return asked | told | {"optional": optional, "dispatch_action": dispatch}


def people(action: str, chosen: Sequence[str]) -> Block:
    """Let people be chosen, by their ids."""
    return {"type": "multi_users_select", "action_id": action} | ({"initial_users": list(chosen)} if chosen else {})


def channels(action: str, chosen: Sequence[str]) -> Block:
    """Let channels be chosen, by their ids: public ones, and private ones that the person is in."""
    asked: Block = {"type": "multi_conversations_select", "action_id": action}
    asked |= {"filter": {"include": ["public", "private"], "exclude_bot_users": True}}
    return asked | ({"initial_conversations": list(chosen)} if chosen else {})
