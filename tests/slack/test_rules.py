"""The small rules: timestamps, escaping, triggers, response URLs, the pace of posts, fields, manifests."""

import itertools
from typing import Any

import pytest

from sandbox.slack.arguments import Arguments, merge
from sandbox.slack.errors import ApiError
from sandbox.slack.escaping import escape, mentioned_users, with_names
from sandbox.slack.faults import Faults
from sandbox.slack.http_mode import read_answer
from sandbox.slack.json_types import JsonObject
from sandbox.slack.manifest import ManifestError, read_manifest
from sandbox.slack.pace import Pace
from sandbox.slack.responses import ResponseUrlError, ResponseUrls
from sandbox.slack.triggers import TriggerError, Triggers
from sandbox.slack.ts import TsCounter, is_ts
from sandbox.slack.view_state import carried_values, filled, initial_values, refusals
from tests.slack.an_app import manifest


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def field(kind: str, **more: Any) -> JsonObject:
    label = {"type": "plain_text", "text": "Field"}
    return {
        "type": "input",
        "block_id": "b",
        "label": label,
        "element": {"type": kind, "action_id": "a", **more},
    }


def refused_after(block: JsonObject, value: object) -> dict[str, str]:
    values = initial_values([block])
    filled(values, "b", "a", {"value": value})
    return refusals([block], values)


def test_timestamps_rise_even_when_the_clock_stands_or_falls_back() -> None:
    clock = Clock()
    counter = TsCounter(clock)
    stamps = [counter.next(), counter.next()]
    clock.now -= 5
    stamps.append(counter.next())
    assert stamps == ["1700000000.000000", "1700000000.000001", "1700000000.000002"]
    assert all(is_ts(stamp) for stamp in stamps)
    assert not is_ts("yesterday")


def test_markup_is_escaped_and_references_are_not() -> None:
    assert escape("a < b & <@U0BOT> <#C0PETS|pets> <!here> <b>") == (
        "a &lt; b &amp; <@U0BOT> <#C0PETS|pets> <!here> &lt;b&gt;"
    )
    assert mentioned_users("<@U0BOT> and <@U0JON|jonas>") == {"U0BOT", "U0JON"}
    assert with_names("ask <@U0JON>", {"U0JON": "jonas"}) == "ask @jonas"


def test_trigger_expires_after_three_seconds() -> None:
    clock = Clock()
    triggers = Triggers(clock)
    first, second = triggers.issue("U0MIRA"), triggers.issue("U0MIRA")
    clock.now += 2.9
    assert triggers.exchange(first).user == "U0MIRA"
    clock.now += 0.2
    with pytest.raises(TriggerError, match="expired_trigger_id"):
        triggers.exchange(second)


def test_response_url_expires_after_thirty_minutes() -> None:
    clock = Clock()
    urls = ResponseUrls("http://slack", clock)
    name = urls.issue("U0MIRA", "C0PETS").rsplit("/", 1)[1]
    clock.now += 30 * 60 + 1
    with pytest.raises(ResponseUrlError, match="expired_url"):
        urls.use(name)


def test_posts_keep_to_one_a_second_after_a_burst() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert [pace.takes("C1") for _ in range(5)] == [True] * 4 + [False]
    clock.now += 1
    assert [pace.takes("C1"), pace.takes("C1")] == [True, False]
    clock.now += 0.5
    assert not pace.takes("C1")
    clock.now += 0.6
    assert pace.takes("C1")


def test_arguments_are_merged_and_read() -> None:
    args = Arguments(merge({"a": "1", "b": "x"}, [("b", "y")], {"c": '[{"d": 1}]'}))
    assert (args.text("b"), args.number("a", 0), args.flag("a")) == ("y", 1, True)
    assert args.objects("c", "bad") == [{"d": 1}]
    with pytest.raises(ApiError, match="bad"):
        args.objects("b", "bad")


@pytest.mark.parametrize(
    ("block", "value", "sentence"),
    [
        (field("plain_text_input"), "", "Please complete this required field."),
        (field("plain_text_input", min_length=3), "ab", "at least 3 characters"),
        (field("plain_text_input", max_length=3), "abcd", "no more than 3 characters"),
        (field("number_input", is_decimal_allowed=False), "many", "enter a number"),
        (field("number_input", is_decimal_allowed=False), "1.5", "whole number"),
        (field("number_input", is_decimal_allowed=True, max_value="0.1"), "0.5", "no higher than 0.1"),
        (field("email_text_input"), "nobody", "valid email"),
        (field("url_text_input"), "example", "valid URL"),
    ],
)
def test_field_that_slack_itself_refuses(block: JsonObject, value: str, sentence: str) -> None:
    assert sentence in refused_after(block, value)["b"]


def test_optional_field_may_stay_empty() -> None:
    assert refused_after(field("plain_text_input") | {"optional": True}, "") == {}


def test_updated_view_keeps_what_stands_in_fields_that_stay() -> None:
    values = initial_values([field("plain_text_input", initial_value="one")])
    filled(values, "b", "a", {"value": "two"})
    assert carried_values([field("plain_text_input", initial_value="one")], values) == values
    assert carried_values([field("email_text_input")], values)["b"]["a"]["value"] is None


def test_value_for_another_kind_of_field_is_not_taken() -> None:
    values = initial_values([field("plain_text_input")])
    assert filled(values, "b", "a", {"selected_option": None}) is None
    assert filled(values, "b", "other", {"value": "x"}) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scopes": "chat:write"}, "slash commands need the scope commands"),
        ({"scopes": "commands", "events": "app_mention"}, "event app_mention needs the scope app_mentions:read"),
        ({"events": "message.everywhere"}, "unknown or unsupported event message.everywhere"),
    ],
)
def test_manifest_that_slack_would_refuse_is_refused(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(ManifestError, match=sentence):
        read_manifest(manifest(**changes))


def test_fault_with_a_wrong_name_or_value_is_refused() -> None:
    faults = Faults()
    for wrong in ({"no_such": 1}, {"down": 1}, {"rate_limit": True}, {"event_copies": 2}, {"event_copies": [1]}):
        with pytest.raises(ValueError, match=r"fault|must be|wrong type"):
            faults.change(wrong)
    assert faults.change({"event_copies": [2, 3], "down": True})["event_copies"] == [2, 3]
    assert all(2 <= faults.copies() <= 3 for _ in itertools.repeat(None, 20))


def test_answer_over_http_is_read_as_slack_reads_it() -> None:
    assert read_answer(200, b"", "").payload is None
    assert read_answer(200, b"done", "").payload == {"text": "done"}
    assert read_answer(200, b'{"text": "done"}', "").payload == {"text": "done"}
    assert (read_answer(500, b"", "").reason, read_answer(500, b"", "1").no_retry) == ("http_error", True)
