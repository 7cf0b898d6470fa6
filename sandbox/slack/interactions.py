"""What people do with buttons, selects and shortcuts, as payloads to the app."""

from sandbox.slack.answers import answer_failed
from sandbox.slack.choices import check_choice
from sandbox.slack.containers import find_container
from sandbox.slack.errors import PersonError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_object
from sandbox.slack.payloads import channel_part, interaction, moment
from sandbox.slack.people import Channel, User
from sandbox.slack.view_state import STATEFUL, filled

# What the payload of an action repeats of its element.
_REPEATED = ("text", "value", "style", "placeholder", "confirm")


async def press(slack: Slack, user: User, named: JsonObject, where: tuple[str, str], given: JsonObject) -> JsonObject:
    """Press a button or choose in a select; `where` is (block_id, action_id), `given` what was chosen or typed."""
    container = find_container(slack, user, named)
    block, element = container.element(*where)
    check_choice(slack, user, element, given)
    if element["type"] in STATEFUL and filled(container.values, *where, given) is None:
        raise PersonError("invalid_value")
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {"ok": True}
    payload = interaction("block_actions", user) | container.wire
    here = container.channel.id if container.channel else ""
    payload["trigger_id"] = slack.triggers.issue(user.id, container.view_id, here)
    if container.channel is not None:
        payload["response_url"] = slack.responses.issue(user.id, container.channel.id, container.ts)
    payload["actions"] = [_action(block, element, given)]
    return await send_interaction(slack, payload)


async def use_message_shortcut(
    slack: Slack, user: User, channel: Channel, message: JsonObject, callback_id: str
) -> JsonObject:
    """Use a shortcut of the app on a message."""
    _need_shortcut(slack, callback_id, "message")
    payload = interaction("message_action", user) | {
        "callback_id": callback_id,
        "action_ts": moment(),
        "trigger_id": slack.triggers.issue(user.id, channel=channel.id),
        "response_url": slack.responses.issue(user.id, channel.id, message["ts"]),
        "message_ts": message["ts"],
        "message": {key: value for key, value in message.items() if key != "metadata"},
        "channel": channel_part(channel),
    }
    return await send_interaction(slack, payload)


async def use_global_shortcut(slack: Slack, user: User, callback_id: str) -> JsonObject:
    """Use a shortcut of the app from anywhere."""
    _need_shortcut(slack, callback_id, "global")
    payload = interaction("shortcut", user) | {"callback_id": callback_id, "action_ts": moment()}
    payload["trigger_id"] = slack.triggers.issue(user.id)
    return await send_interaction(slack, payload)


async def suggest(slack: Slack, user: User, named: JsonObject, where: tuple[str, str], typed: str) -> JsonObject:
    """Ask the app for the options of an external select; gives them as `options` or `option_groups`."""
    container = find_container(slack, user, named)
    _, element = container.element(*where)
    if "external_select" not in element["type"]:
        raise PersonError("no_such_element")
    asked = {"block_id": where[0], "action_id": where[1], "value": typed}
    ack = await _interact(slack, interaction("block_suggestion", user) | container.wire | asked)
    return ack if not ack["ok"] else {"ok": True, **as_object(ack.get("payload"))}


async def send_interaction(slack: Slack, payload: JsonObject) -> JsonObject:
    """Send an interaction whose ack carries nothing that matters."""
    answer = await _interact(slack, payload)
    answer.pop("payload", None)
    return answer


async def _interact(slack: Slack, payload: JsonObject) -> JsonObject:
    if not slack.manifest.interactivity:
        return {"ok": False, "error": "interactivity_disabled"}
    ack = await slack.delivery.interact("interactive", payload)
    if not ack.ok:
        return {"ok": False, "error": answer_failed(ack)}
    return {"ok": True, "payload": ack.payload}


def _action(block: JsonObject, element: JsonObject, given: JsonObject) -> JsonObject:
    repeated = {key: element[key] for key in element if key in _REPEATED or key.startswith("initial_")}
    named = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    return {**named, **repeated, **given, "action_ts": moment()}


def _need_shortcut(slack: Slack, callback_id: str, kind: str) -> None:
    shortcut = slack.manifest.shortcut(callback_id)
    if shortcut is None or shortcut["type"] != kind:
        raise PersonError("unknown_shortcut")
