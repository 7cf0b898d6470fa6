"""Text as Slack stores it: `&`, `<` and `>` are escaped, references such as `<@U…>` are not."""

import re

_REFERENCE = re.compile(r"(<[@#!][A-Z0-9a-z^|_.\- ]+>)")
_USER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def escape(text: str) -> str:
    """Escape the three characters that Slack's markup keeps for itself; references stay as they are."""
    parts = _REFERENCE.split(text)
    return "".join(part if number % 2 else _escape_plain(part) for number, part in enumerate(parts))


def mentioned_users(text: str) -> set[str]:
    """Give the ids of the users that the text mentions as `<@U…>`."""
    return set(_USER.findall(text))


def with_names(text: str, names: dict[str, str]) -> str:
    """Replace `<@U…>` by `@name`, as a slash command without `should_escape` sees it."""
    return _USER.sub(lambda found: "@" + names.get(found.group(1), found.group(1)), text)


def _escape_plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
