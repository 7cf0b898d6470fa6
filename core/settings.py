"""Settings: environment variables, read once into a frozen object, every fault named at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core import word_filter
from core.readers import (
    amount,
    base_url,
    channel,
    count,
    idle_time,
    instance,
    limit,
    matching,
    origins,
    people,
    percent,
    port,
    seconds,
    url,
)
from core.word_filter import WordFilter

SLACK_API = "https://slack.com/api/"
JUMPSTART_MODEL = "model-txt2img-stabilityai-stable-diffusion-v2-1-base"
GPU = "ml.g4dn.2xlarge"
LIMITS = ("prompts_per_hour", "channel_prompts_per_hour", "prompts_at_once", "endpoints_at_once")
BUDGETS = ("workspace_budget", "channel_budget", "person_budget")
"""Like the limits, settings that a team's admins can change for their team: dollars a calendar month."""


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
    admin_channel: str
    prompts_per_hour: int
    channel_prompts_per_hour: int
    prompts_at_once: int
    endpoints_at_once: int
    workspace_budget: float
    channel_budget: float
    person_budget: float
    at_budget: str
    word_filter: WordFilter
    moderation: str
    moderation_confidence: float


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
    Variable("DARKROOM_ADMIN_CHANNEL", "admin_channel", channel, default=""),
    Variable("DARKROOM_PROMPTS_PER_HOUR", "prompts_per_hour", limit, default="100"),
    Variable("DARKROOM_CHANNEL_PROMPTS_PER_HOUR", "channel_prompts_per_hour", limit, default="500"),
    Variable("DARKROOM_PROMPTS_AT_ONCE", "prompts_at_once", limit, default="20"),
    Variable("DARKROOM_ENDPOINTS_AT_ONCE", "endpoints_at_once", limit, default="0"),
    Variable("DARKROOM_WORKSPACE_BUDGET", "workspace_budget", amount, default="0"),
    Variable("DARKROOM_CHANNEL_BUDGET", "channel_budget", amount, default="0"),
    Variable("DARKROOM_PERSON_BUDGET", "person_budget", amount, default="0"),
    Variable("DARKROOM_AT_BUDGET", "at_budget", matching("finish|sleep", "finish or sleep"), default="finish"),
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
