"""How fast is extraction? Documents and words a minute on one core, beside a spaCy pipeline that only makes tokens.

    python benchmarks/extraction.py [FOLDER]

FOLDER holds .txt files; without it the example documents are read, each several times over. Seconds are those of the
processor, so that what else the machine does counts little.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from narragraph.graph.formats.rows import write_rows
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "documents"
MODEL = "en_core_web_sm"
SECONDS = 10.0  # each contender runs at least so long
WORDS = 850  # of a usual article
LENGTHS = (2, 8, 32)  # so many texts in one document must take so many times as long


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    texts = [path.read_text("utf-8") for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]
    words = sum(len(text.split()) for text in texts) / len(texts)

    began = time.process_time()
    read(texts[0])
    print(f"first document, with all data loaded: {time.process_time() - began:.2f} s", file=sys.stderr)
    rows = [row("narragraph, everything", texts, read)]
    try:
        import spacy
    except ImportError:
        print("spaCy is not installed; it would stand beside for comparison", file=sys.stderr)
    else:
        rows.append(row("spaCy blank, tokens only", texts, spacy.blank("en")))
        if spacy.util.is_package(MODEL):
            rows.append(row(f"spaCy {MODEL}: tags, parse, names", texts, spacy.load(MODEL)))
    write_rows(("contender", "documents a minute", "words a minute", f"of {WORDS} words", "peak MB"), rows, "table")
    print(f"{len(texts)} documents of {words:.0f} words on average", file=sys.stderr)

    rows = []
    for count in LENGTHS:
        long = "\n\n".join(texts[:count])
        began = time.process_time()
        read(long)
        rows.append((count, len(long), round(1000 * (time.process_time() - began), 1)))
    write_rows(("texts in one", "characters", "milliseconds"), rows, "table")


def read(text: str) -> object:
    """Extract one document."""
    return extract_document(SourceDocument(source_key=f"benchmark:{hash(text)}", text=text))


def row(name: str, texts: list[str], work: Callable[[str], object]) -> tuple[object, ...]:
    """One contender's figures."""
    documents, words, began = 0, 0, time.process_time()
    while time.process_time() - began < SECONDS:
        text = texts[documents % len(texts)]
        work(text)
        documents += 1
        words += len(text.split())
    minutes = (time.process_time() - began) / 60
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return name, round(documents / minutes), round(words / minutes), round(words / minutes / WORDS), round(peak)


if __name__ == "__main__":
    main()
