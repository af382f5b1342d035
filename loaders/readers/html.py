"""Saved web pages: title and main text without menus and comments, and what the page's tags say of it.

The text holds the page's own words only. What names its site and its author is kept with the very markup that does, so
that what rests on it has something to quote.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from narragraph.errors import DocumentError
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers.base import RawFile, Reader, document, web_address
from narragraph.loaders.readers.encoding import decode

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|main|article|section|div|h1|p|table)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")  # lxml refuses text that names an encoding
_SAVED_FROM = re.compile(r"<!--.{0,80}?\b(?:saved from url=\(\d+\)|url:\s*)(https?://\S+)", re.DOTALL)
# Markup that may name a site or an author, the likeliest first
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_LINKED_DATA = re.compile(
    r'"(?:publisher|author|creator)"\s*:\s*[\[{\s]*[^{}\[\]]{0,300}?"name"\s*:\s*"(?P<owner>(?:[^"\\]|\\.)*)"'
    r'|"name"\s*:\s*"(?P<name>(?:[^"\\]|\\.)*)"'
)
_ELEMENT = re.compile(r"<(\w+)\b[^<>]*>(?P<content>[^<>]*)</\1>")
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "code", "div"})
_INLINE = {"lb": "\n", "cell": " | "}

for _name in ("trafilatura", "htmldate", "courlan"):  # they log what we raise
    logging.getLogger(_name).addHandler(logging.NullHandler())


def _read(raw: RawFile) -> SourceDocument:
    declared = _CHARSET.search(raw.data[:4096])
    markup, warnings = decode(raw.data, raw.path, declared[1].decode("ascii", "replace") if declared else None)
    try:
        tree, page = _extract(markup)
    except Exception as error:  # a parser of foreign code on hostile input: whatever it raises, the next file goes on
        raise DocumentError(raw.path, f"cannot be read as HTML ({type(error).__name__}: {error})") from error
    if page is None:
        raise DocumentError(raw.path, "holds no main text", hint="Save the article as text if it is a page of links.")
    known = {
        "title": _line(page.title),
        "url": _canonical(tree) or web_address(_first(_SAVED_FROM, markup)),
        "site": _line(page.sitename),
        "author": _line(page.author),
        "published": page.date,
        "language": _language(tree),
    }
    text = "\n\n".join(_with_title(list(_paragraphs(page.body)), known["title"]))
    tags = {name: _tag(markup, known[name]) for name in ("site", "author")}
    told = {name: tag for name, tag in tags.items() if tag}
    return document(raw, text, READER.name, warnings, tags=told, **known)


def _extract(markup: str) -> tuple[Any, Any]:
    """The page's tree, and its main text and metadata: None where there are none."""
    from trafilatura import bare_extraction, load_html

    tree = load_html(_DECLARATION.sub("", markup, count=1))
    page = tree is not None and bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return tree, page or None


def _with_title(paragraphs: list[str], title: str | None) -> Iterator[str]:
    if title:
        yield title
        if paragraphs and (paragraphs[0] in title or title in paragraphs[0]) and "\n" not in paragraphs[0]:
            paragraphs = paragraphs[1:]
    yield from paragraphs


def _tag(markup: str, name: str | None) -> str | None:
    """The first piece of markup that gives a name, verbatim: a meta tag, linked data or an element that says it."""
    if not name:
        return None
    words = r"\s+".join(map(re.escape, name.split()))
    attribute = re.compile(rf"""["']\s*@?{words}\s*["']""", re.IGNORECASE)
    value, saying = re.compile(words, re.IGNORECASE), re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    kinds: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], object]], ...] = (
        (_META, lambda tag: attribute.search(unescape(tag[0]))),
        (_LINKED_DATA, lambda pair: value.fullmatch(_json_string(pair["owner"] or pair["name"] or "").strip())),
        (_ELEMENT, lambda element: saying.search(unescape(element["content"]))),
    )
    return next((found[0] for pattern, names in kinds for found in pattern.finditer(markup) if names(found)), None)


def _json_string(inside: str) -> str:
    try:
        return str(json.loads(f'"{inside}"', strict=False))
    except ValueError:
        return inside


def _paragraphs(body: Any) -> Iterator[str]:
    """The blocks of an extracted page as plain text; a line break of the page is one of the text, others are spaces."""
    parts: list[str] = []
    for event, element in _walk(body):
        if element.tag in _BLOCKS:
            paragraph = re.sub(r" *\n *", "\n", re.sub(" +", " ", "".join(parts))).strip(" \n|")
            if paragraph != "-":  # a bullet waits for its words, which may be a block of their own
                parts.clear()
                if paragraph:
                    yield paragraph
            if event == "start" and element.tag == "item":
                parts[:] = ["- "]
        elif event == "start" and element.tag in _INLINE:
            parts.append(_INLINE[element.tag])
        parts.append(re.sub(r"\s+", " ", (element.text if event == "start" else element.tail) or ""))


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    yield "start", element
    for child in element:
        yield from _walk(child)
    yield "end", element


def _canonical(tree: Any) -> str | None:
    """The address that the page gives as its own; one that leads to a home page is a template's mistake."""
    for query in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for found in tree.xpath(query):
            address = web_address(str(found))
            if address and urlsplit(address).path.strip("/") + urlsplit(address).query:
                return address
    return None


def _language(tree: Any) -> str | None:
    for declared in tree.xpath("//html/@lang | //html/@*[local-name()='xml:lang']"):
        if match := re.match(r"[a-z]{2}(?![a-z])", str(declared).strip().lower()):
            return match[0]
    return None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text[:4096])
    return match[1] if match else None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


READER = Reader("html", frozenset({".html", ".htm", ".xhtml"}), lambda raw: bool(_START.match(raw.head)), _read)
