"""Ends a step sheet: one model is kept and everything else deleted; or all of it is stopped and deleted."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from core import cancelling, checking, idling, manifests, names, outbox, words
from core.change import Change
from core.line import OVER, leave
from core.records import Comparison, Message, Run
from workers import bucket
from workers.checks import AGAIN_SECONDS
from workers.comparison import TRAINS_NO_MORE, Row, offer_without_sheet, read_root, read_rows, rest
from workers.house import House
from workers.step import save
from workers.trouble import Trouble

_IS_CANCELLED_BY_US = {"queued", "preparing", "training"}
_KNOWN = "watch"
"""The stage of an endpoint on its way up at which nothing is being created any more: it can be taken down whole."""


async def stop(house: House, sheet: Comparison) -> None:
    """Stop its runs, let its prompts go, take its endpoint down; go on when nothing bills any more."""
    rows = await read_rows(house, sheet)
    for run in [row.run for row in rows if row.run and row.run.state in _IS_CANCELLED_BY_US]:
        await cancelling.cancel(house.store, run, sheet.user, house.now())
    for row in rows:
        await _quiet(house, row)
    rows = await read_rows(house, sheet)
    now = house.now()
    if any(_goes_on(row) for row in rows):
        await save(house, replace(sheet, tries=0, due=now + min(AGAIN_SECONDS, house.settings.poll_seconds)))
    else:
        await save(house, sheet.to("tidying", due=now))


def _goes_on(row: Row) -> bool:
    trains = row.run is not None and row.run.state not in TRAINS_NO_MORE
    return trains or row.is_up or any(one.state not in OVER for one in row.asked)


async def _quiet(house: House, row: Row) -> None:
    """Cancel a row's prompts, and take its endpoint down unless something is being created for it this moment.

    One that waits for a machine waits no more.
    """
    if row.model is None:
        return
    model, now = row.model, house.now()
    change = Change(model.team)
    for one in row.asked:
        if one.state not in OVER:
            leave(change.put(one.to("cancelled", due=None)), one)
    if model.waits_until and model.state in {"draining", "asleep"}:
        change.put(cancelling.rested(model))
    elif model.state == "in_service" or (model.state == "deploying" and model.stage == _KNOWN):
        change.put(idling.to_sleep(model, now))
    if change.operations:
        await house.store.commit(change)


async def tidy(house: House, sheet: Comparison) -> None:
    """Make what was kept the model, at once; then delete the rest, and be done."""
    root, rows = await read_root(house, sheet), await read_rows(house, sheet)
    kept = next((row for row in rows if row.run and sheet.kept and row.run.model == sheet.kept), None)
    if kept and kept.model and kept.model.comparison:
        await _adopt(house, sheet, root, rows, kept)
        return
    for row in rows:
        if row is not kept:
            await _delete(house, root, row)
    await _end(house, sheet, root, [row for row in rows if row is not kept])


async def _adopt(house: House, sheet: Comparison, root: Run, rows: Sequence[Row], kept: Row) -> None:
    """Put a model into the catalogue, and bring its endpoint up: from here on it is one as any other."""
    if kept.model is None or kept.run is None:
        return
    now = house.now()
    change = Change(sheet.team).put(replace(sheet, tries=0, due=now))
    change.put(_trained(root, [row.run for row in rows if row.run], kept.run)).unindex("runs", root.id)
    manifests.remember(change.name("catalogue", kept.model.id, kept.model.subject), kept.model, now)
    await house.store.commit(idling.deploy(change, replace(kept.model, comparison=""), now))


def _trained(root: Run, runs: Sequence[Run], kept: Run) -> Run:
    """Give the run of the set as it is now: trained as the one that was kept, paid for as all of them."""
    known = [run.dollars for run in runs if run.billed_seconds]
    spent_before = sum(run.spent_before for run in runs)
    return root.to(
        "trained",
        model=kept.model,
        comparison="",
        max_steps=kept.max_steps,
        step=kept.max_steps,
        hyperparameters=kept.hyperparameters,
        took_seconds=sum(run.took_seconds for run in runs),
        billed_seconds=sum(run.billed_seconds for run in runs),
        spent_before=spent_before,
        dollars=None if None in known else sum(one for one in known if one is not None),
        due=None,
    )


async def _delete(house: House, root: Run, row: Row) -> None:
    """Delete what a row has put into the bucket: data set, artifact, pictures."""
    deployment = house.settings.deployment
    await bucket.delete_under(house, names.prefix(deployment, root.team, row.identity))
    if row.model:
        await bucket.delete_under(house, checking.folder_of(deployment, row.model))


async def _end(house: House, sheet: Comparison, root: Run, others: Sequence[Row]) -> None:
    """Forget the models, and give the set back when none was kept."""
    now = house.now()
    change = Change(sheet.team).put(sheet.to("kept" if sheet.kept else "cancelled", due=None))
    for row in others:
        if row.model:
            manifests.forget(change.forget(row.model), row.model, now).unindex(idling.USED, row.model.id)
    if root.state == "comparing":
        change.put(root.to("collecting", comparison="", instance="", hyperparameters={}, due=None))
    if not await house.store.commit(change.redraw(Message, outbox.card_id(root.id), now)):
        await save(house, replace(sheet, due=now))


async def _stop_it(house: House, sheet: Comparison, fault: Trouble) -> None:
    """Stop what bills, and say so."""
    change = Change(sheet.team).put(sheet.to("stopping", due=house.now()))
    await _tell(house, sheet, change, "broke", lambda root: words.comparing.broke(root.subject, fault.reason))


async def _go_on_stopping(house: House, sheet: Comparison, _: Trouble) -> None:
    await save(house, replace(sheet, tries=0, due=house.now() + names.MINUTE))


async def _leave_the_rest(house: House, sheet: Comparison, fault: Trouble) -> None:
    """End it with what cannot be deleted left in the bucket."""
    root = await house.store.get(Run, sheet.team, sheet.run)
    if root is None:
        await save(house, sheet.to("cancelled", due=None))
        return
    rows = await read_rows(house, sheet)
    change = Change(sheet.team)
    await _tell(house, sheet, change, "not-deleted", lambda _: words.comparing.not_deleted(fault.reason))
    await _end(house, sheet, root, [row for row in rows if row.run and row.run.model != sheet.kept])


async def _tell(house: House, sheet: Comparison, change: Change, what: str, say: Callable[[Run], str]) -> None:
    """Commit a change with a sentence for the thread, if there still is one."""
    root, now = await house.store.get(Run, sheet.team, sheet.run), house.now()
    if root:
        change.once(outbox.thread(root, f"{what}:{sheet.id}", say(root), now))
        change.redraw(Message, outbox.card_id(root.id), now)
    await house.store.commit(change)


async def _rest(house: House, sheet: Comparison, _: Trouble) -> None:
    await rest(house, sheet)


_GIVES_UP: dict[str, Callable[[House, Comparison, Trouble], Awaitable[None]]] = {
    "training": _stop_it,
    "drawing": offer_without_sheet,
    "stopping": _go_on_stopping,
    "tidying": _leave_the_rest,
}


async def give_up(house: House, sheet: Comparison, fault: Trouble) -> None:
    """Go on as well as it can be gone on: what bills is stopped, what was paid for is not thrown away."""
    await _GIVES_UP.get(sheet.state, _rest)(house, sheet, fault)
