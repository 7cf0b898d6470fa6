"""Starting a run: from its set of photos, or again after it failed."""

from core import outbox
from core.change import Change
from core.records import Message, Run
from core.store import Store


async def start(store: Store, run: Run, answers: dict[str, str], user: str, now: float) -> bool:
    """Queue a run with a modal's answers. False: somebody else was faster, nothing is started twice."""
    queued = run.to(
        "queued",
        instance_prompt=answers["instance_prompt"],
        class_prompt=answers["class_prompt"],
        max_steps=int(answers["max_steps"]),
        learning_rate=f"{float(answers['learning_rate']):g}",
        licence_accepted_by=user,
        licence_accepted_at=now,
        due=now,
        **_fresh(run),
    )
    return await _commit(store, queued, now)


async def start_again(store: Store, run: Run, now: float) -> bool:
    """Queue a failed run as it was. False: it is not failed any more."""
    return await _commit(store, run.to("queued", due=now, **_fresh(run)), now)


def _fresh(run: Run) -> dict[str, int | str | bool]:
    return {"attempt": run.attempt + 1, "job": "", "job_created": False, "stage": "", "step": 0, "reason": ""}


async def _commit(store: Store, run: Run, now: float) -> bool:
    change = Change(run.team).put(run).index("runs", run.id, now)
    return await store.commit(change.redraw(Message, outbox.card_id(run.id), now))
