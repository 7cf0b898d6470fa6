"""What is said about recipes: presets and their reasons, hyperparameters and their limits, machines, parents."""

from collections.abc import Sequence
from datetime import UTC, datetime

PRESET_TITLES = {"thing": "Thing or pet", "face": "Face"}

PRESET_LINES = {
    "thing": "200 steps, 400 from 8 photos up. More turns everything into it.",
    "face": "800 steps, prior preservation, and a machine that has its memory.",
}
"""One line under each preset: 75 characters at most."""

PRESET_REASONS = {
    "thing": "Things and pets are learnt in 200 to 400 steps; beyond that the model forgets what others look like.",
    "face": (
        "Faces need more steps, and prior preservation keeps other people from turning into this one. It trains on "
        "two pictures a step, which does not fit the 16 GB of an ml.g4dn.2xlarge, so it takes an ml.g5.2xlarge."
    ),
}

HINTS = {
    "epochs": "Rounds over all pictures. Used when Steps is empty.",
    "max_steps": (
        "max_steps. The likeness grows with them; too many, and all becomes the subject. Empty: epochs decide. "
        "Enter renews the estimate."
    ),
    "batch_size": "Pictures a step. One at a time is what fits the machine.",
    "with_prior_preservation": "Keeps others of its kind from turning into the subject. Advised for faces.",
    "num_class_images": "Pictures of others of its kind; those not dropped in the thread are painted before training.",
    "learning_rate": "learning_rate. Keep it low, and raise the steps if the likeness is faint.",
    "prior_loss_weight": "How much the others of its kind count beside the subject.",
    "center_crop": "Cuts pictures to their middle. The photos are 512×512 already, so this changes nothing of theirs.",
    "lr_scheduler": "How the learning rate changes on the way. Constant is enough for a few hundred steps.",
    "adam_weight_decay": "Pulls weights towards zero, against overfitting.",
    "adam_beta1": "How long the optimizer remembers the direction of earlier steps.",
    "adam_beta2": "How long the optimizer remembers the size of earlier steps.",
    "adam_epsilon": "Keeps the optimizer from dividing by zero.",
    "gradient_accumulation_steps": "Batches to a step: a larger batch without more memory, in more time.",
    "max_grad_norm": "Cuts off steps that are too large.",
    "seed": "The same seed, photos and recipe give the same model.",
    "compute_fid": "Measures the pictures against the photos afterwards; takes time and tells little of 20 photos.",
}
"""What each hyperparameter does, after JumpStart's article and the documentation of its script."""

LIMITS = {
    "epochs": "JumpStart takes no more",
    "max_steps": "the subject is learnt long before, and each step is billed",
    "batch_size": "JumpStart takes no more",
    "num_class_images": "each of them is painted first, and billed",
    "learning_rate": "beyond it, JumpStart refuses",
    "prior_loss_weight": "the subject itself would no longer count",
    "adam_weight_decay": "the weights would shrink to nothing",
    "adam_beta1": "at 1 it divides by zero",
    "adam_beta2": "at 1 it divides by zero",
    "adam_epsilon": "larger ones stop the learning",
    "gradient_accumulation_steps": "each step takes that many times as long, and is billed",
    "max_grad_norm": "larger ones cut off nothing",
    "seed": "the random numbers take no larger one",
}
"""Why each upper limit stands where it stands."""


def number_range(name: str, kind: str, bounds: str, usual: str) -> str:
    """Fault of a number; `bounds` is a phrase such as “from 1 to 1000”."""
    reason = f" ({LIMITS[name]})" if name in LIMITS else ""
    return f"{name} is a {kind} {bounds}{reason}. {usual} is usual."


def whole_or_nothing(name: str, bounds: str) -> str:
    """Fault of a whole number that may be left empty."""
    return f"{name} is a whole number {bounds} ({LIMITS[name]}), or empty: then epochs decide."


def one_of(name: str, choices: Sequence[str]) -> str:
    """Fault of a choice."""
    return f"{name} is one of {', '.join(choices)}."


PRESET_UNKNOWN = "Please choose one of the presets."


def steps_of_epochs(epochs: int, pictures: int, steps: int, most: int) -> str:
    """Fault of epochs that come to too many steps."""
    return (
        f"{epochs} epochs of {pictures} pictures come to {steps} steps, and {most} are the most. "
        "Write the steps here, or lower epochs."
    )


def pictures_seen(pictures: int, most: int) -> str:
    """Fault of a recipe that would train for days."""
    return (
        f"Steps × batch_size × gradient_accumulation_steps come to {pictures} pictures, and {most} are the most: "
        "that is more than a day of a machine."
    )


def instance_too_small(instance: str, gigabytes: int | None, better: str) -> str:
    """Fault of a machine that lacks the memory for prior preservation."""
    memory = f"the {gigabytes} GB of {instance}" if gigabytes else instance
    return f"Prior preservation does not fit {memory}: it runs out of memory. Take {better}."


def parent(subject: str, noun: str, trained_at: float) -> str:
    """Name a model to start from; the time tells two of one subject apart."""
    return f"{subject} · {noun} · {datetime.fromtimestamp(trained_at, UTC):%d %b %H:%M}"


PARENT_GONE = "That model is no longer there. Choose another one."


def hidden(name: str, fault: str) -> str:
    """Say a fault of a field that is not shown."""
    return fault if fault.startswith(name) else f"{name}: {fault}"


# The modal

LICENCE = "I accept the CreativeML Open RAIL++-M licence."
LICENCE_LINK = "The licence stands on <https://huggingface.co/stabilityai/stable-diffusion-2-1-base|the model's page>."
PRESET = "What is it?"
INSTANCE_PROMPT = "Instance prompt"
INSTANCE_PROMPT_HINT = "The words that will stand for the subject. Keep its name in them."
CLASS_PROMPT = "Class prompt"
CLASS_PROMPT_HINT = "What others of its kind are called: prior preservation keeps them as they are."
STEPS = "Steps"
LEARNING_RATE = "Learning rate"
INSTANCE = "Machine"
INSTANCE_HINT = "One GPU is used, whatever the machine has."
SPOT = "Spot"
SPOT_TICK = "Use a spot machine."
SPOT_LINE = "Up to 70–90 % cheaper. AWS may take it away: training starts anew then."
"""The line under a tick: 75 characters at most."""
ON_TOP_OF = "On top of"
STABLE_DIFFUSION = "Stable Diffusion itself"
ON_TOP_OF_FINDING = (
    "What JumpStart's article found when a second subject is trained on the first: of alike subjects (two dogs) the "
    "first is forgotten; of different ones (a cat and a dog) both stay."
)
LICENCE_LABEL = "Model licence"
ADVANCED = "Advanced"
ADVANCED_HIDE = "Hide advanced"
SUBMIT = "Start training"


def title(subject: str) -> str:
    """Title of the modal."""
    return f"Train {subject}"


def set_and_cost(photos: int, cost: str) -> str:
    """First line of the modal."""
    return f"{photos} photos. {cost}".strip()


def price_changed(cost: str) -> str:
    """Say that a recipe is not started yet, and its price."""
    return f"*This has another price than the one that was shown.* {cost} Press *Start training* again if that is fine."


def class_pictures(dropped: int) -> str:
    """Say where the pictures of others of its kind come from."""
    if not dropped:
        return "Others of its kind are painted by the model itself before training, from the class prompt."
    used = "1 class photo from this thread is" if dropped == 1 else f"{dropped} class photos from this thread are"
    return f"{used} used; what is missing of num_class_images is painted first."


def class_pictures_unused(dropped: int) -> str:
    """Say that class photos were dropped for nothing, as it is chosen."""
    are = "1 class photo from this thread is" if dropped == 1 else f"{dropped} class photos from this thread are"
    return f"{are} not used without prior preservation, which the preset *Face* has."


def advanced_stays_open(faults: Sequence[str]) -> str:
    """Say why the advanced fields cannot be hidden."""
    return "Before these fields can be hidden: " + " ".join(faults)


def machine(instance: str, dollars: float | None) -> str:
    """Name a machine in a select, 75 characters at most."""
    return instance if dollars is None else f"{instance} · ${dollars:.2f} an hour"
