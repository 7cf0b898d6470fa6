"""What a team has: its models and the runs under way, for `/darkroom` and the App Home."""

from core.change import Change
from core.records import Model, Run
from core.store import Store

UNDER_WAY = ("collecting", "comparing", "queued", "preparing", "training", "stopping")


async def models(store: Store, team: str) -> list[Model]:
    """List a team's models by name."""
    found = await store.get_all(Model, team, list(await store.table(team, "catalogue")))
    return sorted(found, key=lambda model: (model.title, model.trained_at))


async def runs(store: Store, team: str) -> list[Run]:
    """List a team's runs that are not over, newest first; lets go of those that have expired."""
    listed = await store.members(team, "runs")
    found = await store.get_all(Run, team, listed)
    expired = Change(team)
    for identity in set(listed) - {run.id for run in found}:
        expired.unindex("runs", identity)
    if expired.operations:
        await store.commit(expired)
    return [run for run in reversed(found) if run.state in UNDER_WAY]
