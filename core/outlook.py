"""What AWS offers a team right now: machines with their prices and limits, asked for ahead so that nobody waits."""

from core import prices, words
from core.change import Change
from core.names import record_id
from core.records import Outlook
from core.store import Store

FRESH_SECONDS = 15 * 60
"""How long an answer holds: limits change when an admin's request is granted."""
HURDLE_SECONDS = 60
"""How long an answer holds that keeps somebody from training: the admin may be putting it right this minute."""
RATES_SECONDS = 6 * 3600
"""How long AWS's prices hold inside an answer."""

TRAINING, SPOT, ENDPOINT = "quota", "spot_quota", "endpoint_quota"
"""Under what a machine's limits stand in the record; None there: AWS did not say."""
QUOTA_NAMES = {
    TRAINING: "{} for training job usage",
    SPOT: "{} for spot training job usage",
    ENDPOINT: "{} for endpoint usage",
}
"""What AWS calls them."""


def outlook_id(team: str) -> str:
    """Give the id of a team's outlook."""
    return record_id("outlook", team)


async def read(store: Store, team: str) -> Outlook:
    """Give what AWS said last; of a team that has never asked, an outlook without machines."""
    return await store.get(Outlook, team, outlook_id(team)) or _blank(team)


async def look(store: Store, team: str, now: float) -> Outlook:
    """Give what AWS said last, and have it asked again if that is old; the cards are redrawn when it has answered."""
    last = await read(store, team)
    if stale(last, now):
        await store.commit(ask(Change(team), team, now))
    return last


def ask(change: Change, team: str, now: float) -> Change:
    """Have AWS asked, as part of a change; a worker that is asking already goes on."""
    change.once(_blank(team))
    return change.redraw(Outlook, outlook_id(team), now, state="asked")


async def ask_anew(store: Store, team: str, now: float) -> None:
    """Have bad news asked about again, however fresh: somebody tries again, so they may have put it right."""
    last = await read(store, team)
    if last.version and _hampered(last):
        await store.commit(Change(team).put(last.to("asked", checked_at=0, due=now)))


def old(outlook: Outlook, now: float) -> bool:
    """Whether the answer does not hold any more."""
    return now - outlook.checked_at > (HURDLE_SECONDS if _hampered(outlook) else FRESH_SECONDS)


def stale(outlook: Outlook, now: float) -> bool:
    """Whether AWS should be asked again: the answer is old, and nobody is asking."""
    return old(outlook, now) and not _asking(outlook)


async def verdict(store: Store, team: str, now: float, instance: str, *, spot: bool = False) -> str | None:
    """Give the hurdle as it is now, empty when there is none.

    None: the last news were bad and are old, so AWS is being asked again; whoever wants to start waits a moment.
    """
    seen = await look(store, team, now)
    told = hurdle(seen, instance, spot=spot)
    return None if told and (_asking(seen) or old(seen, now)) else told


def hurdle(outlook: Outlook, instance: str, *, spot: bool = False) -> str:
    """Say why a run on this machine would fail at AWS right now, and what to do; empty when nothing is known."""
    if outlook.fault:
        return outlook.fault
    usable = supported(outlook)
    if usable and instance not in usable:
        return words.money.not_supported(instance, usable)
    return _limit(outlook, instance, SPOT if spot else TRAINING)


def endpoint_hurdle(outlook: Outlook, instance: str) -> str:
    """Say why a trained model could not be painted with on this machine; empty when nothing is known."""
    return _limit(outlook, instance, ENDPOINT)


def basis(outlook: Outlook, instance: str) -> str:
    """Say whose price of a machine it is, and of which day; empty when the price is not known."""
    if prices.from_aws(instance, outlook):
        return words.money.rates(outlook.dated)
    return words.money.rates(prices.DATED, prices.TABLE_REGION) if prices.an_hour(instance) else ""


def supported(outlook: Outlook) -> list[str]:
    """List the machines that JumpStart's model can train on; empty when JumpStart did not say."""
    return sorted(instance for instance, machine in outlook.machines.items() if machine.get("supported"))


def _limit(outlook: Outlook, instance: str, usage: str) -> str:
    if outlook.machines.get(instance, {}).get(usage) != 0:
        return ""
    return words.money.no_quota(QUOTA_NAMES[usage].format(instance))


def _asking(outlook: Outlook) -> bool:
    return outlook.version > 0 and outlook.state == "asked"


def _hampered(outlook: Outlook) -> bool:
    return bool(outlook.fault) or any(
        machine.get(usage) == 0 for machine in outlook.machines.values() for usage in QUOTA_NAMES
    )


def _blank(team: str) -> Outlook:
    return Outlook(team=team, id=outlook_id(team), state="asked")
