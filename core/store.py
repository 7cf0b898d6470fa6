"""The store: records and indexes of every team in Redis. All keys of a team share one `{hash tag}`."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from core.change import Change
from core.records import KINDS, Record
from core.wake import Rings

R = TypeVar("R", bound=Record)

StoreAwayError = RedisError
"""Redis is out of reach, or refuses."""
TEAMS_SECONDS = 60.0
"""How often a process writes down again which teams there are: a Redis that was wiped has forgotten them."""


def connect(url: str) -> "Redis":
    """Connect to Redis; a connection that is lost is made anew for about two seconds before the caller hears of it."""
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.02), 8)
    return Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - redis leaves **kwargs untyped
        url,
        decode_responses=True,
        retry=retry,
        retry_on_error=[RedisConnectionError, RedisTimeoutError],
        socket_timeout=10,
        socket_connect_timeout=5,
    )


class Store:
    """Reads records and carries out changes."""

    def __init__(self, redis: "Redis", deployment: str, waker: Rings) -> None:
        self._redis: Any = redis
        self._deployment = deployment
        self._waker = waker
        self._commit: Any = redis.register_script(_script("commit"))
        self._take: Any = redis.register_script(_script("take"))
        self._known_teams: dict[str, float] = {}

    def key(self, team: str, name: str) -> str:
        """Give the Redis key of a team's record or index."""
        return f"{self._deployment}:{{{team}}}:{name}"

    async def get(self, kind: type[R], team: str, identity: str) -> R | None:
        """Read one record."""
        stored = await self._redis.hgetall(self.key(team, f"{kind.kind}:{identity}"))
        return kind.read(team, identity, stored) if stored else None

    async def get_all(self, kind: type[R], team: str, identities: Sequence[str]) -> list[R]:
        """Read several records in one round trip; those that are gone are left out."""
        if not identities:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        for identity in identities:
            pipeline.hgetall(self.key(team, f"{kind.kind}:{identity}"))
        found = zip(identities, await pipeline.execute(), strict=True)
        return [kind.read(team, identity, stored) for identity, stored in found if stored]

    async def members(self, team: str, index: str) -> list[str]:
        """List a sorted index."""
        return cast("list[str]", await self._redis.zrange(self.key(team, index), 0, -1))

    async def latest(self, team: str, most: int, *indexes: str) -> list[str]:
        """List who stands in any of these sorted indexes, the highest score first, at most so many."""
        pipeline = self._redis.pipeline(transaction=False)
        for index in indexes:
            pipeline.zrange(self.key(team, index), 0, most - 1, desc=True, withscores=True)
        found: list[list[tuple[str, float]]] = await pipeline.execute()
        scores = {member: score for members in found for member, score in members}
        return sorted(scores, key=lambda member: -scores[member])[:most]

    async def score(self, team: str, index: str, member: str) -> float | None:
        """Give a member's score in a sorted index."""
        return cast("float | None", await self._redis.zscore(self.key(team, index), member))

    async def newest(self, team: str, index: str, place: int) -> float | None:
        """Give the score of the member that is at this place (from 1) by the highest score; None: there are fewer."""
        found = await self._redis.zrange(self.key(team, index), -place, -place, withscores=True)
        return float(found[0][1]) if found else None

    async def highest(self, team: str, index: str, most: int) -> list[tuple[str, float]]:
        """Give the members of a sorted index with their scores, the highest first, at most so many."""
        found = await self._redis.zrange(self.key(team, index), 0, most - 1, desc=True, withscores=True)
        return cast("list[tuple[str, float]]", found)

    async def scores(self, team: str, index: str) -> dict[str, float]:
        """Read a whole sorted index with its scores."""
        return dict(await self._redis.zrange(self.key(team, index), 0, -1, withscores=True))

    async def table(self, team: str, table: str) -> dict[str, str]:
        """Read a whole table."""
        return cast("dict[str, str]", await self._redis.hgetall(self.key(team, table)))

    async def entry(self, team: str, table: str, member: str) -> str:
        """Read one entry of a table; empty when there is none."""
        return cast("str | None", await self._redis.hget(self.key(team, table), member)) or ""

    async def linked(self, team: str, key: str) -> str | None:
        """Read a key of its own."""
        return cast("str | None", await self._redis.get(self.key(team, key)))

    async def commit(self, change: Change) -> bool:
        """Carry a change out and wake who is due. False: a condition did not hold, nothing was written."""
        return await self.attempt(change) is None

    async def attempt(self, change: Change) -> str | None:
        """Carry a change out as `commit` does. Gives None, or what the condition was about that did not hold."""
        await self._know(change.team)
        keys = [self.key(change.team, name) for name in change.keys]
        answer: int | list[str] = await self._commit(keys=keys, args=[change.to_json()])
        if isinstance(answer, int):
            return change.index_of(answer)
        wakes, looked = map(json.loads, answer)
        change.saw(looked)
        self._waker.ring(change.team, [(m, int(v), float(d)) for m, v, d in wakes])
        return None

    async def overdue(self, team: str, before: float, most: int = 500) -> list[tuple[str, float]]:
        """List the records that a worker should have looked at before this time: (member, due)."""
        found = await self._redis.zrange(
            self.key(team, "due"), "-inf", before, byscore=True, offset=0, num=most, withscores=True
        )
        return cast("list[tuple[str, float]]", found)

    async def take(self, team: str, member: str, now: float, until: float) -> Record | float | None:
        """Take a record up, as the only one until then, its try counted.

        Gives the record; or when it will be due, if it is not yet; or None: it is gone, or waits for nothing.
        """
        kind, _, identity = member.partition(":")
        keys = [self.key(team, "due"), self.key(team, member)]
        verdict, *found = await self._take(keys=keys, args=[repr(now), repr(until), member])
        if verdict == "taken":
            return KINDS[kind].read(team, identity, dict(zip(found[::2], found[1::2], strict=True)))
        return float(found[0]) if verdict == "waits" and found[0] else None

    async def teams(self) -> list[str]:
        """List the teams that have ever written something."""
        return sorted(cast("set[str]", await self._redis.smembers(f"{self._deployment}:teams")))

    async def pace(self, team: str, what: str, seconds: float) -> float:
        """Take the one turn there is in this many seconds. Gives 0, or how long to wait for the next."""
        key = self.key(team, f"pace:{what}")
        if await self._redis.set(key, repr(time.time()), nx=True, px=max(1, int(seconds * 1000))):
            return 0.0
        return max(0.01, await self._redis.pttl(key) / 1000)

    async def remembers_since(self, now: float) -> float:
        """Say since when this Redis has been kept for the deployment; one that was wiped begins anew with `now`."""
        key = self.key("", "since")
        await self._redis.set(key, repr(now), nx=True)
        return float(await self._redis.get(key))

    async def notes(self, what: str) -> dict[str, float]:
        """Read times that the deployment has noted down, in Unix seconds."""
        found = await self._redis.hgetall(self.key("", what))
        return {name: float(at) for name, at in found.items()}

    async def note(self, what: str, times: dict[str, float], ttl: int) -> None:
        """Note down other times in their place, for so many seconds."""
        pipeline = self._redis.pipeline().delete(self.key("", what))
        if times:
            pipeline.hset(self.key("", what), mapping={name: repr(at) for name, at in times.items()})
            pipeline.expire(self.key("", what), ttl)
        await pipeline.execute()

    async def _know(self, team: str) -> None:
        now = time.monotonic()
        if now - self._known_teams.get(team, -TEAMS_SECONDS) >= TEAMS_SECONDS:
            await self._redis.sadd(f"{self._deployment}:teams", team)
            self._known_teams[team] = now


def _script(name: str) -> str:
    return Path(__file__).with_name(f"{name}.lua").read_text("utf-8")
