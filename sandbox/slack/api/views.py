"""views.*: modals and the Home tab."""

import json

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_object
from sandbox.slack.triggers import Trigger, TriggerError
from sandbox.slack.view_shapes import MAX_VIEW_BYTES, check_view
from sandbox.slack.views_store import StackFullError


async def open_modal(slack: Slack, args: Arguments) -> JsonObject:
    """views.open: open a modal with a trigger id."""
    given = read_view(slack, args.parsed("view", "invalid_arguments"), "modal")
    trigger = _exchange(slack, args)
    return {"view": slack.views.open(trigger.user, given, trigger.channel)}


async def push(slack: Slack, args: Arguments) -> JsonObject:
    """views.push: put a view on the modal whose element gave the trigger id."""
    given = read_view(slack, args.parsed("view", "invalid_arguments"), "modal")
    trigger = _exchange(slack, args)
    if not slack.views.stack(trigger.user) or not trigger.view_id:
        raise ApiError("not_found")
    try:
        return {"view": slack.views.push(trigger.user, given)}
    except StackFullError as error:
        raise ApiError("push_limit_reached") from error


async def update(slack: Slack, args: Arguments) -> JsonObject:
    """views.update: change an open view; with `hash` only when nobody else has changed it."""
    found = slack.views.find(args.text("view_id"), args.text("external_id"))
    if found is None:
        raise ApiError("not_found")
    user, view = found
    given = read_view(slack, args.parsed("view", "invalid_arguments"), view["type"])
    _same_hash(args, view)
    return {"view": slack.views.update(user, view, given)}


async def publish(slack: Slack, args: Arguments) -> JsonObject:
    """views.publish: set a person's Home tab."""
    user = slack.workspace.users.get(args.require("user_id"))
    if user is None or user.is_bot:
        raise ApiError("user_not_found")
    if not slack.manifest.home_tab:
        raise ApiError("not_enabled")
    given = read_view(slack, args.parsed("view", "invalid_arguments"), "home")
    _same_hash(args, slack.views.home(user.id) or {})
    return {"view": slack.views.publish(user.id, given)}


def read_view(slack: Slack, found: object, kind: str) -> JsonObject:
    """Check a view that the app gave; raises invalid_arguments, view_too_large or duplicate_external_id."""
    view = as_object(found)
    problems = check_view(view, kind, slack.files.is_shown_by)
    if problems:
        raise ApiError("invalid_arguments", response_metadata={"messages": problems})
    if len(json.dumps(view)) > MAX_VIEW_BYTES:
        raise ApiError("view_too_large")
    return view


def _exchange(slack: Slack, args: Arguments) -> Trigger:
    view = as_object(args.parsed("view", "invalid_arguments"))
    if view.get("external_id") and slack.views.find("", view["external_id"]):
        raise ApiError("duplicate_external_id")
    try:
        return slack.triggers.exchange(args.require("trigger_id"))
    except TriggerError as error:
        raise ApiError(str(error)) from error


def _same_hash(args: Arguments, view: JsonObject) -> None:
    if args.text("hash") and args.text("hash") != view.get("hash"):
        raise ApiError("hash_conflict")
