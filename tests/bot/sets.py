"""A set of photos in its thread, as the bot's listeners find it."""

from typing import Any

from core import collecting, outbox
from core.change import Change
from core.records import Run
from tests.bot.person import Person
from tests.support.records import TEAM, a_photo, a_run, written


async def a_set(mira: Person, good: int, **different: Any) -> Run:
    """A set whose thread stands, with so many good photos."""
    run = await written(mira.store, a_run(**{"instance_prompt": "", "class_prompt": ""} | different))
    change = collecting.link(Change(TEAM), run).index("runs", run.id, 1.0).once(outbox.card(run, 1.0))
    for place in range(good):
        photo = await written(mira.store, a_photo(id=f"p{place}", state="judged"))
        change.index(collecting.photos_of(run.id), photo.id, float(place), Run.ttl)
    await mira.store.commit(change)
    return run
