"""The arguments of a Web API call: merged from wherever the client put them, and read as what they mean."""

from collections.abc import Iterable, Mapping

from aiohttp import web

from sandbox.slack.errors import ApiError
from sandbox.slack.json_types import JsonObject, as_list, is_object, parse_json

_TRUE = {"1", "true", "True"}


class Arguments:
    """Merged arguments by name. Values are strings where they came as strings, JSON values where they came as JSON."""

    def __init__(self, values: JsonObject) -> None:
        self.values = values

    def text(self, name: str) -> str:
        """Give a text, empty when it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def require(self, name: str, error: str = "invalid_arguments") -> str:
        """Give a text that must be there; raises ApiError."""
        value = self.text(name)
        if not value:
            raise ApiError(error, response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
        return value

    def number(self, name: str, default: int) -> int:
        """Give a whole number; raises ApiError for anything else."""
        try:
            return int(self.text(name) or default)
        except ValueError as error:
            raise ApiError("invalid_arguments") from error

    def flag(self, name: str) -> bool:
        """Give a yes or no; missing is no."""
        return self.text(name) in _TRUE

    def parsed(self, name: str, error: str) -> object:
        """Give a JSON value, whether it came as JSON or as text that holds JSON; raises ApiError."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        found = parse_json(value)
        if found is None:
            raise ApiError(error)
        return found

    def objects(self, name: str, error: str) -> list[JsonObject]:
        """Give a list of JSON objects, empty when it is missing; raises ApiError."""
        value = self.parsed(name, error)
        items = as_list(value)
        if (value is not None and not isinstance(value, list)) or not all(is_object(item) for item in items):
            raise ApiError(error)
        return items

    def has(self, name: str) -> bool:
        """Say whether the argument was sent at all."""
        return name in self.values


def merge(*sources: Mapping[str, object] | Iterable[tuple[str, object]]) -> JsonObject:
    """Merge sources; a later one wins."""
    merged: JsonObject = {}
    for source in sources:
        merged |= dict(source)
    return merged


async def read_arguments(request: web.Request, *, reads_json: bool) -> JsonObject:
    """Merge a request's query string with its form, multipart or JSON body; raises ApiError for broken JSON.

    A JSON body is passed over where the method does not read JSON, as Slack does.
    """
    query = request.query.items()
    if request.content_type == "application/json":
        if not reads_json:
            return merge(query)
        body = await request.text()
        found = parse_json(body or "{}")
        if not is_object(found):
            raise ApiError("invalid_json")
        return merge(query, found)
    form = await request.post()
    return merge(query, ((name, value) for name, value in form.items() if isinstance(value, str)))
