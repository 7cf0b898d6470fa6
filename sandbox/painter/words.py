"""What the network is told: attributes of a view, and words of the photos' file names."""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.painter.pixels import Floats
from sandbox.painter.views import View

TAGS = 16
"""Numbers that carry the file-name words, each word hashed to one of them with a sign."""
STRENGTH = 1.5
"""An attribute named in a prompt counts as this many standard deviations."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a view that words can ask for, upward or downward."""

    more: frozenset[str]
    less: frozenset[str]


def _attribute(more: str, less: str) -> Attribute:
    return Attribute(frozenset(more.split()), frozenset(less.split()))


ATTRIBUTES = {
    "zoom": _attribute("close-up closeup close macro portrait face headshot", "wide far distant full"),
    "brightness": _attribute("bright sunny light day sunlight", "dark night shadow gloomy moody"),
    "warmth": _attribute("warm golden sunset autumn orange", "cold cool winter blue ice"),
    "saturation": _attribute("vivid colorful colourful vibrant", "muted pale faded pastel"),
    "mirrored": _attribute("mirrored flipped", "straight"),
    "turn": _attribute("tilted dutch", ""),
}
CONDITION = len(ATTRIBUTES) + TAGS
"""Numbers of what describes a view: the attributes, then the tags. All zero means: anything."""
CAMERA_WORDS = frozenset(("img", "dsc", "jpg", "jpeg", "png", "photo", "image", "picture", "crop"))
"""Words of file names that say nothing about the picture."""


def split(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return re.findall(r"[a-z0-9&'-]+", text.lower())


def contains(text: str, phrase: str) -> bool:
    """Say whether a phrase of one or more words stands in a text."""
    return f" {phrase} " in f" {' '.join(split(text))} "


def without(text: str, known: Iterable[str]) -> str:
    """Leave the given words out of a text: the subject's own name asks for nothing."""
    left_out = set(known)
    return " ".join(word for word in split(text) if word not in left_out)


def file_words(names: Sequence[str]) -> list[list[str]]:
    """Give each file name's telling words; a word that all of them share tells nothing."""
    words = [sorted(set(re.findall(r"[a-z]{3,}", name.lower())) - CAMERA_WORDS) for name in names]
    shared = set[str]().union(*words).intersection(*words)
    return [[word for word in some if word not in shared] for some in words]


def of_view(view: View, tags: Iterable[str]) -> Floats:
    """Give the condition that describes a view: attributes in standard deviations of `views.draw`."""
    attributes = [
        float(np.log(view.zoom)) / 0.1 - 1.75,
        float(np.log(view.brightness)) / 0.12,
        view.warmth / 0.035,
        float(np.log(view.saturation)) / 0.15,
        view.mirrored * 2 - 1,
        view.turn / 4,
    ]
    return np.concatenate([np.array(attributes, np.float32), _tag_numbers(tags)])


def of_prompt(prompt: str, vocabulary: frozenset[str]) -> Floats:
    """Give the condition that a prompt asks for, from attribute words and known file-name words."""
    said = split(prompt)
    attributes = np.zeros(len(ATTRIBUTES), np.float32)
    for index, attribute in enumerate(ATTRIBUTES.values()):
        for word in said:
            if word in attribute.more or word in attribute.less:
                attributes[index] = STRENGTH if word in attribute.more else -STRENGTH
    return np.concatenate([attributes, _tag_numbers(word for word in said if word in vocabulary)])


def _tag_numbers(tags: Iterable[str]) -> Floats:
    numbers = np.zeros(TAGS, np.float32)
    for tag in tags:
        digest = zlib.crc32(tag.encode())
        numbers[digest % TAGS] += 1 if digest >> 16 & 1 else -1
    return numbers
