"""An AWS that plays by itself while time goes by: jobs finish, endpoints come up; and what stood at the most."""

from dataclasses import dataclass, field
from typing import Any

from core import comparing, names, outbox
from core.change import Change
from core.recipe import Choice
from core.records import Comparison, Model, Run
from tests.support.records import MIRA, TEAM, a_run, stands
from tests.support.workshop import Workshop
from tests.workers.runs import with_photos

CHOICE = Choice(
    preset="thing",
    instance_prompt="a photo of riobugger cat",
    class_prompt="a photo of a cat",
    hyperparameters={"max_steps": "200", "learning_rate": "2e-06"},
    max_steps=200,
    instance="ml.g4dn.2xlarge",
    spot=False,
    parent="",
)
OVER = {"choosing", "kept", "cancelled"}


async def a_set(workshop: Workshop) -> Run:
    """A set of five photos that collects, with its card."""
    run = await workshop.put(a_run(instance_prompt="", class_prompt=""))
    await workshop.put(outbox.card(run, workshop.clock()))
    await workshop.store.commit(Change(TEAM).index("runs", run.id, 1.0))
    return await with_photos(workshop, run, *["judged"] * 5)


@dataclass
class World:
    """One step sheet in a workshop. `broken` are step counts whose jobs fail, `dark` those whose endpoints do."""

    workshop: Workshop
    root: Run
    broken: set[int] = field(default_factory=set[int])
    dark: set[int] = field(default_factory=set[int])
    jobs_most: int = 0
    endpoints_most: int = 0

    async def start(self, *steps: int) -> "World":
        """Begin to compare these step counts."""
        now = self.workshop.clock()
        assert await comparing.start(self.workshop.store, self.root, CHOICE, steps, MIRA, now)
        return self

    async def sheet(self) -> Comparison:
        """Give the step sheet as it stands."""
        root = await stands(self.workshop.store, self.root)
        found = await self.workshop.store.get(Comparison, TEAM, self.identity or root.comparison)
        assert found
        self.identity = found.id
        return found

    identity: str = ""

    async def runs(self) -> dict[int, Run]:
        """Give the runs by their steps."""
        runs, _ = await comparing.parts(self.workshop.store, await self.sheet())
        return {run.max_steps: run for run in runs}

    async def models(self) -> dict[int, Model]:
        """Give the models by the steps of their runs."""
        runs, models = await comparing.parts(self.workshop.store, await self.sheet())
        steps_of = {run.model: run.max_steps for run in runs}
        return {steps_of[model.id]: model for model in models}

    async def until(self, *states: str, most: float = 3_600.0) -> Comparison:
        """Let time go by until the sheet is in one of these states."""
        end = self.workshop.clock() + most
        await self.workshop.run_due()
        while (sheet := await self.sheet()).state not in states:
            assert self.workshop.clock() < end, f"still {sheet.state}"
            await self.tick()
        return sheet

    async def tick(self, seconds: float = 15.0) -> None:
        """Let AWS play one move, and the workers theirs."""
        await self._play_jobs()
        await self._play_endpoints()
        self.workshop.clock.advance(seconds)
        await self.workshop.run_due()
        self._count()

    def _count(self) -> None:
        aws = self.workshop.aws.sagemaker
        running = [job for job in aws.jobs.values() if job["TrainingJobStatus"] in {"InProgress", "Stopping"}]
        self.jobs_most = max(self.jobs_most, len(running))
        self.endpoints_most = max(self.endpoints_most, len(aws.endpoints))

    async def _play_jobs(self) -> None:
        aws = self.workshop.aws
        for steps, run in (await self.runs()).items():
            job = aws.sagemaker.jobs.get(run.job, {})
            if job.get("TrainingJobStatus") == "Stopping":
                aws.sagemaker.jobs[run.job] = {"TrainingJobStatus": "Stopped", "SecondaryStatus": "Stopped"}
            elif job.get("TrainingJobStatus") != "InProgress":
                continue
            elif steps in self.broken:
                failed = {"TrainingJobStatus": "Failed", "SecondaryStatus": "Failed", "FailureReason": "no <memory>"}
                aws.sagemaker.jobs[run.job] = failed
            else:
                key = f"{names.output_prefix('darkroom', TEAM, run.id)}/{run.job}/output/model.tar.gz"
                aws.objects[key] = b"weights"
                aws.sagemaker.complete_job(run.job, f"s3://photos/{key}")

    async def _play_endpoints(self) -> None:
        aws = self.workshop.aws.sagemaker
        dark = {model.id for steps, model in (await self.models()).items() if steps in self.dark}
        for name, endpoint in list(aws.endpoints.items()):
            if endpoint["EndpointStatus"] == "Creating":
                if any(model in name for model in dark):
                    aws.fail_endpoint(name, "The primary container did not pass the ping health check.")
                else:
                    aws.serve(name)

    def kept_in_bucket(self, run: str) -> list[str]:
        """List what lies in the bucket under a run's prefix."""
        return [key for key in self.workshop.aws.objects if key.startswith(names.prefix("darkroom", TEAM, run))]


def offers(workshop: Workshop) -> list[dict[str, Any]]:
    """The messages in Slack that show a step sheet."""
    return [one for one in workshop.slack.messages.values() if "step sheet of" in str(one["text"])]


def buttons(message: dict[str, Any]) -> list[str]:
    """The values of a message's buttons."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [button["value"] for row in rows for button in row["elements"]]


async def keep(world: World, steps: int) -> Model:
    """Press Keep this one."""
    model = (await world.models())[steps]
    now = world.workshop.clock()
    assert await comparing.keep(world.workshop.store, await world.sheet(), model.id, MIRA, now)
    return model


async def until_painted(world: World) -> None:
    """Let time go by until the last endpoint is on its way down."""
    while len(world.workshop.aws.called("delete_endpoint")) < len((await world.sheet()).steps):
        await world.tick()
