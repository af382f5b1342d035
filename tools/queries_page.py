"""Write what query files tell of themselves into docs/queries.md: python tools/queries_page.py

A test fails where the page and the files differ.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

from narragraph.graph.formats.rows import markdown_text
from narragraph.queries import pack
from narragraph.queries.functions import CONFIDENCE, FILTERS
from narragraph.queries.pack import LIMIT, Query

PAGE = Path(__file__).resolve().parents[1] / "docs" / "queries.md"
BEGIN, END = "<!-- begin: written by tools/queries_page.py -->\n", "<!-- end -->\n"


def written(page: str) -> str:
    """The page with its part on queries as the files have it now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "\n" + "\n".join(_packs(pack.built_in().values())) + "\n" + END + after


def _packs(queries: Iterable[Query]) -> Iterator[str]:
    ordered = sorted(queries, key=lambda query: (query.pack, query.name))
    for name, members in itertools.groupby(ordered, key=lambda query: query.pack):
        yield f"### {name}\n"
        for query in members:
            yield from _query(query)
            yield ""


def _query(query: Query) -> Iterator[str]:
    yield f"**`{query.name}`** {markdown_text(query.question)}"
    own = [one for name, one in query.parameters.items() if name not in FILTERS and name != LIMIT.name]
    for one in own:
        told = [" or ".join(one.choices) or one.type, *(["required"] if one.required else [])]
        if one.default is not None:
            told.append(f"default {str(one.default).lower() if isinstance(one.default, bool) else one.default}")
        yield f"- `-p {one.name}=` ({', '.join(told)}) {markdown_text(one.help)}"
    lacking = [f"`--{name.replace('_', '-')}`" for name in FILTERS if name not in query.parameters]
    if len(lacking) == len(FILTERS):
        yield "- takes no filters"
    elif lacking:
        yield f"- takes all filters but {', '.join(lacking)}"
    if CONFIDENCE in query.parameters and query.parameters[CONFIDENCE].default != FILTERS[CONFIDENCE].default:
        yield f"- least confidence {query.parameters[CONFIDENCE].default:g} by default"
    yield f"- columns: {'; '.join(f'`{name}` {markdown_text(meaning)}' for name, meaning in query.columns.items())}"
    can = [f"`--chart` draws a {query.chart.kind}" if query.chart else "", "`--evidence`" if query.has_evidence else ""]
    if any(can):
        yield f"- {', '.join(filter(None, can))}"
    yield f"- `{query.example}`"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
