"""Takes an endpoint down: endpoint, then its config, then its model resource. What is not there any more is done."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from core import manifests, outbox, prices, spending, standing, sweeping, words
from core.cards import notices
from core.change import Change
from core.idling import ANSWERED
from core.line import line_of
from core.records import Comparison, Generation, Message, Model
from workers import deleting, painting, setting_aside, usage
from workers.aws import is_missing
from workers.endpoints import bills, resource_name
from workers.house import House
from workers.step import save
from workers.trouble import PATIENT, Trouble

DELETION_SECONDS = 60.0
"""About how long AWS takes to delete an endpoint."""


async def drain(house: House, model: Model) -> None:
    """Do the next thing on the way down; who waits for a model that is being deleted is told at once."""
    if model.deleted_by:
        await deleting.cancel_prompts(house, model)
        if model.stage == "endpoint" and await _is_painting(house, model):
            await save(house, replace(model, tries=0, due=house.now() + deleting.AGAIN_SECONDS))
            return
    await _STAGES[model.stage](house, model)


async def _is_painting(house: House, model: Model) -> bool:
    """Tell whether the endpoint is at a prompt: it has been paid for, and lasts a minute at the most."""
    stands = await standing.read(house.store, model.team, model.id)
    return any(house.now() - one.since < standing.CALL_SECONDS for one in stands.painting)


async def _answer(house: House, call: Callable[..., Any], **request: str) -> dict[str, Any] | None:
    """Give what AWS answers; None: that there is no such thing."""
    try:
        return await house.aws.call(call, **request)
    except Trouble as fault:
        if is_missing(fault):
            return None
        if fault.code == "ValidationException":
            # An endpoint that is still being created cannot be deleted yet.
            raise Trouble(fault.reason, fault.code, tries=PATIENT) from fault
        raise


async def _delete_endpoint(house: House, model: Model) -> None:
    name = resource_name(house, model)
    if await _answer(house, house.aws.sagemaker.delete_endpoint, EndpointName=name) is None:
        await _is_gone(house, model, await _went(house, model))
        return
    now = house.now()
    await save(house, replace(model.to("draining"), stage="deleting", seen_at=now, due=now))


async def _went(house: House, model: Model) -> float:
    """Say when an endpoint went that somebody else has deleted, in Unix seconds: AWS does not tell of what is gone.

    It was there when AWS said so last, and when it was called last. Workers may have been dead for days since, but then
    the stateless sweep ends it as long after its last call as its tag allows: longer than that is not on the bill.
    """
    used = await usage.ours(house, model)
    called = max(model.up_since, used, await usage.by_others(house, model, used))
    seen = await house.store.score(model.team, spending.STOOD, model.id) or 0.0
    return max(model.up_since, min(house.now(), max(seen, called + sweeping.allowed(model.tagged_idle))))


async def _watch_deletion(house: House, model: Model) -> None:
    """The config must outlive its endpoint, so the endpoint must be seen to be gone first; its bill ends with it."""
    now, poll, name = house.now(), house.settings.poll_seconds, resource_name(house, model)
    if endpoint := await _answer(house, house.aws.sagemaker.describe_endpoint, EndpointName=name):
        billed = await bills(house, model, endpoint["CreationTime"].timestamp())
        await save(house, replace(billed, tries=0, seen_at=now, due=now + poll))
        return
    await _is_gone(house, model, _ended(model, now, poll))


async def _is_gone(house: House, model: Model, until: float) -> None:
    """End the bill of an endpoint that was there until then; what it stood on can go."""
    change = Change(model.team)
    billed = spending.is_gone(change, model, until)
    gone = replace(billed.to("draining"), stage="config", seen_at=until, due=house.now())
    await house.store.commit(change.put(gone))


def _ended(model: Model, now: float, poll: float) -> float:
    """Say when the bill ended, in Unix seconds: AWS does not tell of what is gone.

    It was there when it was looked at last; where nobody has looked for long, it went about then.
    """
    looked = now - model.seen_at <= 2 * poll or not model.seen_at
    return now if looked else min(now, model.seen_at + DELETION_SECONDS)


async def _delete_config(house: House, model: Model) -> None:
    name = resource_name(house, model)
    await _answer(house, house.aws.sagemaker.delete_endpoint_config, EndpointConfigName=name)
    await save(house, replace(model.to("draining"), stage="model", due=house.now()))


async def _delete_model(house: House, model: Model) -> None:
    await _answer(house, house.aws.sagemaker.delete_model, ModelName=resource_name(house, model))
    await _settle(house, model)


async def _settle(house: House, model: Model) -> None:
    """Nothing stands any more: say so, and rest. What a step sheet takes down is told by the sheet."""
    if model.then == "failed":
        await _tell_line(house, model)
    now = house.now()
    due = {"asleep": max(now, model.waits_until), "deleting": now}.get(model.then)
    change = Change(model.team)
    rested = setting_aside.free(change, model)
    change.put(replace(rested.to(model.then), stage="", due=due))
    manifests.remember(change, model, now)
    if model.comparison:
        change.touch(Comparison, model.comparison, now)
    elif not (model.waits_until or model.deleted_by):
        change.once(await _told(house, model, now))
    await house.store.commit(change.redraw(Message, outbox.card_id(model.run), now))


async def _told(house: House, model: Model, now: float) -> Message:
    """What the thread is told once nothing bills any more."""
    where = (model.channel, model.thread_ts)
    key = f"{model.then}:{model.id}:{model.attempt}"
    if model.then == "failed":
        text, blocks = notices.endpoint_failed(model)
        return outbox.post(model.team, key, where, text, now, blocks)
    an_hour = await house.endpoint_dollars(model)
    text = words.endpoint.torn_down(model.title, an_hour, await _used(house, model, an_hour), model.reason)
    return outbox.post(model.team, key, where, text, now)


async def _used(house: House, model: Model, an_hour: float | None) -> str:
    """Say what the endpoint has done since it came into service; empty for one that was never used."""
    answered = round(float(await house.store.entry(model.team, ANSWERED, model.id) or 0))
    seconds = max(0.0, model.seen_at - model.in_service_at)
    return words.endpoint.used(answered, seconds / 60, prices.of(seconds, an_hour)) if answered else ""


async def _tell_line(house: House, model: Model) -> None:
    """Tell everybody who waited for an endpoint that will not come."""
    waiting = await house.store.members(model.team, line_of(model.id))
    for generation in await house.store.get_all(Generation, model.team, waiting):
        if generation.state in {"parked", "queued"}:
            await painting.give_up(house, generation, Trouble(model.reason))


_STAGES: dict[str, Callable[[House, Model], Awaitable[None]]] = {
    "endpoint": _delete_endpoint,
    "deleting": _watch_deletion,
    "config": _delete_config,
    "model": _delete_model,
    "settle": _settle,
}
