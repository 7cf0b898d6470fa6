"""Which Redis keys may live for ever: those with an owner that deletes them. Everything else needs a TTL."""

import re
from functools import partial
from typing import Any

ANY = "[^:]+"
TEAM = rf"{ANY}:\{{[^}}]+\}}"
"""`deployment:{team}`, before each key of a team."""

OWNED = {
    rf"{TEAM}:model:{ANY}": "a model is kept as long as its team keeps it: it is what was paid for",
    rf"{TEAM}:manifest:{ANY}": "as long as its model; the step that finds that gone deletes both it and its file",
    rf"{TEAM}:rules:{ANY}": "what a team's admins have set, as long as the team",
    rf"{TEAM}:channels": "one entry a channel that has a model of its own; taken out with the model",
    rf"{TEAM}:due": "one member a record that waits for a worker; steps and commits take it out",
    rf"{TEAM}:catalogue": "one entry a model, as long as the model",
    rf"{TEAM}:runs": "one member a run under way; taken out when the run is over",
    rf"{TEAM}:up": "one member a model whose endpoint is up; taken out when nothing of it stands any more",
    rf"{TEAM}:used": "one member a model, as long as the model",
    rf"{TEAM}:line:{ANY}": "one member a prompt that is not answered; gone with the last of them",
    rf"{TEAM}:waiting:{ANY}": "one member a prompt that waits for a model; gone with the last of them",
    rf"{TEAM}:painting:{ANY}": "one member a prompt at an endpoint; taken out when the endpoint has answered",
    rf"{ANY}:\{{\}}:since": "since when this Redis has been kept: one for the deployment",
    rf"{ANY}:teams": "one member a team that has ever written something",
    rf"{ANY}-wakes:stream": "docket's: the wake-ups that are due, taken out when done",
    rf"{ANY}-wakes:queue": "docket's: the wake-ups that are not due yet",
    rf"{ANY}-wakes:{ANY}:{ANY}:{ANY}:\d+": "docket's: a wake-up that is not due yet, by member and version",
    rf"{ANY}-wakes:runs:.+": "docket's: one wake-up that is queued; docket gives it a TTL when it is done",
    rf"{ANY}-wakes:strikes": "docket's: its list of tasks that are called off",
    rf"{ANY}-wakes:workers": "docket's: heartbeats, swept by the workers themselves",
    rf"{ANY}-wakes:worker-tasks:.+": "docket's: what a worker can do, swept with its heartbeat",
    rf"{ANY}-wakes:task-workers:.+": "docket's: who can do a task, swept with their heartbeats",
}
"""Patterns of whole keys, and why each may stay. A key that no pattern fits must have a TTL."""


def unowned(client: Any) -> list[str]:  # noqa: ANN401 - redis-py's own client is untyped under strict
    """List the keys of a server that have neither a TTL nor an owner; `client` is synchronous and decodes."""
    lasting = [key for key in client.scan_iter(count=1_000) if client.ttl(key) == -1]
    return sorted(key for key in lasting if not any(re.fullmatch(pattern, key) for pattern in OWNED))


def everything(client: Any) -> bytes:  # noqa: ANN401 - as above
    """Give all keys and values of a server in one piece, to be searched; `client` is synchronous, without decoding."""
    keys: list[bytes] = list(client.scan_iter(count=1_000))
    return b"\n".join([*keys, *(_value(client, key) for key in keys)])


def _value(client: Any, key: bytes) -> bytes:  # noqa: ANN401 - as above
    kind = client.type(key)
    readers: dict[bytes, Any] = {
        b"hash": client.hgetall,
        b"zset": partial(client.zrange, start=0, end=-1),
        b"set": client.smembers,
        b"stream": client.xrange,
        b"string": client.get,
    }
    return repr(readers[kind](key)).encode() if kind in readers else b""
