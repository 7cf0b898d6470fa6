"""One ready-made model, people who use it, workers that die, and AWS, on virtual time; watched for what must not be."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from core import asking, idling, names
from core.asking import Asked
from core.change import Change
from core.imagine_grammar import Imagine
from core.line import line_of
from core.managing import Hand
from core.records import Model, Record
from core.store import Store, connect
from tests.support.clock import FakeClock
from tests.support.records import CHANNEL, MIRA, TEAM, a_ready_made_model
from tests.support.wakes import FakeWaker
from tests.support.workshop import Workshop, settings
from workers.known_models import KnownModels
from workers.stateless import Stateless
from workers.sweeper import PASS_SECONDS, Sweeper
from workers.watching import Watch

if TYPE_CHECKING:
    from core.wake import Waker

IDLE, KEEP, WAKE, LATE = 2_400.0, 3_600.0, 240.0, 60.0
"""Seconds: of the idle policy, of Keep awake, of a wake; and how late an endpoint may be deleted."""
TAGGED = 7_200.0
"""What the endpoints' tags allow: an hour at least, and Keep awake on top."""
MODEL = "ready1"


class Crash(BaseException):
    """The process dies here."""


@dataclass
class Fuse:
    """Counts what a process does outside itself; at 0 it dies. None: it lives."""

    left: int | None = None

    def burn(self) -> None:
        """Do one more thing, or die."""
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise Crash


@dataclass
class Mirror:
    """What the record of the model says, as far as it matters whether its endpoint may go."""

    drained: Callable[[Model, list[str], str], None]
    state: str = "asleep"
    attempt: int = 0


class Watched(Store):
    """A store whose process can die before and after each write; what becomes of the model is seen."""

    def __init__(self, redis: Any, deployment: str, whose: str, fuse: Fuse, mirror: Mirror) -> None:  # noqa: ANN401
        super().__init__(redis, deployment, cast("Waker", FakeWaker()))
        self._whose, self._fuse, self._mirror = whose, fuse, mirror

    async def attempt(self, change: Change) -> str | None:
        self._fuse.burn()
        puts = [one for one in change.operations if one["op"] == "put" and one["member"] == f"model:{MODEL}"]
        before = await self.get(Model, TEAM, MODEL) if puts else None
        line = await self.members(TEAM, line_of(MODEL)) if puts else []
        ended = await super().attempt(change)
        if ended is None and puts:
            self._mirror.state, self._mirror.attempt = puts[0]["state"], json.loads(puts[0]["body"])["attempt"]
            if before and before.state == "in_service" and self._mirror.state == "draining":
                self._mirror.drained(before, line, self._whose)
        self._fuse.burn()
        return ended

    async def take(self, team: str, member: str, now: float, until: float) -> Record | float | None:
        self._fuse.burn()
        found = await super().take(team, member, now, until)
        self._fuse.burn()
        return found


class EndpointWorld:
    """`faults` is what must not have happened, in words."""

    def __init__(self, redis_url: str, deployment: str) -> None:
        self.redis: Any = connect(redis_url)
        self.clock, self.fuse, self.mirror = FakeClock(), Fuse(), Mirror(drained=self._drained)
        self.people = Watched(self.redis, deployment, "people", Fuse(), self.mirror)
        self.workers = Watched(self.redis, deployment, "workers", self.fuse, self.mirror)
        told = settings(DARKROOM_IDLE_SECONDS=f"{IDLE:.0f}", DARKROOM_KEEP_SECONDS=f"{KEEP:.0f}")
        self.shop = Workshop(self.workers, self.clock, lambda: None, told)
        self.sagemaker = self.shop.aws.sagemaker
        self.faults: list[str] = []
        self.acts, self.works_since, self.swept_at = "workers", 0.0, 0.0
        self.asked, self.to_fail, self.last_first = 0, False, False
        self._answer = self.shop.aws.answer
        self.shop.aws.answer = self._answered  # type: ignore[method-assign]

    async def begin(self) -> None:
        """Let the memory begin, then the model be added."""
        await self.people.remembers_since(self.clock())
        self.clock.advance(60)
        model = a_ready_made_model(instance="")
        await self.people.commit(Change(TEAM).put(model).name("catalogue", MODEL, model.subject))

    async def close(self) -> None:
        """Let go of everything."""
        self.shop.aws.close()
        await self.redis.aclose()

    # What people do.

    async def model(self) -> Model:
        """Read the model."""
        found = await self.people.get(Model, TEAM, MODEL)
        assert found
        return found

    async def ask(self) -> None:
        """Ask for a picture."""
        self.asked += 1
        asked = Asked(TEAM, MIRA, CHANNEL, "", f"prompt {self.asked}")
        await asking.ask(self.people, asked, Imagine("a picture by ghibli"), self.clock())

    def hand(self) -> Hand:
        """Lay a hand on the model."""
        return Hand(self.people, self.shop.settings, TEAM, MIRA, CHANNEL, self.clock())

    async def keep(self) -> None:
        """Press Keep awake."""
        await idling.keep_awake(self.people, await self.model(), MIRA, idling.Keeping(KEEP, 0.94), self.clock())

    # What AWS does.

    def _answered(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Answer a call of a process that may die before it, or before it hears the answer."""
        self.fuse.burn()
        name = request.get("EndpointName", "")
        if operation == "delete_endpoint":
            self._deleted(name)
        reply = self._answer(operation, request)
        if operation == "invoke_endpoint":
            self.called(name)
        self.fuse.burn()
        return reply

    def others_call(self) -> None:
        """Let somebody else call what is in service."""
        for name in self.sagemaker.endpoints:
            if self.status(name) == "InService":
                self.called(name)

    def called(self, name: str) -> None:
        """Count an invocation."""
        self.shop.aws.invocations.setdefault(name, []).append(self.clock())

    def moves(self) -> list[float]:
        """Bring endpoints on their way up into service, or let them fail; gives when the others will be there."""
        coming: list[float] = []
        for name, endpoint in list(self.sagemaker.endpoints.items()):
            ready = endpoint["CreationTime"].timestamp() + WAKE
            if endpoint["EndpointStatus"] != "Creating":
                continue
            if self.clock() < ready:
                coming.append(ready)
            elif self.to_fail:
                self.sagemaker.fail_endpoint(name, "The container did not pass the ping health check.")
                self.to_fail = False
            else:
                self.sagemaker.serve(name)
        return coming

    # What workers do.

    async def alive(self, act: Callable[[], Awaitable[object]], fuse: int | None = None) -> None:
        """Let a process do something, and another take its place if it dies."""
        self.fuse.left = fuse
        try:
            await act()
        except Crash:
            self._begin_anew()
        finally:
            self.fuse.left = None

    def _begin_anew(self) -> None:
        """Start a worker that knows nothing of what the last one has seen."""
        house, told = self.shop.house, self.shop.settings
        watch = Watch(house.aws, self.workers, told.deployment, told.poll_seconds, self.clock)
        self.shop.house = replace(house, watch=watch, models=KnownModels())
        self.shop.widen()
        self.works_since = self.clock()

    async def work(self, seconds: float, fuse: int | None = None, *, last_first: bool = False) -> None:
        """Let workers work for a while, from one due time to the next, with a sweep every ten minutes."""
        until, self.works_since, self.last_first = self.clock() + seconds, self.clock(), last_first
        while self.clock() < until:
            sweeps = min(until, self.swept_at + PASS_SECONDS)
            if sweeps <= self.clock():
                self.swept_at = self.clock()
                await self.sweep()
            else:
                await self.alive(partial(self._work_until, sweeps), fuse)
                fuse = None

    async def _work_until(self, until: float) -> None:
        while True:
            coming, due = self.moves(), await self._due(until)
            following = min([*(at for _, at in due), *coming, until])
            self.clock.now = max(self.clock(), following)
            await self._check_time()
            if not due and self.clock() >= until:
                return
            ready = [member for member, at in due if at <= self.clock()]
            for member in reversed(ready) if self.last_first else ready:
                await self.shop.steps.step(TEAM, member)

    async def _due(self, until: float) -> list[tuple[str, float]]:
        """List what a worker looks at, but for what is only told."""
        found = await self.people.overdue(TEAM, until)
        return [(member, at) for member, at in found if not member.startswith("message:")]

    async def sweep(self, fuse: int | None = None) -> None:
        """Sweep by the records."""
        self.acts = "sweeper"
        await self.alive(Sweeper(self.shop.aws.aws, self.workers, self.shop.settings, self.clock).sweep, fuse)
        self.acts = "workers"

    async def sweep_stateless(self, fuse: int | None = None) -> None:
        """Sweep by tags and CloudWatch."""
        self.acts = "stateless"
        await self.alive(Stateless(self.shop.aws.aws, self.shop.settings.deployment, self.clock).sweep, fuse)
        self.acts = "workers"

    # What must not be.

    def name(self, attempt: int) -> str:
        """Name the endpoint of an attempt."""
        return names.resource(self.shop.settings.deployment, "ghibli", MODEL, attempt)

    def stands(self) -> bool:
        """Whether anything is left in AWS."""
        return bool(self.sagemaker.endpoints or self.sagemaker.configs or self.sagemaker.models)

    def status(self, name: str) -> str:
        """Give an endpoint's status; empty: there is none."""
        return str(self.sagemaker.endpoints.get(name, {}).get("EndpointStatus", ""))

    def _deleted(self, name: str) -> None:
        """See that an endpoint which is deleted is not in use."""
        if self.acts == "stateless":
            made = self.sagemaker.endpoints[name]["CreationTime"].timestamp()
            used = max([made, *self.shop.aws.invocations.get(name, [])])
            if self.status(name) == "InService" and self.clock() - used < TAGGED:
                self.faults.append(f"stateless: {name} was used {self.clock() - used} s before")
        elif name == self.name(self.mirror.attempt) and self.mirror.state in {"deploying", "in_service"}:
            self.faults.append(f"{self.acts}: {name} was deleted while its model was {self.mirror.state}")

    def _drained(self, model: Model, line: list[str], whose: str) -> None:
        """See that a model whose endpoint serves is put to sleep in time, and with nobody in its line."""
        name = self.name(model.attempt)
        if self.status(name) != "InService":
            return
        if line:
            self.faults.append(f"{whose}: {name} went down with {line} in its line")
        used = max([model.in_service_at, *self.shop.aws.invocations.get(name, [])])
        ends = max(used + IDLE - LATE, model.awake_until)
        if whose == "workers" and self.clock() < ends:
            self.faults.append(f"{whose}: {name} went down {ends - self.clock()} s before its time")

    async def _check_time(self) -> None:
        """See that no endpoint is up for longer than it may be, since workers work again."""
        model = await self.model()
        name = self.name(model.attempt)
        if model.state != "in_service" or self.status(name) != "InService":
            return
        if await self.people.members(TEAM, line_of(MODEL)):
            return
        used = max([await self.people.score(TEAM, idling.USED, MODEL) or 0.0, model.in_service_at])
        used = max([used, *((at // 60 + 1) * 60 for at in self.shop.aws.invocations.get(name, []) if at > used)])
        late = self.clock() - max(used + IDLE, model.awake_until, self.works_since)
        if late > LATE:
            self.faults.append(f"{name} is up {late} s after its time, and due {model.due}")

    async def settle(self) -> None:
        """Let workers and the sweeper work with nobody about: everything comes to rest."""
        model = await self.model()
        await self.work(max(model.awake_until - self.clock(), 0) + IDLE + 2 * WAKE + 900)
        quiet = self.clock()
        while self.stands() and self.clock() < quiet + 8 * PASS_SECONDS:
            await self.work(PASS_SECONDS)
        model = await self.model()
        self.faults += [
            f"{what} is left at the end: {left}"
            for what, left in {
                "an endpoint": list(self.sagemaker.endpoints),
                "a config": list(self.sagemaker.configs),
                "a model": list(self.sagemaker.models),
                "a prompt": await self.people.members(TEAM, line_of(MODEL)),
                "a record": [model.state] if model.state not in {"asleep", "failed"} else [],
                "a bill": [model.up_since] if model.up_since else [],
                "harm": self.shop.aws.violations,
            }.items()
            if left
        ]
