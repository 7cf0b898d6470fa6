"""Past pictures as they hang in the gallery and in the App Home: the first of a prompt, and below it what it is."""

from core import words
from core.cards.blocks import Block, context
from core.cards.elements import image
from core.records import Generation, Model

PROMPT_MOST = 150
"""Characters of a prompt below its picture."""


def hung(generation: Generation, model: Model, user: str = "") -> list[Block]:
    """Draw the first picture of a prompt; `user` is who asked for it, empty where that goes without saying."""
    prompt = words.text.short(generation.prompt, PROMPT_MOST)
    count, stars = len(generation.files), len(generation.starred_by)
    facts = [
        words.text.escape(model.title),
        words.gallery.seed(generation.seed),
        *([words.text.pictures(count)] if count > 1 else []),
        *([words.gallery.by(user)] if user else []),
        words.text.day(generation.posted_at),
        *([words.gallery.stars(stars)] if stars else []),
    ]
    return [image(generation.files[0], prompt), context(words.gallery.caption(prompt, facts))]
