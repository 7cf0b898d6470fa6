"""What is said about pictures that Amazon Rekognition takes for something that nobody should see."""

from core.words import answer, text


def _looks_like(name: str, confidence: float) -> str:
    return f"looks like “{text.escape(name.lower())}” to Amazon Rekognition ({confidence:.0f}% sure)"


def photo_looks_like(name: str, confidence: float) -> str:
    """Reason for leaving out a photo; `confidence` in percent."""
    return f"it {_looks_like(name, confidence)}."


def photo_unseen(reason: str) -> str:
    """Reason for leaving out a photo that could not be looked at."""
    return f"Amazon Rekognition has to look at photos here, and could not. {reason} Drop it again later."


def painted_looks_like(name: str, confidence: float, spent: str) -> str:
    """Tell why pictures are not shown."""
    return f"A picture {_looks_like(name, confidence)}, so nothing is shown. {spent} Another seed or prompt may do."


def painted_unseen(reason: str, spent: str) -> str:
    """Tell why pictures are not shown that could not be looked at."""
    return f"Amazon Rekognition has to look at pictures here, and could not, so nothing is shown. {reason} {spent}"


def spent(seconds: float, dollars: float | None) -> str:
    """Say that painting was paid for all the same; without dollars the price is not known."""
    cost = f" and cost {answer.cents(dollars)}" if dollars is not None else ""
    return f"Painting took {answer.seconds(seconds)}{cost}, which is spent all the same."
