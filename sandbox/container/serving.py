"""The container's HTTP: /ping and /invocations on one worker, as SAGEMAKER_MODEL_SERVER_WORKERS=1 has it."""

import secrets
import sys
from collections.abc import Callable
from email.message import Message
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from PIL import Image

from sandbox.container import bundle, payload, replies
from sandbox.container.bundle import UnreadableModelError
from sandbox.container.payload import Order, PayloadError
from sandbox.container.training import say
from sandbox.painter.artifact import Model
from sandbox.painter.painting import Request, paint, seed_of

HOST = "127.0.0.1"
MOST_BODY = 6 * 2**20
"""Bytes of a request that are read."""
_SEEDS = 2**64


class Paints(Protocol):
    """Whatever paints what is ordered."""

    def paint(self, order: Order) -> list[Image.Image]:
        """Paint the pictures of a request, prompt by prompt."""
        ...


def run(model: Path, port: int, worker: Callable[[Model], Paints] | None = None) -> int:
    """Serve until the process is ended, painted by `worker` (None: a `Painter`); 1 when the model cannot be read."""
    try:
        painter = (worker or Painter)(bundle.open_model(model))
    except UnreadableModelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with Server((HOST, port), partial(Handler, painter)) as server:
        say(f"Model server started on http://{HOST}:{server.server_port}")
        server.serve_forever()
    return 0


class Server(ThreadingHTTPServer):
    """A thread for each connection; as many may wait as a burst of requests brings."""

    daemon_threads = True
    request_queue_size = 128


class Painter:
    """The one worker: requests wait for each other."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._worker = Lock()

    def paint(self, order: Order) -> list[Image.Image]:
        """Paint the pictures of a request, prompt by prompt, once those before it are done."""
        seed = secrets.randbits(32) if order.seed is None else order.seed % _SEEDS
        with self._worker:
            return [
                paint(self._model, _request(order, prompt, negative, seed_of(seed, index)))
                for prompt, negative in zip(order.prompts, order.negative_prompts, strict=True)
                for index in range(order.pictures)
            ]


def _request(order: Order, prompt: str, negative: str, seed: int) -> Request:
    sizes = (order.width, order.height)
    return Request(prompt, negative, seed, order.steps, order.guidance, *sizes)


def _accepted(headers: Message) -> str:
    """Check the content type, and give the Accept header as `replies` knows it."""
    accept = headers.get("Accept", "").replace(" ", "").lower()
    if accept not in replies.ACCEPTED:
        raise PayloadError(f"Accept {accept} is not supported")
    if headers.get_content_type() != "application/json":
        raise PayloadError(f"Content type {headers.get_content_type()} is not supported")
    return accept


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def __init__(self, painter: Paints, *connection: Any) -> None:
        self._painter = painter
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer /ping."""
        if self.path == "/ping":
            self._answer(HTTPStatus.OK, b'{"status": "Healthy"}')
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "Requested resource is not found")

    def do_POST(self) -> None:
        """Answer /invocations."""
        body = self._body()
        if body is None:
            self.close_connection = True
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Request size exceeded the limit of {MOST_BODY}")
        elif self.path != "/invocations":
            self._refuse(HTTPStatus.NOT_FOUND, "Requested resource is not found")
        else:
            self._invoke(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class names it so
        """Write one line for each request, without the address it came from."""
        say(format % args)

    def _invoke(self, body: bytes) -> None:
        try:
            accept = _accepted(self.headers)
            order = payload.parse(body)
            prompt = order.prompts if order.many else order.prompts[0]
            self._answer(HTTPStatus.OK, replies.pictures(accept, self._painter.paint(order), prompt))
        except PayloadError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))

    def _body(self) -> bytes | None:
        """Read the body; None when it is larger than is read."""
        length = int(self.headers.get("Content-Length") or 0)
        return None if length > MOST_BODY else self.rfile.read(length)

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self._answer(status, replies.error(status, message))

    def _answer(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
