"""What is said about working hours."""

from core.words import money, text

USAGE = (
    "I did not understand these hours. Write `/darkroom hours 9-17 weekdays Europe/Berlin`: hours from 0 to 24, "
    "`weekdays`, `every day` or days such as `mon-thu`, and a time zone (else it is UTC). `/darkroom hours off` ends "
    "them."
)

MANY_AT_ONCE = "Somebody else is changing the rules this very moment. Please try again."

NONE = (
    "There are no working hours here: a model sleeps when nobody has used it for its idle time. An admin can set some."
)

OFF = "There are no working hours in this channel any more: a model sleeps when it has idled long enough."


def stand(written: str) -> str:
    """Say which hours hold in a channel."""
    return f"Working hours here: *{text.escape(written)}*. A model that is used within them stays awake until they end."


def kept(written: str, dollars: float | None) -> str:
    """Confirm hours that were set, with what a day of them costs at the most."""
    price = f"up to {money.dollars(dollars)} a day and model" if dollars is not None else money.PRICE_UNKNOWN
    return f"{stand(written)} Price: {price} on days on which it is used, and nothing on others."


def not_an_admin() -> str:
    """Refuse somebody who is no admin."""
    return "Only admins of Darkroom can set working hours: they cost money."
