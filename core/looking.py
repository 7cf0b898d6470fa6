"""What a team has: its models and the runs under way, for `/darkroom` and the App Home."""

from core.records import Model, Run
from core.store import Store

UNDER_WAY = ("collecting", "queued", "preparing", "training")


async def models(store: Store, team: str) -> list[Model]:
    """List a team's models by subject."""
    found = await store.get_all(Model, team, list(await store.table(team, "catalogue")))
    return sorted(found, key=lambda model: (model.subject, model.trained_at))


async def runs(store: Store, team: str) -> list[Run]:
    """List a team's runs that are not over, newest first."""
    found = await store.get_all(Run, team, await store.members(team, "runs"))
    return [run for run in reversed(found) if run.state in UNDER_WAY]
