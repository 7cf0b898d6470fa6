"""What is said about a zip of a model's pictures."""

from core.words import text

WHICH = "Which model? `/darkroom export riobugger` makes a zip of its pictures, with what each was painted with."

WHAT = "It holds those that were posted in this channel, and your own"


def collecting(title: str) -> str:
    """Acknowledge the wish."""
    return (
        f"I am putting the pictures of *{text.escape(title)}* together. {WHAT}; the zip comes here in a minute, where "
        "everybody in this channel sees it."
    )


def nothing(title: str) -> str:
    """Answer a wish for a zip of no pictures."""
    return f"There are no pictures of *{text.escape(title)}* to put together. {WHAT}."


def ready(user: str, title: str, count: int, left_out: int, gone: int) -> str:
    """Stand with the zip: how many pictures it holds, how many older ones had no room and how many Slack has lost."""
    said = [f"<@{user}> {text.pictures(count)} of *{text.escape(title)}*, with what each was painted with."]
    if left_out:
        older = "1 older picture has" if left_out == 1 else f"{left_out} older pictures have"
        said.append(f"{older} no room.")
    if gone:
        lost = "1 is" if gone == 1 else f"{gone} are"
        said.append(f"{lost} not in Slack any more.")
    return " ".join(said)


def failed(title: str, reason: str) -> str:
    """Say why there is no zip."""
    return f"I could not put the pictures of *{text.escape(title)}* together. {reason}"


def file_name(title: str) -> str:
    """Name the zip."""
    return f"{title}-pictures.zip"
