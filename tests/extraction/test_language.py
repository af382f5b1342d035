"""The language of a text."""

from __future__ import annotations

import pytest

from narragraph.loaders.extraction.language import detect_language, has_rules


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The minister said that the dam had been opened for the safety of the villages, not to flood them.",
        ),
        (
            "de",
            "Der Minister hat gesagt, dass die Schleusen für die Dörfer geöffnet wurden und dass er nicht schuld ist.",
        ),
        (
            "fr",
            "Le ministre a dit que les vannes ont été ouvertes pour les villages et "
            "qu'il n'est pas en cause dans ce cas.",
        ),
        (
            "ru",
            "Министр сказал, что шлюзы были открыты для сёл и что он не виноват, а также что вода уже ушла из долины.",
        ),
        (
            "uk",
            "Міністр сказав, що шлюзи були відкриті для сіл і що він не винен, а також "
            "що вода вже пішла з долини та міста.",
        ),
        (
            "ar",
            "قال الوزير إن السد فتح من أجل القرى وأن المياه قد انحسرت عن الوادي في هذا "
            "الأسبوع كما قال إن الحكومة التي يمثلها بريئة",
        ),
        ("zh", "部长说大坝是为了村庄的安全而打开的"),
        ("ru", "Никаких кораблей в гавани не было"),
        ("en", "Rebels bury a miner alive. Repeating a tale that the ministry told in spring."),
        (None, "Rebels bury a miner alive; villagers flee towards Northern Arland, says Ida Lund."),
        (None, "OK"),
        (None, "12 34 56"),
    ],
)
def test_script_and_small_words_tell_the_language(language: str | None, text: str) -> None:
    assert detect_language(text) == language


def test_only_english_has_rules_and_a_scrap_is_read_with_them() -> None:
    assert has_rules("en")
    assert has_rules(None)
    assert not has_rules("fr")
