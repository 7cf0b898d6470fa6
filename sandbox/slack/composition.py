"""Block Kit's composition objects and the small checks that all tables of blocks are made of.

A check takes a value and its JSON pointer, and yields one sentence for each thing that Slack would refuse.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sandbox.slack.json_types import as_object, is_list, is_object

Check: TypeAlias = Callable[[object, str], Iterator[str]]

MAX_TEXT = 3000


@dataclass(frozen=True)
class Field:
    """One key of an object: how its value is checked, and whether it must be there."""

    check: Check
    required: bool = False


Fields: TypeAlias = Mapping[str, Field]


def problem(sentence: str, pointer: str) -> str:
    """Word a problem as Slack's `response_metadata.messages` does."""
    return f"[ERROR] {sentence} [json-pointer:{pointer}]"


def string(longest: int, shortest: int = 1) -> Check:
    """Check a string's length in characters."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must be a string", pointer)
        elif len(value) > longest:
            yield problem(f"must be less than {longest + 1} characters", pointer)
        elif len(value) < shortest:
            yield problem(f"must be more than {shortest - 1} characters", pointer)

    return check


def one_of(*allowed: str) -> Check:
    """Check that the value is one of a few words."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield problem(f"must be one of {', '.join(allowed)}", pointer)

    return check


def boolean(value: object, pointer: str) -> Iterator[str]:
    """Check that the value is true or false."""
    if not isinstance(value, bool):
        yield problem("must be a boolean", pointer)


def integer(lowest: int, highest: int) -> Check:
    """Check that the value is a whole number within bounds."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            yield problem(f"must be a number from {lowest} to {highest}", pointer)

    return check


def many(check_one: Check, most: int, least: int = 1) -> Check:
    """Check a list's length and each of its items."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not is_list(value):
            yield problem("must be an array", pointer)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield problem(f"no less than {least} items allowed", pointer)
        for number, item in enumerate(value):
            yield from check_one(item, f"{pointer}/{number}")

    return check


def anything(_value: object, _pointer: str) -> Iterator[str]:
    """Let every value pass."""
    yield from ()


def record(fields: Fields) -> Check:
    """Check an object: nothing that is required is missing, nothing unknown is there, each value passes."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not is_object(value):
            yield problem("must be an object", pointer)
            return
        for name, rule in fields.items():
            if name in value:
                yield from rule.check(value[name], f"{pointer}/{name}")
            elif rule.required:
                yield problem(f"missing required field: {name}", pointer)
        for name in value.keys() - fields.keys():
            yield problem(f"invalid additional property: {name}", pointer)

    return check


def text(longest: int, *, plain_only: bool) -> Check:
    """Check a text object; `mrkdwn` is refused where Slack takes plain text only."""
    shared = {"text": Field(string(longest), required=True)}
    kinds = {
        "plain_text": record({"type": Field(anything), "emoji": Field(boolean), **shared}),
        "mrkdwn": record({"type": Field(anything), "verbatim": Field(boolean), **shared}),
    }
    if plain_only:
        del kinds["mrkdwn"]

    def check(value: object, pointer: str) -> Iterator[str]:
        kind = as_object(value).get("type")
        if kind not in kinds:
            yield problem(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from kinds[str(kind)](value, pointer)

    return check


def plain(longest: int) -> Check:
    """Check a plain text object."""
    return text(longest, plain_only=True)


def marked(longest: int = MAX_TEXT) -> Check:
    """Check a text object of either kind."""
    return text(longest, plain_only=False)


def option(*, plain_only: bool, with_url: bool = False) -> Check:
    """Check an option of a select, checkbox or radio list, or of an overflow menu, whose options may lead to a URL."""
    fields: Fields = {
        "text": Field(text(75, plain_only=plain_only), required=True),
        "value": Field(string(150), required=True),
        "description": Field(text(75, plain_only=plain_only)),
    }
    return record({**fields, "url": Field(string(3000))} if with_url else fields)


OPTION_GROUP = record(
    {
        "label": Field(plain(75), required=True),
        "options": Field(many(option(plain_only=True), 100), required=True),
    }
)

CONFIRM = record(
    {
        "title": Field(plain(100), required=True),
        "text": Field(marked(300), required=True),
        "confirm": Field(plain(30), required=True),
        "deny": Field(plain(30), required=True),
        "style": Field(one_of("primary", "danger")),
    }
)

CONVERSATION_FILTER = record(
    {
        "include": Field(many(one_of("im", "mpim", "private", "public"), 4)),
        "exclude_external_shared_channels": Field(boolean),
        "exclude_bot_users": Field(boolean),
    }
)

SLACK_FILE = record({"id": Field(string(255)), "url": Field(string(3000))})

DISPATCH_CONFIG = record(
    {"trigger_actions_on": Field(many(one_of("on_enter_pressed", "on_character_entered"), 2), required=True)}
)
