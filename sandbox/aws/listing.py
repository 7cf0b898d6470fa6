"""Lists as AWS gives them: filter first, then sort, then page."""

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sandbox.aws.errors import AwsError, validation
from sandbox.aws.shapes import Json

T = TypeVar("T")
PAGE = 10
"""Rows a page when MaxResults is not given."""
_NOT_FILTERS = {"NextToken", "MaxResults"}


@dataclass(frozen=True)
class Row:
    """One thing that can be listed; `summary` is what the list shows of it."""

    name: str
    created: float
    modified: float
    status: str
    summary: Json


_KEEPS: dict[str, Callable[[Row, str | float], bool]] = {
    "NameContains": lambda row, wish: str(wish).lower() in row.name.lower(),
    "StatusEquals": lambda row, wish: row.status == wish,
    "CreationTimeAfter": lambda row, wish: row.created > float(wish),
    "CreationTimeBefore": lambda row, wish: row.created < float(wish),
    "LastModifiedTimeAfter": lambda row, wish: row.modified > float(wish),
    "LastModifiedTimeBefore": lambda row, wish: row.modified < float(wish),
}
_SORT_KEYS: dict[str, Callable[[Row], list[str | float]]] = {
    "CreationTime": lambda row: [row.created, row.name],
    "Name": lambda row: [row.name],
    "Status": lambda row: [row.status, row.name],
}


def page(rows: Iterable[Row], request: Json, default_order: str = "Descending") -> tuple[list[Json], Json]:
    """The summaries of one page, and `{"NextToken": …}` if there are more.

    Raises:
        AwsError: the token is of another list or no token.
    """
    key = _SORT_KEYS[request.get("SortBy", "CreationTime")]
    backwards = request.get("SortOrder", default_order) == "Descending"
    kept = sorted((row for row in rows if _kept(row, request)), key=key, reverse=backwards)
    after = _position(request)
    if after is not None:
        kept = [row for row in kept if (key(row) < after if backwards else key(row) > after)]
    shown = kept[: request.get("MaxResults", PAGE)]
    more = {"NextToken": _token(request, key(shown[-1]))} if len(kept) > len(shown) else {}
    return [row.summary for row in shown], more


def _kept(row: Row, request: Json) -> bool:
    return all(_KEEPS[name](row, wish) for name, wish in request.items() if name in _KEEPS)


def _digest(request: Json) -> int:
    """Tells one list from another: a token holds for the filters it was given for."""
    wishes = {name: wish for name, wish in request.items() if name not in _NOT_FILTERS}
    return zlib.crc32(json.dumps(wishes, sort_keys=True).encode())


def _token(request: Json, position: list[str | float]) -> str:
    return base64.urlsafe_b64encode(json.dumps([_digest(request), position]).encode()).decode()


def _position(request: Json) -> list[str | float] | None:
    """The sort key of the last row that the caller has seen: rows that come or go do not shift the pages."""
    token = request.get("NextToken")
    if token is None:
        return None
    try:
        digest, position = json.loads(base64.urlsafe_b64decode(token))
    except ValueError as error:
        raise validation("Invalid NextToken.") from error
    if digest != _digest(request):
        raise validation("Invalid NextToken: the request's parameters differ from the first page's.")
    return position


def slice_page(items: Sequence[T], request: Json, default: int, invalid: AwsError) -> tuple[list[T], Json]:
    """One page of a list that does not change between its pages, and `{"NextToken": …}` if there are more.

    Raises:
        AwsError: `invalid`, for a token that was not given for this list.
    """
    start = _offset(request, invalid)
    end = start + int(request.get("MaxResults", default))
    return list(items[start:end]), ({"NextToken": _offset_token(request, end)} if end < len(items) else {})


def _offset_token(request: Json, offset: int) -> str:
    return base64.b64encode(json.dumps([_digest(request), offset]).encode()).decode()


def _offset(request: Json, invalid: AwsError) -> int:
    token = request.get("NextToken")
    if token is None:
        return 0
    try:
        digest, offset = json.loads(base64.b64decode(token))
    except ValueError as error:
        raise invalid from error
    if digest != _digest(request) or not isinstance(offset, int):
        raise invalid
    return offset
