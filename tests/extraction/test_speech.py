"""Who says what: the speakers of a text with the words that are theirs."""

from __future__ import annotations

import pytest

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse
from narragraph.loaders.extraction.speeches import speech_layer


def speeches(text: str) -> set[tuple[str, str]]:
    """Speaker and words of every speech in a text."""
    analysis = analyse(SourceDocument(source_key="test", text=text))
    return {
        (
            analysis.entities[speaker.entity].name,
            text[speech.start : speech.end].strip(" ,.\"'“”").removeprefix("that "),
        )
        for speech in speech_layer(analysis)
        for speaker in speech.speakers
    }


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # what stands between speaker and words
        ("Norway's coast guard, which also guards the ports, claims that the boats came by night.",
         "Coast Guard of Norway", "the boats came by night"),
        ("Ann Berg alleged in a note shared with reporters that nine people had been hurt.",
         "Ann Berg", "nine people had been hurt"),
        ("Norway, which has mediated between the two, confined itself to saying that it was looking into the case.",
         "Norway", "it was looking into the case"),
        ("Interpol, whose officers found the men, confirmed that they were alive.", "Interpol", "they were alive"),
        ("The lake had been closed by mayor Ann Berg in Bergen, who told AFP the water was foul.",
         "Ann Berg", "the water was foul"),
        # whose role tells whom they serve
        ("Norway's ambassador to Mali said that the boats came by night.",
         "Norway's ambassador to Mali", "the boats came by night"),
        ("An aide to Mali's President Jan Odell said that the boats came by night.",
         "aide to Mali's President Jan Odell", "the boats came by night"),
        ("Ann Berg's campaign headquarters issued a statement alleging fraud and threats.",
         "Ann Berg", "fraud and threats"),
        # a verb of saying after a comma, a quotation that ends in a mark of its own, what others quote
        ("Ann Berg promised help for Mali, said Norway was the biggest danger to the lake.",
         "Ann Berg", "Norway was the biggest danger to the lake"),
        ("'We will never give way!' Ann Berg said in a speech to the crew.", "Ann Berg", "We will never give way!"),
        ("The boats came by night, Ann Berg was quoted as saying.", "Ann Berg", "The boats came by night"),
        # participles in what is said
        ("Ann Berg said organised gangs with political, financial and legal help from Mali were behind the raid.",
         "Ann Berg", "organised gangs with political, financial and legal help from Mali were behind the raid"),
        ("Ann Berg said on Friday a Norwegian report alleging Mali meddled in the vote was worthless.",
         "Ann Berg", "a Norwegian report alleging Mali meddled in the vote was worthless"),
        ("Ann Berg said the report is “categorical lies”.", "Ann Berg", "the report is “categorical lies"),
        # subjects of what is said
        ("Norway said 13 accounts and two pages were removed for lying.",
         "Norway", "13 accounts and two pages were removed for lying"),
        ("Norway said Malian boats and coastal fire since Monday had killed nine people.",
         "Norway", "Malian boats and coastal fire since Monday had killed nine people"),
        # what is told of the speaker between name and verb
        ("The boats came by night, Ann Berg, head of the mine, told BBC Verify.",
         "Ann Berg", "The boats came by night"),
        ("The boats came by night, Ann Berg, a senior analyst at the Lund Institute, said on Monday.",
         "Ann Berg", "The boats came by night"),
        ("The Brindle, a group co-founded by actor Ann Berg and official Wade Odell, said in May that they lied.",
         "Brindle", "they lied"),
        ("On Tuesday Mr Odell said the boats came by night.", "Odell", "the boats came by night"),
        ("Oslo last year said the boats came by night.", "Government of Norway", "the boats came by night"),
        ("Norway's external affairs minister Ann Berg said the boats came by night.",
         "Ann Berg", "the boats came by night"),
        ("Medics and local health officials said the boats came by night.", "Medics", "the boats came by night"),
        ("Norway asked why, after a Malian military lab found that Odell was ill.",
         "Malian military lab", "Odell was ill"),
        ("The rebels claimed to have sunk a boat.", "rebels", "to have sunk a boat"),
        # statements that were published, and those who were told
        ("A UN report released on Monday said Mali lied.", "United Nations", "Mali lied"),
        ("Interpol said in a report published on Tuesday that Mali lied.", "Interpol", "Mali lied"),
        ("Ann Berg told parliament Mali had sent spies.", "Ann Berg", "Mali had sent spies"),
        ("Ann Berg said the claims were lies.", "Ann Berg", "the claims were lies"),
        # words that a pronoun begins
        ("Norway released a film which Ann Berg said showed soldiers digging.", "Ann Berg", "showed soldiers digging"),
        ("A firm that Ann Berg says is controlled by smugglers bought the mine.",
         "Ann Berg", "is controlled by smugglers"),
        ("He asked for an inquiry into what Ann Berg said looked like a show.", "Ann Berg", "looked like a show"),
        ("What Ann Berg said was that the bridge would hold.", "Ann Berg", "the bridge would hold"),
        # names behind and beside the verb
        ('"The bridge will hold," said Interpol\'s head of training, Ann Berg.', "Ann Berg", "The bridge will hold"),
        ('"The bridge will hold," said lead author Ann Berg.', "Ann Berg", "The bridge will hold"),
        ('"The bridge will hold," Ann Berg, the director of Interpol, wrote in reply, in German.',
         "Ann Berg", "The bridge will hold"),
        ('The office took its time, with spokeswoman Ann Berg remarking that "ice always melts first".',
         "Ann Berg", '"ice always melts first'),
        ('"Not one krone," said Ann Berg.', "Ann Berg", "Not one krone"),
        # headlines
        ("Norway says Sweden arming smugglers", "Norway", "Sweden arming smugglers"),
        ("Norway says smugglers to blame for fire", "Norway", "smugglers to blame for fire"),
        ("Norway Says Sweden Is Arming Smugglers", "Norway", "Sweden Is Arming Smugglers"),
        ("Interpol: Norway burnt the port\n\nNothing is known about the fire.", "Interpol", "Norway burnt the port"),
        ("Norway burnt the port: Interpol\n\nNothing is known about the fire.", "Interpol", "Norway burnt the port"),
        ("Norway said that this was part of a plot.", "Norway", "this was part of a plot"),
        # it
        ("Norway closed the port. It said that the boats came by night.", "Norway", "the boats came by night"),
        ("Norway released a film which it said showed soldiers digging.", "Norway", "showed soldiers digging"),
        ("Interpol asked Ann Berg to leave. In a note it claimed that she had lied.", "Interpol", "she had lied"),
        # a long sentence before its speaker
        ("Despite the storm, sailors mentioned Norway more often than they mentioned Sweden, said Ann Berg, a clerk.",
         "Ann Berg", "Despite the storm, sailors mentioned Norway more often than they mentioned Sweden"),
        # whose claim it is
        ("The claim that smugglers burnt the port was made by Norway in March.",
         "Norway", "smugglers burnt the port"),
        ("The theory that smugglers burnt the port was first aired by Norway.", "Norway", "smugglers burnt the port"),
        ("Norway says the port was burnt, while Sweden maintains that it stands.", "Norway", "the port was burnt"),
        # a comma forgotten
        ('Ann Berg "turned out to be a smuggler" the minister Olav Dahl said in Bergen.',
         "Olav Dahl", 'Ann Berg "turned out to be a smuggler'),
        # a mark set twice
        ('““The bridge will hold,” Ann Berg said.', "Ann Berg", "The bridge will hold"),
        # naming
        ("The film was part of what Norway called an attempt to frame the fishermen.",
         "Norway", "an attempt to frame the fishermen"),
        ('Norway went further, with Ann Berg calling the raid "rash, cruel and a breach of every rule".',
         "Ann Berg", "rash, cruel and a breach of every rule"),
        ('The Norwegian embassy in Bern yesterday described the report as "a poor joke".',
         "Embassy of Norway", "a poor joke"),
        ("Ann Berg blamed the fire on “careless smugglers at sea”.", "Ann Berg", "careless smugglers at sea"),
        ("Ann Berg criticised Olav Dahl for “lending his boat to smugglers”.",
         "Ann Berg", "lending his boat to smugglers"),
        ("Norway's newspapers often portray the fishermen as thieves.",
         "Norwegian media", "the fishermen as thieves"),
        # a statement goes on
        ('Ann Berg said the raid was rash. "The boats came by night," the statement said.',
         "Ann Berg", "The boats came by night"),
    ],
)  # fmt: skip
def test_words_have_their_speaker(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in speeches(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Several of the men told Interpol officers that the boats came by night.", "Interpol officers"),
        ('Ann Berg said the raid was rash. "The boats came by night," a fisherman said.', "Nobody"),
        ("Interpol, whose officers found the men, went home.", "Interpol"),
        ('Norway dismissed what it called "wild claims".', "Norway"),
        ("Norway published a study. It shows that the boats came by night.", "Norway"),
        ("Ann Berg closed the port. It was said that the boats came by night.", "Ann Berg"),
        ("Ann Berg closed the port. It claims that the boats came by night.", "Ann Berg"),
        ('Ann Berg called on Norway "to end the raids at once".', "Ann Berg"),
        ('Ann Berg dismissed the report as "utter fiction".', "Ann Berg"),
        ('Ann Berg called the report "completely and utterly false".', "Ann Berg"),
        ("If Ann Berg says that the boats came by night, nobody listens.", "Ann Berg"),
        ('Norway acted under Article 4, which states: "Members shall help each other."', "Norway"),
        ("The fleet sailed according to the Norwegian scenario.", "Norway"),
        ("Interpol: how Norway burnt the port\n\nNothing is known about the fire.", "Interpol"),
        ("Norway: police must find smugglers\n\nNothing is known about the fire.", "Norway"),
        ("Interpol found no evidence that the boats came by night.", "Interpol"),
        ("Ann Berg refused to portray the fishermen as thieves.", "Ann Berg"),
    ],
)
def test_words_are_not_of_those_who_stand_near(text: str, nobody: str) -> None:
    told = {(speaker, words) for speaker, words in speeches(text) if words != "the raid was rash"}
    assert nobody not in {speaker for speaker, _ in told}
    assert "Ann Berg" not in {speaker for speaker, words in told if words.startswith("The boats")}


@pytest.mark.parametrize(
    ("text", "accuser", "accused"),
    [
        ("Norway has in the past accused Sweden of lying.", "Norway", "Sweden"),
        ("Norway does, however, fault Sweden for lying about the raid.", "Norway", "Sweden"),
        ("Norway Accuses Sweden of Arming Smugglers as Talks Stall", "Norway", "Sweden"),
        ("Norway accused the exiled Sami Council of lying about the raid.", "Norway", "Sami Council"),
    ],
)
def test_verbs_are_read_across_what_stands_between_their_words(text: str, accuser: str, accused: str) -> None:
    analysis = analyse(SourceDocument(source_key="test", text=text))
    assert (accuser, accused) in {
        (analysis.entities[edge.source].name, analysis.entities[edge.target].name)
        for edge in analysis.edges
        if edge.type == "ACCUSES"
    }


@pytest.mark.parametrize("text", [
    "Norway blamed Sweden for the raid, a charge brushed aside by Denmark.",
    "The charge that Sweden lied was denied by both Norway and Denmark.",
])  # fmt: skip
def test_agents_are_found_behind_particles_and_pairs(text: str) -> None:
    analysis = analyse(SourceDocument(source_key="test", text=text))
    assert "Denmark" in {analysis.entities[edge.source].name for edge in analysis.edges if edge.type == "DENIES"}


def test_what_was_not_said_is_no_claim() -> None:
    text = "Norway did not protest, nor did it confirm the boats had been seized, and Sweden said they were safe."
    analysis = analyse(SourceDocument(source_key="test", text=text))
    assert {analysis.entities[edge.target].name for edge in analysis.edges if edge.type == "ATTRIBUTED_TO"} <= {
        "Sweden"
    }


def test_a_quotation_that_tells_who_speaks_is_not_that_speaker_s() -> None:
    text = "“Norway said the boats were safe. Sweden sent divers to the port the next day. Then it was quiet.”"
    assert {words for speaker, words in speeches(text) if speaker == "Norway"} == {"the boats were safe"}


def test_what_a_summary_reports_of_others_is_theirs() -> None:
    text = (
        "Disinfo: Norway is ruled by smugglers\n\nSummary\n\nThe harbours of Norway are in the hands of smugglers. "
        "The Danish police blame Norway for the fires.\n\nDisproof\n\nThis is a pro-Kremlin disinformation narrative."
    )
    analysis = analyse(SourceDocument(source_key="test", text=text))
    told = {
        analysis.nodes[edge.source].name for edge in analysis.edges
        if edge.type == "ATTRIBUTED_TO" and analysis.entities[edge.target].name == "Pro-Kremlin media"
    }  # fmt: skip
    assert "The harbours of Norway are in the hands of smugglers" in told
    assert not any("Danish" in claim for claim in told)


def test_an_adverb_before_a_negation_hides_it_not() -> None:
    analysis = analyse(SourceDocument(source_key="test", text="The claim is simply not true, Norway said."))
    assert any(clause.verb.negated for clause in analysis.layers["clauses"].clauses)
