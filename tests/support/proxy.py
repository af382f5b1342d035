"""A way to a server that can be slow, silent or cut, as networks are."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from narragraph.graph.stores import bolt

_COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # Bolt's message COMMIT in its frame
_PIECE = 16_384


@dataclass
class _Connection:
    """What passes between one client and the server; ``flows`` is cleared to hold it up."""

    client: socket.socket
    server: socket.socket
    flows: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        self.flows.set()
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # wakes whoever reads from it
            end.close()


class Proxy:
    """Passes bytes on between those who connect to ``url`` and a server; ``delay`` holds each piece back (seconds)."""

    def __init__(self, server: str) -> None:
        self.delay = 0.0
        self._server = bolt.address(server)
        self._connections: list[_Connection] = []
        self._trap: bool | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self.url = f"bolt://127.0.0.1:{self._port}"
        self._listen()

    def cut(self) -> None:
        """Break all connections and take no new ones."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def mend(self) -> None:
        """Take connections again after a cut."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._listen()

    def fall_silent(self) -> None:
        """Pass nothing on any more, without a word to either side; only new connections work."""
        for connection in self._connections:
            connection.flows.clear()

    def lose_a_commit(self, *, delivered: bool) -> None:
        """Break the next connection that commits: before the server hears of it, or before the client hears back."""
        self._trap = delivered

    def _listen(self) -> None:
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                client, _ = listener.accept()
                try:
                    server = socket.create_connection(self._server)
                except OSError:  # it is down
                    client.close()
                    continue
                connection = _Connection(client, server)
                connection.flows.set()
                self._connections.append(connection)
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=[connection, source, target], daemon=True).start()

    def _pass_on(self, connection: _Connection, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                time.sleep(self.delay)
                if target is connection.server and self._trap is not None and _COMMIT in piece:
                    self._spring(connection, piece)
                connection.flows.wait()
                target.sendall(piece)
        connection.close()

    def _spring(self, connection: _Connection, piece: bytes) -> None:
        delivered, self._trap = self._trap, None
        if delivered:
            connection.flows.clear()
            connection.server.sendall(piece)
            time.sleep(0.5)  # time enough for the server to commit
        connection.close()


@contextmanager
def way_to(server: str) -> Iterator[Proxy]:
    """A way to a server that is cut in the end."""
    proxy = Proxy(server)
    try:
        yield proxy
    finally:
        proxy.cut()
