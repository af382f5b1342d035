"""Bytes to text: by byte order mark, as UTF-8, by what the file says of itself, else by the look of the bytes.

Nothing is dropped in silence: bytes that fit no reading are shown as � and told, with their number and the place of the
first.
"""

from __future__ import annotations

import codecs
import contextlib
import logging
import re

from narragraph.errors import DocumentError

_MARKS = (  # longest first: the mark of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# Code pages that web pages and old archives use; what a file may declare, and what is guessed among where it is silent
_DECLARABLE = re.compile(
    r"(windows-|cp)12?5\d|(iso-?8859-|latin-?)\d+|cp866|ibm866|koi8-[ru]|mac-?(roman|cyrillic)|"
    r"gb2312|gbk|gb18030|big5|shift_?jis|euc-?(jp|kr)",
    re.IGNORECASE,
)
_WESTERN = ["cp1252", "cp1250", "cp1254"]
_OTHERS = [
    *("cp1251", "koi8_r", "cp866", "cp1253", "cp1255", "cp1256"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
_SAMPLE = 65_536  # bytes that a guess looks at
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# A letter of another script inside a Latin word, an accented capital inside a word, a loose accent: the wrong table
_IMPLAUSIBLE = re.compile(r"[A-Za-z](?=[^\W\d_])(?![A-Za-zÀ-ɏḀ-ỿ])|[a-z][À-ÖØ-Þ]|[ÿ˙ˇ˘¸˛˝]")

# It warns on its own about every doubt; ours are told once, with the file's name
logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())


def decode(data: bytes, path: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    r"""The text in ``data`` with line ends as ``\n``, and what a reader should know about the reading.

    ``declared`` is the encoding that the file itself names. Raises DocumentError, with ``path``, for what is no text.
    """
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise DocumentError(path, f"is {kind}, not text", hint="Save it as text or HTML first.")
    text, warnings = _read(data, declared)
    nul = text.find("\0")
    text, controls = _CONTROLS.subn("�", text)
    if controls > len(text) // 50 + 2:
        raise DocumentError(path, "is binary, not text")
    if nul >= 0:
        raise DocumentError(
            path, f"holds NUL characters (the first at {nul}), so it is damaged or no text", hint="Remove them first."
        )
    if controls:
        warnings = (*warnings, f"{_number(controls, 'control character')} shown as �")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def find_encoding(head: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """The encoding that a long file is to be read in, by its first bytes, and what a reader should know about it.

    Raises DocumentError, with ``path``, for what is no text.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return {"utf-8": "utf-8-sig"}.get(encoding, encoding.removesuffix("-le").removesuffix("-be")), ()
    _, warnings = decode(head, path)
    if wide := _read_unmarked_utf16(head[: len(head) // 2 * 2]):
        return ("utf-16-le" if head.decode("utf-16-le", "ignore") == wide else "utf-16-be"), ()
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        guess = None if _mostly_utf8(head) else _guess(head)
        return guess or "utf-8", warnings
    return "utf-8", ()


def _read(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read_as(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = _read_unmarked_utf16(data) if "\0" in text else None
        return (text if wide is None else wide), ()
    wide = _read_unmarked_utf16(data)
    if wide is not None:
        return wide, ()
    if declared and _DECLARABLE.fullmatch(declared):
        # what calls itself Latin-1 is Windows-1252, as every browser takes it
        return _read_as(data, "cp1252" if re.fullmatch(r"(?i)iso-?8859-1|latin-?1", declared) else declared)
    guess = None if _mostly_utf8(data) else _guess(data)
    if guess is None:
        return _read_as(data, "utf-8")
    text, warnings = _read_as(data, guess)
    return text, (f"is not UTF-8 and names no encoding; read as {guess}", *warnings)


def _read_as(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Text with every broken byte (in wide encodings: every broken character) as � and a warning that counts them."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        first = error.start + 1
    if encoding == "utf-8":
        text, broken = re.subn("[\udc80-\udcff]", "�", data.decode(encoding, "surrogateescape"))
    else:
        text = data.decode(encoding, "replace")
        broken = text.count("�")
    return text, (f"{_number(broken, 'byte')} not {encoding.upper()} (the first is byte {first}), shown as �",)


def _read_unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark is known by its spaces: random bytes and ASCII read as UTF-16 have next to none."""
    if b"\0" not in data or len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and sum(map(text.count, " \n")) * 40 > len(text):
            return text
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken bytes are exceptions: halves of characters, or few beside good letters beyond ASCII."""
    with contextlib.suppress(UnicodeDecodeError):
        return bool(data.decode("utf-8", "surrogatepass"))
    text = data.decode("utf-8", "surrogateescape")
    beyond = re.sub("[\0-\x7f]+", "", text)
    return len(beyond) >= 3 * len(re.sub("[^\udc80-\udcff]+", "", beyond))


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE]
    beyond = len(sample.translate(None, bytes(range(128))))
    tables = _WESTERN if beyond * 10 < len(sample) else _WESTERN + _OTHERS  # other scripts are no sprinkling of letters
    matches = list(from_bytes(sample, cp_isolation=tables, enable_fallback=False))
    if not matches:
        return None
    best = matches[0]
    for match in matches:  # Western and Central European tables are hard to tell apart; the first is far commoner
        as_good = (match.chaos, -match.coherence) <= (best.chaos, -best.coherence)
        if as_good and "cp1252" in match.could_be_from_charset:
            return None if _IMPLAUSIBLE.search(str(match)) else "cp1252"
    return None if _IMPLAUSIBLE.search(str(best)) else best.encoding


def _number(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count:,} {what}s are"
