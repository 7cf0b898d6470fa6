"""The answer to whoever asks for pictures: what happens next, and a way to stop it."""

from core import actions, words
from core.asking import Answer
from core.cards.blocks import Block, button, section
from core.cards.blocks import actions as row


def asked(answer: Answer) -> tuple[str, list[Block]]:
    """Draw the answer to a prompt whose model is known."""
    cancel = button(words.line.CANCEL, actions.CANCEL_PROMPT, answer.generation.id)
    return answer.text, [section(answer.text), row(cancel)]
