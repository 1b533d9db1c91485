"""Where the servers of tests live: folders in memory, ports that nobody else is given."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

LOOPBACK = "127.0.0.1"
MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3
"""Bytes. A server takes some hundred megabytes; containers are often given 64 of them to share."""

FIRST_PORT, PORTS_A_WORKER = 10_000, 2_000
_ports = itertools.count(os.getpid())


@contextmanager
def servers_folder() -> Iterator[Path]:
    """A folder for a server's data, gone at the end of the block.

    In memory where there is enough of it: making and dropping databases is mostly making and dropping files. Not in
    pytest's own: each start of pytest closes that to others, and for root the server runs as somebody else.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    with TemporaryDirectory(prefix="zuruf-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)


def free_port() -> int:
    """A port that nobody listens on now, and that the system gives to nobody who asks for any: those begin at 32768
    or above. Each worker of a run has its own to choose from."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
    for number in _ports:
        port = FIRST_PORT + worker * PORTS_A_WORKER + number % PORTS_A_WORKER
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise AssertionError("never reached: the count does not end")
