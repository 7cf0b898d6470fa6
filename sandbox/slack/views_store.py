"""The views that people have before them: each person's stack of modals, and their Home tab."""

from sandbox.slack.ids import new_id
from sandbox.slack.json_types import JsonObject, as_object
from sandbox.slack.live import Live
from sandbox.slack.view_shapes import complete_view
from sandbox.slack.view_state import carried_values, initial_values

MAX_STACK = 3


class StackFullError(Exception):
    """A modal cannot have more than three views on top of each other."""


class ViewStore:
    """All views, by person. Every change is shown to the person at once."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._stacks: dict[str, list[JsonObject]] = {}
        self._homes: dict[str, JsonObject] = {}

    def stack(self, user: str) -> list[JsonObject]:
        """Give a person's open modals, the one on top last."""
        return self._stacks.setdefault(user, [])

    def home(self, user: str) -> JsonObject | None:
        """Give a person's Home tab."""
        return self._homes.get(user)

    def find(self, view_id: str, external_id: str = "") -> tuple[str, JsonObject] | None:
        """Find an open view by either of its ids, with the person who sees it."""
        for user in {*self._stacks, *self._homes}:
            for view in [*self.stack(user), self._homes.get(user, {})]:
                if view and (view["id"] == view_id or (external_id and view["external_id"] == external_id)):
                    return user, view
        return None

    def open(self, user: str, given: JsonObject, here: str = "") -> JsonObject:
        """Open a modal from `here`, a channel; what was open before goes away."""
        for view in list(self.stack(user)):
            self.close(user, view)
        return self.push(user, given, here)

    def push(self, user: str, given: JsonObject, here: str = "") -> JsonObject:
        """Put a view on top of a person's modals; raises StackFullError."""
        stack = self.stack(user)
        if len(stack) >= MAX_STACK:
            raise StackFullError
        below = stack[-1] if stack else {}
        view = complete_view(given, new_id("V"), as_object(below).get("root_view_id", ""), below.get("id", ""))
        view["state"] = {"values": initial_values(view["blocks"], here)}
        stack.append(view)
        self._show("view_open", user, view)
        return view

    def update(self, user: str, view: JsonObject, given: JsonObject) -> JsonObject:
        """Replace what a view shows; fields that stay keep their values."""
        before = view["state"]["values"]
        fresh = complete_view(given, view["id"], view["root_view_id"], view["previous_view_id"] or "")
        fresh["state"] = {"values": carried_values(fresh["blocks"], before)}
        view.clear()
        view |= fresh
        self._show("home" if view["type"] == "home" else "view_update", user, view)
        return view

    def publish(self, user: str, given: JsonObject) -> JsonObject:
        """Set a person's Home tab."""
        present = self._homes.get(user)
        if present is not None:
            return self.update(user, present, given)
        view = complete_view(given, new_id("V"), "", "")
        view["state"] = {"values": initial_values(view["blocks"])}
        self._homes[user] = view
        self._show("home", user, view)
        return view

    def close(self, user: str, view: JsonObject) -> None:
        """Take a modal away."""
        self.stack(user).remove(view)
        self._live.push([user], {"type": "view_close", "view_id": view["id"]})

    def _show(self, kind: str, user: str, view: JsonObject) -> None:
        self._live.push([user], {"type": kind, "view": view})
