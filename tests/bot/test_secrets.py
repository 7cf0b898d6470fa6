"""Planted secrets: they open doors, and appear nowhere else."""

import asyncio
import logging
import os
import signal
import sys

import pytest

from core import actions
from core.store import Store
from sandbox.ports import HOST, free
from tests.bot.person import BOT, Person
from tests.support.keys import everything
from tests.support.records import THREAD
from tests.support.site import Site, a_site
from tests.support.valkey import ValkeyServer
from tests.support.waiting import wait_until

PLANTED = "planted"
SECRETS = {
    "SLACK_BOT_TOKEN": f"xoxb-{PLANTED}-token",
    "SLACK_SIGNING_SECRET": f"{PLANTED}-signing-secret",
    "AWS_ACCESS_KEY_ID": f"AKIA{PLANTED}",
    "AWS_SECRET_ACCESS_KEY": f"{PLANTED}-key",
}
HEARTBEATS = "darkroom-wakes:workers"
OTHERS = {
    "AWS_REGION": "us-west-2",
    "DARKROOM_BUCKET": "photos",
    "DARKROOM_ROLE_ARN": "arn:aws:iam::123456789012:role/sm",
    "DARKROOM_POLL_SECONDS": "0.1",
}


async def test_token_goes_to_slack_in_the_header_and_nowhere_else(
    mira: Person, slack: Site, valkey: ValkeyServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = [
            await mira.command("/train", "riobugger cat"),
            await mira.command("/imagine", "riobugger --n 9"),
            await mira.command("/darkroom", ""),
            await mira.event(type="app_mention", text=f"<@{BOT}> learn eileen the cow", ts=THREAD),
            await mira.press(actions.TRAIN, "nobody"),
        ]
    assert any(seen.headers.get("Authorization") == "Bearer xoxb-planted-token" for seen in slack.seen)
    assert PLANTED not in str([(seen.path, seen.body) for seen in slack.seen])
    assert PLANTED not in str(answers)
    assert PLANTED.encode() not in everything(valkey.raw)
    assert PLANTED not in caplog.text


async def test_fault_that_carries_a_token_shows_it_to_nobody_in_slack(
    mira: Person, slack: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError(f"xoxb-{PLANTED}-token was refused")

    for method in ("get", "table", "commit"):
        monkeypatch.setattr(Store, method, broken)
    answers = [await mira.command(name, "riobugger cat") for name in ("/train", "/imagine", "/darkroom")]
    await mira.press(actions.TRAIN, "nobody")
    assert PLANTED not in str(answers) + str(mira.whispers())
    assert len(answers) == 3
    assert "error" in answers[0]["text"]
    assert slack.seen


@pytest.mark.parametrize("role", ["bot", "workers"])
async def test_process_that_comes_up_and_goes_says_no_secret(role: str, redis_url: str, valkey: ValkeyServer) -> None:
    port = free()
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    async with a_site() as outside:
        addresses = {
            "SLACK_API_URL": f"{outside.url}/api/",
            "AWS_ENDPOINT_URL": outside.url,
            "REDIS_URL": redis_url,
            "PORT": str(port),
        }
        env = kept | SECRETS | OTHERS | addresses
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", role, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        assert process.stdout
        said = b""
        while b"is up" not in said:
            line = await process.stdout.readline()
            assert line, said.decode()
            said += line
        is_at_work = (lambda: _is_refused(port)) if role == "bot" else (lambda: valkey.client.exists(HEARTBEATS))
        await wait_until(is_at_work)
        process.send_signal(signal.SIGTERM)
        said += await process.stdout.read()
        assert await process.wait() == 0
    assert PLANTED.encode() not in said
    assert PLANTED.encode() not in everything(valkey.raw)


async def _is_refused(port: int) -> bool:
    """Send what is not Slack's, with a token in it."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    body = f"token=xoxb-{PLANTED}"
    writer.write(f"POST /slack/events HTTP/1.0\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return b" 401 " in answer.splitlines()[0]
