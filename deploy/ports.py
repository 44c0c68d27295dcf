"""Loopback ports: which are free, and why one is not."""

import errno
import os
import socket

from hotline.errors import BadInput

LOOPBACK = "127.0.0.1"


def free_ports(number: int) -> list[int]:
    """So many different loopback ports that are free at this moment."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def refuse_taken(host: str, port: int) -> None:
    """BadInput, naming the variable to change, if nothing can listen on `port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (
                "is taken"
                if error.errno == errno.EADDRINUSE
                else f"of {host} cannot be opened ({os.strerror(error.errno or 0)})"
            )
            other = port + 1 if 1024 <= port < 65_535 else 8080
            raise BadInput(
                f"port {port} {reason}; choose another: PORT={other} make run"
            ) from error
