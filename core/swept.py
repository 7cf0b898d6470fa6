"""Tells the admins what a sweep has found: once for each thing and verdict."""

from collections.abc import Sequence

from core import alerts, words
from core.change import Change
from core.names import DAY
from core.settings import Settings
from core.store import Store
from core.sweeping import Bill, Finding

TOLD = "older"
"""The note of things older than the memory that the admins have been told of, by when."""
TOLD_SECONDS = 90 * DAY


async def tell(store: Store, told: Settings, found: Sequence[Finding], now: float) -> None:
    """Tell the admins of the team that a thing was made for; where the tag names none that is known, of every team.

    With no team known there is nobody to tell: the log has it, and standard output.
    """
    teams = await store.teams()
    for team in teams:
        for finding in _of(team, teams, found):
            if text := sentence(finding):
                key = f"swept:{finding.verdict}:{finding.thing.key}"
                await _write(store, told, team, key, text, now)
    older = [finding for finding in found if finding.verdict == "older"]
    known = await store.notes(TOLD)
    if teams and any(finding.thing.key not in known for finding in older):
        for team in teams:
            if listed := _of(team, teams, older):
                key = "swept:older:" + " ".join(sorted(finding.thing.key for finding in listed))
                await _write(store, told, team, key, lost(listed), now)
        await store.note(TOLD, known | {finding.thing.key: now for finding in older}, TOLD_SECONDS)


def _of(team: str, teams: Sequence[str], found: Sequence[Finding]) -> list[Finding]:
    return [one for one in found if one.thing.owner[0] == team or one.thing.owner[0] not in teams]


async def _write(store: Store, told: Settings, team: str, key: str, text: str, now: float) -> None:
    if messages := alerts.to_admins(told, team, key, text, now):
        await store.commit(Change(team).once(*messages))


def sentence(finding: Finding) -> str:
    """Say what has been found, by itself; empty for what people need not know, or is told with others like it."""
    thing, costs = finding.thing, cost(finding.bill)
    if finding.verdict == "deleted" and thing.bills:
        return words.sweeping.deleted(thing.kind, thing.name, costs)
    if finding.verdict == "refused":
        return words.sweeping.refused(thing.kind, thing.name, finding.note, costs)
    return words.sweeping.stuck(thing.name, thing.status, finding.note, costs) if finding.verdict == "stuck" else ""


def cost(bill: Bill | None) -> str:
    """Say what a thing has cost; empty for what costs nothing."""
    if bill is None:
        return ""
    known = bill.instance if bill.an_hour is not None else ""
    return words.sweeping.cost(bill.seconds, bill.dollars, bill.rate, known)


def lost(found: Sequence[Finding]) -> str:
    """Name all that is older than the memory, what costs most first."""
    billed = sorted(((one, one.bill) for one in found if one.bill), key=lambda row: -row[1].dollars)
    named = [(one.thing.kind, one.thing.name, cost(bill)) for one, bill in billed]
    return words.sweeping.older(named, len(found) - len(named), sum(bill.rate for _, bill in billed))
