"""Settings: environment variables, read once into a frozen object, every fault named at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from core import word_filter
from core.word_filter import WordFilter

SLACK_API = "https://slack.com/api/"
JUMPSTART_MODEL = "model-txt2img-stabilityai-stable-diffusion-v2-1-base"
GPU = "ml.g4dn.2xlarge"
LIMITS = ("prompts_per_hour", "channel_prompts_per_hour", "prompts_at_once")
"""The settings that a team's admins can change for their team."""
LIMIT_MOST = 100_000


class SettingsError(Exception):
    """Settings are missing or wrong; `faults` holds one sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a process was told. Tokens are left out of the representation, so that no log shows them."""

    slack_bot_token: str = field(repr=False)
    slack_app_token: str | None = field(repr=False)
    slack_signing_secret: str | None = field(repr=False)
    slack_api_url: str
    port: int | None
    redis_url: str = field(repr=False)
    aws_region: str | None
    bucket: str | None
    role_arn: str | None
    deployment: str
    model_id: str
    model_version: str
    training_instance: str
    inference_instance: str
    pricing: str
    idle_seconds: float
    wait_dollars: float
    keep_seconds: float
    warn_seconds: float
    poll_seconds: float
    lease_seconds: float
    runs_at_once: int
    in_flight: int
    file_origins: tuple[str, ...]
    admins: tuple[str, ...]
    prompts_per_hour: int
    channel_prompts_per_hour: int
    prompts_at_once: int
    word_filter: WordFilter
    moderation: str
    moderation_confidence: float


def matching(pattern: str, what: str) -> Callable[[str], str]:
    """A reader of strings that match the whole pattern; `what` completes 'must be …'."""

    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(what)
        return text

    return read


def seconds(least: float) -> Callable[[str], float]:
    """A reader of durations in seconds, fractions allowed, not under `least`."""

    def read(text: str) -> float:
        what = f"a number of seconds, {least:g} or more"
        try:
            value = float(text)
        except ValueError:
            raise ValueError(what) from None
        if not least <= value < float("inf"):
            raise ValueError(what)
        return value

    return read


def idle_time(text: str) -> float:
    """Read an idle time in seconds, 1 or more; 0 stands for one that is learnt from each model's uses."""
    try:
        return 0.0 if text == "auto" else seconds(1)(text)
    except ValueError as fault:
        raise ValueError(f"auto, or {fault}") from None


def amount(text: str) -> float:
    """Read dollars, 0 or more, with a point before the cents."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text):
        raise ValueError("an amount in dollars such as 0.5")
    return float(text)


def port(text: str) -> int:
    """Read a TCP port."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise ValueError("a port from 1 to 65535")
    return int(text)


def count(text: str) -> int:
    """Read a whole number from 1 to 100."""
    if not re.fullmatch(r"[1-9][0-9]?|100", text):
        raise ValueError("a whole number from 1 to 100")
    return int(text)


def limit(text: str) -> int:
    """Read how many of something there may be; 0: no limit."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > LIMIT_MOST:
        raise ValueError(f"a whole number from 0 (no limit) to {LIMIT_MOST}")
    return int(text)


def url(*schemes: str) -> Callable[[str], str]:
    """A reader of addresses with one of these schemes."""
    what = (
        f"an address that starts with {' or '.join(s + '://' for s in schemes)}, with / # ? @ in a password %-encoded"
    )

    def read(text: str) -> str:
        try:
            parts = urlsplit(text)
            sound = parts.scheme in schemes and not parts.fragment and parts.port != 0
        except ValueError:
            raise ValueError(what) from None  # urlsplit's own sentence would repeat a part of the password
        if not sound or not re.match(r"\w+://\S+$", text):
            raise ValueError(what)
        return text

    return read


def base_url(text: str) -> str:
    """Read the address of Slack's API; slack_sdk joins method names to it, so it ends in a slash."""
    return url("https", "http")(text).rstrip("/") + "/"


def origins(text: str) -> tuple[str, ...]:
    """Read a comma-separated list of origins: scheme, host and port, nothing behind."""
    found = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    if not found or any(not re.fullmatch(r"https?://[^/\s?#@]+", origin) for origin in found):
        raise ValueError("origins such as https://files.slack.com, separated by commas")
    return found


def percent(text: str) -> float:
    """Read a share in percent, from 0 to 100."""
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]+)?", text) or float(text) > 100:  # noqa: PLR2004 - all of it
        raise ValueError("a number of percent from 0 to 100")
    return float(text)


def people(text: str) -> tuple[str, ...]:
    """Read a comma-separated list of Slack's ids of people; none is fine."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(not re.fullmatch(r"[UW][A-Z0-9]+", person) for person in found):
        raise ValueError("Slack's ids of people such as U012AB3CD, separated by commas")
    return found


instance = matching(r"ml\.[a-z0-9-]+\.[a-z0-9]+", "an instance type such as ml.g4dn.2xlarge")


@dataclass(frozen=True)
class Variable:
    """One environment variable: its field, its reader, who cannot do without it, what holds without it."""

    name: str
    field: str
    read: Callable[[str], Any]
    needed_by: frozenset[str] = frozenset()
    default: str | None = None


BOTH = frozenset({"bot", "workers"})
WORKERS = frozenset({"workers"})
AWS = frozenset({"workers", "sweep"})

VARIABLES = (
    Variable("SLACK_BOT_TOKEN", "slack_bot_token", matching(r"xoxb-\S+", "a bot token (xoxb-…)"), BOTH),
    Variable("SLACK_APP_TOKEN", "slack_app_token", matching(r"xapp-\S+", "an app-level token (xapp-…)")),
    Variable("SLACK_SIGNING_SECRET", "slack_signing_secret", matching(r"\S+", "a signing secret")),
    Variable("SLACK_API_URL", "slack_api_url", base_url, default=SLACK_API),
    Variable("PORT", "port", port),
    Variable("REDIS_URL", "redis_url", url("redis", "rediss", "unix"), BOTH),
    Variable("AWS_REGION", "aws_region", matching(r"[a-z]{2}(-[a-z]+)+-\d", "a region such as us-west-2"), AWS),
    Variable("DARKROOM_BUCKET", "bucket", matching(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name"), WORKERS),
    Variable(
        "DARKROOM_ROLE_ARN",
        "role_arn",
        matching(r"arn:aws[a-z-]*:iam::\d{12}:role/\S+", "a role's ARN (arn:aws:iam::…:role/…)"),
        WORKERS,
    ),
    Variable(
        "DARKROOM_DEPLOYMENT",
        "deployment",
        matching(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(?<!.{21})", "at most 20 small letters, digits and single dashes"),
        default="darkroom",
    ),
    Variable("DARKROOM_MODEL_ID", "model_id", matching(r"[\w.-]+", "a JumpStart model id"), default=JUMPSTART_MODEL),
    Variable(
        "DARKROOM_MODEL_VERSION",
        "model_version",
        matching(r"[\w.*]+", "a version such as 1.*"),
        default="1.*",
    ),
    Variable("DARKROOM_TRAINING_INSTANCE", "training_instance", instance, default=GPU),
    Variable("DARKROOM_INFERENCE_INSTANCE", "inference_instance", instance, default=GPU),
    # Asking AWS for its prices takes a permission of its own and a call to us-east-1, which many accounts forbid.
    Variable("DARKROOM_PRICING", "pricing", matching("api|table", "api or table"), default="table"),
    Variable("DARKROOM_IDLE_SECONDS", "idle_seconds", idle_time, default="auto"),
    Variable("DARKROOM_KEEP_SECONDS", "keep_seconds", seconds(1), default="3600"),
    Variable("DARKROOM_WAIT_DOLLARS", "wait_dollars", amount, default="0.5"),
    Variable("DARKROOM_WARN_SECONDS", "warn_seconds", seconds(0), default="300"),
    Variable("DARKROOM_POLL_SECONDS", "poll_seconds", seconds(0.05), default="15"),
    Variable("DARKROOM_LEASE_SECONDS", "lease_seconds", seconds(0.5), default="10"),
    Variable("DARKROOM_RUNS_AT_ONCE", "runs_at_once", count, default="2"),
    # The container of an endpoint has one worker: what is sent to it beside waits inside, and SageMaker's 60 s run.
    Variable("DARKROOM_IN_FLIGHT", "in_flight", count, default="1"),
    Variable("DARKROOM_FILE_ORIGINS", "file_origins", origins, default="https://files.slack.com"),
    Variable("DARKROOM_ADMINS", "admins", people, default=""),
    Variable("DARKROOM_PROMPTS_PER_HOUR", "prompts_per_hour", limit, default="100"),
    Variable("DARKROOM_CHANNEL_PROMPTS_PER_HOUR", "channel_prompts_per_hour", limit, default="500"),
    Variable("DARKROOM_PROMPTS_AT_ONCE", "prompts_at_once", limit, default="20"),
    Variable("DARKROOM_MODERATION", "moderation", matching("off|rekognition", "off or rekognition"), default="off"),
    # Rekognition's own is 50, at which many a harmless picture looks like something else.
    Variable("DARKROOM_MODERATION_CONFIDENCE", "moderation_confidence", percent, default="80"),
    Variable("DARKROOM_WORD_FILTER", "word_filter", word_filter.read, default=""),
)


def load(env: Mapping[str, str], role: str) -> Settings:
    """Read the settings of a process; `role` is "bot" or "workers".

    Raises:
        SettingsError: with a sentence for every variable that is missing or wrong, values left out.
    """
    faults: list[str] = []
    values = {variable.field: _value(env, variable, role, faults) for variable in VARIABLES}
    if role == "bot" and not env.get("SLACK_APP_TOKEN"):
        faults += [
            f"{name} is missing (or set SLACK_APP_TOKEN for Socket Mode)"
            for name in ("SLACK_SIGNING_SECRET", "PORT")
            if not env.get(name)
        ]
    if faults:
        raise SettingsError(faults)
    return Settings(**values)


def _value(env: Mapping[str, str], variable: Variable, role: str, faults: list[str]) -> Any:  # noqa: ANN401 - each variable has its own type
    text = env.get(variable.name) or variable.default
    if text is None:
        if role in variable.needed_by:
            faults.append(f"{variable.name} is missing")
        return None
    try:
        return variable.read(text.strip())
    except ValueError as fault:
        faults.append(f"{variable.name} must be {fault}")
        return None
