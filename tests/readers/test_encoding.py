"""Bytes become text in the encoding they are in; what fits none is shown, counted and told."""

from __future__ import annotations

import codecs

import pytest

from narragraph.errors import DocumentError
from narragraph.loaders.readers.encoding import decode

ENGLISH = "The ministry’s spokesman denied the “accusations” – all of them – on Tuesday. "
TEXTS = {
    "ru": "Министерство иностранных дел отвергло обвинения Лондона и Вашингтона в причастности к атаке.",
    "uk": "Міністерство закордонних справ заявило, що звинувачення є безпідставними.",
    "fr": "Le ministère français des Affaires étrangères a démenti les accusations portées contre l'armée.",
    "de": "Das Außenministerium wies die Vorwürfe zurück und nannte sie unbegründet.",
    "es": "El Ministerio desmintió las acusaciones y señaló que no había pruebas.",
    "pl": "Ministerstwo Spraw Zagranicznych odrzuciło oskarżenia i nazwało je bezpodstawnymi.",
    "el": "Το υπουργείο Εξωτερικών απέρριψε τις κατηγορίες.",
    "zh": "外交部发言人周二表示，有关指控毫无根据，中方坚决反对。",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("language", TEXTS)
def test_unicode_is_read_without_a_word(language: str, encoding: str) -> None:
    assert decode(TEXTS[language].encode(encoding), "a.txt") == (TEXTS[language], ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH * 3, TEXTS["ru"]])
def test_utf16_is_known_without_its_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == (text, ())


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "cp866"), ("uk", "cp1251"), ("fr", "latin-1"), ("de", "cp1252")),
        *(("es", "latin-1"), ("pl", "cp1250"), ("el", "cp1253"), ("zh", "gb18030")),
    ],
)
def test_other_encodings_are_guessed_and_told(language: str, encoding: str) -> None:
    text, warnings = decode(TEXTS[language].encode(encoding), "a.txt")
    assert text == TEXTS[language]
    assert [warning.split(";")[0] for warning in warnings] == ["is not UTF-8 and names no encoding"]


def test_a_few_accents_among_much_english_are_enough() -> None:
    assert decode((ENGLISH * 50 + "café").encode("cp1252"), "a.txt")[0].endswith("café")


def test_what_a_file_declares_is_believed_where_the_bytes_allow_it() -> None:
    assert decode(TEXTS["pl"].encode("iso8859-2"), "a", declared="iso-8859-2") == (TEXTS["pl"], ())
    assert decode(b"it\x92s", "a", declared="ISO-8859-1") == ("it’s", ())
    assert decode(TEXTS["ru"].encode(), "a", declared="windows-1251") == (TEXTS["ru"], ())


@pytest.mark.parametrize("declared", ["punycode", "idna", "unicode_escape", "rot13", "zip", "nonsense"])
def test_only_encodings_of_web_pages_can_be_declared(declared: str) -> None:
    assert decode(b"caf\xe9 caf\xe9", "a", declared=declared)[0] == "café café"


@pytest.mark.parametrize(
    ("broken", "shown", "warning"),
    [
        (
            b"The ministry accused\xff Arland.",
            "The ministry accused� Arland.",
            "1 byte is not UTF-8 (the first is byte 21), shown as �",
        ),
        (b"said \xff nothing", "said � nothing", "1 byte is not UTF-8 (the first is byte 6), shown as �"),
        (b"sa\xc3(id \xc3(", "sa�(id �(", "2 bytes are not UTF-8 (the first is byte 3), shown as �"),
        (
            "Львів ".encode() * 9 + b"\xd0",
            "Львів " * 9 + "�",
            "1 byte is not UTF-8 (the first is byte 100), shown as �",
        ),
        (b"half \xed\xa0\x80.", "half ���.", "3 bytes are not UTF-8 (the first is byte 6), shown as �"),
    ],
)
def test_broken_bytes_are_shown_and_counted(broken: bytes, shown: str, warning: str) -> None:
    assert decode(broken, "a.txt") == (shown, (warning,))


def test_half_a_character_in_utf16_is_shown() -> None:
    text, warnings = decode(
        codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00\xd8" + " c".encode("utf-16-le"), "a"
    )
    assert "�" in text
    assert len(warnings) == 1


def test_every_line_end_is_one_character() -> None:
    assert decode(b"a\r\nb\rc\n", "a")[0] == "a\nb\nc\n"


def test_stray_control_characters_are_shown() -> None:
    assert decode(b"a\x1fb\tc", "a") == ("a�b\tc", ("1 control character is shown as �",))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "is a PDF, not text"),
        (b"PK\x03\x04....", "is a ZIP archive or an office document, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture, not text"),
        (bytes(range(256)) * 20, "is binary, not text"),
        (b"\0" * 1000, "is binary, not text"),
        (b"A long enough line of text\0and more", "holds NUL characters (the first at 26)"),
    ],
)
def test_what_is_no_text_is_told_by_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, "folder/a.txt")
    assert str(caught.value).startswith(f"folder/a.txt: {reason}")
