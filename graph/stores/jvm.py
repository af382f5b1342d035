"""The Java machine inside this process that the embedded store runs on: started once, quietly, with the flags that fit.

It is not started by the library's own means: those leave a ``log`` folder behind, write to standard error and wait for
modules that are of no use here.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from narragraph.errors import StoreUnavailable
from narragraph.graph.stores.layout import HIDDEN

_OPENED = ("java.util.concurrent.atomic", "java.nio.channels.spi", "java.lang")  # packages the engine reaches into
_ENGINE = {
    "txWalFlush": "2",  # a commit is on the disk when it returns
    "log.impl": "slf4j",  # through java.util.logging, which has no handler here: nothing on standard error, no ./log
    "polyglotEngineEnabled": "false",
    "queryMaxHeapElementsAllowedPerOp": "50000000",  # sorting a million edges is allowed; memory has a limit of its own
    "opencypher.loadCsv.allowFileUrls": "false",
    "opencypher.loadCsv.allowRemoteUrls": "false",
}
_LEAST_HEAP = 64  # megabytes
_CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def start() -> None:
    """Start Java unless it runs already.

    Raises StoreUnavailable where the library for this platform is missing.
    """
    try:
        import jpype
        from arcadedb_embedded import jvm
    except ImportError as error:
        raise StoreUnavailable(
            f"The library of the embedded store is not installed here ({error.name or error}).",
            hint="There are builds for Linux (glibc 2.34 or newer), macOS on Apple silicon and Windows; "
            "elsewhere use a Neo4j server: --store bolt://localhost:7687",
        ) from None
    if jpype.isJVMStarted():
        _check_running()
        return
    flags = [
        f"-Xmx{heap()}m",
        "-XX:TieredStopAtLevel=1",  # starts in half the time, and loads of 100,000 edges are no slower
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:-UsePerfData",
        "-Xrs",  # signals are Python's, also while Java starts
        f"-XX:ErrorFile={Path(tempfile.gettempdir()) / 'narragraph-java-%p.log'}",
        "--enable-native-access=ALL-UNNAMED",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        f"-Djava.util.logging.config.file={os.devnull}",
        *(f"-Darcadedb.{name}={value}" for name, value in _ENGINE.items()),
    ]
    jars = sorted(str(path) for path in Path(jvm.get_jar_path()).glob("*.jar"))
    try:
        # interrupt=False leaves Ctrl-C to Python
        jpype.startJVM(jvm.get_bundled_jre_lib_path(), *flags, classpath=jars, interrupt=False)
    except Exception as error:
        raise StoreUnavailable(f"The embedded store cannot start its Java: {error}") from None


def description() -> str:
    """The engine and its Java, which runs already."""
    import jpype
    from arcadedb_embedded import __version__

    return f"ArcadeDB {__version__.split('.post')[0]} on its own Java {'.'.join(map(str, jpype.getJVMVersion()))}"


def java_class(name: str) -> Any:
    """A class of the engine, by its name below ``com.arcadedb``."""
    import jpype

    return jpype.JClass(f"com.arcadedb.{name}")


def maps(rows: Sequence[Mapping[str, Any]]) -> Iterable[Any]:
    """The rows as Java maps; they cross as one text, for value by value they take four times as long."""
    parsed = java_class("serializer.json.JSONObject")(json.dumps({"rows": rows}, allow_nan=False))
    maps: Iterable[Any] = parsed.toMap().get("rows")
    return maps


def plain(value: Any) -> Any:
    """A value of an answer as Python has it: nodes and relationships as dicts, paths as lists of these."""
    if value is None or isinstance(value, (str, bool, int, float, datetime.date)):
        return value
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    kind = str(value.getClass().getSimpleName()) if hasattr(value, "getClass") else ""
    if kind == "CypherDate":
        return datetime.date.fromisoformat(str(value))
    if kind.startswith("Cypher"):
        return temporal(str(value))
    if isinstance(value, (java_class("graph.Vertex"), java_class("graph.Edge"))):
        return {"type": str(value.getTypeName()), **_properties(value)}
    if kind == "TraversalPath":
        return [plain(item) for item in value.toAlternatingList()]
    from arcadedb_embedded.type_conversion import convert_java_to_python

    converted = convert_java_to_python(value)
    return str(value) if converted is value else plain(converted)


def temporal(text: str) -> datetime.datetime | datetime.time | str:
    """A point in time or a time of day; durations stay ISO texts."""
    for kind in (datetime.datetime, datetime.time):
        try:
            return kind.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            continue
    return text


def _properties(element: Any) -> dict[str, Any]:
    return {
        str(name): plain_property(element.get(name))
        for name in sorted(map(str, element.getPropertyNames()))
        if name not in HIDDEN
    }


def plain_property(value: Any) -> Any:
    """A stored property as Python has it."""
    from arcadedb_embedded.type_conversion import convert_java_to_python

    return plain(convert_java_to_python(value))


def heap() -> int:
    """Megabytes that Java may grow to.

    ``NARRAGRAPH_HEAP``, else a quarter of the memory that the machine, or the container, has: between 512 MB and 4 GB.
    Raises StoreUnavailable for a NARRAGRAPH_HEAP that is no number.
    """
    asked = os.environ.get("NARRAGRAPH_HEAP")
    if asked:
        if not asked.isascii() or not asked.isdigit() or int(asked) < _LEAST_HEAP:
            raise StoreUnavailable(f"NARRAGRAPH_HEAP is a number of megabytes from {_LEAST_HEAP} on, not {asked!r}.")
        return int(asked)
    return max(512, min(4096, _memory() // 4))


def _memory() -> int:
    """Megabytes of memory that this process may count on."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return 8192
    for limit in _CONTAINER_LIMITS:
        with contextlib.suppress(OSError, ValueError):  # ValueError: it says "max"
            memory = min(memory, int(Path(limit).read_text()))
    return memory // 2**20


def _check_running() -> None:
    """Raise StoreUnavailable when another library has started a Java without the engine: one process has but one."""
    try:
        java_class("GlobalConfiguration")
    except Exception:
        raise StoreUnavailable(
            "Another library of this program has started a Java of its own, and a process can have but one.",
            hint="Open the store before that library is used.",
        ) from None
