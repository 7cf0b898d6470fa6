"""JSON as the wire carries it, and the few safe ways to look into it."""

import json
from typing import Any, TypeAlias, TypeGuard, TypeVar

JsonObject: TypeAlias = dict[str, Any]
_T = TypeVar("_T")


def is_object(value: object) -> TypeGuard[JsonObject]:
    """Say whether the value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Say whether the value is a JSON list."""
    return isinstance(value, list)


def as_object(value: object) -> JsonObject:
    """Give the value if it is a JSON object, else an empty one."""
    return value if is_object(value) else {}


def as_list(value: object) -> list[Any]:
    """Give the value if it is a JSON list, else an empty one."""
    return value if is_list(value) else []


def as_objects(value: object) -> list[JsonObject]:
    """Give the objects of a JSON list; all else in it is left out."""
    return [item for item in as_list(value) if is_object(item)]


def as_text(value: object) -> str:
    """Give the value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def parse_json(text: str | bytes) -> object:
    """Read JSON; None stands for text that is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def copy_json(value: _T) -> _T:
    """Take a deep copy, so that what was sent once does not change afterwards."""
    return json.loads(json.dumps(value))
