"""Which files are read, in which order, and what is told of those that are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from narragraph.errors import DocumentError, InputError
from narragraph.loaders.readers.base import RawFile
from narragraph.loaders.readers.files import RecordLines, find, open_each


class Reading:
    """What came of reading some paths."""

    def __init__(self, *paths: Path | str, max_size: int = 1000) -> None:
        self.errors: list[InputError] = []
        self.skipped: list[str] = []
        self.files: list[tuple[str, str, bytes]] = []
        report = self.errors.append
        for raw in open_each(
            find(paths, report),
            max_size=max_size,
            on_error=report,
            on_skip=lambda file: self.skipped.append(Path(file.path).name),
        ):
            if isinstance(raw, RawFile):
                self.files.append(("document", Path(raw.path).name, raw.data))
            elif isinstance(raw, RecordLines):
                self.files.append(("records", Path(raw.path).name, b"".join(raw.lines)))

    @property
    def names(self) -> list[str]:
        return [name for _, name, _ in self.files]


def refuse(what: object) -> None:
    pytest.fail(str(what))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/c.md", "a/b.html", "Z.TXT", "plain", ".hidden.txt", ".git/x.txt", "a/style.css", "x.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"This is {name}.")
    return tmp_path


def test_a_folder_is_read_whole_sorted_and_without_what_is_hidden(folder: Path) -> None:
    reading = Reading(folder)
    assert reading.names == ["Z.TXT", "b.html", "c.md", "b.txt", "plain"]
    assert sorted(reading.skipped) == ["style.css", "x.json"]
    assert reading.errors == []


def test_a_file_that_is_named_is_read_whatever_it_is_called(folder: Path) -> None:
    assert Reading(folder / "x.json", folder / ".hidden.txt").names == ["x.json", ".hidden.txt"]


def test_a_file_is_read_once_however_often_it_is_named(folder: Path) -> None:
    assert Reading(folder / "b.txt", folder, folder / "a" / ".." / "b.txt").names[0] == "b.txt"
    assert Reading(folder / "b.txt", folder).names.count("b.txt") == 1


@pytest.mark.parametrize(
    "line",
    [
        '{"record": "node", "id": "a"}',
        '{"id": "a", "record": "node"}',
        '  {"record": "edge"',
        '\ufeff{"record": "node"}',
    ],
)
def test_records_are_told_by_their_first_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "graph.data").write_text(f"{line}\nmore\n", "utf-8")
    ((kind, _, data),) = Reading(tmp_path).files
    assert kind == "records"
    assert data.endswith(b"more\n")


def test_records_of_another_encoding_are_still_records(tmp_path: Path) -> None:
    (tmp_path / "r").write_bytes('{"record": "node"}\n'.encode("utf-16"))
    assert Reading(tmp_path).files[0][0] == "records"


def test_a_document_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    reading = Reading(path, max_size=20_000)
    assert reading.files == []
    assert "large.txt: is larger than 0.02 MB" in str(reading.errors[0])


def test_a_document_as_large_as_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1000)
    assert len(Reading(tmp_path, max_size=1000).files[0][2]) == 1000
    assert len(Reading(tmp_path, max_size=999).errors) == 1


def test_an_endless_line_of_records_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"record": "node"}\n' + b"x" * 10_000)
    for records in open_each(find([path], refuse), max_size=1000, on_error=refuse, on_skip=refuse):
        assert isinstance(records, RecordLines)
        with pytest.raises(DocumentError, match=r"holds a line longer than 0\.004 MB"):
            list(records.lines)


def test_what_is_not_there_is_told_and_the_rest_goes_on(folder: Path) -> None:
    reading = Reading(folder / "missing.txt", folder / "b.txt")
    assert reading.names == ["b.txt"]
    assert [str(error) for error in reading.errors] == [f"{folder / 'missing.txt'}: is not there"]


def test_a_file_that_vanishes_on_the_way_is_told(folder: Path) -> None:
    errors: list[InputError] = []
    found = find([folder], errors.append)
    (folder / "b.txt").unlink()
    names = [file.path for file in open_each(found, on_error=errors.append, on_skip=lambda file: None)]
    assert len(names) == 4
    assert [str(error) for error in errors] == [f"{folder / 'b.txt'}: is not there"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    assert "is a folder with no files in it" in str(Reading(tmp_path).errors[0])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    (folder / "a").chmod(0)
    reading = Reading(folder)
    (folder / "a").chmod(0o700)
    assert [str(error).rpartition(": ")[2] for error in reading.errors] == ["may not be read (permission denied)"] * 2
    assert reading.names == ["Z.TXT", "plain"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_does_not_make_it_wait(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    reading = Reading(folder)
    assert "is a pipe or a device" in str(reading.errors[0])
    assert len(reading.names) == 5


def test_links_in_a_circle_are_not_followed(folder: Path) -> None:
    (folder / "a" / "round").symlink_to(folder, target_is_directory=True)
    assert len(Reading(folder).names) == 5


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_can_be_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("It said so.")
    (raw,) = open_each(find([tmp_path], refuse), on_error=refuse, on_skip=refuse)
    assert isinstance(raw, RawFile)
    assert raw.path.endswith("caf�.txt")
    assert raw.key is not None
    assert raw.key.endswith("/caf%E9.txt")


def test_every_place_has_one_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    keys = set()
    for path in (folder / "b.txt", Path("b.txt"), Path("a/../b.txt")):
        (raw,) = open_each(find([path], refuse), on_error=refuse, on_skip=refuse)
        assert isinstance(raw, RawFile)
        keys.add(raw.key)
    assert keys == {(folder / "b.txt").resolve().as_uri()}
