"""The document's own nodes: the file, the cases in it, who published it, when, in what genre and language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from narragraph.graph.model import READING, Edge, Node, Value, document_id, edge_id
from narragraph.loaders.document import KNOWN
from narragraph.loaders.extraction.analysis import Analysis, Block, Case, Span
from narragraph.loaders.extraction.appearances import find_appearances
from narragraph.loaders.extraction.dates import read_date
from narragraph.loaders.extraction.edges import add_edge, block_at, family_confidence, sentence_at
from narragraph.loaders.extraction.edition import extractor
from narragraph.loaders.extraction.language import detect_language, has_rules
from narragraph.loaders.extraction.outlets import known_outlet, mentions_in, named_outlet
from narragraph.loaders.extraction.stated import stated_date, stated_url
from narragraph.ontology.lexicon import load_lexicon

_DATELINE = re.compile(
    r"[A-Z][^\n()/:;!?]{1,60}?[ ,.]*(?:\((?P<round>[A-Z][\w'’ ./]{1,40})\)|/(?P<slashed>[A-Z][\w'’ ]{1,30})/)\s*[.:–—-]"
)
_DATED = re.compile(  # "BERLIN, Jan. 29, 2024 (Reuters) -": a dateline that tells the year
    r"[A-Z][A-Z'’ .-]{2,40}(?:, [A-Z][a-z]+)?,? (?P<date>[^()\n–—]{4,20}(?:19|20)\d\d) ?(?:\([^)\n]{2,40}\))? ?[:–—-]"
)
_CREDIT = re.compile(r"[-–—(\[/]\s*([A-Z][\w'’ ./]{1,40}?)\s*[)\]/]?$")
_STAFF = re.compile(
    r"\s*\b(?:staff|news desk|newsroom|editorial (?:team|staff|board)|correspondents?|reporters?)\b.*", re.IGNORECASE
)
_LIST = re.compile(r"[^,;|]+")


def describe(analysis: Analysis) -> None:
    """Add Document nodes for the file and its cases, and the edges that rest on the lines that tell about them.

    Fills the layers ``documents`` ((start, id) of every stretch, see ``edges.document_at``), ``language`` and
    ``published`` (document id → ISO date).
    """
    document = analysis.document
    language = detect_language(_spoken_text(analysis)) or document.language
    analysis.layers["language"] = language
    root = document_id(document.source_key)
    analysis.layers["documents"] = [(0, root)]
    analysis.layers["published"] = {}
    alone = _only_case(analysis)
    _add_root(analysis, root, alone)
    if alone is None:
        for number, case in enumerate(analysis.cases, 1):
            _add_case(analysis, root, number, case)
    else:
        _relate_case(analysis, root, alone)
    _find_publisher(analysis, root)
    _about_countries(analysis, root, analysis.layers["metadata"])


def _spoken_text(analysis: Analysis) -> str:
    text = analysis.text
    spoken = (
        text[block.start : block.end] for block in analysis.blocks if not block.silent and block.kind != "metadata"
    )
    return "\n".join(spoken) or text[:20_000]


def _only_case(analysis: Analysis) -> Case | None:
    """The case that the whole file is; None where it holds several, none, or one after other text."""
    if len(analysis.cases) != 1:
        return None
    outside = any(not block.silent and block.kind != "metadata" and block.case is None for block in analysis.blocks)
    return None if outside else analysis.cases[0]


# --- nodes ---------------------------------------------------------------------------------------------------------


def _add_root(analysis: Analysis, root: str, case: Case | None) -> None:
    document = analysis.document
    stated = {**analysis.layers["metadata"], **(case.metadata if case else {})}
    title = document.title or _title(analysis, case)
    published = document.published or stated_date(stated) or _dateline_date(analysis)
    language = analysis.layers["language"]
    known: dict[str, Value | None] = {
        "title": title, "url": document.url or (None if case else stated_url(stated)), "path": document.path,
        "source_key": document.source_key,
        "published": published, "retrieved": document.retrieved, "language": language,
        "genre": "case" if case else _genre(analysis, title),
        "sha256": document.sha256, "text": document.text, "reader": document.reader,
        "reader_version": document.reader_version, READING: document.reading,
        "extractor": _extractor(analysis), "author": document.author, "site": document.site,
        "warnings": list(document.warnings) or None,
        "told": [name for name in KNOWN if getattr(document, name)] or None,
        "given": sorted(document.given) or None, **document.given,
        **{f"{name}_tag": tag for name, tag in document.tags.items()},
        "note": None if has_rules(language) else f"no rules for language {language}; names and metadata only",
    }  # fmt: skip
    properties = {name: value for name, value in known.items() if value is not None}
    name = title or PurePath(document.path or "").name or document.source_key
    analysis.nodes[root] = Node(root, "Document", name, properties=properties)
    if published:
        analysis.layers["published"][root] = published


def _extractor(analysis: Analysis) -> str:
    return extractor() + analysis.additions.mark


def _add_case(analysis: Analysis, root: str, number: int, case: Case) -> None:
    key = f"{analysis.document.source_key}#case-{number}"
    ident = document_id(key)
    title = _title(analysis, case) or f"Case {number}"
    known: dict[str, Value | None] = {
        "title": title, "source_key": key, "part_of": root, "genre": "case", "published": stated_date(case.metadata),
        "language": analysis.layers["language"], "start": case.start, "end": case.end,
        "extractor": _extractor(analysis), "collection": analysis.document.given.get("collection"),
    }  # fmt: skip
    properties = {name: value for name, value in known.items() if value is not None}
    analysis.nodes[ident] = Node(ident, "Document", title, properties=properties)
    stretches: list[tuple[int, str]] = analysis.layers["documents"]
    stretches += [(case.start, ident), (case.end, root)]
    if published := stated_date(case.metadata):
        analysis.layers["published"][ident] = published
    line = case.title or _first_line(analysis, case)
    add_edge(analysis, "PART_OF", ident, root, line, rule="metadata.case", basis="metadata")
    _relate_case(analysis, ident, case)


def _first_line(analysis: Analysis, case: Case) -> Span:
    return next((block.start, block.end) for block in analysis.blocks if case.start <= block.start)


def _title(analysis: Analysis, case: Case | None) -> str | None:
    span = case.title if case else None
    stated = analysis.layers["metadata"].get("title") if case is None else None
    if span is None and stated:
        span = stated[1]
    if span is None and case is None:
        span = next(
            ((block.start, block.end) for block in analysis.blocks if block.role == "title" and block.case is None),
            None,
        )
    return " ".join(analysis.text[span[0] : span[1]].split()) if span else None


def _dateline_date(analysis: Analysis) -> str | None:
    """The day of a dateline that tells its year."""
    for block in analysis.blocks:
        if block.kind == "paragraph" and (match := _DATED.match(analysis.text, block.start, block.end)):
            return read_date(match["date"])
    return None


def _genre(analysis: Analysis, title: str | None) -> str | None:
    if analysis.cases:
        return "report"
    if any(block.role == "motive" for block in analysis.blocks):
        return "opinion"
    if any((block.role == "title" and block.label) or block.role == "disproof" for block in analysis.blocks):
        return "fact-check"  # a title such as "Fake: …", a section such as "Our verdict"
    site = (analysis.document.site, analysis.layers["metadata"].get("site", ("",))[0])
    opening = next(
        (analysis.text[b.start : b.start + 400] for b in analysis.blocks if b.kind in ("paragraph", "item")), ""
    )
    for genre, cues in _genres().items():
        if any(cue.search(part) for cue in cues for part in (title or "", *site, opening) if part):
            return genre
    return "news" if _DATELINE.match(opening) or _DATED.match(opening) or any(site) else None


@cache
def _genres() -> dict[str, list[re.Pattern[str]]]:
    genres: dict[str, list[str]] = load_lexicon("structure")["genres"]
    return {genre: [re.compile(cue, re.IGNORECASE) for cue in cues] for genre, cues in genres.items()}


# --- edges ---------------------------------------------------------------------------------------------------------


def _relate_case(analysis: Analysis, ident: str, case: Case) -> None:
    _about_countries(analysis, ident, case.metadata)
    find_appearances(analysis, ident, case)


def _about_countries(analysis: Analysis, document: str, metadata: dict[str, tuple[str, Span]]) -> None:
    if "countries" not in metadata:
        return
    start, end = metadata["countries"][1]
    line = block_at(analysis, start)
    for mention in mentions_in(analysis, start, end):
        if analysis.entities[mention.entity].type in ("Country", "Actor"):
            add_edge(
                analysis, "ABOUT", document, mention.entity, line, rule="metadata.countries", basis="metadata",
                trigger=(mention.start, mention.end), target_as_read=analysis.text[mention.start : mention.end],
            )  # fmt: skip


def _find_publisher(analysis: Analysis, root: str) -> None:
    """PUBLISHED where the document tells: in a tag, metadata, a byline, a dateline, or a word about itself."""
    site = analysis.layers["metadata"].get("site")
    author = analysis.layers["metadata"].get("author")
    if _publish_by_tags(analysis, root):
        return
    if site and (outlet := named_outlet(analysis, site[0])):
        _publish(analysis, root, outlet, block_at(analysis, site[1][0]), site[1], "metadata.site", "metadata")
    elif author and (outlets := _byline_outlets(analysis, author[0])):
        for outlet in outlets:
            _publish(analysis, root, outlet, block_at(analysis, author[1][0]), author[1], "metadata.byline", "metadata")
    elif not _dateline_outlets(analysis, root):
        _self_reference(analysis, root)


def _publish_by_tags(analysis: Analysis, root: str) -> bool:
    """The outlets that the page's tags name stand in no text: their edges quote the tag and have no offsets."""
    document = analysis.document
    outlets: list[tuple[str, str]] = []
    if document.site and "site" in document.tags and (outlet := named_outlet(analysis, document.site)):
        outlets.append((outlet, "site"))
    elif document.author and "author" in document.tags:
        outlets += [(outlet, "author") for outlet in _byline_outlets(analysis, document.author)]
    for outlet, name in outlets:
        rule = "metadata.tag"
        properties: dict[str, Value] = {
            "rule": rule, "basis": "metadata", "polarity": "affirmed", "modality": "asserted", "asserted_by": [root],
            "source_as_read": str(getattr(document, name)),
        }  # fmt: skip
        analysis.edges.append(
            Edge(
                edge_id("PUBLISHED", outlet, root, root, asserted_by=[root]), "PUBLISHED", outlet, root, root,
                document.tags[name], confidence=family_confidence(rule), properties=properties,
            )
        )  # fmt: skip
    return bool(outlets)


def _publish(analysis: Analysis, root: str, outlet: str, line: Span, trigger: Span, rule: str, basis: str) -> None:
    add_edge(
        analysis, "PUBLISHED", outlet, root, line, rule=rule, basis=basis, trigger=trigger,
        source_as_read=analysis.text[trigger[0] : trigger[1]],
    )  # fmt: skip


def _byline_outlets(analysis: Analysis, byline: str) -> list[str]:
    """A byline names an outlet as "The Daily Example Staff", or after a comma as "Jane Doe, Example News"."""
    outlets = []
    for match in _LIST.finditer(byline):
        words = match.group().strip(" *_:.")
        name = _STAFF.sub("", words)
        outlet = known_outlet(analysis, name) or (named_outlet(analysis, name) if name != words and name else None)
        if outlet:
            outlets.append(outlet)
    return outlets


def _dateline_outlets(analysis: Analysis, root: str) -> bool:
    """Agencies in a dateline ("KYIV (AFP) —", "MOSCOW, May 5. /TASS/.") or in a last line of credit ("- AFP")."""
    found = False
    spoken = [block for block in analysis.blocks if not block.silent and block.kind in ("paragraph", "heading")]
    for block, match in [
        *((b, _dateline(analysis, b)) for b in spoken[:4]),
        *((b, _credit(analysis, b)) for b in spoken[-1:]),
    ]:
        if match is None:
            continue
        group = next(number for number in range(1, len(match.groups()) + 1) if match[number])
        for part in re.finditer(r"[^/]+", match[group]):
            if outlet := known_outlet(analysis, part.group().strip()):
                start = block.start + match.start(group) + part.start()
                trigger = (start, start + len(part.group()))
                _publish(
                    analysis, root, outlet, sentence_at(analysis, trigger[0]), trigger, "metadata.dateline", "sentence"
                )
                found = True
        if found:
            break
    return found


def _dateline(analysis: Analysis, block: Block) -> re.Match[str] | None:
    return _DATELINE.match(analysis.text[block.start : min(block.end, block.start + 120)])


def _credit(analysis: Analysis, block: Block) -> re.Match[str] | None:
    return _CREDIT.match(analysis.text[block.start : block.end]) if block.end - block.start < 40 else None


def _self_reference(analysis: Analysis, root: str) -> None:
    text = analysis.text
    patterns = _self_references()
    for mention in analysis.mentions:
        if analysis.entities[mention.entity].type != "Outlet":
            continue
        before = patterns["after"].search(text[max(0, mention.start - 40) : mention.start])
        if before or patterns["before"].match(text[mention.end : mention.end + 120]):
            span = (mention.start, mention.end)
            _publish(
                analysis, root, mention.entity, sentence_at(analysis, mention.start), span, "metadata.self", "sentence"
            )
            return
    for phrase in load_lexicon("structure")["self_references"]["phrases"]:
        start = text.find(phrase["words"])
        if start >= 0 and (outlet := known_outlet(analysis, phrase["outlet"])):
            span = (start, start + len(phrase["words"]))
            _publish(analysis, root, outlet, sentence_at(analysis, start), span, "metadata.self", "sentence")
            return


@cache
def _self_references() -> dict[str, re.Pattern[str]]:
    cues = load_lexicon("structure")["self_references"]
    return {
        "after": re.compile(rf"\b(?:{'|'.join(cues['after'])}) (?:the )?$", re.IGNORECASE),
        "before": re.compile(rf"\s*(?:{'|'.join(cues['before'])})", re.IGNORECASE),
    }
