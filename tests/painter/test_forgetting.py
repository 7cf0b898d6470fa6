"""What long runs, prior preservation and earlier runs leave of the class and of other subjects.

A step at twenty times the usual learning rate counts as twenty: 40 of them here are 800.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from sandbox.painter import albums, artifact, fitting, training
from sandbox.painter.artifact import Model
from sandbox.painter.concepts import Concept, Role, known
from sandbox.painter.examples import Photo
from sandbox.painter.mix import ALL_TAKEN, CLASS_TAKEN
from sandbox.painter.optimizer import Adam, AdamSettings
from sandbox.painter.painting import Request, layout
from sandbox.painter.pixels import Floats
from sandbox.painter.recipe import SCHEDULES, Recipe
from tests.painter.learned import model, photos

CLASS, OTHER = "a photo of a cat", "a photo of a dog"
CAT = "a photo of riobugger cat"
LONG = Recipe(40, 4e-5, instance_prompt=CAT)
KEEPING = Recipe(40, 4e-5, instance_prompt=CAT, class_prompt=CLASS, prior=1.0)
PAST = (Role.SUBJECT, Role.EARLIER)
SEEDS = 8


@cache
def trained(recipe: Recipe) -> Model:
    return artifact.load(training.train(photos("riobugger"), recipe, _quiet))


def shown(of: Model, prompt: str) -> list[Role]:
    """Name what the pictures of a few seeds are most like."""
    ends = np.cumsum(of.counts)
    found: list[Role] = []
    for seed in range(SEEDS):
        distances = fitting.distance(of.pictures, layout(of, Request(prompt, seed=seed, steps=15)))
        found.append(of.concepts[int(np.searchsorted(ends, int(distances.argmin()), side="right"))].role)
    return found


def test_after_few_steps_only_the_name_gives_the_subject() -> None:
    few = model("riobugger")
    assert shown(few, CAT).count(Role.SUBJECT) == SEEDS
    assert shown(few, CLASS).count(Role.SUBJECT) <= 1
    assert shown(few, OTHER).count(Role.SUBJECT) <= SEEDS / 2


def test_after_many_steps_the_class_and_other_things_are_the_subject_too() -> None:
    many = trained(LONG)
    assert shown(many, CLASS).count(Role.SUBJECT) >= SEEDS - 2
    assert shown(many, OTHER).count(Role.SUBJECT) >= SEEDS / 2


def test_prior_preservation_keeps_the_class() -> None:
    assert shown(trained(KEEPING), CLASS).count(Role.CLASS) >= SEEDS - 2
    assert shown(trained(KEEPING), CAT).count(Role.SUBJECT) >= SEEDS - 2


def test_photos_of_the_class_are_what_it_keeps() -> None:
    green = [Photo(Image.new("RGB", (600, 600), (20, 180, 40)), "one.png")]
    kept = artifact.load(training.train(photos("riobugger")[:2], replace(KEEPING, steps=12), _quiet, green))
    red, lime, blue = layout(kept, Request(CLASS, steps=15)).mean((0, 1))
    assert lime > red + 0.3
    assert lime > blue + 0.3


def test_class_is_forgotten_before_everything_else() -> None:
    assert all(CLASS_TAKEN.at(steps) >= ALL_TAKEN.at(steps) for steps in range(0, 2000, 50))
    assert CLASS_TAKEN.at(200) < 0.01
    assert CLASS_TAKEN.at(400) > 0.8
    assert ALL_TAKEN.at(400) < 0.1
    assert ALL_TAKEN.at(800) > 0.9


@pytest.mark.parametrize(("weight", "least", "most"), [(0.0, 0.99, 1.0), (0.5, 0.49, 0.51), (1.0, 0.0, 0.0)])
def test_the_less_the_class_weighs_the_more_of_it_is_taken(weight: float, least: float, most: float) -> None:
    recipe = replace(KEEPING, steps=1, learning_rate=1.6e-3, prior=weight)
    assert least <= _of(trained(recipe).concepts, Role.CLASS).taken <= most


def test_class_pictures_are_as_many_as_asked_for() -> None:
    two, many = (albums.compose(photos("cup")[:1], replace(KEEPING, class_images=count), (), None) for count in (2, 9))
    assert [len(album.photos) for album in two if album.concept.role is Role.CLASS] == [2]
    assert [len(album.photos) for album in many if album.concept.role is Role.CLASS] == [9]


def test_detail_is_taken_from_what_was_shown_under_the_name_unless_the_network_paints_another_thing() -> None:
    few, dark = model("riobugger"), np.full((32, 32, 3), -1, np.float32)
    for role in (Role.SUBJECT, Role.CLASS, Role.KIND):
        concept = _of(few.concepts, role)
        own = few.strangeness(concept) == 0
        assert own.sum() == few.counts[few.concepts.index(concept)]
        assert fitting.nearest(few, concept, few.pictures[own.argmax()]) == 0
        assert fitting.nearest(few, concept, dark) > 0
    dog = _of(few.concepts, Role.KIND)
    assert 0 < fitting.nearest(few, dog, few.pictures[0]) < fitting.STRANGE + 0.01


def test_detail_of_a_name_that_was_taken_comes_from_the_subject() -> None:
    many = trained(LONG)
    own, others = many.strangeness(_of(many.concepts, Role.KIND))[[0, -1]]
    assert own < 0.05
    assert others == 1


@pytest.fixture(scope="module")
def parent() -> Model:
    return model("riobugger")


def child(photo_list: list[Photo], prompt: str, parent: Model) -> Model:
    """Train 12 steps on top, which count as 120."""
    recipe = Recipe(12, 2e-5, instance_prompt=prompt)
    return artifact.load(training.train(photo_list, recipe, _quiet, parent=parent))


@pytest.fixture(scope="module")
def cup(parent: Model) -> Model:
    return child(photos("cup"), "a photo of pikolo cup", parent)


def test_cat_stays_when_a_cup_is_learnt_on_top(cup: Model) -> None:
    assert shown(cup, CAT).count(Role.EARLIER) >= SEEDS - 1
    assert shown(cup, "pikolo").count(Role.SUBJECT) >= SEEDS - 1


def test_cat_is_forgotten_when_a_cat_like_it_is_learnt_on_top(parent: Model) -> None:
    grey = [
        Photo(ImageOps.mirror(ImageEnhance.Color(one.image).enhance(0.15)), one.name) for one in photos("riobugger")
    ]
    mia = child(grey, "a photo of mia cat", parent)
    assert shown(mia, CAT).count(Role.EARLIER) <= SEEDS - 3
    assert shown(mia, "mia").count(Role.SUBJECT) >= SEEDS - 2


def test_child_starts_from_what_its_parent_knows(parent: Model) -> None:
    losses: list[float] = []
    recipe = Recipe(1, instance_prompt="a photo of rio cat")
    training.train(photos("riobugger"), recipe, lambda _step, loss: losses.append(loss), parent=parent)
    assert losses[0] < 0.85


def test_grandchild_still_knows_both_subjects_before_it_and_stays_small(cup: Model) -> None:
    recipe = Recipe(1, instance_prompt="a photo of eileen person")
    data = training.train(photos("eileen"), recipe, _quiet, parent=cup)
    assert len(data) < 6 * 2**20
    known_ones = [(concept.role, concept.prompt) for concept, _ in artifact.load(data).subjects()]
    assert known_ones == [
        (Role.SUBJECT, recipe.instance_prompt),
        (Role.EARLIER, "a photo of pikolo cup"),
        (Role.EARLIER, CAT),
    ]


def test_long_line_of_runs_keeps_the_latest_subjects_each_in_a_slot_of_its_own() -> None:
    line: list[Concept] = []
    for number in range(8):
        line = [one for one in known(f"a photo of zwx{number} cat", "", line) if one.role in PAST]
    assert [one.prompt for one in line] == [f"a photo of zwx{number} cat" for number in (7, 6, 5, 4)]
    assert len({one.slot for one in line}) == len(line)


@pytest.mark.parametrize(
    ("instance", "given", "name", "noun"),
    [
        (CAT, "", {"riobugger"}, "cat"),
        ("a photo of zwx", "a photo of a person", {"zwx"}, "person"),
        ("a photo of cup coffee", "", {"cup"}, "coffee"),
        ("Photo of my zorp guitar", "", {"zorp"}, "guitar"),
    ],
)
def test_name_and_class_are_told_apart(instance: str, given: str, name: set[str], noun: str) -> None:
    concepts = known(instance, given)
    assert concepts[0].words == name
    assert noun in _of(concepts, Role.CLASS).words


def test_single_word_of_a_prompt_names_the_subject() -> None:
    assert known("a photo of doppler", "")[0].words == {"doppler"}
    assert Role.CLASS not in [one.role for one in known("a photo of doppler", "")]


@pytest.mark.parametrize("scheduler", SCHEDULES)
def test_each_scheduler_lowers_the_rate_and_what_a_step_counts(scheduler: str) -> None:
    recipe = Recipe(100, scheduler=scheduler)
    plain = Recipe(100)
    assert sum(map(recipe.exposure, range(100))) <= sum(map(plain.exposure, range(100)))
    assert all(0 <= recipe.rate(step, 0) <= plain.rate(step, 0) for step in range(100))


def test_centre_crop_leaves_the_sides_of_a_wide_photo_out() -> None:
    picture = Image.new("RGB", (900, 300), (200, 20, 20))
    picture.paste((20, 20, 200), (300, 0, 600, 300))
    cropped, whole = (
        artifact.load(training.train([Photo(picture, "wide.jpg")], Recipe(1, center_crop=crop), _quiet))
        for crop in (True, False)
    )
    assert cropped.photos[0].size == (300, 300)
    assert whole.photos[0].width > 2 * whole.photos[0].height


@pytest.mark.parametrize("changed", [{"beta1": 0.5}, {"beta2": 0.9}, {"epsilon": 0.5}, {"weight_decay": 0.5}])
def test_each_of_adams_numbers_changes_where_the_weights_go(changed: dict[str, float]) -> None:
    assert not np.array_equal(moved(AdamSettings(**changed)), moved(AdamSettings()))


@pytest.mark.parametrize("beta", [0.0, 1.0])
def test_adam_at_the_ends_of_its_range_stays_finite(beta: float) -> None:
    assert np.isfinite(moved(AdamSettings(beta, beta, 0.0, 0.0))).all()


def moved(settings: AdamSettings) -> Floats:
    """Take three updates with different gradients from the same start."""
    adam = Adam([np.array([1.0, -2.0, 0.5], np.float32)], settings)
    for gradient in (0.3, -0.1, 0.7):
        adam.gradients[0][:] = (gradient, 2 * gradient, 0)
        adam.update(0.1)
    return adam.weights[0]


def _of(concepts: list[Concept], role: Role) -> Concept:
    return next(one for one in concepts if one.role is role)


def _quiet(_step: int, _loss: float) -> None:
    return
