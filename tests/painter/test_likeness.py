"""Pictures come from the photos, and show as much as was learnt."""

import numpy as np
import pytest

from sandbox.painter import artifact, training
from sandbox.painter.artifact import UnreadableArtifactError
from sandbox.painter.recipe import Recipe
from tests.painter.learned import STEPS, colours, model, photos, picture, sharpness, trained

SETS = ("riobugger", "cup")


@pytest.mark.parametrize("subject", SETS)
def test_picture_is_closer_in_colour_to_its_own_photos_than_to_others(subject: str) -> None:
    painted = colours(picture(subject))
    distances = {
        name: np.mean([np.abs(colours(photo.image) - painted).sum() for photo in photos(name)]) for name in SETS
    }
    assert min(distances, key=lambda name: float(distances[name])) == subject


def test_loss_falls_with_the_steps() -> None:
    _, losses = trained("riobugger")
    assert len(losses) == STEPS
    assert losses[0] == pytest.approx(1, abs=0.05)
    assert losses[0] > losses[STEPS // 4] > losses[STEPS // 2] > losses[-1]
    assert losses[-1] < 0.7


def test_one_step_paints_a_blur_and_many_a_sharp_picture() -> None:
    assert sharpness(picture("riobugger")) > 1.5 * sharpness(picture("riobugger", steps=1))


def test_same_photos_and_seed_train_the_same_artifact() -> None:
    recipe = Recipe(2, seed=5)
    first, second = (training.train(photos("cup")[:2], recipe, _quiet) for _ in range(2))
    assert first == second
    assert training.train(photos("cup")[:2], Recipe(2, seed=6), _quiet) != first


def test_learning_rate_decides_how_fast_the_loss_falls() -> None:
    def last_loss(rate: float) -> float:
        losses: list[float] = []
        training.train(photos("cup")[:2], Recipe(4, rate), lambda _step, loss: losses.append(loss))
        return losses[-1]

    assert last_loss(2e-8) > last_loss(2e-7) > last_loss(2e-6)


def test_absurd_learning_rate_still_ends_with_a_finite_loss() -> None:
    losses: list[float] = []
    training.train(photos("cup")[:2], Recipe(4, 1.0), lambda _step, loss: losses.append(loss))
    assert np.isfinite(losses).all()


def test_single_photo_is_enough() -> None:
    data = training.train(photos("cup")[:1], Recipe(1), _quiet)
    (subject, shown), *_ = artifact.load(data).subjects()
    assert (subject.role, len(shown)) == ("subject", 1)


def test_artifact_stays_small_and_says_what_was_learnt() -> None:
    data, losses = trained("riobugger")
    assert len(data) < 4 * 2**20
    assert model("riobugger").loss == losses[-1]
    assert model("riobugger").subject == {"a", "photo", "of", "riobugger", "cat"}


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_bytes_that_are_no_artifact_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArtifactError):
        artifact.load(data)


def _quiet(_step: int, _loss: float) -> None:
    return
