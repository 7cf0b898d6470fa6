"""A training job as the container runs it: configuration and photos in, log lines and an artifact out."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from sandbox.container import bundle, dataset, hyperparameters, memory, progress
from sandbox.container.dataset import Dataset
from sandbox.container.hyperparameters import HyperparameterError, Hyperparameters
from sandbox.container.refusal import Refusal
from sandbox.painter import training
from sandbox.painter.artifact import Model
from sandbox.painter.optimizer import AdamSettings
from sandbox.painter.recipe import Recipe


def run(root: Path) -> int:
    """Train from a folder laid out as /opt/ml; a refusal goes to output/failure. Gives the exit code."""
    data, config = root / "input" / "data", root / "input" / "config"
    try:
        chosen = hyperparameters.parse(_given(config / "hyperparameters.json"))
        prior = chosen.with_prior_preservation
        photos = dataset.read(data / "training", with_prior_preservation=prior)
        memory.check(config, with_prior_preservation=prior)
        _train(root / "model", chosen, photos, bundle.earlier_model(data / "model"))
    except (Refusal, OSError) as error:
        kind = error.raised if isinstance(error, Refusal) else type(error).__name__
        _fail(root / "output" / "failure", f"{kind}: {error}")
        return 1
    return 0


def say(line: str) -> None:
    """Write a log line at once, for whoever follows the log."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _given(path: Path) -> dict[str, str]:
    try:
        given: Any = json.loads(path.read_text("utf-8"))
        return {str(name): str(value) for name, value in given.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError) as error:
        raise HyperparameterError(f"hyperparameters.json is not a JSON object: {error}") from error


def _train(folder: Path, chosen: Hyperparameters, data: Dataset, parent: Model | None) -> None:
    steps = chosen.steps(len(data.photos))
    for line in _opening(chosen, data, parent):
        say(line)
    losses: list[float] = []
    report = progress.reporter(steps, say, time.monotonic)

    def step_done(step: int, loss: float) -> None:
        losses.append(loss)
        report(step, loss)

    artifact = training.train(data.photos, _recipe(chosen, data), step_done, data.class_photos, parent)
    bundle.write(folder, artifact, data.instance_prompt)
    say(f"train_avg_loss={losses[-1]:.4f}")
    say(f"Model saved, {len(artifact) / 2**20:.1f} MB")


def _opening(chosen: Hyperparameters, data: Dataset, parent: Model | None) -> list[str]:
    """Give the log lines that say what is trained."""
    lines = [
        f"Training on {len(data.photos)} photos of {data.instance_prompt!r}",
        f"max_train_steps={chosen.steps(len(data.photos))} learning_rate={chosen.learning_rate:g} seed={chosen.seed}",
    ]
    if chosen.with_prior_preservation:
        source = f"{len(data.class_photos)} photos" if data.class_photos else "generated pictures"
        lines.append(f"Prior preservation with {source} of {data.class_prompt!r}")
    if parent is not None:
        lines.append(f"Starting from a model of {parent.concepts[0].prompt!r}")
    return lines


def _recipe(chosen: Hyperparameters, data: Dataset) -> Recipe:
    return Recipe(
        steps=chosen.steps(len(data.photos)),
        learning_rate=chosen.learning_rate,
        seed=chosen.seed,
        instance_prompt=data.instance_prompt,
        class_prompt=data.class_prompt,
        prior=chosen.prior_loss_weight if chosen.with_prior_preservation else 0.0,
        class_images=chosen.num_class_images,
        scheduler=chosen.lr_scheduler,
        center_crop=chosen.center_crop,
        adam=AdamSettings(chosen.adam_beta1, chosen.adam_beta2, chosen.adam_epsilon, chosen.adam_weight_decay),
    )


def _fail(path: Path, reason: str) -> None:
    say(f"Training failed: {reason}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(reason, "utf-8")
