"""What is said about typing, prompts and pictures."""

from core.words import text

LEARN_HELP = "Tell me a name and what it is: `/train riobugger cat`, or `@Darkroom learn riobugger the cat`."

IMAGINE_HELP = "`/imagine a photo of riobugger cat on the beach --n 2 --seed 7`"

MENTION_HELP = (
    "Mention me with `learn riobugger the cat` on a message with photos, "
    "or with `imagine a photo of riobugger cat on the beach`. `/darkroom` shows your models."
)

PROMPT_EMPTY = f"What shall I paint? For example: {IMAGINE_HELP}"


def prompt_too_long(length: int, most: int) -> str:
    """Answer an overlong prompt; lengths in characters."""
    return f"That prompt has {length} characters and the model reads about 300; please keep it under {most}."


def unknown_flag(name: str) -> str:
    """Answer a flag that does not exist."""
    return (
        f"I do not know `--{text.escape(name)}`. There are `--n 1` to `--n 4` (pictures) and `--seed` (a whole number)."
    )


def flag_range(name: str, least: int, most: int) -> str:
    """Answer a flag whose value is missing or out of range."""
    return f"`--{name}` takes a whole number from {least} to {most}."


def subject_unusable(most: int) -> str:
    """Answer a subject's name that cannot stand in a prompt."""
    return f"A name is one word of letters and digits, {most} at most, such as `riobugger`. {LEARN_HELP}"


def noun_unusable(most: int) -> str:
    """Answer a noun that cannot stand in a prompt."""
    return f"What it is takes plain words, {most} characters at most, such as `cat` or `desk lamp`. {LEARN_HELP}"


def painting(count: int, subject: str) -> str:
    """Acknowledge a prompt whose model is in service."""
    return f"painting… {text.pictures(count)} of *{subject}* will be here in a few seconds."


def waking(count: int, subject: str) -> str:
    """Acknowledge a prompt whose model is asleep."""
    return (
        f"*{subject}* is asleep. I am waking it, which takes about 5 to 10 minutes; "
        f"then {text.pictures(count)} will be here by itself."
    )


def starting_up(count: int, subject: str) -> str:
    """Acknowledge a prompt whose endpoint is on its way up."""
    return f"*{subject}* is getting up; {text.pictures(count)} will be here as soon as it is up."


NO_MODELS = "There is no model yet. Teach me one: `/train riobugger cat`, then drop 4 photos in the thread."

WHICH_MODEL = "Which one shall I paint? The prompt names none of your models, or more than one."

CHOICE_GONE = "That question has been answered already, or is too old."


def model_gone() -> str:
    """Answer a choice of a model that is not there any more."""
    return "That model is not there any more."


def caption(user: str, prompt: str, subject: str, seed: int) -> str:
    """Stand with the pictures."""
    who = f"<@{user}>: " if user else ""
    return f"{who}*{text.escape(prompt)}*\n{subject} · seed {seed}"


def generation_failed(prompt: str, reason: str) -> str:
    """Say that a prompt could not be painted."""
    return f"I could not paint “{text.escape(prompt)}”. {reason}"
