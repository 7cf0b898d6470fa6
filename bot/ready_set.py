"""A set that can be trained now: the check behind every button that starts something with it."""

from bot.desk import Desk, Payload, team_of
from core import recipe, starting, terms, words
from core.recipe import Terms
from core.records import Run


async def ready_set(desk: Desk, body: Payload, identity: str, *, again: bool = False) -> tuple[Run, Terms] | str:
    """Give a set and what its recipe is chosen for, or say why it cannot be trained, whatever the answers are.

    Whoever pressed chooses from the models that are there for them.

    With `again`, the set of a run that failed can be trained too.
    """
    run = await desk.store.get(Run, team_of(body), identity)
    if run is None or not (run.state == "collecting" or (again and starting.has_failed(run))):
        return words.training.STALE_BUTTON
    about = await terms.read(desk.store, run, desk.settings, str(body["user"]["id"]))
    if about.photos < recipe.PHOTOS_LEAST:
        return words.training.too_few_photos(about.photos, recipe.PHOTOS_LEAST)
    return (about.outlook.fault if about.outlook else "") or (run, about)
