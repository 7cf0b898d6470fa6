"""HTML that is safe by its making: what is not Html already is escaped."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import TypeAlias

_VOID = {"img", "hr", "br", "meta"}


class Html(str):
    """Text that is HTML."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"


def join(*children: Child) -> Html:
    """Put children side by side; plain text among them is escaped, None left out."""
    return Html("".join(_solid(child) for child in children))


def tag(name: str, attributes: str | Mapping[str, str] = "", *children: Child) -> Html:
    """Make an element; `attributes` is its class, or a mapping of attributes of which the empty are left out."""
    named = {"class": attributes} if isinstance(attributes, str) else attributes
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items() if value)
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def _solid(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return str(child)
    return escape(child) if isinstance(child, str) else join(*child)
