"""Small pieces that sentences are made of."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

_MARK = re.compile(r"<[^<>|]*\|([^<>]*)>")


def escape(text: str) -> str:
    """Make typed text safe to show in Slack: nothing in it can ping, link or format by a mark of Slack's."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "'")  # fmt: skip


def unmarked(text: str) -> str:
    """Take Slack's marks out of a sentence, for where they are not understood: under the fields of modals."""
    plain = _MARK.sub(lambda mark: mark[1], text).replace("`", "")
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(address: str, label: str) -> str:
    """Link to an address that somebody else gave; only the label, where it is no plain one."""
    return f"<{address}|{label}>" if re.fullmatch(r"https://[^\s<>|]+", address) else label


def short(text: str, most: int) -> str:
    """Cut a name down to so many characters, so that many of them have room."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def pictures(count: int) -> str:
    """Count pictures in words."""
    return "1 picture" if count == 1 else f"{count} pictures"


def numbers(listed: Sequence[int]) -> str:
    """List rising numbers, neighbours as a range: “2, 5–9”."""
    runs: list[list[int]] = []
    for number in listed:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def span(minutes: float) -> str:
    """Write a duration for people, to the minute; below one in seconds."""
    if minutes < 1:
        seconds = max(1, round(minutes * 60))
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    return "1 minute" if round(minutes) == 1 else f"{round(minutes)} minutes"


def ago(seconds: float) -> str:
    """Write how long ago something was, in its largest whole unit."""
    for name, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if (count := int(seconds // length)) > 0:
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "a moment ago"


def clock(at: float) -> str:
    """Write a moment, Unix seconds, as each reader's own clock shows it; UTC where Slack's mark for it is unknown."""
    return f"<!date^{int(at)}^{{time}}|{datetime.fromtimestamp(at, UTC):%H:%M} UTC>"


def day(at: float) -> str:
    """Write the day of a moment, Unix seconds, by each reader's own calendar; UTC's where the mark is unknown."""
    return f"<!date^{int(at)}^{{date_short_pretty}}|{datetime.fromtimestamp(at, UTC):%d %b %Y}>"
