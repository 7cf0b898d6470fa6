"""Brings a model's endpoint up: model resource, endpoint config, endpoint, then watching it come into service."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from core import checking, expecting, idling, manifests, names, outbox, spending, words
from core.asking import seed_of
from core.change import Change
from core.idling import ANSWERED, USED
from core.line import enter
from core.names import record_id
from core.records import Comparison, Generation, Message, Model, Record
from core.waiting import WAITS_MOST, until
from workers import hosting, idle_tag, requests, setting_aside
from workers.aws import failure_reason, is_taken
from workers.ending import worth_waiting
from workers.hosting import Hosting
from workers.house import House
from workers.step import save
from workers.tagged import ours
from workers.trouble import Trouble

IN_SERVICE = "InService"
NOT_OURS = "not_ours"
"""The name is taken by something that this deployment has not made for this model: it is left alone."""
_BEFORE = {"model": "settle", "config": "model", "endpoint": "config"}
"""Where a teardown begins that must not touch what the stage found taken."""
AGAIN_SECONDS = 60.0
"""How long a teardown that AWS refuses waits for its next round."""
_BROKEN = {"Failed", "OutOfService"}
_STUCK = {"draining": words.endpoint.cannot_take_down, "deleting": words.models.cannot_delete}
"""What people are told of a model that cannot be done with."""


def resource_name(house: House, model: Model) -> str:
    """Name the model resource, endpoint config and endpoint of the current attempt."""
    return names.resource(house.settings.deployment, model.subject, model.id, model.attempt)


async def deploy(house: House, model: Model) -> None:
    """Do the next thing on the way up; nothing is made before its money is set aside."""
    if model.stage == "model" and not model.held:
        await setting_aside.for_endpoint(house, model)
        return
    await _STAGES[model.stage](house, model)


async def _create_model(house: House, model: Model) -> None:
    found, place = await _hosting(house, model)
    accepted = bool(model.licence_accepted_by)
    if found.licence and not accepted:
        raise Trouble(words.shelf.licence_needed(model.jumpstart_id, found.licence), "licence")
    name = resource_name(house, model)
    request = requests.model(found, place, name, model.artifact, accepted=accepted)
    await _create(house, model, house.aws.sagemaker.create_model, request)
    kept = hosting.written(found, place.instance)
    await save(house, replace(model.to("deploying"), stage="config", hosting=kept, due=house.now()))


async def _create_config(house: House, model: Model) -> None:
    request = requests.endpoint_config(*await _hosting(house, model), resource_name(house, model))
    await _create(house, model, house.aws.sagemaker.create_endpoint_config, request)
    await save(house, replace(model.to("deploying"), stage="endpoint", due=house.now()))


async def _create_endpoint(house: House, model: Model) -> None:
    found, place = await _hosting(house, model)
    request = requests.endpoint(found, place, resource_name(house, model))
    now = house.now()
    unused = idle_tag.most(house, await idling.policy_of(house.store, house.settings, model, now, now))
    request["Tags"] = [*request["Tags"], idle_tag.written(unused)]
    await _create(house, model, house.aws.sagemaker.create_endpoint, request)
    up = await bills(house, model, house.now())
    watched = replace(up.to("deploying"), stage="watch", tagged_idle=unused)
    await save(house, replace(watched, due=house.now() + house.settings.poll_seconds))


async def _hosting(house: House, model: Model) -> tuple[Hosting, requests.Place]:
    """Ask JumpStart for its part, the first time: of the model that was fine-tuned, or of the ready-made one.

    What was said once holds for this machine: a model that JumpStart withdraws can still be woken.
    """
    instance = house.machine(model)
    place = requests.Place(house.aws.region, house.role, instance, house.tags(model))
    if kept := hosting.read(model.hosting, instance):
        return kept, place
    named = (model.jumpstart_id, model.jumpstart_version)
    if model.ready_made:
        return await house.jumpstart.host(*named, instance), place
    return await house.jumpstart.resolve(*named), place


async def _create(house: House, model: Model, create: Callable[..., Any], request: dict[str, Any]) -> None:
    """Create something; if an earlier try of ours has made it, go on with that."""
    try:
        await house.aws.call(create, **request)
    except Trouble as fault:
        if not is_taken(fault):
            raise
        if not await ours(house, model, await _arn(house, model)):
            raise Trouble(fault.reason, NOT_OURS) from fault


async def _arn(house: House, model: Model) -> str:
    client, name = house.aws.sagemaker, resource_name(house, model)
    if model.stage == "model":
        return (await house.aws.call(client.describe_model, ModelName=name))["ModelArn"]
    if model.stage == "config":
        found = await house.aws.call(client.describe_endpoint_config, EndpointConfigName=name)
        return found["EndpointConfigArn"]
    return (await house.aws.call(client.describe_endpoint, EndpointName=name))["EndpointArn"]


async def _watch(house: House, model: Model) -> None:
    name = resource_name(house, model)
    later = replace(model, tries=0, due=house.now() + house.settings.poll_seconds)
    if await house.watch.endpoint(name):
        await save(house, later)
        return
    endpoint: Any = await house.aws.call(house.aws.sagemaker.describe_endpoint, EndpointName=name)
    status = endpoint["EndpointStatus"]
    if status == IN_SERVICE:
        await _in_service(house, await bills(house, model, endpoint["CreationTime"].timestamp()))
    elif status in _BROKEN:
        raise Trouble(failure_reason(str(endpoint.get("FailureReason", status))), status)
    else:
        await save(house, later)


async def bills(house: House, model: Model, since: float) -> Model:
    """Give a model whose endpoint bills since then; of one that is known to, AWS's own time may be another."""
    if model.up_since:
        return replace(model, up_since=since)
    made = spending.Endpoint(resource_name(house, model), house.machine(model), await house.endpoint_dollars(model))
    return spending.comes_up(model, made, since)


async def _in_service(house: House, model: Model) -> None:
    """Write down that the endpoint is in service; what is painted for a step sheet alone is not announced."""
    now = house.now()
    woke = expecting.woken(model, now)
    up = replace(model.to("in_service"), stage="", waits=0, wake_seconds=woke, in_service_at=now, due=now)
    change = Change(model.team).put(up).index(USED, model.id, now).unname(ANSWERED, model.id)
    manifests.remember(change.redraw(Message, outbox.card_id(model.run), now), model, now)
    if model.comparison:
        change.touch(Comparison, model.comparison, now)
    else:
        await _announce(house, change, model, now)
    await house.store.commit(change)


async def _announce(house: House, change: Change, model: Model, now: float) -> None:
    """Announce it, with a sample picture, once per run or ready-made model.

    What a run has learnt shows in fixed pictures beside it, which are painted once per model.
    """
    text = words.training.announcement(model.title, model.instance_prompt)
    where = (model.channel, model.thread_ts)
    sample = _sample(model, now)
    change.once(outbox.post(model.team, f"in-service:{_life(model)}", where, text, now))
    if await house.store.get(Generation, sample.team, sample.id) is None:
        enter(change.put(sample), sample, now)
    if not model.ready_made:
        change.once(checking.first(model, now))


def _life(model: Model) -> str:
    """Name what is announced once: a run, or a ready-made model from when it was added until it is deleted."""
    return model.run or f"{model.id}:{model.trained_at}"


def _sample(model: Model, now: float) -> Generation:
    """Ask for the picture that shows in the thread what the model has learnt; the same one, however often asked."""
    identity = record_id("sample", model.id if model.run else _life(model))
    return Generation(
        team=model.team,
        id=identity,
        state="queued",
        user="",
        channel=model.channel,
        thread_ts=model.thread_ts,
        prompt=model.instance_prompt,
        seed=seed_of(identity),
        model=model.id,
        sample=True,
        asked_at=now,
        due=now,
    )


def announced(model: Model, now: float) -> tuple[Record, ...]:
    """Give the records by which a model counts as announced and looked at, for one whose own ones are lost."""
    said = outbox.post(model.team, f"in-service:{_life(model)}", (model.channel, model.thread_ts), "", now)
    sample, check = replace(_sample(model, now), state="cancelled"), replace(checking.first(model, now), state="kept")
    done: tuple[Record, ...] = (replace(said, state="sent"), sample, check)
    return tuple(replace(one, due=None) for one in done)


_STAGES: dict[str, Callable[[House, Model], Awaitable[None]]] = {
    "model": _create_model,
    "config": _create_config,
    "endpoint": _create_endpoint,
    "watch": _watch,
}


def _then(house: House, model: Model, fault: Trouble) -> dict[str, Any]:
    """Say where a teardown leads: to another attempt after a while, if AWS only has no machine; else to failure."""
    if fault.code == setting_aside.NOT_ALLOWED and idling.is_ahead(model):
        return {"then": "asleep", "reason": fault.reason}
    if not worth_waiting(fault):
        return {"then": "failed", "reason": fault.reason}
    if model.waits >= WAITS_MOST:
        return {"then": "failed", "reason": words.endpoint.no_machine(model.waits + 1, fault.reason)}
    again = until(house.now(), house.settings.poll_seconds, model.waits)
    return {"then": "asleep", "reason": fault.reason, "waits": model.waits + 1, "waits_until": again}


async def give_up(house: House, model: Model, fault: Trouble) -> None:
    """Take down what has been created, then tell why the endpoint is not there.

    What is being taken down may still bill, and what is being deleted still be seen: that is never given up, but people
    are told once.
    """
    now = house.now()
    if model.state == "deploying":
        nothing = fault.code in {NOT_OURS, setting_aside.NOT_ALLOWED}
        down = {"stage": _BEFORE[model.stage] if nothing else "endpoint", **_then(house, model, fault)}
        change = Change(model.team).put(model.to("draining", **down, due=now))
        await house.store.commit(change.redraw(Message, outbox.card_id(model.run), now))
        return
    later = Change(model.team).put(replace(model, tries=0, due=now + AGAIN_SECONDS))
    if stuck := _STUCK.get(model.state):
        where, key = (model.channel, model.thread_ts), f"stuck:{model.state}:{model.id}:{model.attempt}"
        later.once(outbox.post(model.team, key, where, stuck(model.title, fault.reason), now))
    await house.store.commit(later)
