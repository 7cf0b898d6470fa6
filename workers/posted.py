"""Pictures after they were shared: their message is found, so that stars, gallery and Delete know it; or taken away."""

from dataclasses import replace

from core import gallery, manifests, outbox, words
from core.change import Change
from core.records import Generation, Model
from workers import files
from workers.house import House
from workers.step import save
from workers.trouble import PATIENT, Trouble

LOOK_SECONDS = 1.0
"""Between looks where pictures stand: Slack usually knows a second or two after it was told to share them."""
LOOKS = 15
"""How often, at waits that double up to a minute: for ten minutes. Only stars and gallery are lost without."""
SURE_LOOKS = 5
"""After how many looks nobody believes any more that deleted pictures still come into a message."""
_GONE = {"message_not_found", "channel_not_found", "thread_not_found"}
"""What Slack answers about a message that is not there any more."""


async def find(house: House, generation: Generation) -> None:
    """Find the message with the pictures and write it down; a sample becomes the portrait of a model without one."""
    ts = await files.shared_at(house, generation.files[0], generation.channel) if generation.files else None
    if ts is None:
        await save(house, replace(generation, due=None))
        return
    if not ts:
        raise Trouble(words.trouble.SLACK_UNREACHABLE, "not_shared_yet", tries=LOOKS)
    found = replace(generation, ts=ts, tries=0, due=None)
    change = gallery.hang(Change(generation.team).put(found), found)
    model = await house.store.get(Model, generation.team, generation.model) if generation.sample else None
    if model and not model.portrait:
        _portray(change, model, generation.files[0], house.now())
    await _commit(house, change)


def _portray(change: Change, model: Model, portrait: str, now: float) -> None:
    """Add to a change that a model has another portrait, or none.

    Raises:
        Trouble: while a worker is at the model: our change would make it throw away what it has done.
    """
    if model.tries:
        raise Trouble(words.trouble.SLACK_UNREACHABLE, "model_is_claimed", tries=PATIENT, after=LOOK_SECONDS)
    manifests.remember(change.put(replace(model, portrait=portrait)), model, now)


async def _commit(house: House, change: Change) -> None:
    if not await house.store.commit(change):
        raise Trouble(words.trouble.SLACK_UNREACHABLE, "changed_meanwhile", tries=PATIENT, after=LOOK_SECONDS)


async def take_away(house: House, generation: Generation) -> None:
    """Delete pictures that somebody has deleted here from Slack: their message first, then the files."""
    ts = generation.ts or await files.shared_at(house, generation.files[0], generation.channel)
    if ts == "" and generation.tries < SURE_LOOKS:
        raise Trouble(words.trouble.SLACK_UNREACHABLE, "not_shared_yet", tries=LOOKS, after=LOOK_SECONDS)
    if ts:
        await _delete_message(house, generation.channel, ts)
    for file in generation.files:
        await files.delete(house, file)
    change = Change(generation.team).put(replace(generation, ts=ts or "", tries=0, due=None))
    model = await house.store.get(Model, generation.team, generation.model)
    if model and model.portrait in generation.files:
        _portray(change, model, "", house.now())
    await _commit(house, change)


async def _delete_message(house: House, channel: str, ts: str) -> None:
    try:
        await house.slack("chat.delete", channel=channel, ts=ts)
    except Trouble as fault:
        if fault.code not in _GONE:
            raise


async def give_up(house: House, generation: Generation, fault: Trouble) -> None:
    """Look no longer for a message; say to the asker when Slack does not let their pictures be deleted."""
    change = Change(generation.team).put(replace(generation, due=None))
    if generation.state == "deleted" and generation.user:
        said = words.answer.not_deleted(fault.reason)
        change.once(outbox.ephemeral(generation, f"not-deleted:{generation.id}", said, house.now()))
    await house.store.commit(change)
