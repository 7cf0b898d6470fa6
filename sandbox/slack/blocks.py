"""Block Kit's blocks: a table of their types, the check of a whole list, and the ids that Slack fills in."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sandbox.slack.block_elements import (
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    element,
    one_picture,
)
from sandbox.slack.composition import (
    SLACK_FILE,
    Check,
    Field,
    Fields,
    anything,
    boolean,
    many,
    marked,
    one_of,
    plain,
    problem,
    record,
    string,
)
from sandbox.slack.ids import new_short_id
from sandbox.slack.json_types import JsonObject, as_list, as_object, as_objects, copy_json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
_ALL = frozenset({"message", "modal", "home"})
_MESSAGE = frozenset({"message"})
_RICH_PARTS = one_of("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")


@dataclass(frozen=True)
class BlockType:
    """One type of block: its keys, and the surfaces it may stand on."""

    fields: Fields
    surfaces: frozenset[str] = _ALL


def _block(fields: Fields, surfaces: frozenset[str] = _ALL) -> BlockType:
    shared = {"type": Field(anything, required=True), "block_id": Field(string(255))}
    return BlockType({**shared, **fields}, surfaces)


def _rich_part(value: object, pointer: str) -> Iterator[str]:
    yield from _RICH_PARTS(as_object(value).get("type"), f"{pointer}/type")


BLOCKS: dict[str, BlockType] = {
    "section": _block(
        {
            "text": Field(marked()),
            "fields": Field(many(marked(2000), 10)),
            "accessory": Field(element(IN_SECTION)),
            "expand": Field(boolean),
        }
    ),
    "divider": _block({}),
    "image": _block(
        {
            "image_url": Field(string(3000)),
            "slack_file": Field(SLACK_FILE),
            "alt_text": Field(string(2000), required=True),
            "title": Field(plain(2000)),
        }
    ),
    "actions": _block({"elements": Field(many(element(IN_ACTIONS), 25), required=True)}),
    "context": _block({"elements": Field(many(element(IN_CONTEXT), 10), required=True)}),
    "header": _block({"text": Field(plain(150), required=True)}),
    "input": _block(
        {
            "label": Field(plain(2000), required=True),
            "element": Field(element(IN_INPUT), required=True),
            "dispatch_action": Field(boolean),
            "hint": Field(plain(2000)),
            "optional": Field(boolean),
        }
    ),
    "rich_text": _block({"elements": Field(many(_rich_part, 100), required=True)}),
    "markdown": _block({"text": Field(string(12_000), required=True)}, _MESSAGE),
    "file": _block(
        {
            "external_id": Field(string(255), required=True),
            "source": Field(one_of("remote"), required=True),
        },
        _MESSAGE,
    ),
}


def check_blocks(blocks: object, surface: str, file_is_ready: Callable[[str], bool]) -> list[str]:
    """Give every problem that Slack would find in a list of blocks.

    `surface` is message, modal or home; `file_is_ready` tells of a file's id whether an image may show it yet.
    """
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    return [
        *many(_one_block(surface), most, 0)(blocks, "/blocks"),
        *_doubled_block_ids(as_objects(blocks)),
        *_files_not_ready(as_objects(blocks), file_is_ready),
    ]


def _one_block(surface: str) -> Check:
    def check(value: object, pointer: str) -> Iterator[str]:
        found = as_object(value)
        kind = BLOCKS.get(str(found.get("type")))
        if kind is None or surface not in kind.surfaces:
            yield problem(f"unsupported type: {found.get('type')}", f"{pointer}/type")
            return
        yield from record(kind.fields)(found, pointer)
        yield from _beyond_the_table(found, pointer)

    return check


def _beyond_the_table(found: JsonObject, pointer: str) -> Iterator[str]:
    if found["type"] == "section" and "text" not in found and "fields" not in found:
        yield problem("missing required field: text", pointer)
    if found["type"] == "image":
        yield from one_picture(found, pointer)
    if found["type"] == "file":
        yield problem("no such remote file", f"{pointer}/external_id")
    counts = Counter(each.get("action_id") for each in elements_of(found) if each.get("action_id"))
    for name in (name for name, count in counts.items() if count > 1):
        yield problem(f"`action_id` '{name}' already exists in this block", pointer)


def _doubled_block_ids(blocks: list[JsonObject]) -> Iterator[str]:
    counts = Counter(block.get("block_id") for block in blocks if block.get("block_id"))
    for name in (name for name, count in counts.items() if count > 1):
        yield problem(f"block_id '{name}' is already in use", "/blocks")


def _files_not_ready(blocks: list[JsonObject], file_is_ready: Callable[[str], bool]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        for place, picture in _pictures(block):
            file = as_object(picture.get("slack_file"))
            if file and not file_is_ready(str(file.get("id") or file.get("url"))):
                yield problem("invalid slack file", f"/blocks/{number}{place}/slack_file")


def _pictures(block: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    """Give whatever in a block may show a picture, with its place in the block."""
    yield "", block
    yield "/accessory", as_object(block.get("accessory"))
    for number, each in enumerate(as_objects(block.get("elements"))):
        yield f"/elements/{number}", each


def elements_of(block: JsonObject) -> list[JsonObject]:
    """Give the elements of a block, wherever its type keeps them."""
    single = [as_object(block[name]) for name in ("accessory", "element") if name in block]
    return [*single, *(as_objects(block.get("elements")) if block.get("type") != "rich_text" else [])]


def complete_blocks(blocks: object) -> list[JsonObject]:
    """Copy checked blocks and fill in what Slack fills in: block ids, action ids, `emoji` and `verbatim`."""
    done = copy_json(as_objects(blocks))
    for block in done:
        block.setdefault("block_id", new_short_id())
        for each in elements_of(block):
            if each["type"] not in IN_CONTEXT:
                each.setdefault("action_id", new_short_id())
        _complete_texts(block)
    return done


def _complete_texts(value: object) -> None:
    for item in as_list(value):
        _complete_texts(item)
    found = as_object(value)
    if found.get("type") == "plain_text":
        found.setdefault("emoji", True)
    if found.get("type") == "mrkdwn":
        found.setdefault("verbatim", False)
    for item in found.values():
        _complete_texts(item)
