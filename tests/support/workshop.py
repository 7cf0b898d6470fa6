"""A worker's house whose Slack, AWS and pictures are fakes; its store and clockwork are the real ones."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, Self, TypeVar

from core.change import Change
from core.records import Message, Record
from core.settings import Settings, load
from core.shelf import Offer
from core.store import Store
from tests.support.clock import FakeClock
from tests.support.fake_aws import JPEG, FakeAws
from tests.support.fake_slack import FakeSlack
from tests.support.records import TEAM, stands
from workers.decoder import ROOM
from workers.handlers import GIVES_UP, HANDLERS
from workers.hosting import Hosting, Recipe
from workers.house import House
from workers.judged import Judged
from workers.progress import Progress
from workers.step import Steps
from workers.watching import Watch

if TYPE_CHECKING:
    from workers.trouble import Trouble

R = TypeVar("R", bound=Record)

BUCKET, ROLE = "photos", "arn:aws:iam::123456789012:role/sm"
ENVIRONMENT = {
    "SLACK_BOT_TOKEN": "xoxb-planted-token",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "AWS_REGION": "us-west-2",
    "DARKROOM_BUCKET": BUCKET,
    "DARKROOM_ROLE_ARN": ROLE,
}
RECIPE = Recipe(
    model_id="model-txt2img-stabilityai-stable-diffusion-v2-1-base",
    version="1.1.3",
    training_image="763104351884.dkr.ecr.us-west-2.amazonaws.com/training:1",
    inference_image="763104351884.dkr.ecr.us-west-2.amazonaws.com/inference:1",
    script_uri="s3://jumpstart/script.tar.gz",
    model_uri="s3://jumpstart/model.tar.gz",
    hyperparameters={"epochs": "20", "max_steps": "None", "sagemaker_container_log_level": "20"},
    environment={"SAGEMAKER_PROGRAM": "inference.py"},
    metrics=[{"Name": "loss", "Regex": "loss=(.*)"}],
    volume_gb=30,
    max_runtime_seconds=360_000,
    encrypt_traffic=True,
    isolate_training=True,
    isolate_inference=True,
)


def settings(**changes: str) -> Settings:
    """Give a worker's settings; changes by environment variable."""
    return load(ENVIRONMENT | changes, "workers")


READY_MADE = Hosting(
    model_id="huggingface-txt2img-nitrosocke-ghibli-diffusion",
    version="2.0.13",
    inference_image=RECIPE.inference_image,
    environment=RECIPE.environment,
    isolate_inference=True,
    model_data="s3://jumpstart/ghibli/",
)


class FakeJumpStart:
    """Knows one model to train and one that is ready-made; `trouble` is raised as long as it is set."""

    def __init__(self) -> None:
        self.trouble: Trouble | None = None
        self.hosting = READY_MADE
        self.offers: list[Offer] = []
        self.asked_for: list[str] = []
        """The machines that the ready-made one was asked for."""

    async def host(self, model_id: str, version: str, instance: str) -> Hosting:
        if self.trouble:
            raise self.trouble
        assert (model_id, version) == (self.hosting.model_id, self.hosting.version)
        self.asked_for.append(instance)
        return self.hosting

    async def ready_made(self) -> list[Offer]:
        if self.trouble:
            raise self.trouble
        return self.offers

    async def resolve(self, model_id: str, version: str) -> Recipe:
        if self.trouble:
            raise self.trouble
        assert (model_id, version) in {(RECIPE.model_id, "1.*"), (RECIPE.model_id, RECIPE.version)}
        return RECIPE


class FakeDecoders:
    """Judges whatever it gets; `trouble` is raised as long as it is set, each of `troubles` once."""

    def __init__(self) -> None:
        self.room = asyncio.Semaphore(ROOM)
        self.trouble: Trouble | None = None
        self.troubles: list[Trouble] = []
        self.seen: list[bytes] = []

    async def judge(self, picture: bytes) -> Judged:
        """Find every picture sharp and unlike every other one."""
        self.seen.append(picture)
        if self.troubles:
            raise self.troubles.pop()
        if self.trouble:
            raise self.trouble
        return replace(GOOD, dhash=f"{len(self.seen) * 0x9E3779B97F4A7C15 % 2**64:016x}")


GOOD = Judged(JPEG, JPEG, 1200, 900, 400.0, "0" * 16, 0.0, 0.0)
"""What the doctor measures on a good photo."""


class _Response:
    """An aiohttp response, as far as the product reads one."""

    def __init__(self, status: int, body: bytes = b"", content_type: str = "image/jpeg") -> None:
        self.status = status
        self.content_type = content_type
        self.headers: dict[str, str] = {}
        self.content = self
        self._body = body

    async def iter_chunked(self, size: int) -> Any:  # noqa: ANN401 - an async generator of bytes
        for start in range(0, len(self._body), size):
            yield self._body[start : start + size]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None


class FakeDownloads:
    """Takes uploads and gives every file the same bytes; `uploads` holds (address, bytes)."""

    def __init__(self) -> None:
        self.uploads: list[tuple[str, bytes]] = []
        self.statuses: list[int] = []
        self.picture = b"what was dropped"

    def post(self, url: str, *, data: bytes | IO[bytes]) -> _Response:
        self.uploads.append((url, data if isinstance(data, bytes) else data.read()))
        return _Response(self.statuses.pop(0) if self.statuses else 200)

    def get(self, _url: str, **_: object) -> _Response:
        return _Response(200, self.picture)


class Workshop:
    """A house of fakes and the steps on it."""

    def __init__(self, store: Store, clock: FakeClock, forget_pace: Callable[[], None], told: Settings) -> None:
        self.store, self.clock, self.settings = store, clock, told
        self.slack, self.aws = FakeSlack(clock), FakeAws()
        self.jumpstart, self.decoders, self.downloads = FakeJumpStart(), FakeDecoders(), FakeDownloads()
        self.aws.sagemaker.now = lambda: datetime.fromtimestamp(clock(), UTC)
        self._forget_pace = forget_pace
        fakes: dict[str, Any] = {
            "web": self.slack,
            "downloads": self.downloads,
            "jumpstart": self.jumpstart,
            "decoders": self.decoders,
        }
        aws, poll = self.aws.aws, told.poll_seconds
        watch = Watch(aws, store, told.deployment, poll, clock)
        progress = Progress(aws, told.deployment, poll, clock)
        self.house = House(settings=told, store=store, aws=aws, watch=watch, progress=progress, now=clock, **fakes)
        self.stop = asyncio.Event()
        self.steps = Steps(self.house, HANDLERS, GIVES_UP, self.stop)

    def widen(self, **told: Any) -> None:
        """Change settings of the worker, by field."""
        self.settings = replace(self.settings, **told)
        self.house = replace(self.house, settings=self.settings)
        self.steps = Steps(self.house, HANDLERS, GIVES_UP, self.stop)

    async def step(self, record: R) -> R:
        """Have a worker look at a record once, then read it again."""
        await self.steps.step(record.team, record.member)
        return await stands(self.store, record)

    async def put(self, record: R) -> R:
        """Write a record down, due now unless it says otherwise, and give it as it stands."""
        assert await self.store.commit(Change(record.team).put(record)), f"{record.member} has another version"
        return await stands(self.store, record)

    async def run_due(self, rounds: int = 100) -> None:
        """Step everything that is due until nothing is, with the pace of Slack's channels left out."""
        due: list[tuple[str, float]] = []
        for _ in range(rounds):
            due = await self.store.overdue(TEAM, self.clock())
            if not due:
                return
            for member, _ in due:
                self._forget_pace()
                await self.steps.step(TEAM, member)
        raise AssertionError(f"still due after {rounds} rounds: {due}")

    async def follow(self, seconds: float, every: float = 5.0) -> None:
        """Let time go by, and step what comes due."""
        for _ in range(max(1, round(seconds / every))):
            self.clock.advance(min(seconds, every))
            await self.run_due()

    async def outbox(self) -> list[Message]:
        """List what the outbox still holds to be sent, by what is due."""
        found = await self.store.overdue(TEAM, self.clock() + 1e9)
        ids = [member.partition(":")[2] for member, _ in found if member.startswith("message:")]
        return await self.store.get_all(Message, TEAM, ids)

    def said(self) -> list[str]:
        """List the texts of the messages that stand in Slack."""
        return [str(message["text"]) for message in self.slack.messages.values()]
