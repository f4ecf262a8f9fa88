"""The ports of one stack: chosen free, remembered across restarts, replaced when taken.

They lie outside the kernel's range for outgoing connections. Inside it, a client that keeps
calling a dead server's port is in the end given that very port for its own end, talks to itself,
and the server cannot start again.
"""

import json
import random
import socket
import time
from pathlib import Path

from .errors import StackError
from .settings import write_private


_CHILD_SECONDS = 10


class PortBook:
    """Names to ports, kept in a file. Not thread-safe except for `release`."""

    def __init__(self, path):
        self._path = path
        self._held = {}
        try:
            self._ports = json.loads(Path(path).read_text())
        except FileNotFoundError:
            self._ports = {}
        except ValueError as problem:
            raise StackError(f"{path} is damaged: {problem}") from None

    def __getitem__(self, name):
        """The port of `name`, chosen now if it has none."""
        if name not in self._ports:
            self._hold_new(name)
        return self._ports[name]

    def hold(self, name):
        """Keeps the port for its process until `release`; another one when it was taken."""
        if name in self._held:
            return
        try:
            self._held[name] = _listen(self[name])
        except OSError:
            self._hold_new(name)

    def release(self, name):
        """Lets go of the port, for its process to bind at once. A child that another thread is
        starting listens on it too until it has become its program, which takes a while on a busy
        machine: waits for that."""
        held = self._held.pop(name, None)
        if not held:
            return
        held.close()
        deadline = time.monotonic() + _CHILD_SECONDS
        while self.taken(name) and time.monotonic() < deadline:
            time.sleep(0.01)

    def release_all(self):
        for name in list(self._held):
            self.release(name)

    def taken(self, name):
        """Whether another program has the port now."""
        try:
            _listen(self._ports[name]).close()
            return False
        except OSError:
            return True

    def replace(self, name):
        """Forgets a port that was taken, so that the next look chooses another."""
        self.release(name)
        self._ports.pop(name, None)

    def save(self):
        write_private(self._path, json.dumps(self._ports, indent=2) + "\n")

    def _hold_new(self, name):
        used = set(self._ports.values())
        candidates = [port for port in _range() if port not in used]
        for port in random.sample(candidates, min(len(candidates), 200)):
            try:
                self._held[name] = _listen(port)
                self._ports[name] = port
                return
            except OSError:
                continue
        raise StackError("no free port found")


def _listen(port):
    """A listening socket, because two merely bound ones can share a port. SO_REUSEADDR as servers
    set it: connections that linger from a killed server do not count as taken."""
    held = socket.socket()
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", port))
        held.listen(1)
    except OSError:
        held.close()
        raise
    return held


def _range():
    """Ports that the kernel gives to no outgoing connection: below its range, else above."""
    low, high = map(int, Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    if low >= 12000:
        return range(max(10000, low - 20000), low)
    if high <= 65000:
        return range(high + 1, 65536)
    return range(20000, 60000)
