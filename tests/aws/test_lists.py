import time
from datetime import UTC, datetime
from typing import Any

from sandbox.aws.pace import Allowance
from tests.aws.account import Account, a_name, wait_until
from tests.aws.conftest import Refusal


def _pages(account: Account, **request: Any) -> list[list[str]]:
    pages: list[list[str]] = []
    token: dict[str, str] = {}
    while True:
        page = account.sagemaker.list_models(**request, **token)  # type: ignore[reportArgumentType] - as a dict
        pages.append([model["ModelName"] for model in page["Models"]])
        if "NextToken" not in page:
            return pages
        token = {"NextToken": page["NextToken"]}


def _models(account: Account, stem: str, count: int) -> list[str]:
    names = [f"{stem}-{number}" for number in range(count)]
    for name in names:
        account.sagemaker.create_model(ModelName=name, PrimaryContainer={"Image": "image"})
    return names


def test_list_filters_before_it_pages(account: Account) -> None:
    stem, other = a_name("wanted"), a_name("other")
    for number in range(5):
        for name in (f"{stem}-{number}", f"{other}-{number}"):
            account.sagemaker.create_model(ModelName=name, PrimaryContainer={"Image": "image"})
    pages = _pages(account, NameContains=stem, MaxResults=2, SortBy="Name", SortOrder="Ascending")
    assert pages == [[f"{stem}-0", f"{stem}-1"], [f"{stem}-2", f"{stem}-3"], [f"{stem}-4"]]


def test_pages_do_not_shift_when_something_is_made_or_deleted_meanwhile(account: Account) -> None:
    stem = a_name("shift")
    _models(account, stem, 4)
    wish: dict[str, Any] = {"NameContains": stem, "MaxResults": 2, "SortBy": "Name", "SortOrder": "Ascending"}
    first = account.sagemaker.list_models(**wish)
    account.sagemaker.delete_model(ModelName=f"{stem}-0")
    account.sagemaker.create_model(ModelName=f"{stem}-00", PrimaryContainer={"Image": "image"})
    second = account.sagemaker.list_models(**wish, NextToken=first.get("NextToken", ""))
    assert [model["ModelName"] for model in second["Models"]] == [f"{stem}-2", f"{stem}-3"]
    assert "NextToken" not in second


def test_newest_comes_first_ten_at_a_time_unless_asked_otherwise(account: Account) -> None:
    stem = a_name("many")
    names = _models(account, stem, 12)
    assert _pages(account, NameContains=stem) == [names[:1:-1], names[1::-1]]


def test_token_of_another_list_is_refused(account: Account, refusal: Refusal) -> None:
    stem = a_name("token")
    _models(account, stem, 2)
    token = account.sagemaker.list_models(NameContains=stem, MaxResults=1).get("NextToken", "")
    for wish in ({"NextToken": token}, {"NextToken": "rubbish"}):
        assert refusal(account.sagemaker.list_models, **wish)["Code"] == "ValidationException"


def test_jobs_are_listed_by_status_and_time(account: Account) -> None:
    before = datetime.now(UTC)
    stem = a_name("listed")
    good = account.start_job(name=f"{stem}-good")
    bad = account.start_job(name=f"{stem}-bad", data=account.photos("unreadable"))
    account.ended_job(good)
    account.ended_job(bad)
    failed = account.sagemaker.list_training_jobs(StatusEquals="Failed", NameContains=stem, CreationTimeAfter=before)
    (summary,) = failed["TrainingJobSummaries"]
    assert summary["TrainingJobName"] == bad
    assert summary.get("SecondaryStatus") == "Failed"
    assert summary.get("TrainingEndTime") is not None
    assert not account.sagemaker.list_training_jobs(NameContains=stem, CreationTimeBefore=before)[
        "TrainingJobSummaries"
    ]


def test_endpoints_are_listed_by_status(account: Account) -> None:
    name = account.served_endpoint()
    found = account.sagemaker.list_endpoints(StatusEquals="InService", NameContains=name)["Endpoints"]
    assert [one["EndpointName"] for one in found] == [name]
    account.sagemaker.delete_endpoint(EndpointName=name)
    wait_until(lambda: not account.sagemaker.list_endpoints(NameContains=name)["Endpoints"])


def test_jobs_that_changed_of_late_are_found_by_the_time_they_changed(account: Account) -> None:
    stem = a_name("changed")
    jobs = [account.ended_job(account.start_job(name=f"{stem}-{number}")) for number in range(2)]
    wish: dict[str, Any] = {"NameContains": stem, "LastModifiedTimeAfter": jobs[0]["LastModifiedTime"]}
    found = account.sagemaker.list_training_jobs(**wish)["TrainingJobSummaries"]
    assert [job["TrainingJobName"] for job in found] == [f"{stem}-1"]


def test_all_jobs_are_walked_through_by_the_paginator_newest_first(account: Account) -> None:
    stem = a_name("walked")
    names = [account.start_job(name=f"{stem}-{number}") for number in range(5)]
    pages = account.sagemaker.get_paginator("list_training_jobs").paginate(
        NameContains=stem, SortBy="CreationTime", SortOrder="Descending", PaginationConfig={"PageSize": 2}
    )
    found = [[job["TrainingJobName"] for job in page["TrainingJobSummaries"]] for page in pages]
    assert found == [names[:2:-1], names[2:0:-1], names[:1]]


def test_page_of_more_than_a_hundred_is_refused(account: Account, refusal: Refusal) -> None:
    for call in (account.sagemaker.list_training_jobs, account.sagemaker.list_endpoints):
        error = refusal(call, MaxResults=101)
        assert error["Code"] == "ValidationException"
        assert "less than or equal to 100" in error["Message"]


def test_jobs_are_listed_twice_a_second_and_no_more(slow_account: Account, refusal: Refusal) -> None:
    def listed() -> bool:
        try:
            return bool(slow_account.sagemaker.list_training_jobs(MaxResults=1))
        except slow_account.sagemaker.exceptions.ClientError:
            return False

    wait_until(lambda: not listed())
    error = refusal(slow_account.sagemaker.list_training_jobs)
    assert (error["Code"], error["Message"], error["Status"]) == ("ThrottlingException", "Rate exceeded", 400)
    started = time.monotonic()
    wait_until(listed)
    assert time.monotonic() - started <= 2


def test_allowance_is_a_burst_and_then_a_rate() -> None:
    clock = iter([0.0, *[0.0] * 5, 0.4, 0.5, 0.6, 100.0, 100.0, 100.0, 100.0, 100.0])
    allowance = Allowance(2, 4, lambda: next(clock))
    assert [allowance.take() for _ in range(5)] == [True] * 4 + [False]
    assert [allowance.take() for _ in range(3)] == [False, True, False]
    assert [allowance.take() for _ in range(5)] == [True] * 4 + [False]
