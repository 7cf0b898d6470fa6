"""The trained artifact: what a run has learnt, as the bytes of one compressed NumPy archive.

Photos are stored as JPEG and the autoencoder at half precision, so a model read back differs a little from
the one in memory. Only `load` gives a `Model`: pictures are always painted from the saved form.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sandbox.painter import examples, views, words
from sandbox.painter.autoencoder import Autoencoder
from sandbox.painter.concepts import Concept, Role, from_note
from sandbox.painter.examples import Examples
from sandbox.painter.network import LAYERS, Denoiser
from sandbox.painter.pixels import Floats
from sandbox.painter.views import View

VERSION = 2
"""Written into each artifact and asked for on loading."""


class UnreadableArtifactError(Exception):
    """The bytes are not an artifact of this painter."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a training run ends with: its examples, the autoencoder, the network, the loss, a style of its own."""

    seen: Examples
    encoder: Autoencoder
    network: Denoiser
    loss: float
    style: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """What pictures are painted from.

    `pictures` (n, 32, 32, 3) are the views at 32x32 and `thumbnails` the photos small; `vocabulary` holds the
    file-name words that can be asked for; `loss` says how much was learnt (1 nothing, about 0.4 well).
    `concepts` are what was in the mix, the subject first, and `counts` how many views each has, in their order.
    `style` is the phrase of the style that it paints in when a prompt names none; empty: as it is.
    """

    photos: list[Image.Image]
    thumbnails: list[Image.Image]
    views: list[View]
    pictures: Floats
    vocabulary: frozenset[str]
    encoder: Autoencoder
    network: Denoiser
    loss: float
    concepts: list[Concept]
    counts: list[int]
    style: str = ""

    @property
    def subject(self) -> frozenset[str]:
        """The words of the instance prompt."""
        return frozenset(words.split(self.concepts[0].prompt))

    def strangeness(self, concept: Concept) -> Floats:
        """Say of each view how seldom it was shown under a concept's name: from 0, its own, to 1, never; (n,)."""
        found: list[Floats] = []
        for one, count in zip(self.concepts, self.counts, strict=True):
            strange = 0.0 if one == concept else 1 - concept.taken if one.role is Role.SUBJECT else 1.0
            found.append(np.full(count, strange, np.float32))
        return np.concatenate(found)

    def subjects(self) -> list[tuple[Concept, list[Image.Image]]]:
        """Give the subject and those of earlier runs, each with its photos: what a child starts from."""
        found: list[tuple[Concept, list[Image.Image]]] = []
        for concept, last, count in zip(self.concepts, np.cumsum(self.counts), self.counts, strict=True):
            if concept.role in (Role.SUBJECT, Role.EARLIER):
                shown = sorted({view.photo for view in self.views[last - count : last]})
                found.append((concept, [self.photos[k] for k in shown]))
        return found


def dump(learned: Learned) -> bytes:
    """Write what was learnt as the bytes of an artifact; the same run gives the same bytes."""
    seen, encoder = learned.seen, learned.encoder
    note = {
        "version": VERSION,
        "loss": learned.loss,
        "scale": encoder.scale,
        "photos": len(seen.photos),
        "vocabulary": seen.vocabulary(),
        "concepts": [concept.note() for concept in seen.concepts],
        "counts": seen.counts,
        "style": learned.style,
    }
    arrays: dict[str, NDArray[Any]] = {
        "note": np.frombuffer(json.dumps(note).encode(), np.uint8),
        "views": np.stack([view.row() for view in seen.views]),
        "pictures": ((seen.pictures + 1) * np.float32(127.5)).astype(np.uint8),
        "mean": encoder.mean.astype(np.float16),
        "basis": encoder.basis.astype(np.float16),
    }
    arrays |= {f"weight{k}": weight for k, weight in enumerate(learned.network.weights)}
    arrays |= {f"photo{k}": _jpeg(photo) for k, photo in enumerate(seen.photos)}
    target = io.BytesIO()
    np.savez_compressed(target, allow_pickle=False, **arrays)
    return target.getvalue()


def load(data: bytes) -> Model:
    """Read an artifact.

    Raises:
        UnreadableArtifactError: the bytes are no artifact, or one of another version.
    """
    try:
        with np.load(io.BytesIO(data)) as archive:
            arrays: dict[str, NDArray[Any]] = {name: archive[name] for name in archive.files}
        note = json.loads(arrays["note"].tobytes())
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableArtifactError("this is not an artifact of the sandbox's painter") from error
    if note["version"] != VERSION:
        raise UnreadableArtifactError(f"the artifact has version {note['version']}, not {VERSION}")
    return _model(arrays, note)


def _model(arrays: Mapping[str, NDArray[Any]], note: Mapping[str, Any]) -> Model:
    photos = [Image.open(io.BytesIO(arrays[f"photo{k}"].tobytes())).convert("RGB") for k in range(note["photos"])]
    weights = [arrays[f"weight{k}"] for k in range(2 * (len(LAYERS) - 1))]
    basis, mean = arrays["basis"].astype(np.float32), arrays["mean"].astype(np.float32)
    return Model(
        photos=photos,
        thumbnails=[examples.thumbnail(photo) for photo in photos],
        views=[views.from_row(row) for row in arrays["views"]],
        pictures=arrays["pictures"].astype(np.float32) / np.float32(127.5) - np.float32(1),
        vocabulary=frozenset(note["vocabulary"]),
        encoder=Autoencoder(mean, basis, note["scale"]),
        network=Denoiser(weights),
        loss=note["loss"],
        concepts=[from_note(one) for one in note["concepts"]],
        counts=note["counts"],
        style=note.get("style", ""),
    )


def _jpeg(photo: Image.Image) -> NDArray[np.uint8]:
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=92)
    return np.frombuffer(target.getvalue(), np.uint8)
