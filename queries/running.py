"""``query run``: one query to standard output, or several into a folder, also compared with earlier answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from narragraph.errors import QueryFailed, UsageError
from narragraph.graph.formats.rows import ENDINGS, write_rows
from narragraph.graph.stores.base import Rows, View
from narragraph.queries import changes, pack, runner
from narragraph.queries.functions import CONFIDENCE
from narragraph.queries.output import Form, Outcome, file_name, write_answer
from narragraph.queries.pack import EVIDENCE, Query
from narragraph.queries.parameters import bind
from narragraph.queries.runner import Asked

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ANYTHING = "MATCH (n:Narragraph) RETURN n.id AS id LIMIT 1"


Tell = Callable[[str], None]  # where messages for people go
Create = Callable[[str], AbstractContextManager[TextIO]]  # makes a file that is there whole or not at all


@dataclass(frozen=True)
class Job:
    """A query, and what was given for its parameters."""

    query: Query
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """What to run, and how answers are wanted."""

    jobs: Sequence[Job]
    form: Form
    tell: Tell
    create: Create
    fold: bool = True
    folder: Path | None = None
    new_since: str | None = None


def jobs(
    names: Sequence[str],
    given: Mapping[str, Any],
    filters: Mapping[str, Any],
    queries: Mapping[str, Query],
    tell: Tell,
) -> list[Job]:
    """The queries that were named, ``accusations/`` for all of a pack, each with its parameters.

    Of a pack, those queries run that need no more than is given and take all filters. Raises UnknownQuery,
    ParameterError or UsageError.
    """
    found: list[Job] = []
    for name in names:
        if not name.endswith("/"):
            found.append(job(pack.find(name, queries), given, filters))
            continue
        members = pack.in_pack(name.rstrip("/"), queries)
        known = {key for query in members for key in query.parameters}
        for key in given:
            if key not in known:
                raise UsageError(f"no query of the pack {name} has a parameter {key!r}.")
        for query in members:
            lacking = [one.name for one in query.parameters.values() if one.required and one.name not in given]
            unknown = [_option(key) for key in filters if key not in query.parameters and key != pack.LIMIT.name]
            if lacking or unknown:
                why = f"it needs {', '.join(lacking)}" if lacking else f"it takes no {', '.join(unknown)}"
                tell(f"{query.name} is left out: {why}.")
                continue
            found.append(
                job(query, *({key: some[key] for key in some if key in query.parameters} for some in (given, filters)))
            )
    return found


def run(view: View, plan: Plan) -> int:
    """Answer all queries; the exit status is 1 where one failed among several, 4 where nothing was found."""
    failed, shown = False, 0
    for one in plan.jobs:
        try:
            shown += _answer(view, one, plan)
        except QueryFailed as error:
            if len(plan.jobs) == 1:
                raise
            plan.tell(f"{one.query.name} failed: {error}")
            failed = True
    return 1 if failed else 0 if shown else 4


def job(query: Query, given: Mapping[str, Any], filters: Mapping[str, Any]) -> Job:
    """A query with its parameters, checked. Raises ParameterError or UsageError."""
    for name in filters:
        if name not in query.parameters:
            takes = (
                ", ".join(_option(key) for key in (*query.filters, pack.LIMIT.name) if key in query.parameters)
                or "none"
            )
            raise UsageError(f"query {query.name} cannot be narrowed by {_option(name)}; it takes {takes}.")
        if name in given:
            raise UsageError(f"{name} is given twice, by -p and by {_option(name)}.")
    both = {**given, **filters}
    bind(query.name, query.parameters, both)  # a wrong parameter is told before a store is opened
    return Job(query, both)


def _answer(view: View, job: Job, plan: Plan) -> int:
    """Answer one query; the number of rows that were written."""
    given = _all_unless_limited(job) if plan.folder or plan.new_since else job.given
    asked = runner.ask(view, job.query, given, fold=plan.fold, evidence=plan.form.sentences or plan.form.footnotes)
    for typed, near in asked.taken:
        plan.tell(f"Nothing is named {typed!r}; taking {near}.")
    if plan.new_since:
        return _changes(view, job, asked, plan)
    form = plan.form
    if plan.folder is None:
        outcome = write_answer(view, asked, form)
    else:
        if form.chart:
            form = replace(form, chart=_place(plan, job, form.chart.suffix) if job.query.chart else None)
        with plan.create(str(_place(plan, job))) as out:
            outcome = write_answer(view, asked, form, out)
        plan.tell(f"{job.query.name}: {_rows(outcome.shown)} in {_place(plan, job)}")
    _tell(view, asked, outcome, plan)
    return outcome.shown


def _all_unless_limited(job: Job) -> Mapping[str, Any]:
    """What was given, and that all rows are wanted: of answers that are kept and compared none may be cut unasked."""
    return {pack.LIMIT.name: 0, **job.given} if pack.LIMIT.name in job.query.parameters else job.given


def _tell(view: View, asked: Asked, outcome: Outcome, plan: Plan) -> None:
    """Say what an answer leaves out, and how to see it."""
    about = f"{asked.query.name}: " if len(plan.jobs) > 1 else ""
    if outcome.chart_note:
        plan.tell(f"{about}{outcome.chart_note}.")
    if outcome.more:
        plan.tell(f"{about}Only the first {_rows(outcome.shown)}; --limit shows more.")
    try:
        hidden = asked.count_hidden(view, outcome.shown, more=outcome.more, timeout=plan.form.timeout)
        if hidden:
            rows = "row" if hidden == 1 else "rows"
            least = asked.values[CONFIDENCE]
            shows = "--min-confidence 0 shows them"
            plan.tell(f"{about}Less certain than {least:g}: {hidden} more {rows}; {shows}.")
        if not outcome.shown and not hidden:
            plan.tell(about + _why_nothing(view, asked, plan.form.timeout))
    except QueryFailed:
        plan.tell(f"{about}To count what is left out takes too long.")


def _why_nothing(view: View, asked: Asked, timeout: float | None) -> str:
    if not view.run(_ANYTHING).rows:
        return "The store is empty."
    if asked.narrowed and (all_rows := asked.count_unfiltered(view, timeout=timeout)):
        options = ", ".join(map(_option, asked.narrowed))
        return f"Nothing found: {options} hides {_rows(all_rows)}."
    return "Nothing found."


def _changes(view: View, job: Job, asked: Asked, plan: Plan) -> int:
    """Write the rows that came or went since an earlier answer; their number."""
    assert plan.new_since
    rows = _without_evidence(asked.rows(view, timeout=plan.form.timeout))
    outcome = Outcome(len(rows.rows), rows.more)
    if rows.more:
        plan.tell(
            f"{job.query.name}: only the first {_rows(len(rows.rows))} are compared; what went may still be there."
        )
    then = _earlier(view, job, rows.columns, plan)
    if then is None:
        plan.tell(f"{job.query.name}: no earlier answer in {plan.new_since}; all rows are new.")
    columns = changes.columns_of(rows.columns)
    found = list(changes.compare(rows.columns, rows.rows, then or []))
    if plan.folder is None:
        write_rows(columns, found, plan.form.format)
        _tell(view, asked, outcome, plan)
        return len(found)
    place = _place(plan, job)
    news = place.with_name(f"{place.stem}.new{place.suffix}")
    for target, names, what in ((news, columns, found), (place, rows.columns, rows.rows)):
        with plan.create(str(target)) as out:
            write_rows(names, what, plan.form.format, out)
    plan.tell(f"{job.query.name}: {_rows(len(rows.rows))} in {place}, {len(found)} changes in {news}")
    _tell(view, asked, outcome, plan)
    return len(found)


def _earlier(view: View, job: Job, columns: Sequence[str], plan: Plan) -> list[tuple[Any, ...]] | None:
    """The rows to compare with; None where the folder holds no earlier answer to this question."""
    assert plan.new_since
    if _DATE.fullmatch(plan.new_since):
        if "loaded_before" not in job.query.used:
            raise UsageError(
                f"query {job.query.name} cannot tell what was loaded when.", hint="Name an earlier output instead."
            )
        before = runner.ask(view, job.query, _all_unless_limited(job), fold=plan.fold, loaded_before=plan.new_since)
        return _without_evidence(before.rows(view, timeout=plan.form.timeout)).rows
    path = Path(plan.new_since)
    if path.is_dir():
        name = file_name(job.query, job.given)
        there = [file for ending in sorted(changes.READABLE) if (file := path / f"{name}{ending}").is_file()]
        if not there:
            return None
        path = max(there, key=lambda one: one.stat().st_mtime)
    elif not path.exists():
        raise UsageError(f"{plan.new_since!r} is neither a date such as 2024-05-17 nor an earlier output.")
    return changes.read_rows(path, columns)


def _without_evidence(rows: Rows) -> Rows:
    if rows.columns[-1:] != (EVIDENCE,):
        return rows
    return Rows(rows.columns[:-1], [row[:-1] for row in rows.rows], rows.more)


def _place(plan: Plan, job: Job, suffix: str | None = None) -> Path:
    assert plan.folder
    return plan.folder / (file_name(job.query, job.given) + (suffix or f".{ENDINGS[plan.form.format]}"))


def _option(filter: str) -> str:
    return f"--{filter.replace('_', '-')}"


def _rows(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"
