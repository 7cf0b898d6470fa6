"""A Slack that records what it is told, remembers its messages, and answers or stumbles as a test scripts it."""

import itertools
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from sandbox.slack.blocks import check_blocks

Json = dict[str, Any]
Scripted = Json | Exception
"""What a test has Slack answer: a reply, or an exception to raise."""


READ_NO_JSON = {"files.info", "files.getUploadURLExternal", "conversations.replies", "conversations.history"}
"""Methods to which the arguments in a JSON body are missing."""


@dataclass
class Answer:
    """As much of slack_sdk's response as the product looks at."""

    data: Json
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def get(self, name: str, default: object = None) -> Any:  # noqa: ANN401 - any JSON
        """Read one field."""
        return self.data.get(name, default)


def refusal(code: str, status: int = 200, messages: Sequence[str] = (), **headers: str) -> SlackApiError:
    """Make Slack's error; give headers with underscores: `Retry_After="3"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    told = {"response_metadata": {"messages": list(messages)}} if messages else {}
    return SlackApiError(code, Answer({"ok": False, "error": code} | told, status, named))


def rate_limited(seconds: float) -> SlackApiError:
    """Make the answer 429."""
    return refusal("ratelimited", 429, Retry_After=f"{seconds:g}")


class FakeSlack:
    """Stands where the `AsyncWebClient` of the house stands.

    `calls` holds (method, arguments) in order. `script("chat.postMessage", …)` queues answers of one call each;
    `lose("chat.postMessage", error)` carries the next call out and then raises. `messages` is what stands in Slack.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.messages: dict[str, Json] = {}
        self.shared: dict[str, Json] = {}
        """Messages with files, by ts."""
        self.shares_late = 0
        """How often Slack is asked where a file stands before it says so."""
        self.files: dict[str, Json] = {}
        self.looks_at_files = 0
        """How often Slack is asked about a file before it has looked at it."""
        self._clock = clock
        self._scripts: dict[str, deque[Scripted]] = defaultdict(deque)
        self._lost: dict[str, deque[Exception]] = defaultdict(deque)
        self._numbers = itertools.count(1)
        self._methods: dict[str, Callable[[Json], Json]] = {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.history": self._history,
            "conversations.replies": self._history,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._complete,
            "files.info": self._file_info,
            "files.delete": self._file_delete,
        }

    def script(self, method: str, *answers: Scripted) -> None:
        """Queue answers for the next calls of a method."""
        self._scripts[method].extend(answers)

    def lose(self, method: str, *errors: Exception) -> None:
        """Carry the next calls of a method out, and lose their answers."""
        self._lost[method].extend(errors)

    def called(self, method: str) -> list[Json]:
        """List the arguments of a method's calls."""
        return [arguments for name, arguments in self.calls if name == method]

    async def api_call(self, api_method: str, *, json: Json | None = None, data: Json | None = None) -> Answer:
        """Take a call as slack_sdk's client does; `data` is a form."""
        said = json or data or {}
        self.calls.append((api_method, said))
        if json and api_method in READ_NO_JSON:
            raise refusal("invalid_arguments")
        if self._scripts[api_method]:
            scripted = self._scripts[api_method].popleft()
            if isinstance(scripted, Exception):
                raise scripted
            return Answer({"ok": True} | scripted)
        _check(said)
        answer = Answer({"ok": True} | self._methods.get(api_method, _nothing)(said))
        if self._lost[api_method]:
            raise self._lost[api_method].popleft()
        return answer

    def _post(self, said: Json) -> Json:
        ts = f"{self._clock():.0f}.{next(self._numbers):06d}"
        self.messages[ts] = {**said, "ts": ts}
        return {"ts": ts, "channel": said["channel"]}

    def _update(self, said: Json) -> Json:
        self._standing(said).update(said)
        return {"ts": said["ts"]}

    def _delete(self, said: Json) -> Json:
        self._standing(said)
        self.messages.pop(said["ts"], None)
        self.shared.pop(said["ts"], None)
        return {}

    def _standing(self, said: Json) -> Json:
        standing = self.messages | self.shared
        if said["ts"] not in standing:
            raise refusal("message_not_found")
        return standing[said["ts"]]

    def _history(self, asked: Json) -> Json:
        if asked["channel"].startswith("U"):
            raise refusal("channel_not_found")  # posting takes a person's id, reading takes a conversation's alone
        inside = [one for one in self.messages.values() if one["channel"] == asked["channel"]]
        thread = asked.get("ts")
        found = [one for one in inside if not thread or thread in {one["ts"], one.get("thread_ts")}]
        return {"messages": [one for one in found if float(one["ts"]) >= float(asked.get("oldest", 0))]}

    def _upload_url(self, asked: Json) -> Json:
        file = f"F{next(self._numbers):03d}"
        self.files[file] = {"id": file, "name": asked["filename"], "size": asked["length"]}
        self.files[file] |= {"shares": {}, "awaited": True}
        return {"upload_url": f"https://files.slack.com/upload/{file}", "file_id": file}

    def _complete(self, asked: Json) -> Json:
        ts = f"{self._clock():.0f}.{next(self._numbers):06d}"
        for file in asked["files"]:
            record = self.files[file["id"]]
            if not record.pop("awaited", False):
                raise refusal("file_not_found")
            record["mimetype"] = "" if self.looks_at_files else "image/jpeg"
            if "channel_id" in asked:
                record["shares"] = {"public": {asked["channel_id"]: [{"ts": ts}]}}
                self.shared[ts] = asked
        return {"files": asked["files"]}

    def _file_info(self, asked: Json) -> Json:
        record = self._file(asked)
        if self.looks_at_files:
            self.looks_at_files -= 1
        else:
            record["mimetype"] = "image/jpeg"
        if self.shares_late and record["shares"]:
            self.shares_late -= 1
            return {"file": record | {"shares": {}}}
        return {"file": dict(record)}

    def _file_delete(self, asked: Json) -> Json:
        self._file(asked)["mode"] = "tombstone"
        return {}

    def _file(self, asked: Json) -> Json:
        if asked["file"] not in self.files or self.files[asked["file"]].get("awaited"):
            raise refusal("file_not_found")
        record = self.files[asked["file"]]
        if record.get("mode") == "tombstone":
            raise refusal("file_deleted")
        return record

    def standing_files(self) -> list[str]:
        """List the files that nobody has deleted."""
        return [name for name, file in self.files.items() if file.get("mode") != "tombstone"]


def _nothing(_: Json) -> Json:
    return {}


def _check(said: Json) -> None:
    """Refuse what Slack refuses: blocks beyond Block Kit's rules, a message with nothing in it."""
    view: Json = said.get("view") or {}
    problems = check_blocks(view["blocks"], view["type"], bool) if view else []
    problems += check_blocks(said["blocks"], "message", bool) if said.get("blocks") else []
    if problems:
        raise refusal("invalid_blocks")
