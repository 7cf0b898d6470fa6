"""What is said about pictures that are painted to be compared: fixed pictures, the forgetting check, step sheets."""

from core.words import text

FELL_ASLEEP = "the endpoint was taken down before this was painted"

NOT_KEPT = "no picture was kept"

BEFORE = "as it was"


def on_top(parent: str) -> str:
    """Say under a child's name what it was trained on top of."""
    return f"trained on top of {parent}"


def forgetting_title(child: str, parent: str) -> str:
    """Title of the forgetting check, on the picture itself."""
    return f"What {child} remembers of {parent}"


def forgetting(child: str, parent: str, noun: str) -> str:
    """Say how the forgetting check is read."""
    parent, child = text.escape(parent), text.escape(child)
    return (
        f"*What {child} remembers of {parent}.* Each column is one prompt with one seed: above as *{parent}* painted "
        f"it, below as *{child}* paints it now. Where the rows are alike, {parent} is still in there; where the first "
        f"two columns show {child}, or just any {text.escape(noun)}, it has been forgotten. "
        f"*{parent}* itself is not changed and can be prompted as before."
    )
