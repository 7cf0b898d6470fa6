"""A zip of a model's pictures: which go in, what they are called, and the table of what they were painted with."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from core import audit, cells
from core.asking import Asked
from core.change import Change
from core.gallery import Shown
from core.imagine_grammar import again, typed
from core.names import record_id, slug
from core.records import Export, Generation, Model
from core.store import Store

PICTURES_MOST, MEGABYTES_MOST = 200, 50
LOOKED_AT_MOST = 2_000
"""How many of the model's prompts are looked through, the newest ones."""
TABLE = "parameters.csv"

_COLUMNS = (
    "file",
    "prompt",
    "command",
    "seed",
    "steps",
    "cfg",
    "negative_prompt",
    "width",
    "height",
    "picture",
    "of",
    "model",
    "jumpstart_model",
    "asked_by",
    "posted_at",
    "stars",
)


@dataclass(frozen=True)
class Picture:
    """One picture of a prompt: `place` is its own there, from 1."""

    generation: Generation
    model: Model
    place: int

    @property
    def file(self) -> str:
        """Slack's id of it."""
        return self.generation.files[self.place - 1]

    def name(self, number: int) -> str:
        """Name it in the zip, unlike all others there by its number."""
        about = slug(self.generation.prompt, 40) or "picture"
        return f"{number:03}-{about}-seed{self.generation.seed}-{self.place}.jpg"


async def ask(store: Store, asked: Asked, model: Model, now: float) -> None:
    """Write down that somebody wants a model's pictures, once for each command."""
    wanted = Export(
        team=asked.team,
        id=record_id("export", asked.team, asked.key),
        state="asked",
        user=asked.user,
        channel=asked.channel,
        thread_ts=asked.thread_ts,
        model=model.id,
        due=now,
    )
    change = Change(asked.team).once(wanted)
    await store.commit(audit.note(change, now, asked.user, "exported", model, channel=asked.channel))


def pictures(shown: Sequence[Shown]) -> list[Picture]:
    """List all pictures of these prompts, in their order."""
    return [Picture(one, model, place) for one, model in shown for place in range(1, len(one.files) + 1)]


def table(packed: Sequence[Picture]) -> str:
    """Write what each picture was painted with, as CSV with a line for each; dates are ISO 8601 in UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    writer.writerows(_row(picture, number) for number, picture in enumerate(packed, 1))
    return out.getvalue()


def _row(picture: Picture, number: int) -> list[str | int | float]:
    one, model = picture.generation, picture.model
    return [
        picture.name(number),
        cells.defused(one.prompt),
        f"/imagine {typed(again(one, model.title))}",
        one.seed,
        one.steps,
        one.guidance,
        cells.defused(one.negative),
        one.width,
        one.height,
        picture.place,
        one.count,
        model.title,
        model.jumpstart_id,
        one.user,
        datetime.fromtimestamp(one.posted_at, UTC).isoformat(timespec="seconds"),
        len(one.starred_by),
    ]
