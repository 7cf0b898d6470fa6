"""Starts and ends one sandbox AWS."""

import logging
import shutil
import signal
from threading import Event, Thread
from types import FrameType

from moto.server import MotoRequestHandler  # pyright: ignore[reportPrivateImportUsage] - has no public name
from werkzeug.serving import BaseWSGIServer, make_server

from sandbox.aws import deprecation
from sandbox.aws.faults import Faults
from sandbox.aws.front import Front
from sandbox.aws.logs import Logs
from sandbox.aws.metrics import Metrics
from sandbox.aws.own_clients import OwnClients
from sandbox.aws.seed import seed
from sandbox.aws.settings import Settings
from sandbox.aws.storage import Storage
from sandbox.aws.world import World


def _world(settings: Settings, url: str) -> World:
    """The state of a fresh AWS, whose front door is open already.

    Raises:
        ValueError: the faults of the start are no faults.
    """
    faults = Faults()
    faults.change(settings.faults)
    clients = OwnClients(settings, url)
    seed(clients.s3, settings)
    world = World(settings, Storage(clients.s3), Logs(clients.logs), Metrics(clients.cloudwatch), faults)
    deprecation.follow_faults(world)
    return world


def _listen(settings: Settings, front: Front) -> BaseWSGIServer:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(settings.host, settings.port, front, threaded=True, request_handler=MotoRequestHandler)
    Thread(target=server.serve_forever, name="front", daemon=True).start()
    return server


def _told_to_end() -> Event:
    """Set on SIGTERM and SIGINT."""
    told = Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return told


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then end every container."""
    told = _told_to_end()
    for left_over in ("training", "endpoints"):
        shutil.rmtree(settings.data / left_over, ignore_errors=True)
    settings.data.mkdir(parents=True, exist_ok=True)
    front = Front()
    server = _listen(settings, front)
    url = f"http://{settings.host}:{server.server_port}"
    world = _world(settings, url)
    front.world = world
    logging.getLogger(__name__).info("an AWS is at %s", url)
    while not told.wait(1.0):
        continue
    world.children.stop_all()
    server.shutdown()
