"""What is said about an endpoint: idle, asleep, broken."""

from core.words import text


def in_service_card(prompt: str) -> str:
    """Say on the card how to prompt the model."""
    return f"Ready to paint. Try `/imagine {text.escape(prompt)} on the beach`"


def asleep_card(prompt: str) -> str:
    """Say on the card that the endpoint is down."""
    return f"Asleep, and costs nothing. `/imagine {text.escape(prompt)}` wakes it in about 5 to 10 minutes."


KEEP_AWAKE = "Keep awake"

DRAINING_CARD = "Falling asleep: the endpoint is being taken down."


def idle_warning(subject: str, minutes: float, dollars: float | None) -> str:
    """Warn that an idle endpoint will be taken down."""
    price = f" It costs ${dollars:.2f} an hour." if dollars is not None else ""
    return f"Nobody has used *{subject}* for a while. I take its endpoint down in {text.span(minutes)}.{price}"


def torn_down(subject: str, dollars: float | None) -> str:
    """Say that an idle endpoint was taken down."""
    price = f" That saves ${dollars:.2f} an hour." if dollars is not None else ""
    return f"*{subject}* is asleep: its endpoint is gone, what it has learnt is kept.{price} `/imagine` wakes it again."


def kept_awake(user: str, subject: str, minutes: float) -> str:
    """Say who kept an endpoint awake, and for how long."""
    return f"<@{user}> keeps *{subject}* awake for at least {text.span(minutes)}."


def endpoint_failed(subject: str, reason: str) -> str:
    """Say why an endpoint failed."""
    return f"The endpoint of *{subject}* did not come up. {reason}\nIt has been taken down; what was learnt is kept."


def no_machine(attempts: int, reason: str) -> str:
    """Say that AWS had no machine for an endpoint in all attempts."""
    return (
        f"AWS had no machine in {attempts} attempts. Try again later; an admin can have endpoints run on another type "
        f"of machine (DARKROOM_INFERENCE_INSTANCE). {reason}"
    )


def cannot_take_down(subject: str, reason: str) -> str:
    """Tell that an endpoint cannot be taken down, which goes on costing money."""
    return f"I cannot take the endpoint of *{subject}* down, and it may still cost money. {reason} I keep trying."
