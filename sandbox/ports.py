"""Free ports on this machine."""

import socket

HOST = "127.0.0.1"


def free() -> int:
    """Give a port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
