"""Small pieces that sentences are made of."""


def escape(text: str) -> str:
    """Make typed text safe to show in Slack: nothing in it can ping, link or format by a mark of Slack's."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "'")  # fmt: skip


def pictures(count: int) -> str:
    """Count pictures in words."""
    return "1 picture" if count == 1 else f"{count} pictures"


def span(minutes: float) -> str:
    """Write a duration for people, to the minute; below one in seconds."""
    if minutes < 1:
        return f"{max(1, round(minutes * 60))} seconds"
    return "1 minute" if round(minutes) == 1 else f"{round(minutes)} minutes"
