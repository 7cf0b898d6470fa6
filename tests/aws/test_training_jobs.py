import io
import itertools
import json
import tarfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from tests.aws.account import BUCKET, Account, a_name, wait_until
from tests.aws.conftest import Refusal


def test_job_trains_and_leaves_its_artifact_in_s3(account: Account) -> None:
    name = account.start_job(data=account.photos("cat-1.jpg", "dataset_info.json"))
    job = account.ended_job(name)
    assert job["TrainingJobStatus"] == "Completed"
    assert job["ModelArtifacts"]["S3ModelArtifacts"] == f"s3://{BUCKET}/out/{name}/output/model.tar.gz"
    packed = account.s3.get_object(Bucket=BUCKET, Key=f"out/{name}/output/model.tar.gz")["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        seen = tar.extractfile("seen.json")
        assert seen is not None
        assert json.load(seen) == ["training/cat-1.jpg", "training/dataset_info.json"]


def test_container_finds_its_instance_type_the_model_channel_and_the_class_photos(account: Account) -> None:
    request = account.job_request(a_name("job"), data=account.photos("cat-1.jpg", "class_data_dir/any.jpg"))
    source = {"S3DataType": "S3Prefix", "S3Uri": account.artifact()}
    request["InputDataConfig"].append({"ChannelName": "model", "DataSource": {"S3DataSource": source}})
    request["ResourceConfig"]["InstanceType"] = "ml.g5.2xlarge"
    account.sagemaker.create_training_job(**request)
    name = request["TrainingJobName"]
    assert account.ended_job(name)["TrainingJobStatus"] == "Completed"
    packed = account.s3.get_object(Bucket=BUCKET, Key=f"out/{name}/output/model.tar.gz")["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        seen, instance = tar.extractfile("seen.json"), tar.extractfile("instance.txt")
        assert seen is not None
        assert instance is not None
        assert json.load(seen) == ["model/model.tar.gz", "training/cat-1.jpg", "training/class_data_dir/any.jpg"]
        assert instance.read() == b"ml.g5.2xlarge"


def test_job_goes_through_its_stages_in_order_and_tells_what_is_billed(account: Account) -> None:
    job = account.ended_job(account.start_job())
    stages = job["SecondaryStatusTransitions"]
    names = [stage["Status"] for stage in stages if stage["Status"] != "Pending"]
    assert names == ["Starting", "Downloading", "Training", "Uploading", "Completed"]
    assert all(one["EndTime"] == two["StartTime"] for one, two in itertools.pairwise(stages))
    assert job["CreationTime"] <= job["TrainingStartTime"] < job["TrainingEndTime"] <= datetime.now(UTC)
    assert job["LastModifiedTime"] == job["TrainingEndTime"]
    assert 600 <= job["BillableTimeInSeconds"] <= 1000


def test_loss_is_found_in_the_log_by_the_metric_definitions(account: Account) -> None:
    job = account.ended_job(account.start_job())
    (metric,) = job["FinalMetricDataList"]
    assert metric["MetricName"] == "stabilityai-txt2img:train-loss"
    assert metric["Value"] == 0.25


def test_log_of_a_job_is_in_cloudwatch_under_the_name_of_the_job(account: Account) -> None:
    name = account.start_job()
    account.ended_job(name)
    group = "/aws/sagemaker/TrainingJobs"
    (stream,) = account.logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=f"{name}/")["logStreams"]
    stream_name = stream.get("logStreamName", "")
    assert stream_name.startswith(f"{name}/algo-1-")
    events = account.logs.get_log_events(logGroupName=group, logStreamName=stream_name, startFromHead=True)["events"]
    lines = [event.get("message", "") for event in events]
    assert lines[0].startswith("Steps:  1/4")
    assert lines[-1] == "Steps:  4/4 train_avg_loss=0.2500"


def test_photos_that_cannot_be_trained_on_fail_the_job_with_the_reason_of_the_script(account: Account) -> None:
    job = account.ended_job(account.start_job(data=account.photos("unreadable")))
    assert job["TrainingJobStatus"] == job["SecondaryStatus"] == "Failed"
    assert job["FailureReason"] == (
        'AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage "ValueError: no photo can be read"\n'
        'Command "/opt/conda/bin/python3.8 transfer_learning.py", exit code: 1'
    )
    assert job["SecondaryStatusTransitions"][-1]["StatusMessage"] == job["FailureReason"]


def test_stopped_job_ends_as_stopped_and_cannot_be_stopped_again(account: Account, refusal: Refusal) -> None:
    name = account.start_job(hyperparameters={"max_steps": "500", "linger": "0.1"})
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Training")
    account.sagemaker.stop_training_job(TrainingJobName=name)
    assert account.job(name)["TrainingJobStatus"] in {"Stopping", "Stopped"}
    job = account.ended_job(name)
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "Stopped")
    assert "Stopping" in [stage["Status"] for stage in job["SecondaryStatusTransitions"]]
    error = refusal(account.sagemaker.stop_training_job, TrainingJobName=name)
    assert error["Message"] == "The request was rejected because the training job is in status Stopped."


def test_job_that_runs_longer_than_it_may_is_ended(account: Account) -> None:
    lingering = {"max_steps": "500", "linger": "0.1"}
    name = account.start_job(hyperparameters=lingering, StoppingCondition={"MaxRuntimeInSeconds": 60})
    job = account.ended_job(name)
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "MaxRuntimeExceeded")


def test_third_job_waits_while_two_train(account: Account) -> None:
    lingering = {"max_steps": "500", "linger": "0.1"}
    names = [account.start_job(hyperparameters=lingering) for _ in range(2)]
    wait_until(lambda: all(account.job(name)["SecondaryStatus"] == "Training" for name in names))
    third = account.start_job()
    wait_until(lambda: account.job(third)["SecondaryStatus"] == "Pending")
    for name in names:
        account.sagemaker.stop_training_job(TrainingJobName=name)
    job = account.ended_job(third)
    assert job["TrainingJobStatus"] == "Completed"
    assert [stage["Status"] for stage in job["SecondaryStatusTransitions"]][:3] == [
        "Starting",
        "Pending",
        "Downloading",
    ]


def test_name_of_a_job_is_taken_for_ever(account: Account, refusal: Refusal) -> None:
    name = account.start_job()
    account.ended_job(name)
    error = refusal(account.sagemaker.create_training_job, **account.job_request(name))
    assert error["Code"] == "ResourceInUse"
    assert f"training-job/{name}" in error["Message"]


def test_one_of_many_that_ask_for_the_same_name_at_once_gets_it(account: Account) -> None:
    request = account.job_request(a_name("job"))

    def ask(_: int) -> bool:
        try:
            account.sagemaker.create_training_job(**request)
        except account.sagemaker.exceptions.ResourceInUse:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 1


def test_prefix_without_photos_is_refused(account: Account, refusal: Refusal) -> None:
    request = account.job_request(a_name("job"), data=f"s3://{BUCKET}/nothing/here/")
    error = refusal(account.sagemaker.create_training_job, **request)
    assert error["Code"] == "ValidationException"
    assert f'No S3 objects found under S3 URL "s3://{BUCKET}/nothing/here/"' in error["Message"]


def test_photos_that_go_before_the_download_fail_the_job(account: Account) -> None:
    data = account.photos("cat-1.jpg")
    lingering = {"max_steps": "500", "linger": "0.1"}
    names = [account.start_job(hyperparameters=lingering) for _ in range(2)]
    wait_until(lambda: all(account.job(name)["SecondaryStatus"] == "Training" for name in names))
    late = account.start_job(data=data)
    account.s3.delete_object(Bucket=BUCKET, Key=data.removeprefix(f"s3://{BUCKET}/") + "cat-1.jpg")
    for name in names:
        account.sagemaker.stop_training_job(TrainingJobName=name)
    job = account.ended_job(late)
    assert job["FailureReason"] == f"ClientError: Data download failed:no objects found under prefix {data}"


def test_job_that_never_was_is_not_found(account: Account, refusal: Refusal) -> None:
    for call in (account.sagemaker.describe_training_job, account.sagemaker.stop_training_job):
        error = refusal(call, TrainingJobName="never-was")
        assert (error["Code"], error["Message"]) == ("ValidationException", "Requested resource not found.")
