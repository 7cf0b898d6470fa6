"""Readers of settings: each takes a text, and gives its value or a ValueError that completes 'must be …'. Pure."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

LIMIT_MOST = 100_000


def matching(pattern: str, what: str) -> Callable[[str], str]:
    """A reader of strings that match the whole pattern; `what` completes 'must be …'."""

    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(what)
        return text

    return read


def seconds(least: float) -> Callable[[str], float]:
    """A reader of durations in seconds, fractions allowed, not under `least`."""

    def read(text: str) -> float:
        what = f"a number of seconds, {least:g} or more"
        try:
            value = float(text)
        except ValueError:
            raise ValueError(what) from None
        if not least <= value < float("inf"):
            raise ValueError(what)
        return value

    return read


def idle_time(text: str) -> float:
    """Read an idle time in seconds, 1 or more; 0 stands for one that is learnt from each model's uses."""
    try:
        return 0.0 if text == "auto" else seconds(1)(text)
    except ValueError as fault:
        raise ValueError(f"auto, or {fault}") from None


def idle_minutes(text: str) -> int:
    """Read an idle time in whole minutes, 5 to 1440; nothing, or auto: 0, which is as the deployment says."""
    if text.strip() in {"", "auto"}:
        return 0
    if not re.fullmatch(r"[0-9]{1,4}", text.strip()) or not 5 <= int(text) <= 1440:  # noqa: PLR2004 - as said
        raise ValueError("whole minutes from 5 to 1440, or nothing")
    return int(text)


def amount(text: str) -> float:
    """Read dollars, 0 or more, with a point before the cents."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", text):
        raise ValueError("an amount in dollars such as 0.5")
    return float(text)


def port(text: str) -> int:
    """Read a TCP port."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise ValueError("a port from 1 to 65535")
    return int(text)


def count(text: str) -> int:
    """Read a whole number from 1 to 100."""
    if not re.fullmatch(r"[1-9][0-9]?|100", text):
        raise ValueError("a whole number from 1 to 100")
    return int(text)


def limit(text: str) -> int:
    """Read how many of something there may be; 0: no limit."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > LIMIT_MOST:
        raise ValueError(f"a whole number from 0 (no limit) to {LIMIT_MOST}")
    return int(text)


def url(*schemes: str) -> Callable[[str], str]:
    """A reader of addresses with one of these schemes."""
    what = (
        f"an address that starts with {' or '.join(s + '://' for s in schemes)}, with / # ? @ in a password %-encoded"
    )

    def read(text: str) -> str:
        try:
            parts = urlsplit(text)
            sound = parts.scheme in schemes and not parts.fragment and parts.port != 0
        except ValueError:
            raise ValueError(what) from None  # urlsplit's own sentence would repeat a part of the password
        if not sound or not re.match(r"\w+://\S+$", text):
            raise ValueError(what)
        return text

    return read


def base_url(text: str) -> str:
    """Read the address of Slack's API; slack_sdk joins method names to it, so it ends in a slash."""
    return url("https", "http")(text).rstrip("/") + "/"


def origins(text: str) -> tuple[str, ...]:
    """Read a comma-separated list of origins: scheme, host and port, nothing behind."""
    found = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    if not found or any(not re.fullmatch(r"https?://[^/\s?#@]+", origin) for origin in found):
        raise ValueError("origins such as https://files.slack.com, separated by commas")
    return found


def percent(text: str) -> float:
    """Read a share in percent, from 0 to 100."""
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]+)?", text) or float(text) > 100:  # noqa: PLR2004 - all of it
        raise ValueError("a number of percent from 0 to 100")
    return float(text)


def people(text: str) -> tuple[str, ...]:
    """Read a comma-separated list of Slack's ids of people; none is fine."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if any(not re.fullmatch(r"[UW][A-Z0-9]+", person) for person in found):
        raise ValueError("Slack's ids of people such as U012AB3CD, separated by commas")
    return found


channel = matching(r"(?:[CG][A-Z0-9]+)?", "Slack's id of a channel such as C012AB3CD")
instance = matching(r"ml\.[a-z0-9-]+\.[a-z0-9]+", "an instance type such as ml.g4dn.2xlarge")
