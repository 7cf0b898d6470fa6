"""Where an interactive element stands: a message or a view, with its blocks and the values of its fields."""

from dataclasses import dataclass

from sandbox.slack.blocks import elements_of
from sandbox.slack.errors import PersonError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_objects
from sandbox.slack.payloads import channel_part
from sandbox.slack.people import Channel, User
from sandbox.slack.view_state import carried_values


@dataclass(frozen=True)
class Container:
    """A message or a view. `wire` are the keys that the payload of an interaction has for it."""

    blocks: list[JsonObject]
    values: JsonObject
    wire: JsonObject
    view_id: str = ""
    channel: Channel | None = None
    ts: str = ""

    def element(self, block_id: str, action_id: str) -> tuple[JsonObject, JsonObject]:
        """Find a block and an element in it; raises PersonError."""
        for block in self.blocks:
            for element in elements_of(block):
                if (block["block_id"], element.get("action_id")) == (block_id, action_id):
                    return block, element
        raise PersonError("no_such_element")


def find_container(slack: Slack, user: User, named: JsonObject) -> Container:
    """Find what `{"type": "message", …}` or `{"type": "view", …}` names for this person; raises PersonError."""
    if named.get("type") == "view":
        return view_container(user_view(slack, user, str(named.get("view_id"))))
    channel = slack.workspace.channels.get(str(named.get("channel")))
    if channel is None or user.id not in channel.members:
        raise PersonError("channel_not_found")
    return _message_container(slack, user, channel, str(named.get("ts")))


def user_view(slack: Slack, user: User, view_id: str) -> JsonObject:
    """Find a view that this person sees; raises PersonError."""
    found = slack.views.find(view_id)
    if found is None or found[0] != user.id:
        raise PersonError("view_not_found")
    return found[1]


def view_container(view: JsonObject) -> Container:
    """Look at a view as a container."""
    wire: JsonObject = {"container": {"type": "view", "view_id": view["id"]}, "view": view}
    return Container(view["blocks"], view["state"]["values"], wire, view_id=view["id"])


def _message_container(slack: Slack, user: User, channel: Channel, ts: str) -> Container:
    hidden = slack.messages.ephemeral(channel.id, ts)
    if hidden is not None and hidden["ephemeral_for"] != user.id:
        hidden = None
    message = hidden or slack.messages.get(channel.id, ts)
    if message is None:
        raise PersonError("message_not_found")
    blocks = as_objects(message.get("blocks"))
    values = _kept_values(slack, (channel.id, ts, user.id), blocks)
    place = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": hidden is not None}
    if "thread_ts" in message:
        place["thread_ts"] = message["thread_ts"]
    wire: JsonObject = {"container": place, "channel": channel_part(channel), "state": {"values": values}}
    if hidden is None:
        wire["message"] = {key: value for key, value in message.items() if key != "metadata"}
    return Container(blocks, values, wire, channel=channel, ts=ts)


def _kept_values(slack: Slack, key: tuple[str, str, str], blocks: list[JsonObject]) -> JsonObject:
    slack.message_values[key] = carried_values(blocks, slack.message_values.get(key, {}))
    return slack.message_values[key]
