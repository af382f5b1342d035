"""narragraph load and extract, on real files and the embedded store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import PROGRAM
from small_records import harbour

from narragraph.graph.records import from_line, to_line

Command = Callable[..., Any]

ARTICLE = """Arland accuses Berland over harbour

The government of France accused Russia of spreading lies about the harbour of Calais. Russia denied the accusation.
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text(ARTICLE, "utf-8")
    (folder / "notes.md").write_text("# Notes\n\nGermany denied that it had closed its border.\n", "utf-8")
    return folder


def records_file(path: Path, *names: str) -> Path:
    path.write_text("".join(to_line(record) + "\n" for name in names for record in harbour(name)), "utf-8")
    return path


def summary(done: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(done.out)
    return whole


def test_documents_are_loaded_into_a_new_store(narragraph: Command, articles: Path, tmp_path: Path) -> None:
    done = narragraph("load", articles)
    assert (done.status, done.out) == (0, "")
    assert "2 new, 0 changed, 0 unchanged, 0 failed" in done.err
    assert "narragraph-store (embedded store (ArcadeDB" in done.err
    assert (tmp_path / "narragraph-store").is_dir()


def test_the_same_again_changes_nothing_and_a_changed_text_is_replaced(narragraph: Command, articles: Path) -> None:
    narragraph("load", articles)
    first = narragraph("export", "jsonl", "-").out
    again = narragraph("load", articles, "--format", "json")
    assert summary(again)["documents"] == {"new": 0, "changed": 0, "unchanged": 2, "failed": 0}
    assert narragraph("export", "jsonl", "-").out == first

    (articles / "notes.md").write_text("# Notes\n\nSpain was silent.\n", "utf-8")
    changed = narragraph("load", articles, "--format", "json")
    assert summary(changed)["documents"] == {"new": 0, "changed": 1, "unchanged": 1, "failed": 0}
    after = narragraph("export", "jsonl", "-").out
    assert "Germany" not in after
    assert "France" in after


def test_each_document_can_be_told_as_soon_as_it_is_on_the_disk(narragraph: Command, articles: Path) -> None:
    def told(*more: object) -> list[tuple[str, str]]:
        *lines, last = map(json.loads, narragraph("load", articles, "--format", "jsonl", *more).out.splitlines())
        assert last["documents"]["failed"] == 0
        return [(line["outcome"], line["name"]) for line in lines]

    assert told() == [("new", "Arland accuses Berland over harbour"), ("new", "Notes")]
    (articles / "notes.md").write_text("# Notes\n\nSpain was silent.\n", "utf-8")
    assert told() == [("unchanged", "Arland accuses Berland over harbour"), ("changed", "Notes")]


def test_the_store_is_named_by_option_then_environment(
    narragraph: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARRAGRAPH_STORE", "from-environment")
    narragraph("load", articles)
    narragraph("load", articles, "--store", "from-option")
    assert {path.name for path in tmp_path.iterdir()} == {"articles", "from-environment", "from-option"}


def test_what_extract_prints_load_takes(narragraph: Command, shell: Command, articles: Path) -> None:
    extracted = shell("extract", articles)
    assert extracted.status == 0
    assert extracted.err == ""
    loaded = shell("load", "-", "--store", "piped", "--format", "json", given=extracted.out.encode())
    assert summary(loaded)["documents"]["new"] == 2
    narragraph("load", articles, "--store", "direct")
    assert narragraph("export", "jsonl", "-", "--store", "piped").out.replace("standard input", "") == (
        narragraph("export", "jsonl", "-", "--store", "direct").out
    )


def test_extract_writes_a_file_whole_or_not_at_all(
    narragraph: Command, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert narragraph("extract", articles, "-o", "out.jsonl").status == 0
    before = (tmp_path / "out.jsonl").read_bytes()
    for line in before.decode().splitlines():
        assert from_line(line) is not None

    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("narragraph.loaders.extraction.pipeline.extract_document", interrupted)
    assert narragraph("extract", articles, "-o", "out.jsonl").status == 130
    assert (tmp_path / "out.jsonl").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "out.jsonl"]


@pytest.mark.parametrize("out", [".", "no/such/folder/out.jsonl"])
def test_an_output_that_cannot_be_written_is_told(narragraph: Command, articles: Path, out: str) -> None:
    done = narragraph("extract", articles, "-o", out)
    assert done.status == 2
    assert done.err.startswith(f"Error: {out} cannot be written")


def test_standard_input_is_a_document_or_records(shell: Command) -> None:
    told = shell("extract", "-", given=ARTICLE.encode())
    forced = shell("extract", "-", "--as", "text", given=ARTICLE.encode())
    assert told.out == forced.out
    assert json.loads(told.out.splitlines()[0])["text"] == ARTICLE
    lines = "".join(to_line(record) + "\n" for record in harbour())
    assert shell("extract", "-", given=lines.encode()).out == lines
    refused = shell("extract", "-", "--as", "records", given=ARTICLE.encode())
    assert refused.status == 1
    assert "Error: standard input, line 1: not JSON" in refused.err


def test_as_without_standard_input_is_wrong_use(narragraph: Command, articles: Path) -> None:
    assert narragraph("load", articles, "--as", "text").status == 2


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n", "holds no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture, not text"),
    "binary.txt": (bytes(range(256)) * 8, "is binary, not text"),
    "nul.txt": (b"It was said\0 and more was said.", "holds NUL characters (the first at 11)"),
    "page.html": (b"<html><body></body></html>", "holds no main text"),
    "data.txt": (b'{"a": 1}', "is JSON, but no records"),
    "large.txt": (b"It was said. " * 10_000, "is larger than 0.1 MB"),
}


def test_every_bad_document_is_named_with_its_reason_and_the_rest_goes_on(narragraph: Command, articles: Path) -> None:
    for name, (data, _) in BAD.items():
        (articles / name).write_bytes(data)
    done = narragraph("load", articles, "missing.txt", "--max-size", "100KB", "--format", "json")
    assert done.status == 1
    assert summary(done)["documents"] == {"new": 2, "changed": 0, "unchanged": 0, "failed": len(BAD) + 1}
    for name, (_, reason) in BAD.items():
        assert f"Error: {articles / name}: {reason}" in done.err
    assert "Error: missing.txt: is not there" in done.err


def test_a_text_in_another_encoding_is_loaded_and_told(narragraph: Command, articles: Path) -> None:
    text = "Germany’s government accused Russia of spreading lies – again. " * 3
    (articles / "windows.txt").write_bytes(text.encode("cp1252"))
    (articles / "broken.txt").write_bytes(b"Germany accused Russia\xff of spreading lies.")
    done = narragraph("load", articles)
    assert done.status == 0
    assert "windows.txt: is not UTF-8 and names no encoding; read as cp125" in done.err
    assert "broken.txt: 1 byte is not UTF-8 (the first is byte 23), shown as �" in done.err
    assert "spreading lies – again" in narragraph("export", "jsonl", "-").out


RUSSIAN = "Представитель министерства сообщил журналистам, что никаких кораблей в гавани не было.\n"


def test_a_document_in_a_language_without_rules_is_told_and_counted(narragraph: Command, articles: Path) -> None:
    (articles / "russian.txt").write_text(RUSSIAN * 3, "utf-8")
    told = "russian.txt: no rules for language ru; names and metadata only\n"
    done = narragraph("load", articles)
    assert done.status == 0
    assert told in done.err
    assert "3 new, 0 changed, 0 unchanged, 0 failed; 1 in languages without rules" in done.err
    assert told in narragraph("extract", articles / "russian.txt").err


def test_bad_records_are_told_by_file_and_line_and_the_rest_is_stored(narragraph: Command, tmp_path: Path) -> None:
    path = records_file(tmp_path / "graph.jsonl", "one", "two", "three")
    lines = path.read_text("utf-8").splitlines()
    lines[6] = lines[6].replace("Arland accused", "Arland thanked", 1)
    lines.insert(9, "{broken")
    path.write_text("\n".join(lines), "utf-8")
    done = narragraph("load", path, "--format", "json")
    assert done.status == 1
    assert summary(done)["documents"] == {"new": 1, "changed": 0, "unchanged": 0, "failed": 2}
    assert "graph.jsonl, line 10: not JSON" in done.err
    assert "a record of it cannot be read (line 10: not JSON" in done.err
    assert "not stored: edge:" in done.err
    assert "its sentence does not stand at 0–46 nor anywhere else" in done.err


def test_nothing_to_load_is_an_error(narragraph: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "is a folder with no files in it" in narragraph("load", "empty").err
    (tmp_path / "empty" / "style.css").write_text("p {}")
    done = narragraph("load", "empty")
    assert done.status == 1
    assert "Error: empty: no documents or records here." in done.err
    assert "1 (empty/style.css)" in done.err


def test_a_name_cannot_steer_the_terminal(narragraph: Command, tmp_path: Path) -> None:
    done = narragraph("load", "\x1b[2Jgone.txt")
    assert "\x1b" not in done.err


def test_a_folder_that_is_no_store_is_left_alone(narragraph: Command, articles: Path) -> None:
    done = narragraph("load", articles, "--store", articles)
    assert done.status == 3
    assert sorted(path.name for path in articles.iterdir()) == ["harbour.txt", "notes.md"]


@pytest.mark.parametrize("size", ["10XB", "-1", "0", "many"])
def test_a_size_that_is_none_is_wrong_use(narragraph: Command, articles: Path, size: str) -> None:
    done = narragraph("load", articles, f"--max-size={size}")
    assert done.status == 2
    assert "500KB, 20MB and 1GB are" in done.err


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing there")
def test_ctrl_c_leaves_whole_documents_and_a_store_that_opens(narragraph: Command, tmp_path: Path) -> None:
    command = [*PROGRAM, "load", "-", "--store", "store", "--format", "json"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdin is not None
    for number in range(80):  # a pipe holds a third of this: when all is written, most of it was taken
        process.stdin.write("".join(to_line(record) + "\n" for record in harbour(f"number {number}")).encode())
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().strip() == "Stopped."
    new = json.loads(out)["documents"]["new"]
    assert 10 < new < 80
    assert narragraph("check", "--store", "store").status == 0
    stored = json.loads(narragraph("stats", "--store", "store", "--format", "json").out)["nodes"]["Document"]
    assert stored - new in (0, 1)  # the last one may be written and not yet counted


def test_output_that_nobody_reads_on_is_no_error(tmp_path: Path) -> None:
    path = records_file(tmp_path / "graph.jsonl", *(f"number {number}" for number in range(200)))
    process = subprocess.Popen(
        [sys.executable, "-m", "narragraph", "extract", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(30)


EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "documents"


@pytest.mark.parametrize("seed", [1, 4, 5])
def test_extraction_says_the_same_in_every_process(tmp_path: Path, seed: int) -> None:
    """Python orders sets anew in each process; no record may show it, or loading again would change the store."""
    said = []
    for other in (0, seed):
        command = [sys.executable, "-m", "narragraph", "extract", str(EXAMPLES)]
        environment = {**os.environ, "PYTHONHASHSEED": str(other)}
        said.append(subprocess.run(command, env=environment, capture_output=True, check=True, cwd=tmp_path).stdout)
    assert said[0] == said[1]
