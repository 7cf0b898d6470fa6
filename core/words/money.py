"""What is said about time and money: before a run, after it, and when AWS would not let it start."""

from collections.abc import Sequence

from core.words import text

PRICE_UNKNOWN = "its price is not known to me"


def dollars(amount: float) -> str:
    """Write an amount, to the cent; what is less than a cent is not called nothing."""
    return "less than $0.01" if 0 < amount < 0.005 else f"${amount:,.2f}"  # noqa: PLR2004 - half a cent


def estimate(minutes: float, amount: float | None, instance: str, learnt: int) -> str:
    """Say before the start what a run takes and costs, and how that is known."""
    price = f"and {dollars(amount)}" if amount is not None else f"({PRICE_UNKNOWN})"
    return f"About {text.span(minutes)} {price} on {instance}, {known_from(learnt)}."


def known_from(learnt: int) -> str:
    """Say what an estimate stands on."""
    if not learnt:
        return "going by JumpStart's own figures"
    return "going by your last run" if learnt == 1 else f"going by your last {learnt} runs"


def rates(dated: str, region: str = "") -> str:
    """Say whose prices they are; `region` is that of the table's, empty when they are AWS's own answer."""
    return f"Prices of {dated} for {region}; other regions differ." if region else f"AWS's prices of {dated}."


def actual(seconds: float, amount: float | None, estimated: float | None = None) -> str:
    """Say after the end what a run took and cost: half a sentence, for behind the subject's name."""
    cost = f"cost {dollars(amount)}" if amount is not None else PRICE_UNKNOWN
    before = f" (estimated {dollars(estimated)})" if amount is not None and estimated is not None else ""
    return f"took {text.span(seconds / 60)} and {cost}{before}"


def spent_before(amount: float) -> str:
    """Say what the earlier attempts of a run have cost."""
    return f"Earlier attempts cost {dollars(amount)}."


def no_quota(quota: str) -> str:
    """Tell of a limit of 0, which every new account has for GPU machines, and what to ask for."""
    return (
        f"Your AWS account may hold 0 machines under “{quota}”. An admin can ask for 1 or more in AWS's Service Quotas "
        "console, under Amazon SageMaker, by that name."
    )


def not_supported(instance: str, usable: Sequence[str]) -> str:
    """Tell that JumpStart's model cannot be trained on this machine, and on which it can."""
    return f"This model cannot be trained on {instance}. It can on {', '.join(usable)}."


def model_retired(model: str, version: str, others: Sequence[str], reason: str) -> str:
    """Tell that JumpStart has withdrawn a model's version, and what the admin can do; `reason` is JumpStart's own."""
    instead = f" (JumpStart still has {', '.join(others)})" if others else ""
    return (
        f"JumpStart has withdrawn version {text.escape(version)} of {text.escape(model)}. For your admin: set "
        f"DARKROOM_MODEL_VERSION to another version{instead}, or DARKROOM_MODEL_ID to another model that can be "
        "fine-tuned; or keep this one from a mirror of your own, with AWS_JUMPSTART_CONTENT_BUCKET_OVERRIDE. "
        f"JumpStart says: {text.escape(reason)}"
    )
