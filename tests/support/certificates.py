"""A certificate that a server signed itself, as servers of one's own have."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from parts import missing


def self_signed(folder: Path) -> tuple[str, str]:
    """Key and certificate for localhost, as texts; misses the test's part where there is no openssl."""
    if not shutil.which("openssl"):
        missing("openssl is not installed")
    key, certificate = folder / "private.key", folder / "public.crt"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    make += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    return key.read_text(), certificate.read_text()
