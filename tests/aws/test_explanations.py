"""What the product makes of an endpoint that fails, through boto3 and the wire: what helps, and no second call."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.config import Config

from core.records import Generation
from tests.aws.account import Account
from tests.support.records import a_generation, a_model
from workers import aws, invoke
from workers.trouble import SOME, Trouble

if TYPE_CHECKING:
    from workers.house import House

WISH = a_generation(count=4, steps=150)


def trouble(account: Account, asked: Generation, read_timeout: float = 10.0) -> Trouble:
    """Have the sandbox's endpoint paint as a worker would; gives what came of it."""
    session: Any = boto3.Session("key", "secret", region_name="us-west-2")
    config = Config(retries={"total_max_attempts": 1}, proxies={}, read_timeout=read_timeout)
    runtime = session.client("sagemaker-runtime", endpoint_url=account.aws.url, config=config)
    clients = replace(aws.connect("us-west-2"), runtime=runtime)
    house: Any = SimpleNamespace(aws=clients)
    with pytest.raises(Trouble) as caught:
        asyncio.run(invoke.paint(cast("House", house), account.served_endpoint(), asked, a_model()))
    clients.threads.shutdown()
    return caught.value


@pytest.mark.parametrize("status", [400, 500, 507])
def test_pictures_that_do_not_fit_the_memory_are_to_be_fewer(account: Account, status: int) -> None:
    account.aws.sandbox(
        "faults", {"fail_invoke": {"status": status, "message": "CUDA out of memory. Tried to allocate"}}
    )
    fault = trouble(account, WISH)
    assert (fault.tries, fault.code) == (0, aws.OUT_OF_MEMORY)
    assert fault.reason.endswith("Try fewer or smaller pictures: `--n 1`.")


@pytest.mark.parametrize("ours", [1.0, 10.0], ids=["the worker's socket", "SageMaker"])
def test_call_that_takes_too_long_is_to_have_fewer_steps_or_pictures(account: Account, ours: float) -> None:
    """The container takes 3 s; SageMaker gives up after 2 s here."""
    fault = trouble(account, replace(WISH, prompt="dawdle"), ours)
    assert (fault.tries, fault.code) == (0, aws.TIMED_OUT)
    assert fault.reason.endswith("Try fewer steps or pictures: `--steps 50`, `--n 1`.")


def test_container_that_stumbles_is_asked_again_and_one_that_refuses_is_not(account: Account) -> None:
    account.aws.sandbox("faults", {"fail_invoke": {"status": 500, "message": "Worker died."}})
    assert trouble(account, WISH).tries == SOME
    assert trouble(account, replace(WISH, prompt="nonsense")).tries == 0
