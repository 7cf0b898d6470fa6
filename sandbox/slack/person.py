"""A person at this Slack, for tests and stories: `async with Person(url, "U0MIRA") as mira: await mira.say(…)`.

Messages and views are Slack's own objects; a message also has its `channel`.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Self, TypeAlias, TypeVar

from sandbox.slack.field_values import find_element, stated_value
from sandbox.slack.json_types import JsonObject, as_object, as_objects
from sandbox.slack.person_wire import PersonWire, RefusedError

Message: TypeAlias = JsonObject
View: TypeAlias = JsonObject
Photo: TypeAlias = Path | tuple[str, bytes]
_Found = TypeVar("_Found")

# How often a wait looks again when nothing was pushed.
_LOOK_EVERY_SECONDS = 0.25
# An app that opens a modal does so around its ack; who needs longer says so.
_MODAL_SECONDS = 1.0
_USUAL_PATIENCE_SECONDS = 30.0


class WaitError(AssertionError):
    """What was waited for did not come in time."""


class Person:
    """One person. What Slack or the app refuses raises RefusedError; what does not come in time raises WaitError."""

    def __init__(self, url: str, user: str = "U0MIRA") -> None:
        self.user = user
        self._wire = PersonWire(url, user)

    async def __aenter__(self) -> Self:
        await self._wire.open()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        await self._wire.close()

    # What a person does

    async def say(self, channel: str, text: str, thread: str = "", files: list[str] | None = None) -> str:
        """Write a message, into a thread when its root's ts is given; gives the message's ts."""
        body = {"channel": channel, "text": text, "thread_ts": thread or None, "files": files or []}
        return str((await self._wire.must("/person/message", **body))["ts"])

    async def upload(self, *photos: Photo) -> list[JsonObject]:
        """Upload files from paths or as (name, bytes); gives Slack's file objects."""
        named = [photo if isinstance(photo, tuple) else (photo.name, photo.read_bytes()) for photo in photos]
        return as_objects((await self._wire.upload(named))["files"])

    async def drop(self, channel: str, *photos: Photo, thread: str = "", text: str = "") -> str:
        """Drop photos as one message; gives its ts."""
        files = [str(file["id"]) for file in await self.upload(*photos)]
        return await self.say(channel, text, thread, files)

    async def command(self, channel: str, command: str, text: str = "") -> JsonObject | None:
        """Use a slash command; gives what the app acked."""
        answer = await self._wire.must("/person/command", channel=channel, command=command, text=text)
        return as_object(answer["reply"]) if answer["reply"] else None

    async def press(
        self, where: Message | View, name: str, value: object = None, *, modal_within: float = _MODAL_SECONDS
    ) -> View:
        """Press a button, or choose `value` in a select, named by action_id, text or label.

        Gives the modal that it opens or changes, or an empty dict when none does within `modal_within` seconds.
        """
        block, element = find_element(where["blocks"], name)
        where_to = {"block_id": block["block_id"], "action_id": element["action_id"]}
        given = {} if value is None else stated_value(element, value)
        return await self._opening(
            lambda: self._wire.must("/person/action", container=_container(where), value=given, **where_to),
            modal_within,
        )

    async def shortcut(
        self, callback_id: str, message: Message | None = None, *, modal_within: float = _MODAL_SECONDS
    ) -> View:
        """Use a shortcut, on a message or from anywhere; gives the modal that it opens, if it opens one."""
        on = {"channel": message["channel"], "ts": message["ts"]} if message else {}
        return await self._opening(
            lambda: self._wire.must("/person/shortcut", callback_id=callback_id, **on), modal_within
        )

    async def fill(self, view: View, values: Mapping[str, object]) -> None:
        """Fill fields by action_id, block_id or label: a text, a number, or options by value or text."""
        for name, value in values.items():
            block, element = find_element(view["blocks"], name)
            where = {"block_id": block["block_id"], "action_id": element["action_id"]}
            given = stated_value(element, value)
            await self._wire.must("/person/view/input", view_id=view["id"], value=given, **where)

    async def submit(self, view: View, values: Mapping[str, object] | None = None) -> dict[str, str]:
        """Fill fields and submit; gives the errors by block_id, none when it was accepted."""
        await self.fill(view, values or {})
        answer = await self._wire.post("/person/view/submit", view_id=view["id"])
        if not answer.get("ok") and "errors" not in answer:
            raise RefusedError("/person/view/submit", answer)
        return {str(key): str(text) for key, text in as_object(answer.get("errors")).items()}

    async def dismiss(self, view: View) -> None:
        """Close a modal without submitting it."""
        await self._wire.must("/person/view/close", view_id=view["id"])

    async def open_home(self) -> None:
        """Open the app's Home tab; `home` gives what it shows."""
        await self._wire.must("/person/home")

    async def react(self, message: Message, name: str, *, remove: bool = False) -> None:
        """Add a reaction to a message, or take it away."""
        where = {"channel": message["channel"], "ts": message["ts"]}
        await self._wire.must("/person/reaction", name=name, remove=remove, **where)

    async def delete(self, message: Message) -> None:
        """Delete a message."""
        await self._wire.must("/person/delete", channel=message["channel"], ts=message["ts"])

    # What a person sees

    async def state(self) -> JsonObject:
        """Give all that the person sees, as the page gets it."""
        return as_object(await self._wire.get("/person/state", user=self.user))

    async def messages(self, channel: str) -> list[Message]:
        """Give all messages of a channel, replies and ephemeral ones too, oldest first."""
        return as_objects((await self.state())["messages"][channel])

    async def thread(self, channel: str, ts: str) -> list[Message]:
        """Give a thread, its root first."""
        return [each for each in await self.messages(channel) if ts in (each["ts"], each.get("thread_ts"))]

    async def message(self, channel: str, ts: str) -> Message:
        """Give one message as it is now; an empty dict when it is gone."""
        found = [each for each in await self.messages(channel) if each["ts"] == ts]
        return as_object(found[0] if found else None)

    async def views(self) -> list[View]:
        """Give the open modals, the one on top last."""
        return as_objects((await self.state())["views"])

    async def home(self) -> View:
        """Give the app's Home tab as it is now; an empty dict when the app published none."""
        return as_object((await self.state())["home"])

    async def picture(self, file: JsonObject) -> bytes:
        """Give a file's bytes."""
        return await self._wire.bytes_of(f"/person/file/{file['id']}")

    # Waiting

    async def wait_for(
        self, look: Callable[[], Awaitable[_Found | None]], within: float = _USUAL_PATIENCE_SECONDS, what: str = "it"
    ) -> _Found:
        """Look again whenever something happens, until `look` gives something that is not empty; raises WaitError."""
        deadline = time.monotonic() + within
        while True:
            found = await look()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise WaitError(f"waited {within} s for {what}")
            await self._wire.wait_for_news(min(left, _LOOK_EVERY_SECONDS))

    async def wait_for_message(
        self,
        channel: str,
        fits: Callable[[Message], object],
        within: float = _USUAL_PATIENCE_SECONDS,
        thread: str = "",
    ) -> Message:
        """Wait for a message that fits, in a thread if one is named; gives the newest. Raises WaitError."""

        async def look() -> Message | None:
            there = await (self.thread(channel, thread) if thread else self.messages(channel))
            return next((each for each in reversed(there) if fits(each)), None)

        return await self.wait_for(look, within, f"a message in {channel}")

    async def wait_for_view(
        self, fits: Callable[[View], object] = bool, within: float = _USUAL_PATIENCE_SECONDS
    ) -> View:
        """Wait until the modal on top fits; raises WaitError."""

        async def look() -> View | None:
            top = (await self.views())[-1:]
            return top[0] if top and fits(top[0]) else None

        return await self.wait_for(look, within, "a modal")

    async def wait_for_home(
        self, fits: Callable[[View], object] = bool, within: float = _USUAL_PATIENCE_SECONDS
    ) -> View:
        """Wait until the Home tab fits; raises WaitError."""

        async def look() -> View | None:
            home = await self.home()
            return home if home and fits(home) else None

        return await self.wait_for(look, within, "the Home tab")

    # The switches of the sandbox

    async def faults(self, **settings: object) -> JsonObject:
        """Turn faults on and off; gives all settings in force."""
        answer = await self._wire.post("/person/faults", **settings)
        if answer.get("ok") is False:
            raise RefusedError("/person/faults", answer)
        return answer

    async def calls(self, method: str = "") -> list[JsonObject]:
        """Give the Web API calls so far, of one method or of all."""
        return as_objects(await self._wire.get("/person/calls", **({"method": method} if method else {})))

    async def samples(self) -> list[JsonObject]:
        """Give the sets of sample photos."""
        return as_objects(await self._wire.get("/person/samples"))

    async def _opening(self, act: Callable[[], Awaitable[object]], seconds: float) -> View:
        before = [(view["id"], view["hash"]) for view in await self.views()]
        await act()

        async def look() -> View | None:
            top = (await self.views())[-1:]
            return top[0] if top and (top[0]["id"], top[0]["hash"]) not in before else None

        try:
            return await self.wait_for(look, seconds)
        except WaitError:
            return {}


def _container(where: Message | View) -> JsonObject:
    if "hash" in where:
        return {"type": "view", "view_id": where["id"]}
    return {"type": "message", "channel": where["channel"], "ts": where["ts"]}
