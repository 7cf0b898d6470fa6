"""What happens behind one endpoint: fetch the model, start its container, keep it up until the endpoint goes."""

import http.client
import shutil
import socket
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

from botocore.exceptions import ClientError

from sandbox.aws import endpoint_timeline, models, schedule
from sandbox.aws.endpoint_timeline import PING_FAILED
from sandbox.aws.naming import S3Address
from sandbox.aws.records import Endpoint
from sandbox.aws.world import World, in_background

PING_EVERY_S = 0.05
"""Wall seconds between pings while the container comes up."""
RESTART_AFTER_S = 0.5
"""Wall seconds after which a container that died is started anew."""


def run(world: World, endpoint: Endpoint) -> None:
    """Take one endpoint from its creation to its deletion; a thread of its own."""
    folder = world.settings.data / "endpoints" / f"{endpoint.name}-{endpoint.facts.created}"
    wait = world.settings.wall(schedule.creating_s(endpoint.name)) * schedule.CONTAINER_START_SHARE
    try:
        if endpoint.facts.failed_at is None and not endpoint.gone.wait(wait):
            _serve(world, endpoint, folder)
    except (ClientError, OSError, ValueError) as error:
        _fail(world, endpoint, f"Failed to download model data: {error}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(world: World, endpoint: Endpoint, folder: Path) -> None:
    address = models.artifact_of(endpoint.model)
    path = folder if address is None else _fetch(world, address, folder)
    if path is None:
        _fail(world, endpoint, f"Could not find model data at {address}.")
        return
    deadline = endpoint.facts.created + max(
        world.settings.wall(schedule.PING_LIMIT_S), world.settings.least_container_s
    )
    while not endpoint.gone.is_set() and not _failed(endpoint):
        _run_once(world, endpoint, path, deadline)
        endpoint.gone.wait(RESTART_AFTER_S)


def _fetch(world: World, address: S3Address, folder: Path) -> Path | None:
    """The artifact's file, or the folder of its parts; None when nothing is there."""
    target = folder / "model"
    if not world.storage.fetch(address, target):
        return None
    name = address.key.removeprefix(address.folder)
    return target / name if name else target


def _run_once(world: World, endpoint: Endpoint, path: Path, deadline: float) -> None:
    """One life of the container."""
    port = _free_port()
    command = [*world.settings.container, "serve", "--model", str(path), "--port", str(port)]
    told = {**endpoint.model.container.get("Environment", {}), "SANDBOX_INSTANCE_TYPE": endpoint.instance_type}
    process = world.children.start(command, told)
    in_background(partial(_copy_output, world, endpoint, process), f"log of {endpoint.name}")
    if _comes_up(endpoint, process, port, lambda: world.now() < deadline):
        with world.lock:
            endpoint.port = port
            endpoint.facts.answers_since = endpoint.facts.answers_since or world.now()
        _until_over(endpoint, process)
        endpoint.port = None
    elif not endpoint.gone.is_set() and world.now() >= deadline and endpoint.facts.answers_since is None:
        _fail(world, endpoint, PING_FAILED.format(variant=endpoint.variant))
    world.children.stop(process)


def _comes_up(endpoint: Endpoint, process: subprocess.Popen[str], port: int, in_time: Callable[[], bool]) -> bool:
    while process.poll() is None and in_time() and not endpoint.gone.is_set():
        if ping(port):
            return True
        endpoint.gone.wait(PING_EVERY_S)
    return False


def ping(port: int) -> bool:
    """Whether a container answers 200 at /ping."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/ping")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _until_over(endpoint: Endpoint, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and not endpoint.gone.wait(PING_EVERY_S):
        continue


def _copy_output(world: World, endpoint: Endpoint, process: subprocess.Popen[str]) -> None:
    if process.stdout is None:
        return
    with process.stdout as lines:
        for line in lines:
            world.logs.write(endpoint.log_group, endpoint.log_stream, line.rstrip("\n"))


def _failed(endpoint: Endpoint) -> bool:
    return endpoint.facts.failed_at is not None


def _fail(world: World, endpoint: Endpoint, reason: str) -> None:
    with world.lock:
        if endpoint_timeline.status(endpoint.facts, world.now()) == "Creating":
            endpoint.facts.failed_at, endpoint.facts.reason = world.now(), reason


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
