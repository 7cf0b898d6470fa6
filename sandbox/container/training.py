"""A training job as the container runs it: configuration and photos in, log lines and an artifact out."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from sandbox.container import bundle, dataset, hyperparameters, progress
from sandbox.container.dataset import Dataset, DatasetError
from sandbox.container.hyperparameters import HyperparameterError, Hyperparameters
from sandbox.painter import training
from sandbox.painter.training import Recipe


def run(root: Path) -> int:
    """Train from a folder laid out as /opt/ml; a refusal goes to output/failure. Gives the exit code."""
    try:
        chosen = hyperparameters.parse(_given(root / "input" / "config" / "hyperparameters.json"))
        data = dataset.read(
            root / "input" / "data" / "training", with_prior_preservation=chosen.with_prior_preservation
        )
        _train(root / "model", chosen, data)
    except (HyperparameterError, DatasetError, OSError) as error:
        _fail(root / "output" / "failure", str(error))
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


def _train(folder: Path, chosen: Hyperparameters, data: Dataset) -> None:
    steps = chosen.steps(len(data.photos))
    say(f"Training on {len(data.photos)} photos of {data.instance_prompt!r}")
    say(f"max_train_steps={steps} learning_rate={chosen.learning_rate:g} seed={chosen.seed}")
    if chosen.with_prior_preservation:
        say("The sandbox's painter has no prior to preserve: class photos are not used")
    losses: list[float] = []
    report = progress.reporter(steps, say, time.monotonic)

    def step_done(step: int, loss: float) -> None:
        losses.append(loss)
        report(step, loss)

    recipe = Recipe(steps, chosen.learning_rate, chosen.seed, data.instance_prompt)
    artifact = training.train(data.photos, recipe, step_done)
    bundle.write(folder, artifact, data.instance_prompt)
    say(f"train_avg_loss={losses[-1]:.4f}")
    say(f"Model saved, {len(artifact) / 2**20:.1f} MB")


def _fail(path: Path, reason: str) -> None:
    say(f"Training failed: {reason}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(reason, "utf-8")
