"""Budgets: what the workspace, a channel and a person may spend in a month. It is set aside before it is spent.

Setting aside and writing down what it is for are one commit, so that a hundred at once never are more than allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core import alerts, audit, holds, months, outbox, rules, words
from core.cards.budgets import used_up
from core.change import Change
from core.grammar import GrammarError
from core.holds import Level, Payer
from core.records import Message, Model, Rules
from core.rules import Bounds
from core.store import Store

WARNED_SHARE = 0.8
"""From here on people are warned."""
LEAST_DOLLARS = 0.01
"""What has to be left for a prompt: it costs seconds of an endpoint that is up."""


class OverBudgetError(GrammarError):
    """Something is understood, and a budget has no room for it; the text is a sentence for whoever asked."""


def approved_of(month: str) -> str:
    """Name the table of what admins have approved beyond a month's budgets, in dollars by scope."""
    return f"approved:{month}"


def caps(ruled: Rules, bounds: Bounds, scopes: Sequence[str], approved: Mapping[str, str]) -> dict[str, float]:
    """Give what each of these scopes may spend, in dollars; those without a budget are left out. Pure."""
    told = dict(bounds.budgets) | ruled.budgets
    most = {scope: told.get(scope, told.get(scope.partition(":")[0], 0.0)) for scope in scopes}
    return {scope: dollars + float(approved.get(scope, 0)) for scope, dollars in most.items() if dollars}


async def read_caps(
    store: Store, team: str, ruled: Rules, bounds: Bounds, payer: Payer, month: str
) -> dict[str, float]:
    """Read what the scopes of a payer may spend in a month."""
    if not any({**bounds.budgets, **ruled.budgets}.values()):
        return {}
    return caps(ruled, bounds, payer.scopes, await store.table(team, approved_of(month)))


async def levels(store: Store, team: str, bounds: Bounds, payer: Payer, now: float) -> list[Level]:
    """Read how the budgets of a payer stand; none where there are no budgets."""
    most = await read_caps(store, team, await rules.read(store, team), bounds, payer, months.month_of(now))
    return await _stand(store, team, most, months.month_of(now))


async def _stand(store: Store, team: str, most: Mapping[str, float], month: str) -> list[Level]:
    used = await store.table(team, holds.table_of(month)) if most else {}
    return [Level(scope, dollars, float(used.get(scope, 0))) for scope, dollars in most.items()]


async def puts_to_sleep(store: Store, bounds: Bounds, record: Model, now: float) -> bool:
    """Tell whether an endpoint is to be put to sleep because a budget of whoever pays is used up, as admins chose.

    Of what is set aside for the endpoint itself, only what it has spent counts: the rest is free once it sleeps.
    """
    ruled, month = await rules.read(store, record.team), months.month_of(now)
    if (ruled.at_budget or bounds.at_budget) != "sleep":
        return False
    most = await read_caps(store, record.team, ruled, bounds, holds.payer_of(record), month)
    unspent = holds.unspent(record, month, now)
    return any(level.used - unspent >= level.most for level in await _stand(store, record.team, most, month))


@dataclass(frozen=True)
class Cap:
    """What a scope may spend in a month, in dollars."""

    month: str
    scope: str
    most: float


def require(change: Change, month: str, caps: Mapping[str, float], dollars: float) -> dict[str, Cap]:
    """Add to a change that it goes through only if every budget of a month has room for so much more.

    Gives the caps by what the change says it failed by.
    """
    table = holds.table_of(month)
    for scope, most in caps.items():
        change.require_within(table, scope, dollars, most)
    return {f"{table}:{scope}": Cap(month, scope, most) for scope, most in caps.items()}


async def admit(
    store: Store, bounds: Bounds, change: Change, payer: Payer, more: Mapping[str, float], now: float
) -> str | None:
    """Carry out a change that takes up more dollars of the budgets, by month.

    Gives what else it failed by; None: it went through.

    Raises:
        OverBudgetError: when a budget has no room for it; nothing is written then, but the admins are told.
    """
    refused = await attempt(store, bounds, change, payer, more, now)
    if isinstance(refused, Cap):
        raise await over(store, bounds, change.team, refused, more[refused.month], now)
    return refused


async def attempt(
    store: Store, bounds: Bounds, change: Change, payer: Payer, more: Mapping[str, float], now: float
) -> Cap | str | None:
    """Carry out a change as `admit` does; gives the budget that has no room for it, of which nobody is told."""
    team, ruled = change.team, await rules.read(store, change.team)
    caps: dict[str, Cap] = {}
    for month, dollars in more.items():
        if dollars >= holds.LEAST_DOLLARS:
            caps |= require(change, month, await read_caps(store, team, ruled, bounds, payer, month), dollars)
    refused = await store.attempt(change)
    if refused:
        return caps.get(refused, refused)
    month = months.month_of(now)
    most = {cap.scope: cap.most for cap in caps.values() if cap.month == month}
    await _warn(store, bounds, team, await _stand(store, team, most, month), now)
    return None


async def check(store: Store, bounds: Bounds, team: str, payer: Payer, dollars: float, now: float) -> None:
    """Look whether there is room for so much, before anything is set aside.

    Raises:
        OverBudgetError: when there is not; the admins are told.
    """
    for level in await levels(store, team, bounds, payer, now):
        if level.used + dollars > level.most:
            raise await over(store, bounds, team, Cap(months.month_of(now), level.scope, level.most), dollars, now)


async def over(store: Store, bounds: Bounds, team: str, cap: Cap, dollars: float, now: float) -> OverBudgetError:
    """Say to whoever asked that a budget has no room for so much; ask the admins for more, once for each budget."""
    (level,) = await _stand(store, team, {cap.scope: cap.most}, cap.month)
    asked = stop_alerts(bounds, team, level, cap.month, now)
    if asked:
        await store.commit(Change(team).once(*asked))
    return OverBudgetError(words.budgets.refused(level.scope, level.most, level.used, dollars, asked=bool(asked)))


async def warn(store: Store, bounds: Bounds, team: str, payer: Payer, now: float) -> None:
    """Tell of budgets that are nearly used up, and of those that are: each once."""
    await _warn(store, bounds, team, await levels(store, team, bounds, payer, now), now)


async def _warn(store: Store, bounds: Bounds, team: str, found: Sequence[Level], now: float) -> None:
    change = Change(team)
    for level in found:
        if level.share >= 1:
            change.once(*stop_alerts(bounds, team, level, months.month_of(now), now))
        elif level.share >= WARNED_SHARE:
            change.once(*_warnings(bounds, team, level, now))
    if change.operations:
        await store.commit(change)


def _warnings(bounds: Bounds, team: str, level: Level, now: float) -> list[Message]:
    text, key = words.budgets.nearly(level.scope, level.most, level.used), _key("nearly", level, months.month_of(now))
    kind, _, place = level.scope.partition(":")
    there = [outbox.post(team, key, (place, ""), text, now)] if kind in {holds.IN_CHANNEL, holds.BY_PERSON} else []
    return there + alerts.to_admins(bounds, team, key, text, now)


def stop_alerts(bounds: Bounds, team: str, level: Level, month: str, now: float) -> list[Message]:
    """Tell the admins that a month's budget is used up, with a button to approve more."""
    key = _key("over", level, month)
    text, blocks = used_up(level, month, key)
    return alerts.to_admins(bounds, team, key, text, now, blocks)


def _key(what: str, level: Level, month: str) -> str:
    return f"budget:{what}:{level.scope}:{month}:{level.most:g}"


@dataclass(frozen=True)
class Approval:
    """What an admin approves by a button: dollars for a scope in a month.

    `key`: what asked for it; `place`: to whom that was posted, `channel`: where it stands.
    """

    scope: str
    dollars: float
    month: str
    key: str
    place: str
    channel: str


async def approve(store: Store, team: str, user: str, asked: Approval, now: float) -> bool:
    """Approve more, once for each time that it was asked. False: somebody else has."""
    said = words.budgets.approved(user, asked.scope, asked.dollars)
    done = outbox.amend(team, alerts.key_of(asked.key, asked.place), asked.channel, said, now, ())
    change = Change(team).require_empty(approved_key(asked.key)).link(approved_key(asked.key), user, holds.KEPT_SECONDS)
    change.add(approved_of(asked.month), asked.scope, asked.dollars, holds.KEPT_SECONDS)
    audit.note(change.once(done), now, user, "approved", detail=words.audit.approved(asked.scope, asked.dollars))
    return await store.commit(change)


def approved_key(key: str) -> str:
    """Name the key that says who has approved what was asked for."""
    return f"approved-by:{key}"
