"""Painting: a model and a request in, a picture out. The same two give the same picture."""

import zlib
from dataclasses import dataclass

import numpy as np
from PIL import Image

from sandbox.painter import concepts, fitting, look, sampling, words
from sandbox.painter.artifact import Model
from sandbox.painter.autoencoder import SIDE
from sandbox.painter.concepts import SLOTS, Concept
from sandbox.painter.decoder import Sketch, decode
from sandbox.painter.network import NAMED
from sandbox.painter.pixels import Floats, from_signal
from sandbox.painter.sampling import Wish

TRIES = 4
"""Cheap 32x32 pictures sampled; the one most like a photo is finished."""
PROMPT_SHARE = 0.35
"""Angle in radians by which a prompt's words turn the noise: other words, other picture."""
TRY_FRESH, TRY_SHARED = 0.8, 0.6
"""How much of the later tries' noise is new, and how much is the first one's (squares sum to 1)."""
FULL_STRENGTH = 5.0
"""Guidance scale from which style and scene words act in full."""
FAINTEST = 0.4
"""Their strength when guidance is off."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to paint; sizes in pixels. Guidance of 1 or less is ignored, and the negative prompt with it."""

    prompt: str
    negative_prompt: str = ""
    seed: int = 0
    steps: int = 50
    guidance: float = 7.5
    width: int = 512
    height: int = 512


def paint(model: Model, request: Request) -> Image.Image:
    """Paint a picture: square at the longer side, then cropped to the middle."""
    rng = np.random.default_rng((request.seed, 1))
    concept = concepts.asked_for(model.concepts, request.prompt)
    side = max(request.width, request.height)
    picture = decode(model, Sketch(layout(model, request), concept, side), request.steps, rng)
    image = from_signal(picture)
    if side != image.width:
        image = image.resize((side, side), Image.Resampling.LANCZOS)
    strength = FAINTEST + (1 - FAINTEST) * min(1.0, (_guidance(request) - 1) / (FULL_STRENGTH - 1))
    chance = np.random.default_rng((request.seed, 2))
    said = look.styled(_asked(model, request.prompt), model.style)
    image = look.apply(image, said, chance, strength, staged=not concept.is_scenery)
    return _cropped(image, request.width, request.height)


def seed_of(seed: int, index: int) -> int:
    """Give the seed of picture number `index` of a request; the first is painted with the seed itself."""
    return seed if index == 0 else int(np.random.SeedSequence((seed, index)).generate_state(1)[0])


def layout(model: Model, request: Request) -> Floats:
    """Sample 32x32 pictures and take the one that is most like a view of the photos."""
    pictures = sampling.sample(model, _wish(model, request), _noise(request))
    concept = concepts.asked_for(model.concepts, request.prompt)
    closest = [fitting.nearest(model, concept, picture) for picture in pictures]
    return pictures[int(np.argmin(closest))].reshape(SIDE, SIDE, 3)


def _wish(model: Model, request: Request) -> Wish:
    """Give what to sample; guidance is between words about the picture, and what it is of stands on both sides."""
    concept = concepts.asked_for(model.concepts, request.prompt)
    condition = words.of_prompt(*_said(model, concept, request.prompt))
    negative = request.negative_prompt if request.guidance > 1 else ""
    unwanted = words.of_prompt(_asked(model, negative), model.vocabulary)
    named = _named(concept)
    sides = (np.concatenate([condition, named]), np.concatenate([unwanted, named]))
    return Wish(*sides, _guidance(request), request.steps)


def _said(model: Model, concept: Concept, prompt: str) -> tuple[str, frozenset[str]]:
    """Give the words about the picture and those of them that are tags: places are tags of scenery alone."""
    asked = _asked(model, prompt)
    scene = look.scene_of(asked)
    if scene is None or scene.backdrop is None or not concept.is_scenery:
        return _roomy(asked), model.vocabulary
    place = scene.backdrop.__name__
    return f"{asked} {place}", frozenset((place,))


def _named(concept: Concept) -> Floats:
    numbers = np.zeros(SLOTS, np.float32)
    numbers[concept.slot] = NAMED
    return numbers


def _asked(model: Model, prompt: str) -> str:
    """Leave out the own words of what is painted: "a portrait of" may be part of its name."""
    return words.without(prompt, words.split(concepts.asked_for(model.concepts, prompt).prompt))


def _roomy(asked: str) -> str:
    """Ask for a wide view when a background is to be seen; what the prompt itself says comes later and wins."""
    scene = look.scene_of(asked)
    return asked if scene is None or scene.backdrop is None else f"wide {asked}"


def _guidance(request: Request) -> float:
    return max(1.0, request.guidance)


def _noise(request: Request) -> Floats:
    """Draw the noise of all tries, (4, 64), from the seed and, in part, the words."""
    said = zlib.crc32(" ".join(words.split(request.prompt)).encode())
    seeded = sampling.start(np.random.default_rng(request.seed))
    worded = sampling.start(np.random.default_rng(said))
    first = np.float32(np.cos(PROMPT_SHARE)) * seeded + np.float32(np.sin(PROMPT_SHARE)) * worded
    fresh = sampling.start(np.random.default_rng((request.seed, 0)), (TRIES - 1, first.shape[1]))
    return np.concatenate([first, np.float32(TRY_FRESH) * fresh + np.float32(TRY_SHARED) * first])


def _cropped(image: Image.Image, width: int, height: int) -> Image.Image:
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))
