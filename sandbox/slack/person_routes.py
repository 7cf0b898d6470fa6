"""The person API over HTTP: its routes, the live socket, uploads, and the switches for tests."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.slack.errors import PersonError
from sandbox.slack.hub import Slack
from sandbox.slack.json_types import JsonObject, as_object, parse_json
from sandbox.slack.meter import read_meter
from sandbox.slack.people import User
from sandbox.slack.person_api import DEEDS, Deed
from sandbox.slack.person_state import person_state
from sandbox.slack.samples import sample_path, sample_sets

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PersonRoutes:
    """Everything under `/person/`."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        deeds = [web.post(f"/person/{name}", self._deed(deed)) for name, deed in DEEDS.items()]
        return [
            *deeds,
            web.get("/person/state", self.state),
            web.get("/person/live", self.live),
            web.get("/person/calls", self.calls),
            web.get("/person/file/{id}", self.file),
            web.get("/person/samples", self.samples),
            web.get("/person/sample/{set}/{name}", self.sample),
            web.get("/person/meter", self.meter),
            web.post("/person/upload", self.upload),
            web.post("/person/faults", self.faults),
        ]

    async def state(self, request: web.Request) -> web.Response:
        """Give all that the person sees."""
        return web.json_response(person_state(self._slack, self._user(request.query.get("user"))))

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Push what happens to the person's page."""
        return await self._slack.live.serve(request, self._user(request.query.get("user")).id)

    async def calls(self, request: web.Request) -> web.Response:
        """Give the Web API calls so far, those of one method with `?method=`."""
        wanted = request.query.get("method")
        return web.json_response([call for call in self._slack.calls.all() if wanted in (None, call["method"])])

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file's bytes to the page, or with `?thumb` its largest thumbnail, as for what no browser shows."""
        record = self._slack.files.get(request.match_info["id"])
        if record is None or record.stage not in {"uploaded", "complete"}:
            raise web.HTTPNotFound
        if "thumb" in request.query:
            return web.FileResponse(self._slack.files.thumb_path(record), headers={"Content-Type": "image/jpeg"})
        headers = {"Content-Type": record.wire["mimetype"] or "application/octet-stream"}
        return web.FileResponse(self._slack.files.path(record), headers=headers)

    async def samples(self, _request: web.Request) -> web.Response:
        """List the sample photos."""
        return web.json_response(sample_sets())

    async def sample(self, request: web.Request) -> web.StreamResponse:
        """Give a sample photo."""
        path = sample_path(request.match_info["set"], request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def meter(self, _request: web.Request) -> web.Response:
        """Give what the sandbox's AWS has on its meter."""
        found = await read_meter(self._slack.settings.aws)
        if found is None:
            raise PersonError("no_meter")
        return web.json_response(found)

    async def upload(self, request: web.Request) -> web.Response:
        """Take one or more files of a person, for a message that names them."""
        form = await request.post()
        user = self._user(str(form.get("user")))
        fields = [field for field in form.getall("file", []) if isinstance(field, web.FileField)]
        if not fields:
            raise PersonError("no_file")
        records = [self._slack.files.add(field.filename, field.file.read(), user.id) for field in fields]
        for record in records:
            self._slack.sharing.received(record, by_person=True)
        return web.json_response({"ok": True, "files": [record.wire for record in records]})

    async def faults(self, request: web.Request) -> web.Response:
        """Turn faults on and off; `disconnect` parts from the app's sockets once, for the reason that it gives."""
        wanted = as_object(parse_json(await request.text()))
        reason = wanted.pop("disconnect", None)
        wanted.pop("user", None)
        try:
            in_force = self._slack.faults.change(wanted)
        except ValueError as error:
            raise PersonError(str(error)) from error
        if self._slack.faults.down:
            reason = "cut"
        if reason:
            await self._slack.sockets.disconnect(str(reason))
        return web.json_response(in_force)

    def _deed(self, deed: Deed) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            body = as_object(parse_json(await request.text()))
            answer: JsonObject = await deed(self._slack, self._user(body.get("user")), body)
            return web.json_response({"ok": True} | answer)

        return handle

    def _user(self, user_id: object) -> User:
        user = self._slack.workspace.users.get(str(user_id))
        if user is None or user.is_bot:
            raise PersonError("user_not_found")
        return user
