"""What a step needs: made once at the start of a worker, handed to every step."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from core import serving, sweeping
from core.records import Model, Record
from core.rules import Bounds
from core.settings import Settings
from core.store import Store
from workers import slack
from workers.aws import Aws
from workers.decoder import Decoders
from workers.jumpstart import JumpStart
from workers.known_models import KnownModels
from workers.progress import Progress
from workers.trouble import Trouble
from workers.watching import Watch


@dataclass(frozen=True)
class House:
    """The worker's connections, settings and clock."""

    settings: Settings
    store: Store
    web: AsyncWebClient
    downloads: aiohttp.ClientSession
    aws: Aws
    jumpstart: JumpStart
    decoders: Decoders
    watch: Watch
    progress: Progress
    now: Callable[[], float]
    models: KnownModels = field(default_factory=KnownModels)

    async def slack(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call Slack's Web API."""
        return await slack.call(self.web, method, **arguments)

    async def reply(self, method: str, thread_ts: str, **arguments: Any) -> dict[str, Any]:
        """Call a method of Slack's about a thread; about the channel, if there is none or it has been deleted."""
        if thread_ts:
            try:
                return await self.slack(method, thread_ts=thread_ts, **arguments)
            except Trouble as fault:
                if fault.code not in slack.THREAD_GONE:
                    raise
        return await self.slack(method, **arguments)

    @property
    def bounds(self) -> Bounds:
        """What people are held to here."""
        return Bounds.of(self.settings)

    @property
    def bucket(self) -> str:
        """The bucket for data sets and artifacts; workers do not start without."""
        return self.settings.bucket or ""

    @property
    def role(self) -> str:
        """The role that SageMaker takes on; workers do not start without."""
        return self.settings.role_arn or ""

    def machine(self, model: Model) -> str:
        """Name the machine of a model's endpoint: its own, or the deployment's."""
        return serving.machine(self.settings, model)

    async def endpoint_dollars(self, model: Model) -> float | None:
        """Give what a model's endpoint costs by the hour; None when nobody has said."""
        return await serving.an_hour(self.store, self.settings, model)

    def tags(self, record: Record) -> list[dict[str, str]]:
        """Give the tags by which everything that is made for a record can be found again."""
        return [
            {"Key": sweeping.APP, "Value": sweeping.OURS},
            {"Key": sweeping.DEPLOYMENT, "Value": self.settings.deployment},
            {"Key": sweeping.TEAM, "Value": record.team},
            {"Key": sweeping.RECORD, "Value": record.member},
        ]


@dataclass(frozen=True)
class Onward:
    """A record that its step has written down without letting go of it, and what is done with it next."""

    record: Record
    handler: "Handler"


Handler = Callable[[House, Any], Awaitable[Onward | bool | None]]
"""A step's work: reads what it needs, does at most one thing outside, writes down the result.

Gives how to go on with a record that it has kept; or True when nobody needs to look whether the record is due again.
"""
