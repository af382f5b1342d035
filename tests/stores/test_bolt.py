"""What stands at an address where a Bolt server was expected, told from real sockets."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from certificates import self_signed

from narragraph.graph.stores import bolt


def trouble(url: str) -> str:
    found = bolt.find_trouble(url)
    assert found
    return f"{found.reason}. {found.hint}"


@contextlib.contextmanager
def serving(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does one thing with each connection and hangs up; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, contextlib.suppress(OSError):
                        answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.close()


@pytest.fixture
def encrypting(tmp_path: Path) -> Callable[[socket.socket], None]:
    """What a Bolt server does that encrypts with a certificate of its own."""
    self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "public.crt", tmp_path / "private.key")

    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as encrypted:
            speak_bolt(encrypted)

    return answer


def speak_bolt(connection: socket.socket) -> None:
    if connection.recv(20)[:4] == bytes.fromhex("6060b017"):
        connection.sendall(bytes.fromhex("00000405"))


def test_a_bolt_server_gives_no_trouble() -> None:
    with serving(speak_bolt) as port:
        assert bolt.find_trouble(f"bolt://127.0.0.1:{port}") is None


def test_a_host_that_nobody_knows() -> None:
    assert trouble("bolt://nowhere.invalid") == (
        "the host nowhere.invalid is not known. Is its name spelled right, and is there a network?"
    )


def test_a_port_where_nothing_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert trouble(f"neo4j://127.0.0.1:{port}").startswith(f"nothing listens on port {port} of 127.0.0.1. ")


def test_the_port_of_a_web_server() -> None:
    class Quiet(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_port
        assert trouble(f"bolt://127.0.0.1:{port}") == (
            f"port {port} of 127.0.0.1 is a web server's. "
            "Bolt has a port of its own, 7687 as a rule: bolt://127.0.0.1:7687"
        )
        server.shutdown()


def test_a_port_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt, "_GREETING_SECONDS", 0.2)
    with serving(lambda connection: time.sleep(2)) as port:
        assert f"port {port} of 127.0.0.1 says nothing" in trouble(f"bolt://127.0.0.1:{port}")


def test_a_server_of_another_protocol() -> None:
    with serving(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")) as port:
        assert "speaks something other than Bolt" in trouble(f"bolt://127.0.0.1:{port}")


def test_a_server_too_old_for_the_versions_in_use() -> None:
    with serving(lambda connection: connection.sendall(bytes(4))) as port:
        assert "speaks no version of Bolt that is in use. Is it a Neo4j of version 5.23" in trouble(
            f"bolt://127.0.0.1:{port}"
        )


def test_a_server_that_hangs_up() -> None:
    with serving(lambda connection: None) as port:
        assert f"port {port} of 127.0.0.1 hangs up" in trouble(f"bolt://127.0.0.1:{port}")


def test_an_encrypted_connection_to_a_server_that_does_not_encrypt() -> None:
    with serving(speak_bolt) as port:
        assert trouble(f"neo4j+s://localhost:{port}") == (
            "localhost does not encrypt its connections. Use neo4j://, or turn encryption on in the server."
        )


def test_a_plain_connection_to_a_server_that_encrypts(encrypting: Callable[[socket.socket], None]) -> None:
    with serving(encrypting) as port:
        assert trouble(f"bolt://localhost:{port}") == (
            "localhost wants an encrypted connection. Use bolt+s://, or bolt+ssc:// for its own certificate."
        )


def test_a_certificate_that_the_server_signed_itself(encrypting: Callable[[socket.socket], None]) -> None:
    with serving(encrypting) as port:
        assert trouble(f"bolt+s://localhost:{port}").startswith(
            "the certificate of localhost is self-signed. A server of your own with a certificate of its own: bolt+ssc://"
        )
        assert bolt.find_trouble(f"bolt+ssc://localhost:{port}") is None


def test_a_certificate_for_another_host(
    encrypting: Callable[[socket.socket], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "public.crt"))
    with serving(encrypting) as port:
        assert bolt.find_trouble(f"bolt+s://localhost:{port}") is None
        assert "the certificate of 127.0.0.1 is for another host" in trouble(f"bolt+s://127.0.0.1:{port}")
