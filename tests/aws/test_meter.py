import pytest

from tests.aws.account import GPU, Account, wait_until


def _line(account: Account, part: str, name: str) -> dict[str, float]:
    (line,) = [line for line in account.aws.sandbox("meter")[part] if line["name"] == name]
    return line


def test_trained_job_is_on_the_bill_with_awss_seconds(account: Account) -> None:
    name = account.start_job()
    job = account.ended_job(name)
    line = _line(account, "ended", name)
    assert line["seconds"] == pytest.approx(job["BillableTimeInSeconds"], abs=1)
    assert line["dollars"] == pytest.approx(line["seconds"] * 0.94 / 3600, abs=0.001)


def test_endpoint_bills_until_it_is_gone(account: Account) -> None:
    name = account.served_endpoint()
    line = _line(account, "running", name)
    assert (line["status"], line["instance_type"], line["dollars_per_hour"]) == ("InService", GPU, 0.94)
    wait_until(lambda: _line(account, "running", name)["dollars"] > line["dollars"])
    account.sagemaker.delete_endpoint(EndpointName=name)
    wait_until(lambda: name in [one["name"] for one in account.aws.sandbox("meter")["ended"]])
    ended = _line(account, "ended", name)
    assert ended["status"] == "Deleted"
    assert _line(account, "ended", name)["dollars"] == ended["dollars"]
