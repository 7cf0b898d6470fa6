"""What stands with pictures: who asked for what, what it took, and the buttons."""

from core import actions, parameters, words
from core.cards.blocks import Block, button, section
from core.cards.blocks import actions as row
from core.cards.elements import confirm
from core.records import Generation, Model

_BUTTONS = (
    (words.answer.AGAIN, actions.AGAIN),
    (words.answer.VARY, actions.VARY),
    (words.answer.EDIT, actions.EDIT),
    (words.answer.DETAILS, actions.DETAILS),
)


def answer(generation: Generation, model: Model) -> list[Block]:
    """Draw what goes with the pictures of a prompt; Slack shows them below."""
    said = words.answer.caption(generation.user, generation.prompt, facts(generation, model.title))
    return [
        section(said),
        row(*(button(text, action, generation.id) for text, action in _BUTTONS), _delete(generation)),
    ]


def facts(generation: Generation, title: str) -> list[str]:
    """List what is worth knowing of how pictures were painted, and what they took; `title` is their model's."""
    named = words.text.escape(title)
    return [named, words.answer.seed(generation.seed), *_unusual(generation), *took(generation)]


def _unusual(generation: Generation) -> list[str]:
    """Name the parameters that are not as usual."""
    size = (generation.width, generation.height)
    asked = {
        words.answer.steps(generation.steps): generation.steps != parameters.STEPS,
        words.answer.guidance(generation.guidance): generation.guidance != parameters.GUIDANCE,
        words.answer.size(*size): size != (parameters.SIDE, parameters.SIDE),
        words.answer.without(generation.negative): bool(generation.negative),
    }
    return [said for said, differs in asked.items() if differs]


def took(generation: Generation) -> list[str]:
    """Say what the endpoint's time for pictures was and cost, as far as it is known."""
    if not generation.seconds:
        return []
    price = [] if generation.dollars is None else [words.answer.cents(generation.dollars)]
    return [words.answer.seconds(generation.seconds), *price]


def _delete(generation: Generation) -> Block:
    asked = confirm(
        words.answer.DELETE_TITLE, words.answer.DELETE_TEXT, words.answer.DELETE_YES, words.answer.DELETE_NO
    )
    return button(words.answer.DELETE, actions.DELETE_PICTURES, generation.id) | {"confirm": asked}
