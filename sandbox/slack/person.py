"""A person at this Slack, for tests and stories: `async with Person(url, "U0MIRA") as mira: await mira.say(…)`.

Messages and views are Slack's own objects; a message also has its `channel`.
"""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Self, TypeAlias

from sandbox.slack.field_values import ask_first, dispatches, find_element, is_button, stated_value
from sandbox.slack.json_types import JsonObject, as_object, as_objects
from sandbox.slack.onlooker import Message, Onlooker, View, WaitError
from sandbox.slack.person_wire import RefusedError

__all__ = ["Message", "Person", "Photo", "View", "WaitError"]

Photo: TypeAlias = Path | tuple[str, bytes]

# An app that opens a modal does so around its ack; who needs longer says so.
_MODAL_SECONDS = 1.0


class Person(Onlooker):
    """One person. What Slack or the app refuses raises RefusedError; what does not come in time raises WaitError."""

    def __init__(self, url: str, user: str = "U0MIRA") -> None:
        super().__init__(url, user)

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
        self,
        where: Message | View,
        name: str,
        value: object = None,
        *,
        at: int = 0,
        confirm: bool = True,
        modal_within: float = _MODAL_SECONDS,
    ) -> View:
        """Press a button, or choose `value` in a select, named by action_id, block_id, text, label or placeholder.

        Of several with that name it is the one whose value is `value` (buttons) and, of what is left, number `at`,
        counted from 0 or, negative, from the end. A dialog that asks first is answered by `confirm`.
        Gives the modal that it opens or changes, or an empty dict when none does within `modal_within` seconds.
        Raises NoSuchThingError.
        """
        block, element = find_element(where["blocks"], name, value, at)
        if not ask_first(element, confirm=confirm):
            return {}
        where_to = {"block_id": block["block_id"], "action_id": element["action_id"]}
        given = {} if value is None or is_button(element) else stated_value(element, value)
        return await self._opening(
            lambda: self._wire.must("/person/action", container=_container(where), value=given, **where_to),
            modal_within,
        )

    async def choose(
        self, where: Message | View, name: str, option: object, *, at: int = 0, modal_within: float = _MODAL_SECONDS
    ) -> View:
        """Choose in a select, radio buttons, checkboxes or an overflow menu, by the option's value or text.

        Several are a list, None takes the choice back. Gives the modal as it is after the app had `modal_within`
        seconds to change it, changed or not; an empty dict when none is open.
        """
        changed = await self.press(where, name, [] if option is None else option, at=at, modal_within=modal_within)
        return changed or as_object(next(reversed(await self.views()), None))

    async def shortcut(
        self, callback_id: str, message: Message | None = None, *, modal_within: float = _MODAL_SECONDS
    ) -> View:
        """Use a shortcut, on a message or from anywhere; gives the modal that it opens, if it opens one."""
        on = {"channel": message["channel"], "ts": message["ts"]} if message else {}
        return await self._opening(
            lambda: self._wire.must("/person/shortcut", callback_id=callback_id, **on), modal_within
        )

    async def fill(self, view: View, values: Mapping[str, object]) -> None:
        """Fill fields by action_id, block_id or label: a text, a number, or options by value or text.

        The app hears at once of the fields that Slack tells of at once; what it then does to the view is not
        waited for (`choose` does).
        """
        for name, value in values.items():
            block, element = find_element(view["blocks"], name)
            body = {"block_id": block["block_id"], "action_id": element["action_id"]}
            body |= {"value": stated_value(element, value)}
            if dispatches(block, element):
                await self._wire.must("/person/action", container=_container(view), **body)
            else:
                await self._wire.must("/person/view/input", view_id=view["id"], **body)

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

    async def open_direct_messages(self) -> str:
        """Look into the conversation with the app's bot, of which the app hears; gives its id."""
        await self._wire.must("/person/direct")
        return await self.direct_messages()

    async def react(self, message: Message, name: str, *, remove: bool = False) -> None:
        """Add a reaction to a message, or take it away."""
        where = {"channel": message["channel"], "ts": message["ts"]}
        await self._wire.must("/person/reaction", name=name, remove=remove, **where)

    async def delete(self, message: Message) -> None:
        """Delete a message with its files."""
        await self._wire.must("/person/delete", channel=message["channel"], ts=message["ts"])

    async def edit(self, message: Message, text: str) -> None:
        """Change the text of an own message."""
        await self._wire.must("/person/edit", channel=message["channel"], ts=message["ts"], text=text)

    async def remove_file(self, message: Message, file: JsonObject, *, tombstone: bool = False) -> None:
        """Delete one file of an own message; the message goes too when nothing is left of it.

        Slack tells of the message with one file less, or with a `tombstone` in the file's place.
        """
        where = {"channel": message["channel"], "ts": message["ts"]}
        await self._wire.must("/person/file/delete", file=file["id"], tombstone=tombstone, **where)

    async def leave(self, channel: str) -> None:
        """Leave a channel: it is not seen any more, and nobody can whisper to its former member there."""
        await self._wire.must("/person/leave", channel=channel)

    async def join(self, channel: str) -> None:
        """Join a public channel."""
        await self._wire.must("/person/join", channel=channel)

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
