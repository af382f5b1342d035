"""A throw-away Neo4j Community server for tests: jars fetched by Maven, data in a temporary folder."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Release:
    """A version of the server, the class that starts it, and the oldest Java that runs it."""

    version: str
    main: str
    java: int


LTS = Release("5.26.30", "org.neo4j.server.CommunityEntryPoint", 17)
NEWEST = Release("2026.08.1", "org.neo4j.server.Neo4jCommunity", 21)
POM = Path(__file__).with_name("pom.xml")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "neo4j-test"
SECONDS = 90  # to start
_JAVA_HOMES = ("usr/lib/jvm/*", "usr/java/*", "opt/java/*", "Library/Java/JavaVirtualMachines/*/Contents/Home")
_OWN_JAVA_HOMES = (".sdkman/candidates/java/*", ".jdks/*")


@dataclass(frozen=True)
class Address:
    """Where a server is and who may enter."""

    uri: str
    username: str
    password: str


def lacking(release: Release = LTS) -> str | None:
    """What this machine lacks to run a server, or None."""
    if sys.platform == "win32":
        return "the test server runs on Linux and macOS only"
    if not shutil.which("mvn"):
        return "Maven (mvn) is not installed"
    if not find_java(release.java):
        return f"Java {release.java} or newer is not installed"
    return None


@functools.cache
def find_java(oldest: int) -> str | None:
    """The oldest Java on this machine that is new enough: JAVA_HOME's, the path's, or one in the usual folders."""
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    if on_path := shutil.which("java"):
        homes.append(Path(on_path).resolve().parents[1])
    homes += [home for pattern in _JAVA_HOMES for home in sorted(Path("/").glob(pattern))]
    homes += [home for pattern in _OWN_JAVA_HOMES for home in sorted(Path.home().glob(pattern))]
    found = sorted(
        (version, str(home / "bin" / "java")) for home in homes if (version := _java_version(home)) >= oldest
    )
    return found[0][1] if found else None


def _java_version(home: Path) -> int:
    """The number of a Java by the file that each carries; 0 where none stands there."""
    try:
        release = (home / "release").read_text()
    except OSError:
        return 0
    match = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', release, re.MULTILINE)
    return int(match[1]) if match and (home / "bin" / "java").exists() else 0


def provision(release: Release = LTS) -> Path:
    """The folder with the server's jars; the first call fills the cache, one process at a time."""
    import fcntl

    final = CACHE / release.version
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not final.exists():
            part = Path(tempfile.mkdtemp(dir=CACHE))
            maven = [
                "mvn",
                "-B",
                "-q",
                "-f",
                str(POM),
                f"-Dneo4j.version={release.version}",
                f"-DoutputDirectory={part}",
            ]
            _run([*maven, "-DincludeScope=runtime", "dependency:copy-dependencies"], timeout=600)
            if not (part / f"neo4j-{release.version}.jar").exists():
                raise RuntimeError("Maven ran, but the server's jar is missing")
            part.rename(final)  # at once, so that a broken download never looks complete
    return final


class Server:
    """A server whose data stay in ``home`` when it ends: started again, it has them, at the same address."""

    def __init__(
        self, home: Path, release: Release = LTS, settings: str = "", scheme: str = "bolt", within: Sequence[str] = ()
    ) -> None:
        """``within`` is the beginning of the command that starts it: where else than here it is to run."""
        self.address = Address(f"{scheme}://127.0.0.1:{_free_port()}", "neo4j", secrets.token_hex(16))
        self._home = home
        self._release = release
        self._process: subprocess.Popen[bytes] | None = None
        conf = home / "conf"
        classpath = os.pathsep.join(str(path) for path in sorted(provision(release).glob("*.jar")))
        java = find_java(release.java) or "java"
        memory = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC"]
        self._java = [*within, java, *memory, "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp", classpath]
        self._environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
        for folder in (conf, home / "import"):
            folder.mkdir()
        (conf / "neo4j.conf").write_text(_settings(self.address) + settings)
        admin = ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.address.password]
        _run([*self._java, *admin], env=self._environment, timeout=SECONDS)

    def configure(self, settings: str) -> None:
        """Add settings that hold from the next start on."""
        with open(self._home / "conf" / "neo4j.conf", "a") as file:
            file.write(settings)

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start it, with more in its environment, and wait until it answers."""
        (self._home / "logs" / "neo4j.log").unlink(missing_ok=True)  # it may tell of an earlier start
        with open(self._home / "console.log", "wb") as log:
            self._process = subprocess.Popen(
                [*self._java, self._release.main, f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**self._environment, **(environment or {})},
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        _wait_until_started(self._process, self._home)
        _warm_up(self.address)

    def stop(self) -> None:
        """Have it end in good order."""
        if self._process:
            self._process.terminate()
            self._process.wait(SECONDS)

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.wait()


@contextlib.contextmanager
def running(
    release: Release = LTS, settings: str = "", files: Mapping[str, str] | None = None, scheme: str = "bolt"
) -> Iterator[Address]:
    """A fresh, empty server for as long as the context lasts, with more settings, and with files in its folder."""
    with restartable(release, settings, files, scheme) as server:
        yield server.address


@contextlib.contextmanager
def restartable(
    release: Release = LTS,
    settings: str = "",
    files: Mapping[str, str] | None = None,
    scheme: str = "bolt",
    within: Sequence[str] = (),
) -> Iterator[Server]:
    """The same, to be stopped and started again in between."""
    home = Path(tempfile.mkdtemp(prefix="neo4j-test-"))
    server = None
    try:
        server = Server(home, release, settings, scheme, within)
        for name, text in (files or {}).items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text)
        server.start()
        yield server
    finally:
        if server:
            server.kill()
        shutil.rmtree(home, ignore_errors=True)


def _settings(address: Address) -> str:
    listen = address.uri.partition("://")[2]
    return f"""server.default_listen_address=127.0.0.1
server.bolt.listen_address={listen}
server.bolt.advertised_address={listen}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=128m
server.directories.import=import
dbms.security.auth_lock_time=0s
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
server.config.strict_validation.enabled=true
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""


def _wait_until_started(process: subprocess.Popen[bytes], home: Path) -> None:
    """Wait for the server's own word: its port opens earlier, and might be a neighbour's."""
    log = home / "logs" / "neo4j.log"
    end = time.monotonic() + SECONDS
    while not (log.exists() and " Started." in log.read_text()):
        if process.poll() is not None or time.monotonic() > end:
            said = log.read_text()[-4000:] if log.exists() else ""
            raise RuntimeError(f"Neo4j did not start:\n{(home / 'console.log').read_text()[-2000:]}{said}")
        time.sleep(0.05)


def _warm_up(address: Address) -> None:
    """Ask once, for the first query costs a second that tests with a time limit should not pay."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
        driver.execute_query("RETURN 1", database_="neo4j")


def _run(command: list[str], **options: object) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
