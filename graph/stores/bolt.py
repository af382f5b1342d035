"""What stands at a server's address: the first words of the Bolt protocol, said by hand.

Drivers tell little of why they could not connect. This asks step by step, so that a user hears the one thing to change.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

PORT = 7687
SECONDS = 5.0  # to reach the host
_GREETING_SECONDS = 2.0  # for its first words
_MAGIC = bytes.fromhex("6060b017")
_VERSIONS = bytes.fromhex("00080805 00020404 00000003 00000000")  # Bolt 5.8 to 5.0, 4.4 to 4.2, 3
_CERTIFICATE = {  # OpenSSL's codes
    10: "has expired",
    18: "is self-signed",
    19: "is signed by an authority that this machine does not know",
    20: "is signed by an authority that this machine does not know",
    62: "is for another host",
    64: "is for another host",  # where the address is a number
}


@dataclass(frozen=True)
class Trouble:
    """Why no Bolt server can be talked to at an address, and what to do about it."""

    reason: str
    hint: str


class _NotBolt(Exception):
    """The other side answers with something else; the text says what it was."""


def address(url: str) -> tuple[str, int]:
    """Host and port of a store's address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORT


def find_trouble(url: str) -> Trouble | None:
    """What keeps Bolt from being spoken at ``url``; None where it is."""
    host, port = address(url)
    scheme = urlsplit(url).scheme
    try:
        _greet(host, port, _context(scheme))
    except socket.gaierror:
        return Trouble(f"the host {host} is not known", "Is its name spelled right, and is there a network?")
    except ConnectionRefusedError:
        return Trouble(f"nothing listens on port {port} of {host}", "Is the server running, and is the port right?")
    except ssl.SSLCertVerificationError as error:
        return _certificate_trouble(error, host, scheme)
    except _NotBolt as error:
        return _other_protocol(str(error), host, port, scheme)
    except (ssl.SSLError, ConnectionError):
        return _encryption_trouble(host, port, scheme)
    except TimeoutError:
        return Trouble(f"{host} does not answer within {SECONDS:g} seconds", "Is it on, and does a firewall let you?")
    except OSError as error:
        return Trouble(f"{host} cannot be reached: {error.strerror or error}", "Is there a network?")
    return None


def _greet(host: str, port: int, context: ssl.SSLContext | None) -> None:
    """Agree on a version of Bolt, or raise what went wrong."""
    with socket.create_connection((host, port), timeout=SECONDS) as plain:
        plain.settimeout(_GREETING_SECONDS)
        connection = context.wrap_socket(plain, server_hostname=host) if context else plain
        connection.sendall(_MAGIC + _VERSIONS)
        try:
            answer = connection.recv(4)
        except TimeoutError:
            connection.sendall(b"\r\n\r\n")  # a server of lines, such as HTTP, waits for their end
            try:
                answer = connection.recv(4)
            except TimeoutError:
                raise _NotBolt("says nothing") from None
    if not answer:
        raise ConnectionResetError
    if answer == bytes(4):
        raise _NotBolt("speaks no version of Bolt that is in use")
    if answer[:1] != b"\x00":
        raise _NotBolt("HTTP" if answer in (b"HTTP", b"<!DO") else "speaks something other than Bolt")


def _context(scheme: str) -> ssl.SSLContext | None:
    """How the connection is encrypted: not, with a certificate that is checked (+s), or with any (+ssc)."""
    if scheme.endswith("+ssc"):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    return ssl.create_default_context() if scheme.endswith("+s") else None


def _certificate_trouble(error: ssl.SSLCertVerificationError, host: str, scheme: str) -> Trouble:
    what = _CERTIFICATE.get(error.verify_code, f"is not valid ({error.verify_message})")
    return Trouble(
        f"the certificate of {host} {what}",
        f"A server of your own with a certificate of its own: {scheme}sc://; otherwise have the certificate put right.",
    )


def _other_protocol(what: str, host: str, port: int, scheme: str) -> Trouble:
    if what == "HTTP":
        return Trouble(
            f"port {port} of {host} is a web server's",
            f"Bolt has a port of its own, {PORT} as a rule: {scheme}://{host}:{PORT}",
        )
    return Trouble(f"port {port} of {host} {what}", "Is it a Neo4j of version 5.23 or newer, and the port of its Bolt?")


def _encryption_trouble(host: str, port: int, scheme: str) -> Trouble:
    """The other side hung up: does it speak Bolt when the encryption is the other way?"""
    kind, _, encrypted = scheme.partition("+")
    try:
        _greet(host, port, None if encrypted else _context(f"{kind}+ssc"))
    except (OSError, _NotBolt):
        return Trouble(f"port {port} of {host} hangs up", "Is it the port of a Neo4j's Bolt?")
    if encrypted:
        return Trouble(
            f"{host} does not encrypt its connections", f"Use {kind}://, or turn encryption on in the server."
        )
    return Trouble(
        f"{host} wants an encrypted connection", f"Use {kind}+s://, or {kind}+ssc:// for its own certificate."
    )
