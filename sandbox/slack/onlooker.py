"""What a person at this Slack sees, and waiting until they see something; `Person` acts on top of it.

Messages and views are Slack's own objects; a message also has its `channel`.
"""

import contextlib
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias, TypeVar

from aiohttp import ClientResponseError

from sandbox.slack.json_types import JsonObject, as_object, as_objects
from sandbox.slack.person_wire import PersonWire
from sandbox.slack.shown_pictures import shown_pictures

Message: TypeAlias = JsonObject
View: TypeAlias = JsonObject
_Found = TypeVar("_Found")

# How often a wait looks again when nothing was pushed.
_LOOK_EVERY_SECONDS = 0.25
_USUAL_PATIENCE_SECONDS = 30.0
# How many messages an error shows of where what was waited for did not come.
_SHOWN_MOST = 8
_SAID = re.compile(r'"text": ("(?:[^"\\]|\\.)*")')


class WaitError(AssertionError):
    """What was waited for did not come in time."""


class Onlooker:
    """One person who looks. What does not come in time raises WaitError."""

    def __init__(self, url: str, user: str) -> None:
        self.user = user
        self._wire = PersonWire(url, user)

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

    async def now(self, seen: Message | View) -> Message | View:
        """Give a message or a view as it is now; an empty dict when it is gone."""
        if "hash" not in seen:
            return await self.message(seen["channel"], seen["ts"])
        there = [*await self.views(), await self.home()]
        return as_object(next((each for each in there if each and each["id"] == seen["id"]), None))

    async def direct_messages(self) -> str:
        """Give the id of the conversation with the app's bot."""
        return str(next(each["id"] for each in (await self.state())["channels"] if each["is_im"]))

    async def views(self) -> list[View]:
        """Give the open modals, the one on top last."""
        return as_objects((await self.state())["views"])

    async def home(self) -> View:
        """Give the app's Home tab as it is now; an empty dict when the app published none."""
        return as_object((await self.state())["home"])

    async def picture(self, file: JsonObject, *, thumb: bool = False) -> bytes:
        """Give a file's bytes, or those of its largest thumbnail."""
        return await self._wire.bytes_of(f"/person/file/{file['id']}{'?thumb' if thumb else ''}")

    async def pictures_of(self, messages: Iterable[Message]) -> dict[str, bytes]:
        """Give all pictures that messages show, in their blocks too, by file id; what is gone is left out."""
        found: dict[str, bytes] = {}
        for identity, thumb in dict(shown_pictures(messages)).items():
            with contextlib.suppress(ClientResponseError):
                found[identity] = await self.picture({"id": identity}, thumb=thumb)
        return found

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

        try:
            return await self.wait_for(look, within, f"a message in {channel}")
        except WaitError as late:
            there = await (self.thread(channel, thread) if thread else self.messages(channel))
            late.add_note("\n".join(f"there is: {_told(each)}" for each in there[-_SHOWN_MOST:]))
            raise

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


def _told(message: Message) -> str:
    """Tell a message in one line, with what its blocks say."""
    said = _SAID.findall(json.dumps(message.get("blocks") or [], ensure_ascii=False))
    return f"{message.get('user')}: {message['text']!r} {' · '.join(said)}"
