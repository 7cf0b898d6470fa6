"""What is said about typing, prompts and pictures."""

from collections.abc import Sequence

from core.words import text

LEARN_HELP = "Tell me a name and what it is: `/train riobugger cat`, or `@Darkroom learn riobugger the cat`."

IMAGINE_HELP = """Name what you have taught me, and say where or how:
`/imagine a photo of riobugger cat on the beach`
`/imagine an oil painting of riobugger cat --n 4 --seed 7` (up to 4 pictures; the same seed paints the same again)
`/imagine riobugger cat in the snow --no "people, text" --ar 3:2` (what to leave out; the shape, or `--size 768x512`)
`/imagine a cat in space --model riobugger --steps 80 --cfg 9` (which model; steps 1 to 150; how strictly, 0 to 20)"""

MENTION_HELP = (
    "Mention me with `learn riobugger the cat` on a message with photos, "
    "or with `imagine a photo of riobugger cat on the beach`. `/darkroom` shows your models."
)

DIRECT_HELP = (
    "Write `imagine a photo of riobugger cat on the beach`, or `learn riobugger the cat` with 4 to 20 photos. "
    "`/imagine` works here too, and `/darkroom` shows your models."
)

PROMPT_EMPTY = f"What shall I paint? {IMAGINE_HELP}"


def prompt_too_long(length: int, most: int) -> str:
    """Answer an overlong prompt; lengths in characters."""
    return f"That prompt has {length} characters and the model reads about 300; please keep it under {most}."


def unknown_flag(name: str, meant: str, known: Sequence[str]) -> str:
    """Answer a flag that does not exist, with the one that was probably meant, or all there are."""
    there_are = ", ".join(f"`--{one}`" for one in known)
    guess = f"Did you mean `--{meant}`?" if meant else f"There are {there_are}."
    return f"I do not know `--{text.escape(text.short(name, 30))}`. {guess} `/imagine help` shows examples."


def flag_range(name: str, least: int, most: int) -> str:
    """Answer a flag whose value is missing or out of range."""
    return f"`--{name}` takes a whole number from {least} to {most}."


def guidance_range(most: int) -> str:
    """Answer a guidance scale that is missing or out of range."""
    return f"`--cfg` takes a number from 0 to {most}, such as `--cfg 7.5`: the higher, the closer to the prompt."


def ratio_range(most: int) -> str:
    """Answer a ratio that is missing or too long."""
    return f"`--ar` takes a ratio such as `1:1`, `3:2` or `9:16`; one side is at most {most} times the other."


def size_range(least: int, most: int, nearest: tuple[int, int] | None) -> str:
    """Answer a size that is missing or that the model does not paint, with the nearest that it does."""
    example = f"The nearest is `--size {nearest[0]}x{nearest[1]}`." if nearest else "For example: `--size 768x512`."
    return (
        f"`--size` takes width x height in pixels: {least} to {most} each, multiples of 8, "
        f"together at most 0.8 megapixel. {example}"
    )


NEGATIVE_EMPTY = '`--no` takes what to leave out, in quotes: `--no "people, text"`.'

MODEL_EMPTY = (
    "`--model` takes the name of one of your models, such as `--model riobugger`. `/darkroom models` lists them."
)


def no_such_model(name: str, subjects: Sequence[str], meant: str) -> str:
    """Answer a model's name that does not exist, with those there are."""
    guess = f" Did you mean *{text.escape(meant)}*?" if meant else ""
    there_are = ", ".join(f"*{text.escape(subject)}*" for subject in subjects)
    return f"There is no model called “{text.escape(text.short(name, 60))}”.{guess} There are: {there_are}."


MAY_BE_BLACK = "Most models, yours too, learnt at 512×512: at another size than its own a picture can come back black."

NOT_GUIDED = "With `--cfg` at 1 or less the model does not look at what `--no` leaves out."


def subject_unusable(most: int) -> str:
    """Answer a subject's name that cannot stand in a prompt."""
    return f"A name is one word of letters and digits, {most} at most, such as `riobugger`. {LEARN_HELP}"


def noun_unusable(most: int) -> str:
    """Answer a noun that cannot stand in a prompt."""
    return f"What it is takes plain words, {most} characters at most, such as `cat` or `desk lamp`. {LEARN_HELP}"


NO_MODELS = (
    "There is no model yet. Teach me one: `/train riobugger cat`, then drop 4 photos in the thread. "
    "Or add a ready-made one: `/darkroom add`."
)

WHICH_MODEL = "Which one shall I paint? The prompt names none of your models, or more than one."

CHOICE_GONE = "That question has been answered already, or is too old."


def model_gone() -> str:
    """Answer a choice of a model that is not there any more."""
    return "That model is not there any more."


def generation_failed(prompt: str, reason: str) -> str:
    """Say that a prompt could not be painted."""
    return f"I could not paint “{text.escape(prompt)}”. {reason}"
