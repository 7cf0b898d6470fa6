"""What is said about an endpoint: idle, asleep, broken."""

from core.words import money, text


def in_service_card(prompt: str) -> str:
    """Say on the card how to prompt the model."""
    return f"Ready to paint. Try `/imagine {text.escape(prompt)} on the beach`"


def asleep_card(prompt: str, wakes_at: float = 0) -> str:
    """Say on the card that the endpoint is down; `wakes_at`: when it is woken for working hours, 0: it is not."""
    hours = f" I wake it on {text.day(wakes_at)} at {text.clock(wakes_at)} for the working hours." if wakes_at else ""
    return f"Asleep, and costs nothing. `/imagine {text.escape(prompt)}` wakes it in about 5 to 10 minutes.{hours}"


SLEEP_NOW = "Sleep now"


def keep_awake(seconds: float, dollars: float | None) -> str:
    """Offer to keep an endpoint for a while, with what that costs."""
    hours = seconds / 3600
    price = f" (+{money.dollars(dollars)})" if dollars is not None else ""
    return f"Keep awake {f'{hours:g} h' if hours >= 1 else text.span(seconds / 60)}{price}"


DRAINING_CARD = "Falling asleep: the endpoint is being taken down."


def idle_warning(subject: str, minutes: float, dollars: float | None) -> str:
    """Warn that an idle endpoint will be taken down."""
    price = f" It costs ${dollars:.2f} an hour." if dollars is not None else ""
    return f"Nobody has used *{subject}* for a while. I take its endpoint down in {text.span(minutes)}.{price}"


def torn_down(subject: str, dollars: float | None, used: str = "", why: str = "") -> str:
    """Say that an endpoint was taken down; `used` says what it did until then, `why` what else but idling led to it."""
    price = f" That saves {money.dollars(dollars)} an hour." if dollars is not None else ""
    before = "".join(f" {said}" for said in (why, used) if said)
    return f"*{subject}* is asleep: its endpoint is gone, the model is kept.{before}{price} `/imagine` wakes it again."


def used(prompts: int, minutes: float, cost: float | None) -> str:
    """Say what an endpoint that is gone has done, and what it has cost."""
    answered = "1 prompt" if prompts == 1 else f"{prompts} prompts"
    price = f" and cost {money.dollars(cost)}" if cost is not None else ""
    return f"It was up for {text.span(minutes)}, answered {answered}{price}."


def kept_awake(user: str, subject: str, until: float, dollars: float | None) -> str:
    """Say who keeps an endpoint awake, until when, and what that costs."""
    price = f" That costs {money.dollars(dollars)}." if dollars is not None else ""
    return f"<@{user}> keeps *{subject}* awake until {text.clock(until)} at least.{price}"


def endpoint_failed(subject: str, reason: str) -> str:
    """Say why an endpoint failed."""
    return f"The endpoint of *{subject}* did not come up. {reason}\nIt has been taken down; the model is kept."


def no_machine(attempts: int, reason: str) -> str:
    """Say that AWS had no machine for an endpoint in all attempts."""
    return (
        f"AWS had no machine in {attempts} attempts. Try again later; an admin can have endpoints run on another type "
        f"of machine (DARKROOM_INFERENCE_INSTANCE). {reason}"
    )


def cannot_take_down(subject: str, reason: str) -> str:
    """Tell that an endpoint cannot be taken down, which goes on costing money."""
    return f"I cannot take the endpoint of *{subject}* down, and it may still cost money. {reason} I keep trying."
