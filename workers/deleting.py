"""Deletes a model once its endpoint is gone: its prompts, what it has in the bucket and in Slack, then its record."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from core import adding, checking, gallery, looking, manifests, names, outbox, words
from core.change import Change
from core.defaults import forget_defaults
from core.idling import USED
from core.line import leave, line_of, painting_of, waiting_of
from core.queue import QUEUE
from core.records import Generation, Message, Model, Run
from workers import bucket, files
from workers.house import House
from workers.idle import line
from workers.step import save

AGAIN_SECONDS = 2.0
"""How soon it is looked whether a picture that is under way has come, or failed for want of an endpoint."""
_WAITS = {"parked", "queued"}
_FIRST = "prompts"


async def delete(house: House, model: Model) -> None:
    """Do the next thing on the way out; each can be done again."""
    await _STAGES[model.stage or _FIRST](house, model)


async def cancel_prompts(house: House, model: Model) -> bool:
    """Let go of the prompts that wait for a model, and tell their askers. True: none is being painted."""
    under_way = await line(house, model)
    for generation in under_way:
        if generation.state in _WAITS:
            await _cancel(house, model, generation)
    return all(generation.state in _WAITS for generation in under_way)


async def _cancel(house: House, model: Model, generation: Generation) -> None:
    now = house.now()
    change = leave(Change(model.team).put(generation.to("cancelled", due=None)), generation)
    if not (generation.sample or generation.keep):
        said = words.models.deleted_under(model.deleted_by, model.title, generation.prompt)
        change.once(outbox.ephemeral(generation, f"deleted-under:{generation.id}", said, now))
    if generation.noted:
        change.once(outbox.erase_note(generation, now))
    await house.store.commit(change)


async def _cancel_the_rest(house: House, model: Model) -> None:
    """Go on when nobody waits; what is painted at this moment comes to its end without an endpoint."""
    if await cancel_prompts(house, model):
        await _next(house, model, "bucket")
    else:
        await save(house, replace(model, tries=0, due=house.now() + min(AGAIN_SECONDS, house.settings.poll_seconds)))


async def _clear_bucket(house: House, model: Model) -> None:
    """Delete data set, artifact and kept pictures; a training that starts from the artifact is let end first."""
    runs = await _runs_under_way(house, model)
    if any(run.parent == model.id and run.state == "training" for run in runs):
        await save(house, replace(model, tries=0, due=house.now() + house.settings.poll_seconds))
        return
    for prefix in await _own_prefixes(house, model, runs):
        await bucket.delete_under(house, prefix)
    await _next(house, model, "pictures")


async def _runs_under_way(house: House, model: Model) -> Sequence[Run]:
    queued = await house.store.get_all(Run, model.team, await house.store.members(model.team, QUEUE))
    return [*await looking.runs(house.store, model.team), *queued]


async def _own_prefixes(house: House, model: Model, runs: Sequence[Run]) -> list[str]:
    """List the prefixes of all that is this model's alone: whole runs, where no other model and no set needs them."""
    others = [one for one in await looking.models(house.store, model.team) if one.id != model.id]
    needed = {run.root_id for run in runs} | {run for one in others for run in _runs(house, one)}
    whole = [names.prefix(house.settings.deployment, model.team, run) for run in _runs(house, model) - needed]
    own = manifests.folder_of(house.settings.deployment, house.bucket, model)
    return [*whole, own, checking.folder_of(house.settings.deployment, model)]


def _runs(house: House, model: Model) -> set[str]:
    """Give the runs that have something of a model in the bucket: the one whose set it is, and the one it is from."""
    return set(filter(None, (model.run, _trained_by(house, model))))


def _trained_by(house: House, model: Model) -> str:
    """Give the run under whose prefix a model's artifact lies; empty when that is in no bucket of ours."""
    ours = f"s3://{house.bucket}/{house.settings.deployment}/{model.team}/"
    return model.artifact.removeprefix(ours).partition("/")[0] if model.artifact.startswith(ours) else ""


async def _delete_pictures(house: House, model: Model) -> None:
    """Have all deleted that it has painted; each picture's own step sees to that. Its portrait goes with them."""
    painted = await house.store.members(model.team, gallery.painted_by(model.id))
    shown = [one for one in await house.store.get_all(Generation, model.team, painted) if one.state == "posted"]
    for one in shown:
        change = Change(model.team).put(one.to("deleted", due=house.now()))
        await house.store.commit(gallery.take_down(change, one))
    await _next(house, model, "pictures" if shown else "portrait")


async def _delete_portrait(house: House, model: Model) -> None:
    """Delete the picture that stands for it, which can be older than all that is known of its prompts."""
    if model.portrait:
        await files.delete(house, model.portrait)
    await _next(house, model, "forget")


async def _forget(house: House, model: Model) -> None:
    """Let go of all that is known of it, in one change; a prompt that has come in meanwhile is told first."""
    now = house.now()
    change = Change(model.team).require_empty(line_of(model.id)).forget(model)
    manifests.forget(adding.forget(change, model), model, now)
    change.unname("catalogue", model.id).unindex(USED, model.id)
    for index in (waiting_of(model.id), painting_of(model.id)):
        for stale in await house.store.members(model.team, index):
            change.unindex(index, stale)
    await forget_defaults(house.store, change, model)
    told, where = words.models.deleted(model.deleted_by, model.title), (model.channel, model.thread_ts)
    change.once(outbox.post(model.team, f"deleted:{model.id}:{model.trained_at}", where, told, now))
    if not await house.store.commit(change.redraw(Message, outbox.card_id(model.run), now)):
        await _next(house, model, _FIRST)


async def _next(house: House, model: Model, stage: str) -> None:
    await save(house, replace(model, stage=stage, tries=0, due=house.now()))


_STAGES: dict[str, Callable[[House, Model], Awaitable[None]]] = {
    _FIRST: _cancel_the_rest,
    "bucket": _clear_bucket,
    "pictures": _delete_pictures,
    "portrait": _delete_portrait,
    "forget": _forget,
}
