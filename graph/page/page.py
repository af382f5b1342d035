"""Writes the reader page: pyvis holds the drawn graph and renders our template; everything on the page is ours.

The file needs nothing but itself. Its content security policy allows exactly the scripts and the style that were put
in, by their hashes, and nothing from anywhere else; the data is JSON that no browser runs.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TextIO

from narragraph.errors import UsageError
from narragraph.graph.excerpts import DocumentText
from narragraph.graph.page.payload import SHOWN_FROM, build_payload, strongest
from narragraph.graph.subgraph import Subgraph

# the page's script, in the order in which its parts build on each other
SCRIPTS = (
    "dom", "data", "look", "state", "address", "paths", "painter", "network", "evidence", "panel", "filters", "legend",
    "search", "table", "timeline", "text", "svg", "saving", "keys", "main",
)  # fmt: skip
THEMES = ("auto", "light", "dark")
_COMPRESS_ABOVE = 500_000  # characters of JSON
# what could end a script element early or be read differently by a script, as JSON escapes
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class PageSummary:
    """What a written page holds: nodes and links drawn, sentences behind them, size in bytes."""

    nodes: int
    links: int
    evidence: int
    size: int


def write_page(
    subgraph: Subgraph,
    out: str | Path | TextIO,
    *,
    title: str = "Narragraph",
    theme: str = "auto",
    text: DocumentText | None = None,
    shown_from: float = SHOWN_FROM,
) -> PageSummary:
    """Write the subgraph as one HTML file; equal subgraphs give equal bytes.

    ``out`` is a path, whose folder must exist, or a file open for UTF-8 text. ``theme`` is one of THEMES; ``auto``
    follows the reader's system. With the ``text`` of a document the page has a view in which its sentences are marked.
    ``shown_from`` is the confidence below which readings are hidden at first.
    """
    if theme not in THEMES:
        raise UsageError(f"The theme is one of {', '.join(THEMES)}, not {theme!r}.")
    payload = build_payload(subgraph, title=title, text=text, shown_from=shown_from)
    html = _render(subgraph, payload, theme)
    if isinstance(out, (str, Path)):
        Path(out).write_text(html, encoding="utf-8", newline="\n")
    else:
        out.write(html)
    return PageSummary(
        nodes=len(payload["nodes"]["id"]),
        links=len(payload["links"]["source"]),
        evidence=len(payload["evidence"]["link"]),
        size=len(html.encode("utf-8")),
    )


def _render(subgraph: Subgraph, payload: dict[str, Any], theme: str) -> str:
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup
    from pyvis.network import Network

    folder = Path(str(files(__package__)))
    network = _drawn(Network(directed=True, cdn_resources="in_line", heading=payload["title"]), payload)
    text = _sound(json.dumps(payload, ensure_ascii=False, separators=(",", ":"))).translate(_ESCAPES)
    compressed = len(text) > _COMPRESS_ABOVE
    if compressed:
        text = base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")
    vis = (folder / "vendor" / "vis-network.min.js").read_text(encoding="utf-8")
    style = (folder / "page.css").read_text(encoding="utf-8")
    network.set_template_dir(str(folder), "template.html")
    network.templateEnv = Environment(loader=FileSystemLoader(folder), autoescape=True)
    network.templateEnv.globals.update(
        policy=_policy([vis, script()], style),
        theme=theme,
        style=Markup(style),  # noqa: S704  our own files, without anything from the graph
        vis=Markup(vis),  # noqa: S704
        script=Markup(script()),  # noqa: S704
        data=Markup(text),  # noqa: S704  JSON without < > &
        encoding="gzip" if compressed else "json",
        node_count=len(network.nodes),
        link_count=len(network.edges),
        strongest=strongest(subgraph),
        has_text=payload["text"] is not None,
    )
    return _sound(network.generate_html())


def _sound(text: str) -> str:
    """The text without halves of characters that stand alone, which no file in UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _drawn(network: Any, payload: dict[str, Any]) -> Any:
    """The pyvis network of what the payload draws, by row numbers."""
    network.node_ids = _Known()
    nodes, links = payload["nodes"], payload["links"]
    for number, name in enumerate(nodes["name"]):
        network.add_node(number, label=name, x=nodes["x"][number], y=nodes["y"][number], size=nodes["radius"][number])
    for source, target in zip(links["source"], links["target"]):
        network.add_edge(source, target)
    return network


class _Known(dict[Any, None]):
    """Ids that pyvis has seen; its own list is searched from the start for every node and edge."""

    def append(self, ident: Any) -> None:
        self[ident] = None


def script() -> str:
    """The page's own script: its parts in one function, so that none of their names is visible from outside."""
    folder = files(__package__).joinpath("js")
    parts = [folder.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "(() => {\n" + '"use strict";\n' + "\n".join(parts) + "\n})();"


def _policy(scripts: list[str], style: str) -> str:
    """A content security policy under which only these scripts and this style count and nothing is fetched."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
