"""`/api/<method>`: the Web API over HTTP, with its tokens, scopes, faults and the record of calls."""

from http import HTTPStatus

from aiohttp import web

from sandbox.slack.api.lookups import need_scope
from sandbox.slack.api.table import METHODS, Method
from sandbox.slack.arguments import Arguments, read_arguments
from sandbox.slack.errors import ApiError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject
from sandbox.slack.outage import cut, service_unavailable

# Real Slack says how long; its pace in this sandbox is one second.
_RETRY_AFTER_SECONDS = "1"


class WebApi:
    """Answers API calls."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call, or cut the connection where a fault says so."""
        name = request.match_info["method"]
        if self._slack.faults.down:
            return service_unavailable()
        if name in self._slack.faults.unreachable_methods:
            return cut(request)
        answer = await self._answer(request, name)
        if answer.get("ok") and self._slack.faults.strikes(self._slack.faults.lost_replies):
            return cut(request)
        return self._respond(answer)

    async def _answer(self, request: web.Request, name: str) -> JsonObject:
        values: JsonObject = {}
        try:
            method = METHODS.get(name)
            values = await read_arguments(request, reads_json=method is None or method.reads_json)
            answer = {"ok": True} | await self._run(request, name, Arguments(values))
        except ApiError as refused:
            answer = {"ok": False, "error": refused.error} | refused.extra
        self._slack.calls.add(name, values, str(answer.get("error", "")))
        return answer

    async def _run(self, request: web.Request, name: str, args: Arguments) -> JsonObject:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        self._check_token(method, _token(request, args))
        if self._slack.faults.strikes(self._slack.faults.rate_limit):
            raise ApiError("ratelimited")
        if method.caller == "bot":
            need_scope(self._slack, *method.scopes)
        return await method.run(self._slack, args)

    def _check_token(self, method: Method, token: str) -> None:
        kinds = {self._slack.settings.bot_token: "bot", self._slack.settings.app_token: "app"}
        if method.caller == "anyone":
            return
        if not token:
            raise ApiError("not_authed")
        if token not in kinds:
            raise ApiError("invalid_auth")
        if kinds[token] != method.caller:
            raise ApiError("not_allowed_token_type")

    def _respond(self, answer: JsonObject) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(sorted(self._slack.manifest.scopes))}
        limited = answer.get("error") == "ratelimited"
        if limited:
            headers["Retry-After"] = _RETRY_AFTER_SECONDS
        status = HTTPStatus.TOO_MANY_REQUESTS if limited else HTTPStatus.OK
        return web.json_response(answer, status=status, headers=headers)


def _token(request: web.Request, args: Arguments) -> str:
    bearer = request.headers.get("Authorization", "")
    return bearer.removeprefix("Bearer ").strip() if bearer.startswith("Bearer ") else args.text("token")
