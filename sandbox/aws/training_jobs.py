"""Training jobs on the control plane: create, describe, stop, list."""

import re

from sandbox.aws import quotas, schedule, spot, tags, training_runner, training_timeline
from sandbox.aws.errors import AwsError, job_name_taken, job_not_found, throttled, validation
from sandbox.aws.listing import Row, page
from sandbox.aws.naming import check_role, s3_address
from sandbox.aws.records import TrainingJob
from sandbox.aws.shapes import Json
from sandbox.aws.training_timeline import TrainingFacts
from sandbox.aws.world import World, in_background

KIND = "training-job"
_ECHOED = (
    "TrainingJobName",
    "HyperParameters",
    "AlgorithmSpecification",
    "RoleArn",
    "InputDataConfig",
    "OutputDataConfig",
    "ResourceConfig",
    "VpcConfig",
    "StoppingCondition",
    "CheckpointConfig",
    "DebugHookConfig",
    "ProfilerConfig",
    "Environment",
    "RetryStrategy",
)
_SWITCHES = ("EnableNetworkIsolation", "EnableInterContainerTrafficEncryption", "EnableManagedSpotTraining")


def create_training_job(world: World, request: Json) -> Json:
    """CreateTrainingJob. The name is taken for ever."""
    name = request["TrainingJobName"]
    arn = world.arn(KIND, name)
    if name.lower() in world.jobs:
        raise job_name_taken(arn)
    _check(world, request)
    given = tags.check_new(request)
    job = _new_job(world, request, arn)
    quotas.check(world, job.usage, job.instance_type, job.instance_count)
    job.scripted_failure = world.faults.take("fail_training", job.instance_type)
    world.jobs[name.lower()] = job
    world.tags[arn] = given
    in_background(lambda: training_runner.run(world, job), f"training {name}")
    return {"TrainingJobArn": arn}


def _new_job(world: World, request: Json, arn: str) -> TrainingJob:
    train_s = schedule.training_s(request.get("HyperParameters", {}), request["ResourceConfig"]["InstanceType"])
    modelled_s = schedule.DOWNLOADING_S + train_s + schedule.UPLOADING_S
    return TrainingJob(request, arn, TrainingFacts(world.now()), modelled_s, train_s)


def _check(world: World, request: Json) -> None:
    """What AWS looks at beyond the shape of the request."""
    check_role(request.get("RoleArn", ""))
    missing = [part for part in ("AlgorithmSpecification", "ResourceConfig") if part not in request]
    if missing or "InstanceType" not in request["ResourceConfig"]:
        raise validation(f"The sandbox plays jobs with an image on an instance: {', '.join(missing)} missing.")
    spot.check(request)
    s3_address(request["OutputDataConfig"]["S3OutputPath"])
    for definition in request["AlgorithmSpecification"].get("MetricDefinitions", []):
        _check_regex(definition["Regex"])
    for channel in request.get("InputDataConfig", []):
        _check_channel(world, channel, request["RoleArn"])


def _check_regex(source: str) -> None:
    try:
        re.compile(source)
    except re.error as error:
        raise validation(f"Invalid metric regex {source}: {error}") from error


def _check_channel(world: World, channel: Json, role: str) -> None:
    """AWS lists the input when the job is created and refuses the request when nothing is there."""
    source: Json = channel["DataSource"].get("S3DataSource", {})
    if source.get("S3DataType") != "S3Prefix":
        raise validation("The sandbox plays channels of the S3DataType S3Prefix.")
    uri = source["S3Uri"]
    address = s3_address(uri)
    if not world.storage.has(address):
        raise validation(no_objects(uri, world.settings.region, role, address.bucket))


def no_objects(uri: str, region: str, role: str, bucket: str) -> str:
    """AWS's sentence for an input without objects."""
    return (
        f'No S3 objects found under S3 URL "{uri}" given in input data source. Please ensure that the bucket exists '
        f"in the selected region ({region}), that objects exist under that S3 prefix, and that the role "
        f'"{role}" has "s3:ListBucket" permissions on bucket "{bucket}".'
    )


def describe_training_job(world: World, request: Json) -> Json:
    """DescribeTrainingJob."""
    job = _find(world, request["TrainingJobName"])
    facts = job.facts
    described = {name: job.request[name] for name in _ECHOED if name in job.request}
    described |= {name: job.request.get(name, False) for name in _SWITCHES}
    return (
        described
        | _state(job)
        | _times(world, job)
        | _metrics(job)
        | {
            "TrainingJobArn": job.arn,
            "CreationTime": facts.created,
            "LastModifiedTime": training_timeline.last_modified(facts),
            "SecondaryStatusTransitions": training_timeline.transitions(facts),
            "ModelArtifacts": {"S3ModelArtifacts": job.artifact or _planned_artifact(job)},
        }
    )


def _planned_artifact(job: TrainingJob) -> str:
    """AWS names the artifact's place before it is there."""
    return str(training_runner.artifact_address(job))


def _state(job: TrainingJob) -> Json:
    failed = {"FailureReason": job.facts.reason} if job.facts.outcome == "Failed" else {}
    return failed | {
        "TrainingJobStatus": training_timeline.status(job.facts),
        "SecondaryStatus": training_timeline.secondary_status(job.facts),
    }


def _times(world: World, job: TrainingJob) -> Json:
    facts = job.facts
    times: Json = {}
    if facts.first_instance is not None:
        times["TrainingStartTime"] = facts.first_instance
    if facts.ended is not None:
        times["TrainingEndTime"] = facts.ended
    if facts.done and facts.first_instance is not None:
        seconds = training_timeline.training_s(facts, world.now(), world.settings.speed, job.modelled_s)
        times["TrainingTimeInSeconds"] = max(1, round(seconds))
        times["BillableTimeInSeconds"] = max(1, round(seconds * job.billed_share))
    return times


def _metrics(job: TrainingJob) -> Json:
    found = [
        {"MetricName": name, "Value": metric.value, "Timestamp": metric.at}
        for name, metric in list(job.metrics.items())
    ]
    return {"FinalMetricDataList": found} if found else {}


def stop_training_job(world: World, request: Json) -> Json:
    """StopTrainingJob. Stopping twice is no error while the job stops."""
    job = _find(world, request["TrainingJobName"])
    if job.facts.done:
        state = training_timeline.status(job.facts)
        raise validation(f"The request was rejected because the training job is in status {state}.")
    if job.facts.stop_asked is None:
        job.facts.stop_asked = world.now()
        job.stop.set()
    return {}


def list_training_jobs(world: World, request: Json) -> Json:
    """ListTrainingJobs. AWS answers it so often a second and no more."""
    if not world.listing.take():
        raise throttled()
    if "WarmPoolStatusEquals" in request or "TrainingPlanArnEquals" in request:
        raise AwsError("ValidationException", "The sandbox has no warm pools and no training plans.")
    jobs, more = page((_row(job) for job in world.jobs.values()), request, default_order="Ascending")
    return {"TrainingJobSummaries": jobs} | more


def _row(job: TrainingJob) -> Row:
    facts = job.facts
    state = training_timeline.status(facts)
    modified = training_timeline.last_modified(facts)
    summary: Json = {
        "TrainingJobName": job.name,
        "TrainingJobArn": job.arn,
        "CreationTime": facts.created,
        "LastModifiedTime": modified,
        "TrainingJobStatus": state,
        "SecondaryStatus": training_timeline.secondary_status(facts),
    }
    if facts.ended is not None:
        summary["TrainingEndTime"] = facts.ended
    return Row(job.name, facts.created, modified, state, summary)


def _find(world: World, name: str) -> TrainingJob:
    if name.lower() not in world.jobs:
        raise job_not_found()
    return world.jobs[name.lower()]
