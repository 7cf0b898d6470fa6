"""What an admin is told about settings, and what is never told."""

import asyncio
import os
import sys
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from core.may import is_admin
from core.settings import SLACK_API, VARIABLES, SettingsError, load
from core.word_filter import EVERYTHING

BOT = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "REDIS_URL": "redis://127.0.0.1:6379/0"}
WORKERS = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "AWS_REGION": "us-west-2",
    "DARKROOM_BUCKET": "photos",
    "DARKROOM_ROLE_ARN": "arn:aws:iam::123456789012:role/sm",
}
PLANTED = "hunter2"
WRONG = {
    "SLACK_BOT_TOKEN": f"xoxp-{PLANTED}",
    "SLACK_APP_TOKEN": PLANTED,
    "SLACK_API_URL": f"ftp://{PLANTED}",
    "PORT": "70000",
    "REDIS_URL": f"http://user:{PLANTED}@127.0.0.1",
    "AWS_REGION": "us",
    "DARKROOM_BUCKET": "Photos!",
    "DARKROOM_ROLE_ARN": "sm",
    "DARKROOM_DEPLOYMENT": "a-name-that-is-far-too-long",
    "DARKROOM_MODEL_ID": "model txt2img",
    "DARKROOM_MODEL_VERSION": "1.1/3",
    "DARKROOM_TRAINING_INSTANCE": "g4dn",
    "DARKROOM_INFERENCE_INSTANCE": "ml.g4dn",
    "DARKROOM_PRICING": "guess",
    "DARKROOM_IDLE_SECONDS": "soon",
    "DARKROOM_KEEP_SECONDS": "0",
    "DARKROOM_WAIT_DOLLARS": "-0.5",
    "DARKROOM_WARN_SECONDS": "-1",
    "DARKROOM_POLL_SECONDS": "nan",
    "DARKROOM_LEASE_SECONDS": "inf",
    "DARKROOM_RUNS_AT_ONCE": "0",
    "DARKROOM_IN_FLIGHT": "0",
    "DARKROOM_FILE_ORIGINS": "https://files.slack.com/path",
    "DARKROOM_ADMINS": "mira",
    "DARKROOM_ADMIN_CHANNEL": "#admins",
    "DARKROOM_ENDPOINTS_AT_ONCE": "-1",
    "DARKROOM_WORKSPACE_BUDGET": "lots",
    "DARKROOM_CHANNEL_BUDGET": "-1",
    "DARKROOM_PERSON_BUDGET": "1,5",
    "DARKROOM_AT_BUDGET": "explode",
    "DARKROOM_PROMPTS_PER_HOUR": "-1",
    "DARKROOM_CHANNEL_PROMPTS_PER_HOUR": "many",
    "DARKROOM_PROMPTS_AT_ONCE": "100001",
    "DARKROOM_MODERATION": "maybe",
    "DARKROOM_MODERATION_CONFIDENCE": "101",
    "DARKROOM_WORD_FILTER": f"/nowhere/{PLANTED}",
}


def faults(env: dict[str, str], role: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(env, role)
    return caught.value.faults


def test_empty_environment_of_the_bot_names_everything_that_is_missing() -> None:
    assert [fault.split()[0] for fault in faults({}, "bot")] == [
        "SLACK_BOT_TOKEN",
        "REDIS_URL",
        "SLACK_SIGNING_SECRET",
        "PORT",
    ]


def test_empty_environment_of_a_worker_names_everything_that_is_missing() -> None:
    assert {fault.split()[0] for fault in faults({}, "workers")} == WORKERS.keys()


def test_every_wrong_variable_is_named_at_once() -> None:
    assert {fault.split()[0] for fault in faults(WRONG, "workers")} == WRONG.keys()


def test_every_variable_but_the_signing_secret_can_be_wrong() -> None:
    assert {variable.name for variable in VARIABLES} - WRONG.keys() == {"SLACK_SIGNING_SECRET"}


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_variable_is_one_fault(name: str) -> None:
    told = faults(WORKERS | {name: WRONG[name]}, "workers")
    assert len(told) == 1
    assert told[0].startswith(f"{name} must be ")


def test_faults_do_not_repeat_what_was_set() -> None:
    assert PLANTED not in str(faults(WRONG, "bot"))


@pytest.mark.parametrize("role", ["bot", "workers"])
def test_tokens_are_not_in_the_representation(role: str) -> None:
    secrets = {
        "SLACK_BOT_TOKEN": f"xoxb-{PLANTED}",
        "SLACK_APP_TOKEN": f"xapp-{PLANTED}",
        "SLACK_SIGNING_SECRET": PLANTED,
        "REDIS_URL": f"redis://user:{PLANTED}@127.0.0.1/0",
    }
    assert PLANTED not in repr(load(WORKERS | secrets, role))


def test_settings_do_not_change_once_they_are_read() -> None:
    told: Any = load(BOT, "bot")
    with pytest.raises(FrozenInstanceError):
        told.port = 1


def test_what_is_not_set_has_the_value_of_the_manual() -> None:
    told = load(BOT, "bot")
    assert (told.slack_api_url, told.deployment) == (SLACK_API, "darkroom")
    assert (told.idle_seconds, told.warn_seconds, told.poll_seconds) == (0, 300, 15)
    assert told.file_origins == ("https://files.slack.com",)
    assert told.pricing == "table"
    assert (told.prompts_per_hour, told.channel_prompts_per_hour, told.prompts_at_once) == (100, 500, 20)
    assert (told.admins, told.word_filter) == ((), EVERYTHING)
    assert (told.moderation, told.moderation_confidence) == ("off", 80)


def test_variable_that_is_set_to_nothing_counts_as_not_set() -> None:
    assert load(BOT | {"DARKROOM_DEPLOYMENT": ""}, "bot").deployment == "darkroom"
    assert faults(BOT | {"REDIS_URL": ""}, "bot") == ["REDIS_URL is missing"]


def test_address_of_slack_ends_in_one_slash() -> None:
    assert load(BOT | {"SLACK_API_URL": "http://127.0.0.1:1/api"}, "bot").slack_api_url == "http://127.0.0.1:1/api/"


def test_several_origins_can_be_trusted() -> None:
    told = load(BOT | {"DARKROOM_FILE_ORIGINS": "https://files.slack.com/, http://127.0.0.1:9"}, "bot")
    assert told.file_origins == ("https://files.slack.com", "http://127.0.0.1:9")


def test_several_people_can_be_admins_and_nobody_is_by_default() -> None:
    told = load(BOT | {"DARKROOM_ADMINS": "U0MIRA, W0SAM,"}, "bot")
    assert [is_admin(told, user) for user in ("U0MIRA", "W0SAM", "U0NOOR", "")] == [True, True, False, False]
    assert not is_admin(load(BOT, "bot"), "U0MIRA")


def test_bot_over_http_needs_no_app_token() -> None:
    http = {"SLACK_BOT_TOKEN": "xoxb-1", "REDIS_URL": "redis://r/0", "SLACK_SIGNING_SECRET": "s", "PORT": "3000"}
    assert load(http, "bot").port == 3000


@pytest.mark.parametrize("role", ["bot", "workers"])
@pytest.mark.parametrize("env", [{}, WRONG], ids=["empty", "wrong"])
async def test_process_that_was_told_wrong_ends_with_2_and_names_every_fault(role: str, env: dict[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", role, env=kept | env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 2
    assert all(fault in said for fault in faults(env, role))
    assert PLANTED not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("role", ["bot", "workers"])
@pytest.mark.parametrize(
    "url", ["redis://u:hunter2/x@127.0.0.1:6379/0", "redis://u:hunter2#x@127.0.0.1/0", "redis://u@[hunter2/0"]
)
def test_password_that_breaks_the_address_is_a_fault_that_does_not_repeat_it(role: str, url: str) -> None:
    told = faults(WORKERS | BOT | {"REDIS_URL": url}, role)
    assert len(told) == 1
    assert told[0].startswith("REDIS_URL must be an address")
    assert PLANTED not in told[0]
