"""A ready-made model: trained on nothing but the pictures that are drawn by code, in a style of its own.

It stands for the models that others have fine-tuned. Its name decides which drawings it has seen, how its training
went, and the style it paints in: two of them paint the same prompt differently, and one paints it the same each time.
"""

import re
import zlib
from dataclasses import replace

import numpy as np

from sandbox.painter import artifact, autoencoder, concepts, examples, kinds
from sandbox.painter.artifact import Learned
from sandbox.painter.concepts import Concept
from sandbox.painter.examples import Album, Photo
from sandbox.painter.mix import Even
from sandbox.painter.network import Denoiser, fresh_weights
from sandbox.painter.optimizer import Adam
from sandbox.painter.recipe import Recipe
from sandbox.painter.styles import STYLES
from sandbox.painter.training import Known, recent_mean, run

STEPS = 50
"""Enough for clear pictures of so few things; it takes a second or two, as the container starts."""
DRAWN, VIEWS = 5, 24
"""Pictures drawn of each kind, and views of them."""
OFFSETS = 97
"""How many sets of drawings there are; a model has seen one of them."""
STYLED = {
    "anime": "cartoon",
    "cartoon": "cartoon",
    "comic": "cartoon",
    "cyberpunk": "neon",
    "ghibli": "watercolour",
    "gogh": "van gogh",
    "guohua": "watercolour",
    "ink": "pencil",
    "lineart": "pencil",
    "mosaic": "mosaic",
    "photorealistic": "",
    "pixel": "pixel",
    "stabilityai": "",
    "space": "neon",
    "tron": "neon",
    "vector": "pop art",
    "voxel": "pixel",
}
"""Styles that a word of a model's name calls for, by how it begins: a phrase that `styles` knows, or empty for none."""


def train(name: str) -> bytes:
    """Train the model of this name: the bytes of an artifact."""
    number = zlib.crc32(name.encode())
    rng = np.random.default_rng(number)
    seen = examples.gather(rng, _albums(number % OFFSETS))
    encoder = autoencoder.fit(seen.pictures, slice(None))
    known = Known(Even(seen), encoder.encode(seen.pictures), seen.conditions)
    adam = Adam(fresh_weights(rng), Recipe(STEPS).adam)
    losses = run(rng, adam, known, (Recipe(STEPS), lambda _step, _loss: None))
    learned = Learned(seen, encoder, Denoiser(adam.weights), recent_mean(losses))
    return artifact.dump(replace(learned, style=style_of(name)))


def style_of(name: str) -> str:
    """Give the style that a model paints in when a prompt names none: what its name calls for, or else any."""
    said = re.findall(r"[a-z0-9]+", name.lower())
    called = [style for part, style in STYLED.items() if any(word.startswith(part) for word in said)]
    return called[0] if called else STYLES[zlib.crc32(name.encode()) % len(STYLES)].phrases[0]


def _albums(offset: int) -> list[Album]:
    """Give the drawings of every kind, of which each set has others."""
    return [_album(concept, offset) for concept in concepts.everything()]


def _album(concept: Concept, offset: int) -> Album:
    word = concepts.drawn_as(concept)
    if word == kinds.SCENERY_WORD:
        first = offset * len(kinds.SCENERY)
        drawn = [Photo(kinds.draw(word, first + k), place.__name__) for k, place in enumerate(kinds.SCENERY)]
        return Album(concept, drawn, 2 * VIEWS)
    return Album(concept, [Photo(kinds.draw(word, offset * DRAWN + k), "") for k in range(DRAWN)], VIEWS)
