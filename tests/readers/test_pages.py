"""Saved pages: each ``pages/NAME.html`` stands beside what should be read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from narragraph.errors import DocumentError
from narragraph.loaders.readers import read
from narragraph.loaders.readers.base import RawFile

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def page(request: pytest.FixtureRequest) -> tuple[RawFile, dict[str, Any]]:
    path: Path = request.param
    raw = RawFile(path.name, path.read_bytes(), "file:///pages/" + path.name)
    return raw, json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_what_a_page_says_of_itself(page: tuple[RawFile, dict[str, Any]]) -> None:
    raw, expected = page
    document = read(raw)
    assert document.reader == "html"
    for name in ("title", "url", "site", "author", "published", "language", "tags"):
        assert getattr(document, name) == expected[name], name
    assert document.source_key == (expected["url"] or raw.key)
    assert all(tag.encode() in raw.data for tag in document.tags.values())


def test_its_main_text_without_menus_comments_and_markup(page: tuple[RawFile, dict[str, Any]]) -> None:
    raw, expected = page
    text = read(raw).text
    assert text.startswith(expected["begins"])
    for words in expected["has"]:
        assert words in text
    for words in expected["lacks"]:
        assert words not in text


def test_a_page_is_known_whatever_its_name() -> None:
    raw = RawFile("saved", PAGES[0].read_bytes(), "file:///saved")
    assert read(raw).reader == "html"


CYRILLIC = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={}">
<title>Заявление</title></head>
<body><article><p>Министерство иностранных дел Арландии отвергло обвинения соседней страны и назвало их вымыслом.</p>
<p>Представитель министерства сообщил журналистам, что никаких кораблей в гавани не было.</p></article></body></html>"""


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", "iso-8859-5"])
def test_a_page_is_read_in_the_encoding_that_it_declares(charset: str) -> None:
    document = read(RawFile("page", CYRILLIC.format(charset).encode(charset)))
    assert "Министерство иностранных дел Арландии отвергло" in document.text
    assert document.warnings == ()


def test_a_page_that_was_turned_to_utf8_when_saved_is_not_taken_at_its_word() -> None:
    document = read(RawFile("page", CYRILLIC.format("windows-1251").encode("utf-8")))
    assert "Министерство" in document.text


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<!doctype html><html><body></body></html>",
        "<html><body><script>let a = 1</script></body></html>",
    ],
)
def test_a_page_without_a_text_is_told(markup: str) -> None:
    with pytest.raises(DocumentError, match=r"^page\.html: holds no"):
        read(RawFile("page.html", markup.encode()))


def test_deep_nesting_is_survived() -> None:
    deep = "<html><body>" + "<div>" * 50_000 + "<p>It said so.</p>" + "</div>" * 50_000
    try:
        assert "<div>" not in read(RawFile("deep.html", deep.encode())).text
    except DocumentError as error:
        assert str(error).startswith("deep.html: ")  # noqa: PT017
