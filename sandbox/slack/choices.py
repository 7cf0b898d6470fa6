"""What a person may choose in an element: its options, people and conversations that they see, and not too many."""

from sandbox.slack.block_elements import offered_options
from sandbox.slack.errors import PersonError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_list, as_object, is_list, is_object
from sandbox.slack.people import Channel, User
from sandbox.slack.view_state import STATEFUL

_OVERFLOW = "overflow"


def check_choice(slack: Slack, user: User, element: JsonObject, given: JsonObject) -> None:
    """Raise PersonError for a choice that the element does not offer to this person; what is typed always passes."""
    kind = STATEFUL.get(element["type"])
    value = given.get(kind.key if kind else "selected_option")
    chosen = value if is_list(value) else [value] if value else []
    if element["type"] == _OVERFLOW and not chosen:
        raise PersonError("invalid_value")
    offered = _offered(slack, user, element)
    if offered is not None and any(_identity(each) not in offered for each in chosen):
        raise PersonError("invalid_value")
    if len(chosen) > element.get("max_selected_items", len(chosen)):
        raise PersonError("too_many_selected_items")


def _identity(chosen: object) -> object:
    return chosen.get("value") if is_object(chosen) else chosen


def _offered(slack: Slack, user: User, element: JsonObject) -> set[str] | None:
    source = str(element["type"]).removeprefix("multi_")
    if source == "users_select":
        return set(slack.workspace.users)
    if source == "channels_select":
        return {each.id for each in slack.workspace.channels.values() if not each.is_im}
    if source == "conversations_select":
        wanted = as_object(element.get("filter"))
        return {each.id for each in slack.workspace.seen_by(user.id) if _passes(each, wanted)}
    return {each["value"] for each in offered_options(element)} or None


def _passes(channel: Channel, wanted: JsonObject) -> bool:
    """Judge by an element's filter. The only direct messages here are those with the app's bot."""
    if channel.is_im and wanted.get("exclude_bot_users"):
        return False
    kinds = as_list(wanted.get("include"))
    return not kinds or ("im" if channel.is_im else "public") in kinds
