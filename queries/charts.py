"""Charts of answers, as their queries' headers tell: a series, a ranking or a matrix. Needs the ``charts`` extra."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narragraph.errors import UsageError
from narragraph.graph.formats.rows import cell, one_line
from narragraph.queries.pack import Chart, Query

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDINGS = ("png", "svg")
_LINES = 10  # of a series, those with most; more cannot be told apart
_BARS = 40
_CELLS = 40  # rows and columns of a matrix
_LETTERS = 48  # of a label
_MONTH, _YEAR = re.compile(r"\d{4}-(0[1-9]|1[0-2])"), re.compile(r"\d{4}")
_SETTINGS = {
    "text.parse_math": False,  # names are no formulas
    "svg.hashsalt": "narragraph",  # the same rows give the same file
    "svg.fonttype": "none",
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def check(query: Query, path: Path) -> Chart:
    """The chart of a query. Raises UsageError where it has none, or the file's ending is none of ENDINGS."""
    if query.chart is None:
        raise UsageError(
            f"query {query.name} has no chart.", hint="narragraph query show tells which queries have one."
        )
    if path.suffix.lstrip(".").lower() not in ENDINGS:
        raise UsageError(f"{path} must end in .{' or .'.join(ENDINGS)}.")
    return query.chart


def draw(query: Query, columns: Sequence[str], rows: Sequence[Sequence[Any]], path: Path) -> str | None:
    """Draw the rows of a query into a file; what had to be left out, or None.

    Raises UsageError as ``check`` does, and where matplotlib is missing or the file cannot be written.
    """
    chart = check(query, path)
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError("Charts need matplotlib.", hint="pip install 'narragraph[charts]'") from None
    drawn = {name: [row[list(columns).index(column)] for row in rows] for name, column in chart.fields().items()}
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **_SETTINGS, "backend": "agg"}):
        figure = Figure(figsize=(9, 5))
        axes = figure.add_subplot()
        note = {"series": _series, "ranking": _ranking, "matrix": _matrix}[chart.kind](axes, chart, drawn)
        axes.set_title(query.title)
        ending = path.suffix.lstrip(".").lower()
        try:
            figure.savefig(path, format=ending, dpi=150, metadata={"Date": None} if ending == "svg" else None)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None
    return note


def _series(axes: Axes, chart: Chart, drawn: dict[str, list[Any]]) -> str | None:
    """A line for each ``by`` over the times that occur, in their order."""
    lines: dict[str, dict[str, float]] = defaultdict(dict)
    for place, (time, number) in enumerate(zip(drawn["x"], drawn["y"])):
        if time is not None and number is not None:
            line = lines[_label(drawn["by"][place]) if "by" in drawn else ""]
            line[cell(time)] = line.get(cell(time), 0) + number
    times = _without_gaps(sorted({time for line in lines.values() for time in line}))
    most = sorted(lines, key=lambda name: (-sum(lines[name].values()), name))
    for name in most[:_LINES]:
        axes.plot(times, [lines[name].get(time, 0) for time in times], marker="o", markersize=3, label=name)
    axes.set(xlabel=_label(chart.x), ylabel=_label(chart.y))
    axes.set_ylim(bottom=min(0, *axes.get_ylim()))
    step = max(1, len(times) // 18)
    axes.set_xticks(range(0, len(times), step), [_label(time) for time in times[::step]], rotation=45, ha="right")
    if "by" in drawn and most:
        axes.legend(fontsize="small", frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1))
    return f"{len(most) - _LINES} more lines are not drawn" if len(most) > _LINES else None


def _without_gaps(times: list[str]) -> list[str]:
    """The times with the months, or years, between them: of these nothing was told."""
    for form, length in ((_MONTH, 12), (_YEAR, 1)):
        if times and all(form.fullmatch(time) for time in times):
            first, last = (int(time[:4]) * length + int(time[5:] or 1) - 1 for time in (times[0], times[-1]))
            return [
                f"{number // length:04}" + (f"-{number % length + 1:02}" if length > 1 else "")
                for number in range(first, last + 1)
            ]
    return times


def _ranking(axes: Axes, chart: Chart, drawn: dict[str, list[Any]]) -> str | None:
    """A bar for each row, in the order of the rows."""
    bars = [(label, number) for label, number in zip(drawn["x"], drawn["y"]) if number is not None]
    shown = bars[:_BARS]
    _grow(axes, height=1.5 + 0.28 * len(shown))
    axes.barh(range(len(shown)), [number for _, number in shown])
    axes.set_yticks(range(len(shown)), [_label(label) for label, _ in shown])
    axes.invert_yaxis()
    axes.set(xlabel=_label(chart.y))
    return f"{len(bars) - _BARS} more bars are not drawn" if len(bars) > _BARS else None


def _matrix(axes: Axes, chart: Chart, drawn: dict[str, list[Any]]) -> str | None:
    """A field for each pair, darker for more, with its number where there is room."""
    cells: dict[tuple[str, str], float] = defaultdict(float)
    across: dict[str, float] = defaultdict(float)
    down: dict[str, float] = defaultdict(float)
    for x, y, number in zip(drawn["x"], drawn["y"], drawn["value"]):
        if number is not None:
            cells[_label(x), _label(y)] += number
            across[_label(x)] += number
            down[_label(y)] += number
    xs, ys = (sorted(sums, key=lambda name: (-sums[name], name))[:_CELLS] for sums in (across, down))
    _grow(axes, width=3.5 + 0.42 * len(xs), height=2.5 + 0.32 * len(ys))
    if xs and ys:
        most = max(cells.values())
        image = axes.imshow([[cells.get((x, y), 0) for x in xs] for y in ys], cmap="Blues", aspect="auto", vmin=0)
        axes.figure.colorbar(image, label=_label(chart.value))
        for (x, y), number in cells.items():
            if x in xs and y in ys and len(xs) <= _CELLS // 2:
                color = "white" if number > 0.6 * most else "black"
                axes.text(xs.index(x), ys.index(y), f"{number:g}", ha="center", va="center", color=color, size="small")
    axes.set_xticks(range(len(xs)), xs, rotation=45, ha="right")
    axes.set_yticks(range(len(ys)), ys)
    axes.set(xlabel=_label(chart.x), ylabel=_label(chart.y))
    left = len(across) + len(down) - len(xs) - len(ys)
    return f"{left} more rows and columns are not drawn" if left else None


def _grow(axes: Axes, *, width: float = 9, height: float = 5) -> None:
    axes.figure.set_size_inches(max(5, width), max(3, height))


def _label(value: Any) -> str:
    text = one_line(cell(value)) or "none"
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
