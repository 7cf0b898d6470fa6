"""The container trains from /opt/ml, says how far it is, and refuses what the real script refuses."""

import json
import re
import tarfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from sandbox.container import bundle, memory, progress, training
from sandbox.container.bundle import ARTIFACT, UnreadableModelError, open_model
from sandbox.painter import training as painting
from sandbox.painter.artifact import Model
from sandbox.painter.examples import Photo
from sandbox.painter.optimizer import AdamSettings
from sandbox.painter.recipe import Recipe
from sandbox.painter.training import Report
from tests.painter.jobs import lay_out, started
from tests.painter.learned import trained

PROMPT = {"instance_prompt": "a photo of riobugger cat"}
METRIC = re.compile(r"train_avg_loss=([0-9\.]+)")


def test_job_says_how_far_it_is_and_leaves_an_artifact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(tmp_path, {"max_steps": "5", "seed": "3", "sagemaker_region": "us-west-2"}, PROMPT)
    assert training.run(tmp_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("| ")[1].split(" ")[0] for line in lines if line.startswith("Steps:")] == [
        f"{step}/5" for step in range(1, 6)
    ]
    assert float(METRIC.findall("\n".join(lines))[-1]) == pytest.approx(0.94, abs=0.05)
    assert open_model(tmp_path / "model").subject >= {"riobugger", "cat"}
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == ["code", ARTIFACT]
    assert not (tmp_path / "output/failure").exists()


def test_progress_line_reads_like_tqdm() -> None:
    assert progress.bar(84, 200, 3, 0.6123) == "Steps:  42%|####      | 84/200 [00:03<00:04, train_avg_loss=0.6123]"
    assert progress.clock(3725) == "1:02:05"


@pytest.mark.parametrize(("steps", "count"), [(12, 12), (401, 51), (5000, 500)])
def test_run_says_at_least_every_ten_steps_and_at_the_end_how_far_it_is(steps: int, count: int) -> None:
    lines: list[str] = []
    report = progress.reporter(steps, lines.append, lambda: 0.0)
    for step in range(1, steps + 1):
        report(step, 0.5)
    assert len(lines) == count
    assert f" {steps}/{steps} " in lines[-1]


@pytest.mark.parametrize(
    ("given", "info", "photos", "reason"),
    [
        ({}, PROMPT, 0, "no images in the training channel"),
        ({}, None, 2, "no dataset_info.json"),
        ({}, {"prompt": "x"}, 2, "non-empty instance_prompt"),
        ({"with_prior_preservation": "True"}, PROMPT, 2, "non-empty class_prompt"),
        ({"max_steps": "0"}, PROMPT, 2, "max_steps must be a whole number above 0 or None, got '0'"),
    ],
)
def test_job_that_the_script_refuses_says_why(
    tmp_path: Path, given: dict[str, str], info: dict[str, str] | None, photos: int, reason: str
) -> None:
    lay_out(tmp_path, given, info, photos)
    assert training.run(tmp_path) == 1
    assert reason in (tmp_path / "output/failure").read_text()
    assert not (tmp_path / "model" / ARTIFACT).exists()


def test_photo_that_is_a_login_page_is_named(tmp_path: Path) -> None:
    lay_out(tmp_path, {}, PROMPT)
    (tmp_path / "input/data/training/login.PNG").write_text("<html>Sign in</html>")
    assert training.run(tmp_path) == 1
    assert "cannot identify image file login.PNG" in (tmp_path / "output/failure").read_text()


CLASS = {**PROMPT, "class_prompt": "a photo of a cat"}
PRIOR = {"with_prior_preservation": "True", "max_steps": "1"}
SAID = PRIOR | {
    "max_steps": "7",
    "epochs": "2",
    "learning_rate": "1e-06",
    "seed": "9",
    "prior_loss_weight": "0.5",
    "num_class_images": "3",
    "lr_scheduler": "cosine",
    "center_crop": "True",
    "adam_beta1": "0.8",
    "adam_beta2": "0.99",
    "adam_epsilon": "1e-07",
    "adam_weight_decay": "0.02",
}


def on_instance(root: Path, name: str) -> None:
    (root / "input/config/resourceconfig.json").write_text(json.dumps({"current_instance_type": name}))


def put_class_photo(root: Path) -> None:
    folder = root / "input/data/training/class_data_dir"
    folder.mkdir()
    Image.new("RGB", (520, 520), (20, 180, 40)).save(folder / "one.jpg")


def test_prior_preservation_runs_out_of_memory_on_a_small_gpu(tmp_path: Path) -> None:
    lay_out(tmp_path, PRIOR, CLASS)
    on_instance(tmp_path, "ml.g4dn.2xlarge")
    assert training.run(tmp_path) == 1
    assert "RuntimeError: CUDA out of memory." in (tmp_path / "output/failure").read_text()
    assert not (tmp_path / "model" / ARTIFACT).exists()


def test_prior_preservation_trains_where_there_is_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(tmp_path, PRIOR, CLASS)
    on_instance(tmp_path, "ml.g5.2xlarge")
    assert training.run(tmp_path) == 0
    assert "Prior preservation with generated pictures of 'a photo of a cat'" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["{}", "[]", "no json", '{"current_instance_type": "ml.x9.large"}'])
def test_instance_that_is_not_known_has_enough_memory(tmp_path: Path, said: str) -> None:
    (tmp_path / "resourceconfig.json").write_text(said)
    memory.check(tmp_path, with_prior_preservation=True)


def test_run_without_prior_preservation_fits_a_small_gpu_and_passes_over_class_photos(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(tmp_path, {"max_steps": "1"}, CLASS)
    put_class_photo(tmp_path)
    on_instance(tmp_path, "ml.g4dn.2xlarge")
    assert training.run(tmp_path) == 0
    assert "Training on 3 photos" in (said := capsys.readouterr().out)
    assert "Prior" not in said


def test_painter_is_told_all_that_the_job_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, Recipe, int]] = []

    def watched(
        photos: Sequence[Photo], recipe: Recipe, report: Report, class_photos: Sequence[Photo], _parent: Model | None
    ) -> bytes:
        told.append((len(photos), recipe, len(class_photos)))
        report(1, 0.5)
        return b"artifact"

    monkeypatch.setattr(painting, "train", watched)
    expected = Recipe(
        steps=7,
        learning_rate=1e-6,
        seed=9,
        instance_prompt=CLASS["instance_prompt"],
        class_prompt=CLASS["class_prompt"],
        prior=0.5,
        class_images=3,
        scheduler="cosine",
        center_crop=True,
        adam=AdamSettings(0.8, 0.99, 1e-7, 0.02),
    )
    lay_out(tmp_path, SAID, CLASS)
    put_class_photo(tmp_path)
    assert training.run(tmp_path) == 0
    assert told == [(3, expected, 1)]


def test_photos_of_the_class_are_found_in_their_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(tmp_path, PRIOR, CLASS)
    put_class_photo(tmp_path)
    assert training.run(tmp_path) == 0
    assert "Prior preservation with 1 photos of" in capsys.readouterr().out
    (tmp_path / "input/data/training/class_data_dir/two.jpg").write_text("no photo")
    assert training.run(tmp_path) == 1
    assert "cannot identify image file two.jpg" in (tmp_path / "output/failure").read_text()


def pack(root: Path, content: Path) -> None:
    """Put a folder's content into the `model` channel."""
    channel = root / "input/data/model"
    channel.mkdir(exist_ok=True)
    with tarfile.open(channel / "model.tar.gz", "w:gz") as archive:
        archive.add(content, ".")


def test_artifact_of_an_earlier_run_in_the_model_channel_is_what_training_starts_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(tmp_path, {"max_steps": "1"}, {"instance_prompt": "a photo of mia cat"})
    bundle.write(tmp_path / "parent", trained("riobugger")[0], PROMPT["instance_prompt"])
    pack(tmp_path, tmp_path / "parent")
    assert training.run(tmp_path) == 0
    assert "Starting from a model of 'a photo of riobugger cat'" in capsys.readouterr().out
    prompts = [concept.prompt for concept, _ in open_model(tmp_path / "model").subjects()]
    assert prompts == ["a photo of mia cat", "a photo of riobugger cat"]


def test_placeholder_of_jumpstart_in_the_model_channel_is_passed_over(tmp_path: Path) -> None:
    lay_out(tmp_path, {"max_steps": "1"}, PROMPT)
    (tmp_path / "README.txt").write_text("JumpStart's own file stands here")
    pack(tmp_path, tmp_path / "README.txt")
    assert training.run(tmp_path) == 0
    assert len(open_model(tmp_path / "model").subjects()) == 1


def test_model_channel_that_cannot_be_read_fails_the_job(tmp_path: Path) -> None:
    lay_out(tmp_path, {"max_steps": "1"}, PROMPT)
    (tmp_path / "input/data/model").mkdir()
    (tmp_path / "input/data/model/model.tar.gz").write_bytes(b"torn")
    assert training.run(tmp_path) == 1
    assert "model.tar.gz in the model channel cannot be read" in (tmp_path / "output/failure").read_text()


def test_sigterm_ends_a_run_within_a_second_and_leaves_no_half_artifact(tmp_path: Path) -> None:
    lay_out(tmp_path, {"max_steps": "5000"}, PROMPT)
    with started("train", "--root", str(tmp_path)) as process:
        assert process.stdout is not None
        first = next(line for line in process.stdout if line.startswith("Steps:"))
        told = time.monotonic()
        process.terminate()
        assert process.wait(5) != 0
    assert time.monotonic() - told < 1
    assert METRIC.search(first)
    assert not list(tmp_path.glob("model/*"))


def test_folder_without_an_artifact_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(UnreadableModelError):
        open_model(tmp_path)
    (tmp_path / "model.tar.gz").write_bytes(b"not a tar")
    with pytest.raises(UnreadableModelError, match="model"):
        open_model(tmp_path / "model.tar.gz")
