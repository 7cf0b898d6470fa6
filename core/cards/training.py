"""The card of a training thread: its photos, then its run, and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core import actions, recipe, words
from core.cards import following
from core.cards.blocks import Block, button, context, header, section
from core.cards.blocks import actions as row
from core.cards.photos import counts, photos
from core.doctor import chosen
from core.records import Model, Photo, Run, Sheet


@dataclass(frozen=True)
class Standing:
    """All that a card shows, as it stands at `now`.

    `estimate` says what a run would take and cost, `estimated` the dollars that were expected of this one; `hurdle` why
    AWS would refuse one (empty: nothing is known); `namesake` is a model that has the name already, `rival` a run in
    another thread that wants it too; `rows` are a step sheet's, while one is made.
    """

    run: Run
    photos: Sequence[Photo]
    now: float
    sheet: Sheet | None = None
    model: Model | None = None
    parent: Model | None = None
    namesake: Model | None = None
    rival: Run | None = None
    estimate: str = ""
    estimated: float | None = None
    hurdle: str = ""
    rows: Sequence[Block] = field(default_factory=tuple[Block, ...])


def card(at: Standing) -> tuple[str, list[Block]]:
    """Draw the card: the text for notifications, and the blocks."""
    title = words.training.card_title(at.run.subject, at.run.noun)
    head = [header(title), *_parent(at)]
    if at.run.state == "collecting":
        return title, [*head, *_namesake(at), *photos(at.run, at.photos, at.sheet), *_collecting(at)]
    if at.run.state == "comparing":
        return title, [*head, *at.rows, row(following.cancel_button(at.run), block=following.BUTTONS)]
    return title, [*head, counts(at.run, at.photos), *following.following(at.run, at.model, at.now, at.estimated)]


def _parent(at: Standing) -> list[Block]:
    return [context(words.training.on_top_of(at.parent.title, at.parent.noun))] if at.parent else []


def _namesake(at: Standing) -> list[Block]:
    taken = [context(words.training.namesake(at.namesake.title, at.namesake.noun))] if at.namesake else []
    wanted = [context(words.training.namesake_under_way(at.rival.subject, at.rival.noun))] if at.rival else []
    return [*taken, *wanted]


def _collecting(at: Standing) -> list[Block]:
    run = at.run
    enough = len(chosen(at.photos, run.framing)) >= recipe.PHOTOS_LEAST
    blocks = [section(words.training.enough_photos(run.subject) if enough else words.training.drop_photos(run.subject))]
    blocks += [context(words.photos.dropping_class(run.noun, run.subject))] if run.dropping else []
    blocks += [section(f"{following.BROKEN} {at.hurdle}")] if at.hurdle else []
    return [*blocks, row(*_buttons(run, enough=enough), block=following.BUTTONS), context(at.estimate)]


def _buttons(run: Run, *, enough: bool) -> list[Block]:
    steps = [button(words.training.COMPARE_STEPS, actions.COMPARE_STEPS, run.id)] if enough else []
    framing = words.photos.FIT if run.framing == "crop" else words.photos.CROP
    next_role = "" if run.dropping else "class"
    dropping = words.photos.CLASS_NEXT if next_role else words.photos.OWN_NEXT
    return [
        button(words.training.TRAIN, actions.TRAIN, run.id, "primary" if enough else ""),
        *steps,
        button(framing, actions.FRAME, run.id),
        button(dropping, actions.DROP_NEXT, f"{run.id}:{next_role}"),
        following.cancel_button(run),
    ]
