"""Who is named: by the gazetteer, by a template, by capitals and what stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import processor_seconds

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.coreference import resolve
from narragraph.loaders.extraction.matching import load_matcher
from narragraph.loaders.extraction.mentions import admit_groups, find_mentions
from narragraph.loaders.extraction.phrases import find_phrases
from narragraph.loaders.extraction.sentences import find_sentences
from narragraph.loaders.extraction.structure import find_blocks


def read(text: str) -> Analysis:
    analysis = Analysis(SourceDocument("test", text))
    for stage in (find_blocks, find_sentences, find_mentions):
        stage(analysis)
    return analysis


def named(text: str) -> dict[str, str]:
    """What a sentence says → id of what it means."""
    text = text if text.endswith(".") or "\n" in text else text + "."
    return {text[mention.start : mention.end]: mention.entity for mention in read(text).mentions}


def meant(text: str, words: str) -> str | None:
    return named(text).get(words)


RUSSIA, US, UKRAINE, CHINA = "country:RU", "country:US", "country:UA", "country:CN"
KREMLIN, WHITE_HOUSE = "actor:government-of-russia", "actor:government-of-united-states"


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("He left Russia.", "Russia", RUSSIA),
        ("a Russian paper", "Russian", RUSSIA),
        ("the United\nStates said", "United\nStates", US),
        ("in the U.S. and", "U.S.", US),
        ("the US-led talks", "US", US),
        ("the Russia-US/NATO talks", "NATO", "actor:nato"),
        ("the Kremlin’s line", "Kremlin", KREMLIN),
        ("the **European Union** said", "European Union", "actor:european-union"),
        ("Recep Tayyip Erdoğan spoke", "Recep Tayyip Erdoğan", "actor:recep-tayyip-erdogan"),
        ("Recep Tayyip Erdogan spoke", "Recep Tayyip Erdogan", "actor:recep-tayyip-erdogan"),
    ],
)
def test_known_names_are_found_however_they_are_written(text: str, words: str, entity: str) -> None:
    assert meant(text, words) == entity


@pytest.mark.parametrize("text", ["he told us so", "those who know", "THEY TOLD US THAT THEY KNEW US", "a turkey"])
def test_common_words_are_no_names(text: str) -> None:
    assert not named(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Moscow said it had won.", "Moscow"),
        ("They blamed Moscow for the blast.", "Moscow"),
        ("Relations with Moscow are bad.", "Moscow"),
        ("He turned his back on Moscow.", "Moscow"),
        ("In Bavaria, Moscow said, it had won.", "Moscow"),
    ],
)
def test_a_capital_means_the_government(text: str, words: str) -> None:
    assert meant(text, words) == KREMLIN


@pytest.mark.parametrize(
    "text",
    [
        "They met in Moscow.",
        "They flew to Moscow.",
        "the Moscow region",
        "a Moscow-based firm",
        "near Moscow there is a lake",
        "MOSCOW (Courier) -- It rained.",
        "They toured towns in Bavaria, Tuscany and Moscow.",
    ],
)
def test_a_capital_that_means_the_town_is_no_government(text: str) -> None:
    assert KREMLIN not in named(text).values()


def test_a_platform_is_what_is_posted_on() -> None:
    assert meant("She wrote on X that he lied.", "X") == "outlet:twitter"
    assert not named("They marked it with an X.")


def test_a_town_that_is_named_like_a_region_is_not_meant() -> None:
    assert meant("It rained in Kansas.", "Kansas") == "country:kansas"
    assert not named("It rained in Kansas City.")


def test_the_longest_name_wins() -> None:
    assert meant("The Chinese Communist Party said so.", "Chinese Communist Party") == "actor:chinese-communist-party"
    assert meant("in the West Bank", "West Bank") == "country:west-bank"


def test_a_possessive_is_no_part_of_a_mention() -> None:
    assert "Vladimir Putin" in named("Vladimir Putin’s envoy left.")


def test_an_ambiguous_form_needs_another_form_of_its_entry() -> None:
    ambiguous = next(
        form for form in load_matcher().gazetteer.forms()
        if form.ambiguous and form.entry.kind == "person" and form.how == "alias" and " " not in form.text
    )  # fmt: skip
    alone = f"Yesterday {ambiguous.text} was mentioned again."
    assert ambiguous.entry.id not in named(alone).values()
    assert meant(f"{ambiguous.entry.name} spoke. {alone}", ambiguous.text) == ambiguous.entry.id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("President Oskar Brandvold said so.", "Oskar Brandvold"),
        ("said spokesman Ilmari Tuuk", "Ilmari Tuuk"),
        ("Ewa Szczyrk, a former adviser, disagreed.", "Ewa Szczyrk"),
        ("Norland's right-wing Prime Minister Jonas Fjeldgaard left.", "Jonas Fjeldgaard"),
        ("the minister, Sheikh Omar bin Talib al-Rashidi, denied it", "Omar bin Talib al-Rashidi"),
        ("as the analyst Mirela Popovkina-Dunn put it", "Mirela Popovkina-Dunn"),
        ("the Institute for the Study of Rumours said", "Institute for the Study of Rumours"),
        ("the University of Brask and Tull said", "University of Brask and Tull"),
        ("researchers at the Brask Policy Institute", "Brask Policy Institute"),
        ("a company called “Veritel,” which", "Veritel"),
        ("the Kifuna group denied it", "Kifuna"),
        ("the Brask Courier Herald wrote", "Brask Courier Herald"),
        ("the site Braskleaks published it", "Braskleaks"),
        ("the trade minister, Wumo Odellov, said so.", "Wumo Odellov"),
        ("They told Le Braskois that it rained.", "Le Braskois"),
        ("the electoral institute, BRQ, denied it", "BRQ"),
        ("the Brask Metropolitan Police said so", "Brask Metropolitan Police"),
        ("the NGO Faktabrask found it false", "Faktabrask"),
        ("the Unity bloc denied it", "Unity"),
        ("Monitors from BRQ left. BRQ's director said so.", "BRQ"),
        ("Brascorp declined to comment.", "Brascorp"),
        ("Col Wumo Odellov said so", "Wumo Odellov"),
        ("and @brask_leaks posted it", "@brask_leaks"),
        ("on brask-leaks.ru they wrote", "brask-leaks.ru"),
    ],
)
def test_unlisted_names_are_found_by_what_stands_around_them(text: str, words: str) -> None:
    assert words in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Joint Plan of Action failed.",
        "On Monday it rained in Lower Brask.",
        "He won the Brask Peace Prize.",
        "They signed the Association Agreement.",
        "Local Elections Were Marred By Rumours Of Fraud",
        "the Armed Forces were ready",
        "The Prime Minister spoke.",
        "the city of El Brasko, the capital of the province",
        "They said Braskov had fallen.",
    ],
)
def test_capitals_alone_make_no_actor(text: str) -> None:
    assert not named(text)


def test_surnames_and_acronyms_mean_whom_the_text_named_in_full() -> None:
    text = (
        "Brandvold Rejects Claims\n\n"
        "Oskar Brandvold, a senator, leads the Brask Quarry Policy Institute (BQPI). Brandvold said the BQPI lied."
    )
    names = named(text)
    assert names["Brandvold"] == names["Oskar Brandvold"]
    assert names["BQPI"] == names["Brask Quarry Policy Institute"]


def test_an_acronym_between_commas_means_the_name_before_it() -> None:
    names = named("The Committee for the Defence of Brask, or CDB, left. The CDB said so.")
    assert names["CDB"] == names["Committee for the Defence of Brask"]


def test_the_police_of_a_capital_are_those_of_the_town() -> None:
    assert "actor:police-of-sweden" not in named("Stockholm police said so.").values()


def test_two_persons_of_one_surname_are_told_apart_by_who_was_named_last() -> None:
    text = "Anna Brandvold said so. Brandvold left. Later Peter Brandvold came. Brandvold laughed."
    first, second = (m.entity for m in read(text).mentions if text[m.start : m.end] == "Brandvold")
    assert (first, second) == ("actor:anna-brandvold", "actor:peter-brandvold")


def test_a_listed_surname_with_another_given_name_is_somebody_else() -> None:
    assert meant("Yesterday Lyudmila Putin spoke.", "Lyudmila Putin") == "actor:lyudmila-putin"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("the Malian foreign ministry said", "Malian foreign ministry", "Ministry of Foreign Affairs of Mali"),
        ("Mali's army denied it", "Mali's army", "Armed Forces of Mali"),
        ("the Ministry of Defence of Mali said", "Ministry of Defence of Mali", "Ministry of Defence of Mali"),
        ("the police in Mali said", "police in Mali", "Police of Mali"),
        ("the Malian embassy in Paris said", "Malian embassy in Paris", "Embassy of Mali"),
        ("Malian officials said so", "Malian officials", "Government of Mali"),
        ("Bamako's embassy in Paris said so", "Bamako's embassy in Paris", "Embassy of Mali"),
        ("the Malian coast guard said so", "Malian coast guard", "Coast Guard of Mali"),
        ("the Malian military said so", "Malian military", "Armed Forces of Mali"),
        ("the Erdogan government said so", "Erdogan government", "Government of Turkey"),
        ("Malian state television said so", "Malian state television", "Malian state media"),
        ("Mali's presidency or foreign ministry said so", "foreign ministry", "Ministry of Foreign Affairs of Mali"),
    ],
)
def test_templates_name_the_bodies_of_a_country(text: str, words: str, name: str) -> None:
    analysis = read(text)
    found = {text[m.start : m.end]: analysis.entities[m.entity].name for m in analysis.mentions}
    assert found.get(words) == name


def test_a_template_takes_the_listed_body_where_there_is_one() -> None:
    assert (
        meant("Russia's ministry of defence denied it", "Russia's ministry of defence")
        == "actor:ministry-of-defence-of-russia"
    )


def test_a_country_inside_a_longer_name_counts_beside_it_in_the_end() -> None:
    analysis = read("The media praised the Russian foreign ministry.")
    admit_groups(analysis)
    assert RUSSIA in {mention.entity for mention in analysis.mentions}


def test_who_is_told_only_in_passing_counts_where_the_text_speaks_of_them_too() -> None:
    def places(text: str) -> list[str]:
        analysis = read(text)
        admit_groups(analysis)
        return [text[m.start : m.end] for m in analysis.mentions if m.entity in (KREMLIN, "country:black-sea")]

    assert not places("The pro-Kremlin media praised a cruise on the Black Sea.")
    assert places("The Kremlin praised the pro-Kremlin media.") == ["Kremlin", "Kremlin"]


def test_a_body_that_only_describes_a_noun_is_not_meant() -> None:
    assert meant("The Ukrainian military exercises began.", "Ukrainian") == UKRAINE


def test_addresses_name_no_outlet() -> None:
    assert not named("See pic.twitter.com/3tsi and https://www.rt.com/news for more.")


def groups(text: str) -> set[str]:
    """Groups that count although no relation needs them."""
    analysis = read(text)
    for stage in (find_phrases, resolve, admit_groups):
        stage(analysis)
    return {text[m.start : m.end] for m in analysis.mentions if m.how == "group"}


def test_a_group_counts_where_it_acts() -> None:
    assert groups("Malian bloggers spread the rumour.") == {"Malian bloggers"}
    assert groups("The rumour was spread by Malian bloggers.") == {"Malian bloggers"}
    assert not groups("They wrote about Malian bloggers.")
    assert not groups("Bloggers spread the rumour.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Regulators say the firm lied.", "Regulators"),
        ("The opposition said the vote was stolen.", "opposition"),
        ("Researchers at Lund University said so.", "Researchers"),
        ("“He knew,” one ex-minister told the paper.", "one ex-minister"),
        ("A spokesman for the archive said the page was forged.", "spokesman"),
        ("The league's chairman accused the board of fraud.", "league's chairman"),
        ("“It was forged,” said a resident of Brask.", "resident"),
        ("They fired on it, according to a teacher who fled.", "teacher"),
        ("Malta's envoy was quoted as saying so.", "Malta's envoy"),
        ("The Maltese government's media office, reached for comment, said so.", "Maltese government's media office"),
        ("A channel close to him said so.", "channel"),
        ("Companies linked to Malta said so.", "Companies"),
        ("Actors hired by the league's bosses said so.", "Actors"),
        ("A number of factcheckers said so.", "factcheckers"),
        ("Every other council member denied it.", "Every other council member"),
        ("Malta's envoy to Chile said so.", "Malta's envoy"),
        ("An aide to President Odell denied it.", "aide"),
        ("An official with the mission said so.", "official"),
        ("A source in the port said so.", "source"),
        ("More than 30 countries denied it.", "More than 30 countries"),
        ("Dozens of Malian bloggers denied it.", "Dozens of Malian bloggers"),
        ("Several of the men denied it.", "Several of the men"),
        ("Residents of Tunis denied it.", "Residents"),
        ("The mother of one of the victims denied it.", "mother"),
        ("Hackers working for Malta denied it.", "Hackers"),
        ("Users on X denied it.", "Users"),
        ("Medics and local officials denied it.", "Medics"),
        ("An envoy quoted by Oslo Times denied it.", "envoy"),
        ("A Maltese charity denied it.", "Maltese charity"),
        ("Two NGOs denied it.", "Two NGOs"),
        ("A marine biologist from Tunis denied it.", "marine biologist"),
        ("They fled, with analysts saying that it had failed.", "analysts"),
        ("An account with 30,000 followers shared it.", "account"),
        ("Anonymous accounts denied it.", "accounts"),
        ("The UN mission in Mali said so.", "UN mission"),
        ("It was spread by a network of 270 accounts.", "network of 270 accounts"),
        ("They found that 270 of the fake accounts had posted it.", "270 of the fake accounts"),
    ],
)
def test_whoever_speaks_is_an_actor_without_a_name(text: str, words: str) -> None:
    assert words in groups(text)


@pytest.mark.parametrize(
    "text",
    [
        "People say that it rains.",
        "Sources said so.",
        "A source said so.",
        "The press denied it.",
        "A group of lies said so.",
        "A resident was seen there.",
        "They told reporters that it rained.",
        "A spokesman, Jan Odell, said so.",
        "A charity, Oslo Times, said so.",
        "The spokesman for the archive Jan Odell said so.",
        "Said the league's head of research, Jan Odell, on Monday.",
        "Oslo Times, a fact-checking site, said so.",
        "Both channels said so.",
        "They fled the league, whose officers said so.",
        "Some 270 polling stations denied them entry.",
    ],
)
def test_who_tells_nothing_or_has_a_name_is_no_unnamed_actor(text: str) -> None:
    assert not groups(text)


def test_unlisted_groups_have_ids_of_their_document() -> None:
    def ids(key: str) -> set[str]:
        analysis = Analysis(SourceDocument(key, "Malian bloggers spread the rumour."))
        for stage in (find_blocks, find_sentences, find_mentions):
            stage(analysis)
        return {group.entity for group in analysis.layers["groups"]}

    assert ids("one").isdisjoint(ids("two"))
    assert all(ident.startswith("actor:malian-bloggers-") for ident in ids("one"))


def test_nodes_of_the_gazetteer_get_their_aliases_from_it_alone() -> None:
    node = read("The U.S. side said so. Washington denied it.").entities[WHITE_HOUSE]
    assert "Washington" not in node.aliases
    assert node.properties["country"] == US


PIECES = (
    "Russia", "US", " ", "-", "'s ", "(", ")", "“", "Ministry of ", "President ", "Odell ", "officials ", "said ",
    "of ", "the ", "and ", ". ", "\n\n", "Kremlin", "\u200b", "é", "İ", "ß", "@x", "BPI", "his ", "they ", "al-Odell",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(deadline=None)
@given(texts)
def test_mentions_stand_in_the_text_and_never_overlap(text: str) -> None:
    analysis = read(text)
    for stage in (find_phrases, resolve):
        stage(analysis)
    reached = 0
    for mention in analysis.mentions:
        assert reached <= mention.start < mention.end <= len(text)
        assert mention.entity in analysis.entities
        assert 0 < mention.confidence <= 1
        reached = mention.end
    for phrase in analysis.phrases:
        assert 0 <= phrase.start <= phrase.head[0] < phrase.head[1] <= phrase.end <= len(text)
        assert all(entity in analysis.entities for entity in (*phrase.entities, *phrase.possessor))


HOSTILE = {
    "names": "Russia " * 20_000,
    "names in a row": "Iran and " * 15_000,
    "owners": "Iran's " * 20_000,
    "bodies": "Ministry of " * 12_000,
    "capitals": "Abcd Efgh of Ijkl and " * 6_000,
    "titles": "President " * 15_000,
    "pronouns": "Anna Odell said his " * 6_000,
    "offices": "Mali's president said so. President Anna Odell left. " * 1_500,
    "unnamed": "one envoy said the envoy lied. " * 2_500,
    "definites": "the ministry of the president " * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_alone(name: str) -> None:
    text = HOSTILE[name]
    load_matcher()

    def resolved(part: str) -> None:
        analysis = read(part)
        find_phrases(analysis)
        resolve(analysis)

    def seconds(part: str) -> float:
        return processor_seconds(lambda: resolved(part))

    quarter = min(seconds(text[: len(text) // 4]) for _ in range(2))
    assert seconds(text) < 4 * max(quarter, 0.02) * 3


def test_institutions_are_shared_by_the_demonyms_of_a_row() -> None:
    analysis = read("Russian and Syrian state media repeated it.")
    found = {analysis.entities[mention.entity].name for mention in analysis.mentions}
    assert found == {"Russian state media", "Syrian state media"}


def test_a_group_on_a_platform_has_it_in_its_name() -> None:
    analysis = read("Loud channels on the Telegram platform said so.")
    assert "Loud channels on the Telegram platform" in {node.name for node in analysis.entities.values()}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Mali's Al Arabiya television network said so.", "Mali's Al Arabiya television network", "Al Arabiya"),
        (
            "An inauthentic network said so. Next, the network's pages shared it.",
            "network's pages",
            "inauthentic network",
        ),
    ],
)
def test_a_head_that_tells_the_sort_is_what_is_named(text: str, words: str, name: str) -> None:
    analysis = read(text)
    found = {text[m.start : m.end]: analysis.entities[m.entity].name for m in analysis.layers["groups"]}
    assert found.get(words) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("People who saw the raid and fled said so.", "People who saw the raid"),
        ("They named an envoy of Malta and a Malian officer.", "Malian officer"),
        ("They said a network in Mali, Niger and Chad had lied.", "network in Mali, Niger and Chad"),
        ("They said networks in Mali, Niger, and Chad had lied.", "networks in Mali, Niger, and Chad"),
        ("They removed a network of fake accounts and pages.", "network of fake accounts and pages"),
        ("They heard claims by a former employee.", "former employee"),
        ("People familiar with the case left.", "People familiar with the case"),
        ("Protesters chanting slogans left.", "Protesters"),
        ("They met six Malian nationals.", "Malian nationals"),
        ("Survivors of the raid, which killed nine, left.", "Survivors of the raid"),
        ("They said the terrorists had fled.", "terrorists"),
        ("Malta accused a faction of the party of theft.", "faction of the party"),
        ("It was denied by two MPs from the coalition.", "two MPs from the coalition"),
        ("Malta accused a man who lives in Tunis of theft.", "man who lives in Tunis"),
    ],
)
def test_who_is_told_by_more_words_may_be_needed_by_a_relation(text: str, name: str) -> None:
    analysis = read(text)
    assert name in {analysis.entities[group.entity].name for group in analysis.layers["groups"]}
    assert name not in {analysis.entities[mention.entity].name for mention in analysis.mentions}


def test_an_account_of_events_is_no_outlet() -> None:
    assert not groups("They disputed it. The league's account said so.")
