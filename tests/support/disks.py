"""Small disks and read-only folders, without being root: a process of ours holds the mount namespace they are in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SMALL = 'mount -t tmpfs -o "size=$1" none "$0"'
_READONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"'


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """The way to a disk of so many bytes, which is gone in the end."""
    with _mounted(_SMALL, folder, str(size)) as path:
        yield path


@contextmanager
def readonly_folder(folder: Path) -> Iterator[Path]:
    """The way to a folder as it is, where nobody can write, not even root."""
    with _mounted(_READONLY, folder) as path:
        yield path


def where_mounted(disk: Path) -> list[str]:
    """The beginning of a command that is to find the disk, or read-only folder, at its own path."""
    holder = disk.parts[2]  # as in /proc/HOLDER/root
    return ["nsenter", "--target", holder, "--user", "--mount", "--preserve-credentials"]


def fill(disk: Path, leaving: int) -> Path:
    """A file that fills a disk up to so many bytes."""
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    with open(filler, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free - leaving))
    return filler


@contextmanager
def _mounted(mount: str, folder: Path, *arguments: str) -> Iterator[Path]:
    if not shutil.which("unshare"):
        pytest.skip("no mounts of our own: this system has no unshare")
    command = ["unshare", "-rm", "sh", "-c", f"{mount} && echo mounted && cat", str(folder), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as holder:
        assert holder.stdout
        assert holder.stderr
        if holder.stdout.readline() != "mounted\n":
            pytest.skip(f"no mounts of our own: {holder.stderr.read().strip()}")
        yield Path(f"/proc/{holder.pid}/root{folder}")
        holder.kill()
