"""Views as apps give them and as Slack completes them."""

import hashlib
import json
import time
from collections.abc import Callable

from sandbox.slack.blocks import check_blocks, complete_blocks
from sandbox.slack.composition import Field, Fields, anything, boolean, one_of, plain, problem, record, string
from sandbox.slack.ids import APP_ID, BOT_ID, TEAM_ID
from sandbox.slack.json_types import JsonObject, as_objects, as_text

MAX_VIEW_BYTES = 250_000
_TITLE = Field(plain(24))
_ANY_VIEW: Fields = {
    "type": Field(one_of("modal", "home"), required=True),
    "blocks": Field(anything, required=True),
    "callback_id": Field(string(255, 0)),
    "private_metadata": Field(string(3000, 0)),
    "external_id": Field(string(255, 0)),
}
_MODAL: Fields = {
    **_ANY_VIEW,
    "title": Field(plain(24), required=True),
    "close": _TITLE,
    "submit": _TITLE,
    "clear_on_close": Field(boolean),
    "notify_on_close": Field(boolean),
    "submit_disabled": Field(boolean),
}


def check_view(view: JsonObject, kind: str, file_is_ready: Callable[[str], bool]) -> list[str]:
    """Give every problem that Slack would find in a view of a kind, modal or home."""
    if view.get("type") != kind:
        return [problem(f"must be of type {kind}", "/view/type")]
    found = list(record(_MODAL if kind == "modal" else _ANY_VIEW)(view, "/view"))
    found += [each.replace("pointer:/blocks", "pointer:/view/blocks") for each in _block_problems(view, file_is_ready)]
    has_input = any(block.get("type") == "input" for block in as_objects(view.get("blocks")))
    if kind == "modal" and has_input and "submit" not in view:
        found.append(problem("missing required field: submit", "/view"))
    return found


def _block_problems(view: JsonObject, file_is_ready: Callable[[str], bool]) -> list[str]:
    return check_blocks(view.get("blocks"), str(view.get("type")), file_is_ready)


def complete_view(view: JsonObject, view_id: str, root: str, previous: str) -> JsonObject:
    """Fill in what Slack adds to a checked view; its state is added by the caller."""
    done: JsonObject = {
        "id": view_id,
        "team_id": TEAM_ID,
        "type": view["type"],
        "blocks": complete_blocks(view["blocks"]),
        "private_metadata": as_text(view.get("private_metadata")),
        "callback_id": as_text(view.get("callback_id")),
        "title": view.get("title"),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "external_id": as_text(view.get("external_id")),
        "root_view_id": root or view_id,
        "previous_view_id": previous or None,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
    if view["type"] == "home":
        done |= {"title": {"type": "plain_text", "text": "View Title", "emoji": True}}
    return done | {"hash": _hash(done)}


def _hash(view: JsonObject) -> str:
    digest = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:8]
    return f"{time.time():.6f}.{digest}"
