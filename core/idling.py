"""When an endpoint that nobody uses is warned about and taken down; keeping it awake; waking it after a failure."""

from dataclasses import dataclass
from typing import Literal

from core import outbox, words
from core.change import Change
from core.records import Message, Model
from core.store import Store

USED = "used"
"""The index of when each model was last used, in Unix seconds."""

Verdict = Literal["rest", "warn", "sleep"]


@dataclass(frozen=True)
class Policy:
    """How long an endpoint may idle, and how long before its end people are warned (0: not at all), in seconds."""

    idle_seconds: float
    warn_seconds: float

    @property
    def lead(self) -> float:
        """Seconds of warning: at most half the idle time, or every use would be followed by one."""
        return min(self.warn_seconds, self.idle_seconds / 2)


def verdict(model: Model, last_use: float, policy: Policy, now: float) -> tuple[Verdict, float]:
    """Say what an endpoint in service is due for, and when to look again (Unix seconds)."""
    ends = last_use + policy.idle_seconds
    warns = ends - policy.lead
    if now >= ends:
        return "sleep", now
    if policy.lead and now >= warns and model.warned_for < last_use:
        return "warn", ends
    return "rest", ends if not policy.lead or now >= warns else warns


async def keep_awake(store: Store, model: Model, user: str, policy: Policy, now: float) -> bool:
    """Count somebody's wish as a use. False: the endpoint is not in service any more."""
    text = words.endpoint.kept_awake(user, model.title, policy.idle_seconds / 60)
    said = outbox.post(model.team, f"kept:{model.id}:{model.warned_for}", (model.channel, model.thread_ts), text, now)
    change = Change(model.team).require(model, state="in_service").index(USED, model.id, now)
    return await store.commit(change.once(said).touch(Model, model.id, now))


async def wake_again(store: Store, model: Model, now: float) -> bool:
    """Deploy a model whose endpoint failed once more. False: it is not failed any more."""
    return await store.commit(deploy(Change(model.team), model, now))


def to_sleep(model: Model, due: float) -> Model:
    """Give a model as its endpoint begins to be taken down, for good or until somebody wakes it."""
    return model.to("draining", stage="endpoint", then="asleep", reason="", due=due)


def deploy(change: Change, model: Model, now: float) -> Change:
    """Add to a change that a model's endpoint is brought up; each attempt has names of its own."""
    anew = {"attempt": model.attempt + 1, "stage": "model", "reason": "", "then": "", "waits_until": 0}
    up = model.to("deploying", **anew, due=now)
    return change.put(up).redraw(Message, outbox.card_id(model.run), now)
