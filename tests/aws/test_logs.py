"""The containers' lines in CloudWatch, searched over the streams of many jobs."""

import time
from typing import Any

import pytest

from sandbox.aws import log_pattern
from tests.aws.account import Account, a_name, wait_until
from tests.aws.conftest import Refusal

GROUP = "/aws/sagemaker/TrainingJobs"
LINGERING = {"max_steps": "500", "linger": "0.1"}


def _found(account: Account, **wish: Any) -> list[dict[str, Any]]:
    """The events of all pages, each page asked for with the token of the last."""
    asked: dict[str, Any] = {"logGroupName": GROUP} | wish
    events: list[dict[str, Any]] = []
    while True:
        page: dict[str, Any] = {**account.logs.filter_log_events(**asked)}
        events += page["events"]
        if "nextToken" not in page:
            return events
        asked["nextToken"] = page["nextToken"]


def _trained(account: Account, stem: str, count: int = 2) -> list[str]:
    names = [account.start_job(name=f"{stem}-{number}") for number in range(count)]
    for name in names:
        account.ended_job(name)
    return names


def test_lines_of_many_jobs_are_found_by_the_start_of_their_names(account: Account) -> None:
    stem = a_name("found")
    names = _trained(account, stem)
    _trained(account, a_name("other"), 1)
    events = _found(account, logStreamNamePrefix=stem, filterPattern="train_avg_loss")
    assert sorted({event["logStreamName"].partition("/")[0] for event in events}) == names
    assert len(events) == 8
    times = [event["timestamp"] for event in events]
    assert times == sorted(times)
    assert abs(times[-1] / 1000 - time.time()) < 60


def test_lines_reach_the_log_while_the_job_still_trains(account: Account) -> None:
    name = account.start_job(hyperparameters=LINGERING)
    wait_until(lambda: account.job(name)["SecondaryStatus"] == "Training")
    wait_until(lambda: len(_lines(account, name)) > 1)
    known = _found(account, logStreamNamePrefix=f"{name}/")
    later = known[-1]["timestamp"] + 1
    wait_until(lambda: _found(account, logStreamNamePrefix=f"{name}/", startTime=later))
    assert account.job(name)["SecondaryStatus"] == "Training"
    account.sagemaker.stop_training_job(TrainingJobName=name)


def _lines(account: Account, name: str) -> list[dict[str, Any]]:
    """Nothing as long as no job at all has written: the group is not there yet."""
    try:
        return _found(account, logStreamNamePrefix=f"{name}/")
    except account.logs.exceptions.ResourceNotFoundException:
        return []


def test_search_is_paged_and_its_pages_hold_each_line_once(account: Account) -> None:
    stem = a_name("paged")
    _trained(account, stem)
    everything = _found(account, logStreamNamePrefix=stem)
    assert _found(account, logStreamNamePrefix=stem, limit=3) == everything
    assert _found(account, logStreamNamePrefix=stem, limit=3, startFromHead=False) == everything[::-1]
    pages = account.logs.get_paginator("filter_log_events").paginate(
        logGroupName=GROUP, logStreamNamePrefix=stem, filterPattern='"2/4"', PaginationConfig={"PageSize": 1}
    )
    assert [len(page["events"]) for page in pages][:2] == [1, 1]


def test_only_the_time_asked_for_is_searched(account: Account) -> None:
    (name,) = _trained(account, a_name("timed"), 1)
    everything = _found(account, logStreamNamePrefix=name)
    since, until = everything[1]["timestamp"], everything[-1]["timestamp"]
    assert _found(account, logStreamNamePrefix=name, startTime=until + 1) == []
    kept = [event for event in everything if since <= event["timestamp"] <= until]
    assert _found(account, logStreamNamePrefix=name, startTime=since, endTime=until) == kept


def test_search_that_aws_would_not_take_is_refused(account: Account, refusal: Refusal) -> None:
    (name,) = _trained(account, a_name("refused"), 1)
    stream = _found(account, logStreamNamePrefix=name)[0]["logStreamName"]
    for wish, code in (
        ({"logGroupName": "/aws/nothing"}, "ResourceNotFoundException"),
        ({"logGroupName": GROUP, "logStreamNames": ["nothing"]}, "ResourceNotFoundException"),
        ({"logGroupName": GROUP, "logStreamNames": [stream], "logStreamNamePrefix": "a"}, "InvalidParameterException"),
        ({"logGroupName": GROUP, "logGroupIdentifier": GROUP}, "InvalidParameterException"),
        ({"logGroupName": GROUP, "filterPattern": "train_avg_loss="}, "InvalidParameterException"),
        ({"logGroupName": GROUP, "nextToken": "rubbish"}, "InvalidParameterException"),
        ({"logGroupName": GROUP, "limit": 10_001}, "InvalidParameterException"),
    ):
        assert refusal(account.logs.filter_log_events, **wish)["Code"] == code
    assert account.logs.filter_log_events(logGroupIdentifier=GROUP, logStreamNames=[stream])["events"]


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("", True),
        ("Steps", True),
        ("steps", False),
        ("Steps Loss", False),
        ('Steps "loss=0.25"', True),
        ("Steps -loss", False),
        ("?Loss ?Steps", True),
        ("?Loss ?Gain", False),
        (r'"say \"x\""', False),
    ],
)
def test_pattern_finds_what_cloudwatch_finds(pattern: str, fits: bool) -> None:  # noqa: FBT001 - a case's outcome
    assert log_pattern.parse(pattern).fits("Steps: 4/4 loss=0.25") is fits


@pytest.mark.parametrize("pattern", ['"open', "a=b", "{ $.loss > 1 }", "[a, b]"])
def test_pattern_that_cannot_be_read_is_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match="Invalid filter pattern"):
        log_pattern.parse(pattern)
