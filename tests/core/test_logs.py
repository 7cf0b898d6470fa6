"""Logs show what happened, and no secret."""

import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logs import Discreet

PLANTED = "h-u-n-t-e-r-2"


def line(message: str, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, (), info)
    return Discreet("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    "message",
    [
        f"xoxb-123-{PLANTED}",
        f"token=xoxp-{PLANTED}&channel=C1",
        f"xapp-1-A1-{PLANTED}",
        f"redis://:{PLANTED}@127.0.0.1:6379/0 is away",
        f"rediss://user:{PLANTED}@redis.example:6379",
        f"Authorization: Bearer {PLANTED}",
        f"{{'Authorization': 'Bearer xoxb-{PLANTED}'}}",
    ],
)
def test_secret_is_struck_out(message: str) -> None:
    assert PLANTED not in line(message)


def test_secret_in_a_traceback_is_struck_out() -> None:
    with pytest.raises(ValueError, match="no answer") as caught:
        raise ValueError(f"no answer from redis://:{PLANTED}@127.0.0.1/0 for xoxb-{PLANTED}")
    shown = line("fault", caught.value)
    assert "ValueError" in shown
    assert PLANTED not in shown


def test_line_without_a_secret_is_shown_as_it_is() -> None:
    said = "run:abc waits 2.0 s in training: ThrottlingException: AWS says: Rate exceeded (https://aws.amazon.com/a:b)"
    assert line(said) == f"ERROR {said}"


@given(st.from_regex(r"xox[abeprs]-[A-Za-z0-9-]{10,80}", fullmatch=True), st.text(), st.text())
def test_no_token_of_slack_gets_through_wherever_it_stands(token: str, before: str, after: str) -> None:
    shown = line(f"{before} {token} {after}".replace("%", ""))
    assert token not in shown
    assert not re.search(r"xox[a-z]-\w", shown)
