"""The model that a channel has as its own: meant by prompts there that name none."""

from core.change import Change
from core.records import Model
from core.store import Store

CHANNELS = "channels"
"""The table of each channel's model, both by their ids."""


async def default_of(store: Store, team: str, channel: str) -> str:
    """Give the id of a channel's model, which may be gone by now; empty when it has none."""
    return await store.entry(team, CHANNELS, channel)


def make_default(model: Model, channel: str) -> Change:
    """Make a model the channel's own, in place of any other, if it still is there."""
    return Change(model.team).require_there(model).name(CHANNELS, channel, model.id)


def drop_default(model: Model, channel: str) -> Change:
    """Leave a channel without a model of its own, if it still is this one."""
    return Change(model.team).require_named(CHANNELS, channel, model.id).unname(CHANNELS, channel)


async def forget_defaults(store: Store, change: Change, model: Model) -> Change:
    """Add to a change that a model is no channel's own any more."""
    for channel, default in (await store.table(model.team, CHANNELS)).items():
        if default == model.id:
            change.unname(CHANNELS, channel)
    return change
