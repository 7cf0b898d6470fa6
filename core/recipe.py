"""How a run trains: what a person chose in the modal, checked before anything is queued."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from core import grammar, machines, presets, words
from core.hyperparameters import NOTHING, RULES, SENT_AS_IT_IS, fault, has_prior, written
from core.outlook import hurdle, supported
from core.records import Outlook, Run

PHOTOS_LEAST = 4
PHOTOS_MOST = 20
"""JumpStart's article advises 4 to 20 good photos."""
STEPS_MOST = int(RULES["max_steps"].most)
PICTURES_MOST = 40_000
"""Pictures that a training may look at in all: about a day at the 2.2 seconds of each that the article's times say."""
PROMPT_MOST = 200

Faults = dict[str, str]
"""A sentence for each field that is at fault, by the field's name."""


@dataclass(frozen=True)
class Terms:
    """What a recipe is chosen for: the set, this deployment's machine, what AWS has, and what to start from.

    `parents` are models by id, each with its label, at most 99; `outlook` is None where AWS has not been asked yet;
    `hosting` is the machine that the endpoint will run on.
    """

    photos: int
    class_photos: int = 0
    default_instance: str = machines.MACHINES[0]
    hosting: str = ""
    outlook: Outlook | None = None
    parents: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def offered(self) -> tuple[str, ...]:
        """The machines that can be chosen."""
        return machines.offered(self.default_instance, supported(self.outlook) if self.outlook else ())

    def usual(self, *, prior: bool) -> str:
        """Give the machine that is taken when nobody chooses one."""
        return machines.usual(self.default_instance, self.offered, prior=prior)


@dataclass(frozen=True)
class Choice:
    """A recipe without fault. `max_steps` is the optimizer steps in all, `parent` a model's id or empty."""

    preset: str
    instance_prompt: str
    class_prompt: str
    hyperparameters: dict[str, str]
    max_steps: int
    instance: str
    spot: bool
    parent: str


def instance_prompt(subject: str, noun: str) -> str:
    """Give the prompt that stands for the subject while it is learnt."""
    return f"a photo of {subject} {noun}"


def class_prompt(noun: str) -> str:
    """Give the prompt that stands for the subject's class."""
    return f"a photo of a {noun}"


def filled(run: Run, answers: Mapping[str, str], terms: Terms) -> dict[str, str]:
    """Give the answer to every question; where there is none, what the preset, the run or this deployment says."""
    asked = answers.get("preset", run.preset)
    preset = asked if asked in presets.PRESETS else presets.THING
    chosen = presets.hyperparameters(preset, terms.photos) | dict(answers)
    prior = has_prior(chosen)
    return {
        "preset": preset,
        "instance_prompt": run.instance_prompt or instance_prompt(run.subject, run.noun),
        "class_prompt": run.class_prompt or class_prompt(run.noun),
        "instance": terms.usual(prior=prior),
        "spot": "",
        "parent": run.parent if run.parent in terms.parents else "",
        "licence": "",
    } | chosen


def chosen_then(run: Run) -> dict[str, str]:
    """Give the answers that a run was started with, for a modal to begin with: field → text."""
    told = {name: value for name, value in run.hyperparameters.items() if name in RULES}
    machine = {"instance": run.instance} if run.instance else {}
    return told | machine | {"preset": run.preset, "spot": "yes" if run.spot else ""}


def read(run: Run, answers: Mapping[str, str], terms: Terms) -> Choice | Faults:
    """Read a modal's answers: a recipe that can be queued, or what is wrong with them, all at once."""
    given = filled(run, answers, terms)
    found = {name: said for name, said in _faults(run, given, terms).items() if said}
    if found:
        return found
    excess = _excess(given, terms)
    return {"max_steps": excess} if excess else _choice(given, terms)


def sketch(run: Run, answers: Mapping[str, str], terms: Terms) -> Choice:
    """Give the recipe as far as it is without fault, the preset's where it is not: for an estimate, not for a queue."""
    given = filled(run, answers, terms)
    wrong = {name for name, said in _faults(run, given, terms).items() if said}
    kept = {name: value for name, value in answers.items() if name not in wrong}
    return _choice(filled(run, kept, terms), terms)


def _choice(given: Mapping[str, str], terms: Terms) -> Choice:
    steps = _steps(given, terms)
    chosen = {name: written(name, given[name]) for name in RULES}
    return Choice(
        preset=given["preset"],
        instance_prompt=_clean(given["instance_prompt"]),
        class_prompt=_clean(given["class_prompt"]),
        hyperparameters=chosen | dict(SENT_AS_IT_IS) | {"max_steps": str(steps)},
        max_steps=steps,
        instance=given["instance"],
        spot=bool(given["spot"]),
        parent=given["parent"],
    )


def _faults(run: Run, given: Mapping[str, str], terms: Terms) -> Faults:
    prior = has_prior(given)
    return {name: fault(name, given[name]) for name in RULES} | {
        "preset": "" if given["preset"] in presets.PRESETS else words.recipe.PRESET_UNKNOWN,
        "instance_prompt": _prompt_fault(given["instance_prompt"], run.subject),
        "class_prompt": _prompt_fault(given["class_prompt"], "") if prior else "",
        "instance": _instance_fault(given["instance"], terms, prior=prior, spot=bool(given["spot"])),
        "parent": "" if given["parent"] in {"", *terms.parents} else words.recipe.PARENT_GONE,
        "licence": "" if given["licence"] else words.training.LICENCE_NEEDED,
    }


def _prompt_fault(typed: str, subject: str) -> str:
    prompt = _clean(typed)
    if not prompt:
        return words.training.FIELD_EMPTY
    if len(prompt) > PROMPT_MOST:
        return words.training.field_too_long(PROMPT_MOST)
    return "" if not subject or grammar.mentions(subject, prompt) else words.training.prompt_without_subject(subject)


def _clean(typed: str) -> str:
    """Take what cannot be seen out of a prompt: it could not be typed again."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())


def _instance_fault(instance: str, terms: Terms, *, prior: bool, spot: bool) -> str:
    if instance not in terms.offered:
        return words.money.not_supported(instance, terms.offered)
    if not machines.fits(instance, prior=prior):
        return words.recipe.instance_too_small(instance, machines.gpu_gb(instance), terms.usual(prior=True))
    return hurdle(terms.outlook, instance, spot=spot) if terms.outlook else ""


def pictures(given: Mapping[str, str], terms: Terms) -> int:
    """Count the pictures of an epoch: the photos, or with prior preservation those of the class, if they are more."""
    if not has_prior(given):
        return terms.photos
    return max(terms.photos, terms.class_photos, int(given["num_class_images"]))


def _steps(given: Mapping[str, str], terms: Terms) -> int:
    """Count the optimizer steps in all: `max_steps`, or what the epochs come to."""
    if written("max_steps", given["max_steps"]) != NOTHING:
        return int(given["max_steps"])
    return int(given["epochs"]) * ceil(pictures(given, terms) / _pictures_a_step(given))


def _pictures_a_step(given: Mapping[str, str]) -> int:
    return int(given["batch_size"]) * int(given["gradient_accumulation_steps"])


def _excess(given: Mapping[str, str], terms: Terms) -> str:
    """Say what is too much in numbers that are fine each by itself."""
    steps, looked_at = _steps(given, terms), pictures(given, terms)
    if steps > STEPS_MOST:
        return words.recipe.steps_of_epochs(int(given["epochs"]), looked_at, steps, STEPS_MOST)
    seen = steps * _pictures_a_step(given)
    return words.recipe.pictures_seen(seen, PICTURES_MOST) if seen > PICTURES_MOST else ""
