"""The flags of `/imagine`: what each is called, what its value may be, and what it sets."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from core import parameters, words
from core.grammar import GrammarError

Reader = Callable[[str], dict[str, Any]]
NAME_MOST = 100
SURE = 0.8
"""How much a word behind a long dash must be like a flag (difflib's ratio) to be taken for one that was mistyped."""
_LIKELY = 0.65


@dataclass(frozen=True)
class Flag:
    """A flag: `read` gives the fields of a wish that a value sets, or raises GrammarError.

    `numbered`: it takes figures, so no sentence has it behind a dash by chance. `listed`: it takes several words.
    """

    read: Reader
    numbered: bool = True
    listed: bool = False


def _whole(name: str, sets: str, least: int, most: int) -> Reader:
    def read(value: str) -> dict[str, Any]:
        value = _bare(value)
        if not re.fullmatch(r"[0-9]{1,10}", value) or not least <= int(value) <= most:
            raise GrammarError(words.asking.flag_range(name, least, most))
        return {sets: int(value)}

    return read


def _guidance(value: str) -> dict[str, Any]:
    value = _bare(value).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,2})?", value) or float(value) > parameters.GUIDANCE_MOST:
        raise GrammarError(words.asking.guidance_range(parameters.GUIDANCE_MOST))
    return {"guidance": float(value)}


def _negative(value: str) -> dict[str, Any]:
    if not value:
        raise GrammarError(words.asking.NEGATIVE_EMPTY)
    return {"negative": value}


def _model(value: str) -> dict[str, Any]:
    value = value.lower()
    if not value or len(value) > NAME_MOST:
        raise GrammarError(words.asking.MODEL_EMPTY)
    return {"model": value}


def _ratio(value: str) -> dict[str, Any]:
    found = re.fullmatch(r"([0-9]{1,4})[:/x×]([0-9]{1,4})", _bare(value).lower())
    across, down = (int(found[1]), int(found[2])) if found else (0, 0)
    if not across or not down or max(across, down) > parameters.RATIO_MOST * min(across, down):
        raise GrammarError(words.asking.ratio_range(parameters.RATIO_MOST))
    return _sides(*parameters.of_ratio(across, down))


def _size(value: str) -> dict[str, Any]:
    found = re.fullmatch(r"([0-9]{1,5})[x×*]([0-9]{1,5})", _bare(value).lower())
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not parameters.fits(width, height):
        nearest = parameters.nearest(width, height) if found else None
        raise GrammarError(words.asking.size_range(parameters.SIDE_LEAST, parameters.SIDE_MOST, nearest))
    return _sides(width, height)


def _sides(width: int, height: int) -> dict[str, Any]:
    return {"width": width, "height": height}


def _bare(value: str) -> str:
    """Take off a comma or full stop that belongs to the sentence."""
    return value.rstrip(",;.")


FLAGS: Mapping[str, Flag] = {
    "model": Flag(_model, numbered=False),
    "n": Flag(_whole("n", "count", 1, parameters.COUNT_MOST)),
    "seed": Flag(_whole("seed", "seed", 0, parameters.SEED_MOST)),
    "steps": Flag(_whole("steps", "steps", 1, parameters.STEPS_MOST)),
    "cfg": Flag(_guidance),
    "no": Flag(_negative, numbered=False, listed=True),
    "ar": Flag(_ratio),
    "size": Flag(_size),
}
_ELSEWHERE = {
    "aspect": "ar",
    "ratio": "ar",
    "count": "n",
    "number": "n",
    "images": "n",
    "pictures": "n",
    "scale": "cfg",
    "cfg_scale": "cfg",
    "guidance": "cfg",
    "guidance_scale": "cfg",
    "negative": "no",
    "negative_prompt": "no",
    "without": "no",
    "width": "size",
    "height": "size",
    "num_inference_steps": "steps",
}
"""What other bots call the same."""


def suggestion(name: str) -> str:
    """Give the flag that was probably meant, or nothing."""
    name = name[:NAME_MOST].lower().replace("-", "_")
    found = get_close_matches(name, [*FLAGS, *_ELSEWHERE], 1, _LIKELY)
    return _ELSEWHERE.get(found[0], found[0]) if found else ""
