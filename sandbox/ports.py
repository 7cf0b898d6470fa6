"""Free ports on this machine."""

import random
import socket

HOST = "127.0.0.1"
FIRST, LAST = 16_000, 31_999
"""Below the ports that systems give to outgoing connections (from 32,768 on Linux): a port that was free stays so until
somebody listens on it, however late. It is drawn by chance: processes that ask at the same time get different ones."""


def free() -> int:
    """Give a port that nothing listens on, and that no outgoing connection takes.

    Raises:
        OSError: when all are taken.
    """
    for port in random.sample(range(FIRST, LAST + 1), LAST + 1 - FIRST):
        if is_free(port):
            return port
    raise OSError(f"no port from {FIRST} to {LAST} is free")


def is_free(port: int) -> bool:
    """Tell whether nothing listens on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
