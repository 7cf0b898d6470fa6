"""When an endpoint that nobody uses is warned about and taken down; keeping it awake; waking it after a failure."""

from dataclasses import dataclass, replace
from typing import Literal

from core import audit, budgets, holds, idle_times, looking, names, outbox, prices, rules, serving, words
from core.change import Change
from core.holds import NOBODY, Payer, payer_of
from core.hours import end_of, long_of
from core.records import Message, Model
from core.rules import NO_BOUNDS, Bounds
from core.settings import Settings
from core.store import Store

USED = "used"
"""The index of when each model was last used, in Unix seconds."""

WAKE_SECONDS = 360.0
"""How long a wake is thought to take until one has been seen: AWS brings endpoints into service in 3 to 10 minutes."""
USES_SECONDS = 60 * names.DAY
"""How long it is known when a model was used."""


def uses_of(model: str) -> str:
    """Name the index of when a model was used, in Unix seconds."""
    return f"uses:{model}"


ANSWERED = "answered"
"""The table of how many prompts each model has answered since it last came into service."""

Verdict = Literal["rest", "warn", "sleep"]


@dataclass(frozen=True)
class Policy:
    """How long an endpoint may idle, and how long before its end people are warned (0: not at all), in seconds."""

    idle_seconds: float
    warn_seconds: float
    awake_until: float = 0.0
    """The end of the working hours that keep it awake, in Unix seconds; 0: none do."""
    longest: float = 0.0
    """For how many seconds it may be awake without a use, whatever its uses come to teach."""

    @property
    def lead(self) -> float:
        """Seconds of warning: at most half the idle time, or every use would be followed by one."""
        return min(self.warn_seconds, self.idle_seconds / 2)


async def hours_of(store: Store, model: Model) -> str:
    """Read the working hours of the channel that a model's endpoint is woken from, as they are written; empty: none."""
    return (await rules.read(store, model.team)).hours.get(payer_of(model).channel, "")


async def set_hours(store: Store, team: str, user: str, channel: str, written: str, now: float) -> bool:
    """Set a channel's working hours; empty: it has none. False: others are changing rules too.

    Its models are looked at: those that sleep may be woken for these hours, others were up for the sake of the last.
    """
    stand = (await rules.read(store, team)).hours
    others = {place: each for place, each in stand.items() if place != channel}
    models = [
        model
        for model in await looking.models(store, team)
        if model.state in {"asleep", "in_service"} and payer_of(model).channel == channel
    ]
    to = others | ({channel: written} if written else {})
    return await rules.change(store, team, user, now, models, hours=to)


async def policy_of(store: Store, told: Settings, model: Model, last_use: float, now: float) -> Policy:
    """Say how long a model may idle: its own time, the deployment's, or what its uses teach."""
    hours, stakes = await hours_of(store, model), await _stakes(store, told, model)
    fixed = model.idle_seconds or told.idle_seconds
    idle = fixed or idle_times.timeout(await _uses(store, model), stakes, last_use)
    longest = max(idle_times.UNTIL_KNOWN, fixed or idle_times.longest(stakes), long_of(hours))
    return Policy(idle, told.warn_seconds, end_of(hours, last_use, now), longest)


async def _uses(store: Store, model: Model) -> list[float]:
    return sorted((await store.scores(model.team, uses_of(model.id))).values())


async def _stakes(store: Store, told: Settings, model: Model) -> idle_times.Stakes:
    an_hour = await serving.an_hour(store, told, model) or prices.DEAREST
    return idle_times.Stakes(an_hour, model.wake_seconds or WAKE_SECONDS, told.wait_dollars)


def used(change: Change, model: Model, now: float) -> Change:
    """Add to a change that a model has been used: uses within a minute are one."""
    uses = uses_of(model.id)
    change.trim_aged(uses, USES_SECONDS, now).index(uses, str(int(now // 60)), now, ttl=USES_SECONDS)
    return change.index(USED, model.id, now)


def verdict(model: Model, last_use: float, policy: Policy, now: float) -> tuple[Verdict, float]:
    """Say what an endpoint in service is due for, and when to look again (Unix seconds)."""
    ends = ends_at(model, last_use, policy)
    warns = ends - policy.lead
    if now >= ends:
        return "sleep", now
    if policy.lead and now >= warns and model.warned_for < ends:
        return "warn", ends
    return "rest", ends if not policy.lead or now >= warns else warns


def ends_at(model: Model, last_use: float, policy: Policy) -> float:
    """Say when an endpoint has idled long enough, if nothing else comes, in Unix seconds."""
    return max(last_use + policy.idle_seconds, model.awake_until, policy.awake_until)


@dataclass(frozen=True)
class Keeping:
    """For how many seconds Keep awake keeps an endpoint, and what an hour of it costs; None: nobody has said."""

    seconds: float
    an_hour: float | None

    @property
    def dollars(self) -> float | None:
        """What that costs."""
        return prices.of(self.seconds, self.an_hour)


async def keep_awake(
    store: Store, model: Model, user: str, keeping: Keeping, now: float, bounds: Bounds = NO_BOUNDS
) -> bool:
    """Keep an endpoint for a while from now on. False: it is not in service any more.

    Two people who want the same at once get it once.

    Raises:
        OverBudgetError: when a budget has no room for what that costs.
    """
    current: Model | None = model
    while current and current.state == "in_service":
        until = max(current.awake_until, now + keeping.seconds)
        text = words.endpoint.kept_awake(user, current.title, until, keeping.dollars)
        where = (current.channel, current.thread_ts)
        said = outbox.post(current.team, f"kept:{current.id}:{current.warned_for}", where, text, now)
        payer, held = payer_of(current), holds.of_endpoint(current, until)
        kept = Change(model.team).put(replace(current, awake_until=until, held=held, due=now)).once(said)
        holds.move(kept, payer, current.held, held)
        audit.note(kept, now, user, "kept awake", current, words.audit.awake(keeping.seconds, keeping.dollars))
        if await budgets.admit(store, bounds, kept, payer, holds.more(current.held, held), now) is None:
            return True
        current = await store.get(Model, model.team, model.id)
    return False


async def wake_again(store: Store, model: Model, now: float, payer: Payer) -> bool:
    """Deploy a model whose endpoint failed once more. False: it is not failed any more."""
    return await store.commit(deploy(Change(model.team), model, now, payer))


def to_sleep(model: Model, due: float, reason: str = "") -> Model:
    """Give a model as its endpoint begins to be taken down, for good or until somebody wakes it.

    `reason`: a sentence for those who would not expect it.
    """
    return model.to("draining", stage="endpoint", then="asleep", reason=reason, due=due)


def deploy(change: Change, model: Model, now: float, payer: Payer = NOBODY) -> Change:
    """Add to a change that a model's endpoint is brought up, for whoever pays; each attempt has names of its own."""
    woken = {"woken_by": payer.user, "woken_in": payer.channel}
    anew = woken | {"attempt": model.attempt + 1, "stage": "model", "reason": "", "then": ""}
    up = model.to("deploying", **anew, waits_until=0, wakes_at=0, due=now)
    change.put(up).redraw(Message, outbox.card_id(model.run), now)
    return audit.note(change, now, payer.user, "woke", model, channel=payer.channel) if payer.user else change


def is_ahead(model: Model) -> bool:
    """Tell whether an endpoint is brought up for working hours, and nobody has asked for it."""
    return bool(model.woken_in and not model.woken_by)
