"""Working hours keep an endpoint up as long as the budgets have room for them: they are paid for by nobody's use."""

from dataclasses import replace

from core import budgets, holds, outbox, words
from core.budgets import Cap
from core.change import Change
from core.idling import Policy, ends_at
from core.records import Model
from workers.house import House


async def afforded(house: House, model: Model, last_use: float, policy: Policy) -> tuple[Model, Policy]:
    """Set aside what the hours cost beyond the idle time; where a budget has no room for that, leave them out."""
    bare = replace(policy, awake_until=0.0)
    ends = ends_at(model, last_use, policy)
    held = holds.of_endpoint(model, ends)
    more = holds.more(model.held, held)
    if ends <= ends_at(model, last_use, bare) or max(more.values(), default=0.0) < holds.LEAST_DOLLARS:
        return model, policy
    kept, payer = replace(model, held=held), holds.payer_of(model)
    change = holds.move(Change(model.team).claim(kept), payer, model.held, held)
    refused = await budgets.attempt(house.store, house.bounds, change, payer, more, house.now())
    if isinstance(refused, Cap):
        await _tell(house, model, policy)
        return model, bare
    return (kept if refused else replace(kept, version=kept.version + 1)), policy


async def _tell(house: House, model: Model, policy: Policy) -> None:
    """Say once for each of these hours that they do not hold today."""
    key, where = f"no-hours:{model.id}:{policy.awake_until:.0f}", (model.channel, model.thread_ts)
    text = words.hours.no_room(model.title, policy.awake_until)
    said = outbox.post(model.team, key, where, text, house.now())
    await house.store.commit(Change(model.team).once(said))
