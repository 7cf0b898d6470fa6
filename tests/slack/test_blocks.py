"""Block Kit: what passes, what does not, and what Slack fills in."""

from typing import Any

import pytest

from sandbox.slack.blocks import check_blocks, complete_blocks
from sandbox.slack.json_types import JsonObject


def plain(text: str) -> JsonObject:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> JsonObject:
    return {"type": "mrkdwn", "text": text}


def option(value: str) -> JsonObject:
    return {"text": plain(value), "value": value}


def button(**more: Any) -> JsonObject:
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements: JsonObject) -> JsonObject:
    return {"type": "actions", "elements": list(elements)}


def asked(element: JsonObject) -> JsonObject:
    return {"type": "input", "label": plain("Steps"), "element": element}


def beside(accessory: JsonObject) -> JsonObject:
    return {"type": "section", "text": plain("Who may use it?"), "accessory": accessory}


CONFIRM = {"title": plain("Sure?"), "text": marked("*really*"), "confirm": plain("Yes"), "deny": plain("No")}

PASSING: list[list[JsonObject]] = [
    [],
    [{"type": "divider"}, {"type": "header", "text": plain("Darkroom")}],
    [{"type": "section", "text": marked("*bold*"), "accessory": button(style="danger", confirm=CONFIRM)}],
    [{"type": "section", "fields": [marked("a"), plain("b")]}],
    [{"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a", "title": plain("A")}],
    [{"type": "context", "elements": [marked("x"), {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"}]}],
    [actions(*(button(action_id=str(number)) for number in range(25)))],
    [actions({"type": "overflow", "options": [option("a")]}, {"type": "datepicker", "initial_date": "2024-01-01"})],
    [actions({"type": "radio_buttons", "options": [{"text": marked("*a*"), "value": "a"}]})],
    [asked({"type": "plain_text_input", "multiline": True, "initial_value": ""})],
    [asked({"type": "checkboxes", "options": [option("a")], "initial_options": [option("a")]})],
    [asked({"type": "external_select", "min_query_length": 0})],
    [
        asked(
            {
                "type": "multi_users_select",
                "initial_users": ["U1"],
                "max_selected_items": 3,
                "placeholder": plain("Who"),
            }
        )
    ],
    [asked({"type": "multi_conversations_select", "filter": {"include": ["public"], "exclude_bot_users": True}})],
    [beside({"type": "multi_channels_select", "initial_channels": ["C1"], "confirm": CONFIRM})],
    [beside({"type": "multi_static_select", "option_groups": [{"label": plain("A"), "options": [option("a")]}]})],
    [actions({"type": "overflow", "options": [option("a") | {"url": "https://example.org"}], "confirm": CONFIRM})],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    [{"type": "markdown", "text": "# Title"}],
]

FAILING: list[tuple[object, str]] = [
    ({"type": "divider"}, "must be an array"),
    ([{"type": "divider"}] * 51, "no more than 50 items"),
    ([{"type": "video"}], "unsupported type: video"),
    ([{"type": "section"}], "missing required field: text"),
    ([{"type": "section", "text": plain("")}], "must be more than 0 characters"),
    ([{"type": "section", "text": plain("x" * 3001)}], "must be less than 3001 characters"),
    ([{"type": "section", "text": plain("x"), "colour": "red"}], "invalid additional property: colour"),
    ([{"type": "header", "text": marked("x")}], "unsupported type: mrkdwn"),
    ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
    ([{"type": "image", "alt_text": "a"}], "must have either image_url or slack_file"),
    ([{"type": "image", "slack_file": {"id": "F2"}, "alt_text": "a"}], "invalid slack file"),
    ([{"type": "image", "image_url": "https://example.org/a.png"}], "missing required field: alt_text"),
    ([actions()], "no less than 1 items"),
    ([actions(button(action_id="a"), button(action_id="a"))], "already exists in this block"),
    ([actions({"type": "button", "text": plain("x" * 76)})], "must be less than 76 characters"),
    ([actions(button(value="x" * 2001))], "must be less than 2001 characters"),
    ([actions(button(action_id="x" * 256))], "must be less than 256 characters"),
    ([actions(button(style="big"))], "must be one of primary, danger"),
    ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input"),
    ([actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})], "no more than 5 items"),
    ([actions({"type": "static_select"})], "must have either options or option_groups"),
    (
        [asked({"type": "static_select", "options": [option("a")], "initial_option": option("b")})],
        "must match an option that is offered",
    ),
    ([actions({"type": "multi_users_select"})], "unsupported type: multi_users_select"),
    ([actions({"type": "multi_static_select", "options": [option("a")]})], "unsupported type: multi_static_select"),
    ([asked({"type": "multi_users_select", "max_selected_items": 0})], "must be a number from 1"),
    ([asked({"type": "multi_users_select", "initial_users": "U1"})], "must be an array"),
    ([asked({"type": "multi_users_select", "initial_channels": ["C1"]})], "invalid additional property"),
    ([asked({"type": "conversations_select", "filter": {"include": ["channels"]}})], "must be one of im, mpim"),
    (
        [actions({"type": "static_select", "options": [option("a") | {"url": "https://example.org"}]})],
        "invalid additional property: url",
    ),
    ([beside({"type": "image", "slack_file": {"id": "F2"}, "alt_text": "a"})], "[json-pointer:/blocks/0/accessory"),
    ([asked({"type": "number_input"})], "missing required field: is_decimal_allowed"),
    ([asked(button())], "unsupported type: button"),
    ([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}], "is already in use"),
    ([{"type": "file", "external_id": "x", "source": "remote"}], "no such remote file"),
]


@pytest.mark.parametrize("blocks", PASSING)
def test_blocks_that_slack_takes_pass(blocks: list[JsonObject]) -> None:
    assert check_blocks(blocks, "message", lambda file: file == "F1") == []


@pytest.mark.parametrize(("blocks", "sentence"), FAILING)
def test_blocks_that_slack_refuses_are_named(blocks: object, sentence: str) -> None:
    problems = check_blocks(blocks, "message", lambda file: file == "F1")
    assert any(sentence in problem for problem in problems), problems


def test_markdown_stands_in_messages_only() -> None:
    blocks = [{"type": "markdown", "text": "# Title"}]
    assert "unsupported type: markdown" in check_blocks(blocks, "modal", lambda _: True)[0]


def test_view_takes_a_hundred_blocks() -> None:
    assert check_blocks([{"type": "divider"}] * 100, "home", lambda _: True) == []


def test_slack_fills_in_ids_and_text_flags() -> None:
    given = [actions(button()), {"type": "section", "text": marked("x")}]
    done = complete_blocks(given)
    assert len(done[0]["block_id"]) == len(done[0]["elements"][0]["action_id"]) == 5
    assert done[0]["elements"][0]["text"]["emoji"] is True
    assert done[1]["text"]["verbatim"] is False
    assert "block_id" not in given[0]
