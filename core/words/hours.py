"""What is said about working hours."""

from core.words import money, text

USAGE = (
    "I did not understand these hours. Write `/darkroom hours 9-17 weekdays Europe/Berlin`: hours from 0 to 24, "
    "`weekdays`, `every day` or days such as `mon-thu`, and a time zone (else it is UTC). With `awake` before the "
    "hours models are woken for them. `/darkroom hours off` ends them."
)

MANY_AT_ONCE = "Somebody else is changing the rules this very moment. Please try again."

NONE = (
    "There are no working hours here: a model sleeps when nobody has used it for its idle time. An admin can set some."
)

OFF = "There are no working hours in this channel any more: a model sleeps when it has idled long enough."


def stand(written: str, days: int = 0) -> str:
    """Say which hours hold in a channel; `days`: how long a model may be unused to be woken for them, 0: none is."""
    holds = f"Working hours here: *{text.escape(written)}*."
    if days:
        return f"{holds} A model used in the last {days} days is woken for them and stays awake until they end."
    return f"{holds} A model that is used within them stays awake until they end."


def kept(written: str, dollars: float | None, days: int = 0) -> str:
    """Confirm hours that were set, with what a day of them costs at the most; `days` as in `stand`."""
    price = f"up to {money.dollars(dollars)} a day and model" if dollars is not None else money.PRICE_UNKNOWN
    when = f"until nobody has used it for {days} days" if days else "on days on which it is used, and nothing on others"
    return f"{stand(written, days)} Price: {price} {when}."


def no_room(title: str, until: float) -> str:
    """Say that a budget has no room for hours until this moment, and what happens instead."""
    return (
        f"A budget has no room for keeping *{text.escape(title)}* awake until {text.clock(until)}. "
        "So the working hours do not hold for it now: it sleeps when nobody has used it for its idle time."
    )


def not_an_admin() -> str:
    """Refuse somebody who is no admin."""
    return "Only admins of Darkroom can set working hours: they cost money."
