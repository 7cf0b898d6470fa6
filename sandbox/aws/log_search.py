"""FilterLogEvents over what moto keeps: moto itself overlooks the streams' prefix and does not interleave streams."""

import base64
import json
from collections.abc import Iterable, Iterator

from moto.logs.models import LogGroup, LogStream, logs_backends

from sandbox.aws import log_pattern
from sandbox.aws.errors import AwsError
from sandbox.aws.log_pattern import Pattern
from sandbox.aws.services import Service
from sandbox.aws.settings import ACCOUNT
from sandbox.aws.shapes import Json
from sandbox.aws.world import World

EVENTS_MOST = 10_000
"""Events that a page has at most, and that one call looks at, whatever its pattern finds: pages can be empty."""
BYTES_MOST = 1_048_576
"""Of messages in a page."""
Place = tuple[int, int]
"""An event's timestamp (epoch milliseconds) and number, by which events are in order."""


def filter_log_events(world: World, request: Json) -> Json:
    """FilterLogEvents: the events of all streams asked for, by their time."""
    pattern = _pattern(request.get("filterPattern", ""))
    forwards, after = _token(request)
    events = sorted(_events(_streams(_group(world, request), request), request), key=_place, reverse=not forwards)
    if after is not None:
        events = [event for event in events if (_place(event) > after if forwards else _place(event) < after)]
    found, last = _page(events[:EVENTS_MOST], pattern, request.get("limit", EVENTS_MOST))
    more = {} if last is None or last is events[-1] else {"nextToken": _next_token(forwards, _place(last))}
    return {"events": found, "searchedLogStreams": []} | more


def _page(events: Iterable[Json], pattern: Pattern, most: int) -> tuple[list[Json], Json | None]:
    """What a page holds, and the last event that it has looked at."""
    found: list[Json] = []
    last: Json | None = None
    size = 0
    for event in events:
        if pattern.fits(event["message"]):
            size += len(event["message"].encode())
            if len(found) == most or size > BYTES_MOST:
                break
            found.append(event)
        last = event
    return found, last


def _place(event: Json) -> Place:
    return event["timestamp"], int(event["eventId"])


def _pattern(source: str) -> Pattern:
    try:
        return log_pattern.parse(source)
    except ValueError as error:
        raise _invalid(str(error)) from error


def _group(world: World, request: Json) -> LogGroup:
    if ("logGroupName" in request) == ("logGroupIdentifier" in request):
        raise _invalid("Exactly one of logGroupName and logGroupIdentifier has to be given.")
    named: str = request.get("logGroupName") or request["logGroupIdentifier"]
    name = named.partition(":log-group:")[2].removesuffix(":*") or named
    groups = logs_backends[ACCOUNT][world.settings.region].groups
    if name not in groups:
        raise _missing("group")
    return groups[name]


def _streams(group: LogGroup, request: Json) -> list[LogStream]:
    names: list[str] = request.get("logStreamNames", [])
    prefix: str = request.get("logStreamNamePrefix", "")
    if names and prefix:
        raise _invalid("LogStreamNamePrefix and LogStreamNames cannot both be given.")
    streams = dict(group.streams)
    if any(name not in streams for name in names):
        raise _missing("stream")
    return [streams[name] for name in (names or streams) if name.startswith(prefix)]


def _events(streams: Iterable[LogStream], request: Json) -> Iterator[Json]:
    since, until = request.get("startTime", 0), request.get("endTime", float("inf"))
    for stream in streams:
        for event in list(stream.events):
            if since <= event.timestamp <= until:
                yield {"logStreamName": stream.log_stream_name} | event.to_filter_dict()


def _next_token(forwards: bool, place: Place) -> str:  # noqa: FBT001 - passed on as it was read
    return base64.b64encode(json.dumps([forwards, *place]).encode()).decode()


def _token(request: Json) -> tuple[bool, Place | None]:
    """The direction of a search and the place of the last event that its caller knows."""
    token = request.get("nextToken")
    if token is None:
        return request.get("startFromHead", True), None
    try:
        forwards, timestamp, number = json.loads(base64.b64decode(token))
    except ValueError as error:
        raise _invalid("The specified nextToken is invalid.") from error
    return bool(forwards), (timestamp, number)


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)


def _missing(what: str) -> AwsError:
    return AwsError("ResourceNotFoundException", f"The specified log {what} does not exist.")


LOGS = Service(
    name="logs",
    target="Logs_20140328.",
    signed_for="logs",
    action="logs",
    operations={"FilterLogEvents": filter_log_events},
    invalid="InvalidParameterException",
    whole=False,
)
