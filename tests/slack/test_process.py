"""The server as a process of its own, as the demo runs it."""

import json
from pathlib import Path

import pytest

from sandbox.slack.person import Person
from sandbox.slack.process import SlackProcess, StartError
from tests.slack.an_app import APP_TOKEN, BOT_TOKEN, manifest, sdk_client
from tests.slack.conftest import free_port


def process(folder: Path, manifest_text: str) -> SlackProcess:
    (folder / "manifest.json").write_text(manifest_text, "utf-8")
    (folder / "notes.txt").write_text("Pictures are painted here.\n\n", "utf-8")
    options = {"notes": folder / "notes.txt", "speed": 60, "retry_scale": 0.01}
    return SlackProcess(
        free_port(),
        folder / "data",
        folder / "manifest.json",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        **options,
    )


async def test_process_serves_people_and_the_app(tmp_path: Path) -> None:
    async with process(tmp_path, json.dumps(manifest())) as slack, Person(slack.url) as mira:
        await sdk_client(slack.url).chat_postMessage(channel="#pets", text="hello")
        assert (await mira.messages("C0PETS"))[0]["text"] == "hello"
        state = await mira.state()
        assert (state["notes"], state["speed"]) == (["Pictures are painted here."], 60)
        assert [command["command"] for command in state["commands"]] == ["/train", "/say"]
        sets = await mira.samples()
        assert all(each["files"] for each in sets)
    assert await slack.health() is None


async def test_process_with_a_bad_manifest_says_why(tmp_path: Path) -> None:
    slack = process(tmp_path, json.dumps(manifest(scopes="chat:write")))
    with pytest.raises(StartError, match="slash commands need the scope commands"):
        await slack.start()
