"""A lock on a store's folder, shared by readers and exclusive for a writer; the system frees it when a process ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from narragraph.errors import StoreLocked, StoreUnavailable

_PAUSE = 0.1  # seconds between two tries


class FolderLock:
    """The held lock. Raises StoreLocked when another still holds it after ``wait`` seconds."""

    def __init__(self, folder: Path, *, shared: bool, wait: float = 0) -> None:
        self._folder = folder
        self._wait = wait
        self._held = False
        path = folder / "lock"
        try:
            flags = os.O_RDONLY if shared and path.exists() else os.O_RDWR | os.O_CREAT
            self._file: int | None = os.open(path, flags, 0o666)
        except OSError as error:
            raise StoreUnavailable(f"The store at {folder} cannot be written: {error.strerror}.") from None
        try:
            self.exchange(shared=shared)
        except BaseException:
            self.release()
            raise

    def exchange(self, *, shared: bool, wait: float | None = None) -> None:
        """Hold it in this way from now on; waits ``wait`` seconds for others at most."""
        assert self._file is not None
        if self._held and sys.platform == "win32":
            return  # all locks are exclusive there
        end = time.monotonic() + (self._wait if wait is None else wait)
        while not _try_lock(self._file, shared=shared):
            if time.monotonic() >= end:
                raise StoreLocked(
                    f"Another process {'writes to' if shared else 'uses'} the store at {self._folder}.",
                    hint="One may write or several may read: --wait SECONDS waits for it; a Neo4j server serves many.",
                )
            time.sleep(_PAUSE)
        self._held = True

    def release(self) -> None:
        """Let others in; a second time does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int, *, shared: bool) -> bool:
        """Windows knows exclusive locks only: readers take turns too."""
        try:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: int, *, shared: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
