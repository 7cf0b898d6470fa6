"""Modals in a person's hands: filling fields, submitting and closing, and what the app's answer does to the view."""

from collections.abc import Callable

from sandbox.slack.answers import answer_failed
from sandbox.slack.api.views import read_view
from sandbox.slack.choices import check_choice
from sandbox.slack.containers import user_view, view_container
from sandbox.slack.delivery import Ack
from sandbox.slack.errors import ApiError, PersonError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_object
from sandbox.slack.payloads import interaction
from sandbox.slack.people import User
from sandbox.slack.view_state import filled, input_block_ids, refusals
from sandbox.slack.views_store import StackFullError


def fill(slack: Slack, user: User, view_id: str, where: tuple[str, str], given: JsonObject) -> None:
    """Put a value into a field; `where` is (block_id, action_id). Raises PersonError."""
    container = view_container(user_view(slack, user, view_id))
    _, element = container.element(*where)
    check_choice(slack, user, element, given)
    if filled(container.values, *where, given) is None:
        raise PersonError("no_such_element")


async def submit(slack: Slack, user: User, view_id: str) -> JsonObject:
    """Submit a view: Slack's own checks first, then the app, then what the app's answer says."""
    view = _modal(slack, user, view_id)
    refused = refusals(view["blocks"], view["state"]["values"])
    if refused:
        return {"ok": False, "errors": refused}
    payload = interaction("view_submission", user) | {"view": view}
    payload["response_urls"] = []
    payload["trigger_id"] = slack.triggers.issue(user.id, view_id)
    ack = await slack.delivery.interact("interactive", payload)
    if not ack.ok:
        return {"ok": False, "error": answer_failed(ack)}
    try:
        return _follow(slack, user, view, ack)
    except (ApiError, StackFullError) as error:
        return {"ok": False, "error": "invalid_view_response", "detail": str(error)}


async def close(slack: Slack, user: User, view_id: str, *, all_of_them: bool = False) -> None:
    """Close a view, or with it all views; the app hears of it when the view asked for that."""
    view = _modal(slack, user, view_id)
    cleared = all_of_them or view["clear_on_close"]
    for each in list(slack.views.stack(user.id)) if cleared else [view]:
        slack.views.close(user.id, each)
        if each["notify_on_close"]:
            payload = interaction("view_closed", user) | {"view": each, "is_cleared": cleared}
            slack.background.start(slack.delivery.interact("interactive", payload))


def _modal(slack: Slack, user: User, view_id: str) -> JsonObject:
    view = user_view(slack, user, view_id)
    if view["type"] != "modal":
        raise PersonError("view_not_found")
    return view


def _follow(slack: Slack, user: User, view: JsonObject, ack: Ack) -> JsonObject:
    answer = as_object(ack.payload)
    action = _ACTIONS.get(str(answer.get("response_action") or "close"))
    if action is None:
        raise ApiError("unknown_response_action")
    return action(slack, user, view, answer)


def _close(slack: Slack, user: User, view: JsonObject, _answer: JsonObject) -> JsonObject:
    if view in slack.views.stack(user.id):
        slack.views.close(user.id, view)
    return {"ok": True}


def _errors(_slack: Slack, _user: User, view: JsonObject, answer: JsonObject) -> JsonObject:
    errors = as_object(answer.get("errors"))
    if not errors or errors.keys() - input_block_ids(view["blocks"]):
        raise ApiError("errors_name_no_input_block")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise ApiError("errors_are_no_texts")
    return {"ok": False, "errors": errors}


def _update(slack: Slack, user: User, view: JsonObject, answer: JsonObject) -> JsonObject:
    slack.views.update(user.id, view, read_view(slack, answer.get("view"), "modal"))
    return {"ok": True}


def _push(slack: Slack, user: User, _view: JsonObject, answer: JsonObject) -> JsonObject:
    slack.views.push(user.id, read_view(slack, answer.get("view"), "modal"))
    return {"ok": True}


def _clear(slack: Slack, user: User, _view: JsonObject, _answer: JsonObject) -> JsonObject:
    for each in list(slack.views.stack(user.id)):
        slack.views.close(user.id, each)
    return {"ok": True}


_ACTIONS: dict[str, Callable[[Slack, User, JsonObject, JsonObject], JsonObject]] = {
    "close": _close,
    "errors": _errors,
    "update": _update,
    "push": _push,
    "clear": _clear,
}
