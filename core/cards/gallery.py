"""A page of the gallery: pictures, each with what it is below it, and the way to the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import actions, words
from core.cards.blocks import Block, button, context, notice, section
from core.cards.blocks import actions as row
from core.cards.hung import hung
from core.gallery import Look, Shown

PAGE = 6
"""Prompts on a page."""


@dataclass(frozen=True)
class Page:
    """A page of what somebody sees, counted from 0; a page that is not there any more is the last one."""

    look: Look
    shown: Sequence[Shown]
    wanted: int = 0

    @property
    def number(self) -> int:
        """The page that is shown."""
        return max(0, min(self.wanted, (len(self.shown) - 1) // PAGE))

    @property
    def first(self) -> int:
        """The place of its first picture, from 0."""
        return self.number * PAGE


def gallery(page: Page) -> Block:
    """Draw it as a modal, which carries whose look it is; its buttons carry the page that they lead to."""
    if not page.shown:
        return _modal(page, [section(words.gallery.nothing(narrowed(page.look, [])))])
    here = page.shown[page.first : page.first + PAGE]
    last = page.first + len(here)
    said = words.gallery.part(page.first + 1, last, len(page.shown), narrowed(page.look, page.shown))
    pictures = [block for generation, model in here for block in hung(generation, model, generation.user)]
    return _modal(page, [context(said), *pictures, *_turn(page, last)])


def _modal(page: Page, blocks: list[Block]) -> Block:
    return notice(words.gallery.TITLE, words.gallery.CLOSE, blocks) | {"private_metadata": page.look.carried()}


def narrowed(look: Look, shown: Sequence[Shown]) -> list[str]:
    """Say what somebody looks for: a model, a person, both or, empty, everything."""
    titles = [model.title for _, model in shown if look.models][:1] or [look.called] * bool(look.models)
    return [*map(words.gallery.of_model, titles), *([words.gallery.by(look.person)] if look.person else [])]


def _turn(page: Page, last: int) -> list[Block]:
    ways = {
        (words.gallery.PREVIOUS, "previous", page.number - 1): page.number > 0,
        (words.gallery.NEXT, "next", page.number + 1): last < len(page.shown),
    }
    buttons = [
        button(said, f"{actions.GALLERY_PAGE}:{way}", str(to)) for (said, way, to), there in ways.items() if there
    ]
    return [row(*buttons)] if buttons else []
