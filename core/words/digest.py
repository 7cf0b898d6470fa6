"""What the weekly digest says."""

from datetime import UTC, datetime

from core.words import money

NOTHING = "Nothing was spent."

MORE = "Monday to Sunday, UTC. `/darkroom costs` shows the month, `/darkroom costs csv` brings every line."


def title(began: float) -> str:
    """Head it; when the week began, in Unix seconds."""
    day = datetime.fromtimestamp(began, UTC)
    return f"Costs of the week of {day.day} {day:%B %Y}"


def saved(dollars: float) -> str:
    """Say what it has saved that endpoints slept."""
    return f"Endpoints that slept when nobody used them saved {money.dollars(dollars)}."


def before(spent: float, earlier: float) -> str:
    """Compare with the week before, in dollars."""
    if not earlier:
        return "Nothing was spent in the week before."
    change = round((spent / earlier - 1) * 100)
    than = f"{abs(change)} % {'more' if change > 0 else 'less'} than" if change else "as much as"
    return f"That is {than} in the week before ({money.dollars(earlier)})."
