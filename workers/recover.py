"""Makes the records of models again after Redis was lost; what Redis knows is left as it is."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core import manifests, outlook, prices, recovering, serving, spending, words
from core.change import Change
from core.manifests import ManifestError, Told
from core.records import Model, Run
from core.recovering import Job, Outcome, Place
from core.settings import Settings
from core.store import Store
from core.sweeping import Thing
from workers import bucket, endpoints, setting_aside, things
from workers.aws import Aws
from workers.trouble import Trouble
from workers.watching import turn


class SkippedError(Exception):
    """A model that cannot be restored; the text says why."""


@dataclass(frozen=True)
class Sight:
    """What there is: the keys of the bucket, what stands in SageMaker, and the runs whose model is known by now."""

    keys: set[str]
    stand: Sequence[Thing]
    done: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])


@dataclass(frozen=True)
class Recovery:
    """Goes by what stands in S3 and in SageMaker. `dry`: says what it would do, and does nothing."""

    aws: Aws
    store: Store
    told: Settings
    now: Callable[[], float]
    dry: bool = False

    @property
    def _bucket(self) -> str:
        return self.told.bucket or ""

    async def recover(self) -> list[Outcome]:
        """Look at everything once; gives what became of each model.

        Raises:
            Trouble: when AWS does not say what there is; nothing is restored then.
        """
        deployment = self.told.deployment
        keys = set(await bucket.keys_under(self.aws, self._bucket, f"{deployment}/"))
        sight = Sight(keys, await things.stand(self.aws, things.Look(deployment, lambda: turn(self.store), self.now)))
        training = [thing for thing in sight.stand if thing.kind == "training job"]
        found = [Outcome("training", job.name, words.recovering.TRAINS) for job in training if not await self._run(job)]
        under_way = {job.name for job in training}
        over = [place for place in recovering.places(keys, deployment) if place.job not in under_way]
        return found + [await self._look(place, sight) for place in over]

    async def _run(self, job: Thing) -> Run | None:
        team, kind, identity = job.owner
        return await self.store.get(Run, team, identity) if team and kind == Run.kind else None

    async def _look(self, place: Place, sight: Sight) -> Outcome:
        """Restore the model of a place, or say why it is not."""
        try:
            outcome = await self._decide(place, sight)
        except (ManifestError, SkippedError) as fault:
            outcome = Outcome("skipped", place.title, str(fault))
        except Trouble as fault:
            outcome = Outcome("skipped", place.title, fault.reason)
        if outcome.verdict != "gone":
            sight.done.add((place.team, place.run))
        return outcome

    async def _decide(self, place: Place, sight: Sight) -> Outcome:
        told = await self._manifest(place) if place.manifest else None
        known = told.model if told else None
        if there := await self.store.get(Model, place.team, known.id if known else place.model_id):
            return Outcome("there", there.title)
        if known and not recovering.is_there(known, self._bucket, sight.keys):
            return Outcome("gone", known.title, words.recovering.NO_ARTIFACT)
        if told and told.model.trained_at:
            return await self._restore(place, told, sight)
        if await self.store.get(Run, place.team, place.run):
            return Outcome("there", place.title, words.recovering.RUN_KNOWN)
        if (place.team, place.run) in sight.done:
            return Outcome("gone", place.title, words.recovering.SPARE)
        return await self._of_job(place, told, sight)

    async def _manifest(self, place: Place) -> Told:
        text = await bucket.read(self.aws, self._bucket, place.manifest)
        return manifests.read(text, self.told.deployment, place.team)

    async def _of_job(self, place: Place, told: Told | None, sight: Sight) -> Outcome:
        """Restore a model of which only its training job says that it was trained."""
        client = self.aws.sagemaker
        described: Any = await self.aws.call(client.describe_training_job, TrainingJobName=place.job)
        if described["TrainingJobStatus"] != "Completed":
            return Outcome("gone", place.title, words.recovering.not_completed(described["TrainingJobStatus"]))
        if told is None:
            told = await self._told_by(place, described)
        paid = await self._paid(place.team, described)
        ended = recovering.ended_at(described)
        model = replace(told.model, trained_at=ended or self.now(), dollars=told.model.dollars + paid)
        return await self._restore(place, replace(told, model=model), sight)

    async def _told_by(self, place: Place, described: Mapping[str, Any]) -> Told:
        """Put together what is known of a model that was trained before there were manifests.

        Raises:
            SkippedError: when its job is not ours by its tags, or its prompt is gone.
        """
        listed: Any = await self.aws.call(self.aws.sagemaker.list_tags, ResourceArn=described["TrainingJobArn"])
        tags = {tag["Key"]: tag["Value"] for tag in listed["Tags"]}
        thing = Thing("training job", place.job, "Completed", 0.0, tags)
        if not (thing.is_ours(self.told.deployment) and place.is_of(thing)):
            raise SkippedError(words.recovering.TAGS_DO_NOT_FIT)
        job = Job(place, described, tags, await self._prompt(described))
        owner = next(iter(self.told.admins), "")
        told = recovering.told_by(job, self.told.deployment, owner, self.told.admin_channel)
        begun_with = told.model.jumpstart_id and told.model.jumpstart_version
        usual = {"jumpstart_id": self.told.model_id, "jumpstart_version": self.told.model_version}
        return told if begun_with else replace(told, model=replace(told.model, **usual))

    async def _prompt(self, described: Mapping[str, Any]) -> str:
        """Read from a job's data set what it has taught."""
        ours = f"s3://{self._bucket}/"
        data = recovering.channel_of(described, "training")
        try:
            if not data.startswith(ours):
                raise SkippedError(words.recovering.NO_PROMPT)
            text = await bucket.read(self.aws, self._bucket, f"{data.removeprefix(ours)}dataset_info.json")
            return str(json.loads(text)["instance_prompt"])
        except (Trouble, ValueError, LookupError, TypeError) as fault:
            raise SkippedError(words.recovering.NO_PROMPT) from fault

    async def _paid(self, team: str, described: Mapping[str, Any]) -> float:
        rate = prices.an_hour(described.get("ResourceConfig", {}).get("InstanceType", ""),
                              await outlook.read(self.store, team))  # fmt: skip
        return prices.of(int(described.get("BillableTimeInSeconds") or 0), rate) or 0.0

    async def _restore(self, place: Place, told: Told, sight: Sight) -> Outcome:
        """Write the record, if there still is none; the worker writes its manifest anew."""
        now, deployment = self.now(), self.told.deployment
        model, endpoint = recovering.with_endpoint(recovering.of_its_own(told), sight.stand, deployment, now)
        change = Change(model.team)
        if endpoint:
            an_hour = await serving.an_hour(self.store, self.told, model)
            made = spending.Endpoint(endpoint.name, serving.machine(self.told, model), an_hour)
            model = spending.comes_up(model, made, endpoint.created)
            change.index(setting_aside.UP, model.id, now)
        change.put(model).name("catalogue", model.id, model.subject)
        manifests.remember(change, model, now, told.training)
        if model.wake_seconds or not place.manifest:
            change.once(*endpoints.announced(model, now))
        if not self.dry and not await self.store.commit(change):
            return Outcome("there", model.title)
        return Outcome("restored", model.title, _note(place, model, endpoint))


def _note(place: Place, model: Model, endpoint: Thing | None) -> str:
    said = [f"({model.id} of {model.team})"]
    said += [words.recovering.up(endpoint.name, endpoint.status)] if endpoint else []
    said += [] if place.manifest else [words.recovering.NO_MANIFEST]
    said += [words.recovering.GOES_ON] if model.deleted_by else []
    return " ".join(said)
