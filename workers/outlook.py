"""Asking AWS what it offers: machines that the model trains on, the account's limits, prices."""

import json
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from core import looking, outbox, prices
from core.change import Change
from core.outlook import QUOTA_NAMES, RATES_SECONDS, old
from core.records import Message, Outlook
from workers.house import House
from workers.trouble import PATIENT, Trouble

log = logging.getLogger(__name__)

Machines = dict[str, dict[str, Any]]
PAGE = 100
"""The most that both lists give at once."""
PAGES_MOST = 100
"""SageMaker has some thousand quotas; a list that goes on beyond ten thousand is not believed."""
_USAGE = re.compile(r"(?:^|-)(Train|Host):(ml\.[\w.-]+)$")
_RATES = {"Train": "dollars", "Host": "hosting_dollars"}


async def ask(house: House, outlook: Outlook) -> None:
    """Ask all there is to ask, and write it down; whatever cannot be learnt stays unknown.

    These are several calls in one step. They only read: a step that breaks off in the middle has changed nothing
    outside, and the next one asks again. An answer that holds still, because several sets were opened, is kept.
    """
    if not old(outlook, house.now()):
        await house.store.commit(Change(outlook.team).put(outlook.to("known", due=None)))
        return
    usable, fault = await _usable(house)
    machines = _machines(house, outlook, usable)
    limits = await _limits(house)
    for instance, machine in machines.items():
        machine.update({usage: limits.get(name.format(instance)) for usage, name in QUOTA_NAMES.items()})
        machine.update(await _rates(house, instance, outlook.machines.get(instance, {})))
    await _write(house, replace(outlook, machines=machines, fault=fault))


async def give_up(house: House, outlook: Outlook, fault: Trouble) -> None:
    """Leave what is known as it is: nobody is kept from training by a question that has no answer."""
    log.warning("AWS was not asked what it offers: %s", fault)
    await _write(house, outlook)


async def _write(house: House, outlook: Outlook) -> None:
    """Write the answer down, and have the cards redrawn that say what a run would cost."""
    now = house.now()
    change = Change(outlook.team).put(replace(outlook.to("known"), dated=_day(outlook), checked_at=now, due=None))
    for run in await looking.runs(house.store, outlook.team):
        if run.state == "collecting":
            change.redraw(Message, outbox.card_id(run.id), now)
    await house.store.commit(change)


def _day(outlook: Outlook) -> str:
    """Give the day of the oldest price of AWS's own; that of the table when there is none."""
    asked = [machine["rated_at"] for machine in outlook.machines.values() if machine.get("dollars")]
    return datetime.fromtimestamp(min(asked), UTC).date().isoformat() if asked else prices.DATED


def _machines(house: House, outlook: Outlook, usable: tuple[str, ...]) -> Machines:
    """List the machines to ask about: those of the model, of the settings; of the last answer, if the model is mute."""
    ours = {house.settings.training_instance, house.settings.inference_instance}
    known = {*usable} or {name for name, machine in outlook.machines.items() if machine.get("supported")}
    return {name: {"supported": name in known if known else None} for name in sorted(known | ours)}


async def _usable(house: House) -> tuple[tuple[str, ...], str]:
    """Give the machines that the model trains on, and why it cannot be trained at all, in words, if it cannot."""
    try:
        found = await house.jumpstart.resolve(house.settings.model_id, house.settings.model_version)
    except Trouble as fault:
        tell_once("JumpStart", fault.code)
        return (), "" if fault.tries == PATIENT else fault.reason
    return found.training_instances, ""


async def _limits(house: House) -> dict[str, int]:
    """List the account's limits on SageMaker by AWS's names for them; empty when AWS does not let us look."""
    found: dict[str, int] = {}
    request: dict[str, Any] = {"ServiceCode": "sagemaker", "MaxResults": PAGE}
    try:
        for _ in range(PAGES_MOST):
            page: Any = await house.aws.call(house.aws.quotas.list_service_quotas, **request)
            found |= {str(one["QuotaName"]): int(one["Value"]) for one in page["Quotas"] if "Value" in one}
            if not page.get("NextToken"):
                break
            request["NextToken"] = page["NextToken"]
    except Trouble as fault:
        tell_once("Service Quotas", fault.code)
    return found


async def _rates(house: House, instance: str, last: dict[str, Any]) -> dict[str, Any]:
    """Give a machine's prices: those of the last answer while they hold, else AWS's, if we may ask."""
    kept = {name: last[name] for name in (*_RATES.values(), "rated_at") if name in last}
    if house.settings.pricing != "api":
        return {}
    if kept.get("dollars") and house.now() - kept["rated_at"] < RATES_SECONDS:
        return kept
    try:
        answer: Any = await house.aws.call(
            house.aws.pricing.get_products,
            ServiceCode="AmazonSageMaker",
            Filters=[
                {"Type": "TERM_MATCH", "Field": "regionCode", "Value": house.aws.region},
                {"Type": "TERM_MATCH", "Field": "instanceName", "Value": instance},
            ],
            MaxResults=PAGE,
        )
    except Trouble as fault:
        tell_once("the Price List", fault.code)
        return kept
    found = rates(answer["PriceList"], instance)
    return {**found, "rated_at": house.now()} if found else kept


def rates(products: Iterable[str], instance: str) -> dict[str, float]:
    """Read AWS's price list, JSON texts of one product each: dollars an hour to train on a machine and to host on it.

    A machine has a dozen products (notebooks, processing, reserved capacity); the two are told by their usage type, as
    `USE1-Train:ml.g5.2xlarge`.
    """
    found: dict[str, float] = {}
    for text in products:
        product: Any = json.loads(text)
        usage = _USAGE.search(str(product["product"]["attributes"].get("usagetype", "")))
        if usage and usage[2] == instance and (dollars := _by_the_hour(product)):
            found[_RATES[usage[1]]] = dollars
    return found


def _by_the_hour(product: Any) -> float:  # noqa: ANN401 - AWS's JSON
    """Give a product's price on demand; 0 when it has none by the hour."""
    for term in product.get("terms", {}).get("OnDemand", {}).values():
        for dimension in term.get("priceDimensions", {}).values():
            if str(dimension.get("unit", "")).lower() in {"hrs", "hours"} and "USD" in dimension["pricePerUnit"]:
                return float(dimension["pricePerUnit"]["USD"])
    return 0.0


@cache
def tell_once(whom: str, code: str) -> None:
    """Say in the log that something could not be asked: once, since it is asked every few minutes."""
    log.warning("%s did not say what there is (%s); going on without", whom, code)
