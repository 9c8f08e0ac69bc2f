"""Bad content, and what is no file at all, where a command takes one: an article, a case, a lock, tables, an archive, an output."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from casework.cases import TWO_FILES, seed_case
from hostile.contents import TRAPS, bad_files, place, table
from hostile.runs import run

from tsukitome import small_files
from tsukitome.clues.article import extraction

Command = Callable[[Path], tuple[object, ...]]
DATA = ("--data", TWO_FILES[1])
# The options and arguments that take one file. A new one is one line.
ARTICLES: dict[str, Command] = {
    "clues --article": lambda path: ("clues", "--article", path),
    "identify --article": lambda path: ("identify", "--article", path, *DATA),
    "case new --article": lambda path: ("case", "new", "new.toml", "--article", path),
    "case add-article": lambda path: ("case", "add-article", "case/CASE.toml", "--article", path),
}
TOMLS: dict[str, Command] = {
    "identify --case": lambda path: ("identify", "--case", path, *DATA),
    "check": lambda path: ("check", path, *DATA),
    "report": lambda path: ("report", path, *DATA),
    "case confirm": lambda path: ("case", "confirm", path, "--firm", "架空", "--by", "山田", "--reason", "電話"),
    "add-article to": lambda path: ("case", "add-article", path, "--article", "case/news.txt"),
    "--tables": lambda path: ("clues", "--tables", path, "--text", "豊島区の会社"),
}
OTHERS: dict[str, Command] = {
    "check --since": lambda path: ("check", "case/CASE.toml", "--since", path, *DATA),
    "import --archive": lambda path: ("import", TWO_FILES[1], "--archive", path),
    "TSUKITOME_DATA": lambda _: ("records",),
}
TAKING = {**ARTICLES, **TOMLS, **OTHERS}
OUTPUTS: dict[str, Command] = {
    "report -o": lambda path: ("report", "case/CASE.toml", *DATA, "-o", path),
    "clues --text-out": lambda path: ("clues", "--text", "豊島区の会社", "--text-out", path),
    "case new": lambda path: ("case", "new", path, "--ward", "豊島区"),
    "import": lambda path: ("import", TWO_FILES[1], "--archive", path),
}
# An empty or blank TOML file, and a new archive, are nothing bad; a text of JSON or TOML may be an article's.
_NO_TEXT = re.compile(r"^(empty|blank|nul|random|cut-.*|locked|broken.*|inflating|magic.*)\.")
_NO_TOML = re.compile(r"^(nul|random|cut.*|locked|deep|one-line|quotes|magic.*|binary|entities)\.")
_NO_ARCHIVE = re.compile(r"^(nul|random|cut.*|locked|deep|one-line|quotes|magic.*|binary|entities)\.")
BAD = dict(bad_files())


def contents_for(name: str) -> Iterator[str]:
    pattern = _NO_TEXT if name in ARTICLES else _NO_TOML if name in TOMLS else _NO_ARCHIVE
    yield from (bad for bad in BAD if pattern.search(bad))


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        here = tmp_path_factory.mktemp("elsewhere")
        patch.chdir(here)
        patch.setenv("XDG_CACHE_HOME", str(here / "cache"))
        place(here / "bad", *BAD.items())
        for name, make in TRAPS.items():
            make(here / "bad" / name)
        out = place(here / "out", ("good.csv", table()))
        for name in ("folder.csv", "loop.csv"):
            TRAPS[name](out / name)
        seed_case(here / "case", "--data", TWO_FILES[1])
        yield


@pytest.mark.parametrize("name", TAKING)
def test_what_is_no_such_file_is_one_sentence_and_stays_as_it_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for bad in (*contents_for(name), *TRAPS, "missing.csv"):
        if (name, bad) in (("import --archive", "missing.csv"), ("import --archive", "broken.csv")):
            continue  # a new archive is made there
        path = Path("bad", bad)
        before = path.read_bytes() if path.is_file() else None
        if name == "TSUKITOME_DATA":
            monkeypatch.setenv("TSUKITOME_DATA", str(path))
        found = run(*TAKING[name](path))
        assert found.exit_code in (1, 2), bad
        assert found.stdout == "", bad
        told = found.stderr.splitlines()
        # A link to the folder of all of them: where nothing can be read, each file is named.
        assert len(told) in range(1, 5) or (told and bad == "above.csv"), (bad, told)
        assert all(re.match(r"tsukitome: ((../)?bad/|no --data given; asking bad/)", line) for line in told), (
            bad,
            told,
        )
        assert (path.read_bytes() if path.is_file() else None) == before, bad


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_can_not_be_written_to_is_one_sentence(name: str) -> None:
    for trap in ("folder.csv", "loop.csv", "good.csv/x", "no such folder/x", "あ" * 200):
        found = run(*OUTPUTS[name](Path("out", trap)))
        assert found.exit_code == 1, (trap, found.stderr)
        assert any(line.startswith("tsukitome: out/") for line in found.stderr.splitlines()), (trap, found.stderr)
        assert Path("out", "good.csv").read_bytes() == table()


def test_an_article_in_utf_16_is_read() -> None:
    Path("utf-16.txt").write_bytes("機構は去年8月、東京・豊島区の業者と契約した。".encode("utf-16"))
    found = run("clues", "--article", "utf-16.txt", "--article-date", "2018-03-19", "--format", "json")
    assert (found.exit_code, '"13116"' in found.stdout) == (0, True)


def test_a_pipe_into_which_somebody_writes_is_read() -> None:
    reading, writing = os.pipe()  # as <(…) of a shell is one
    os.write(writing, "東京・豊島区の業者と契約した。".encode())
    os.close(writing)
    found = run("clues", "--article", f"/dev/fd/{reading}", "--format", "json")
    os.close(reading)
    assert (found.exit_code, '"13116"' in found.stdout) == (0, True), found.stderr


def test_what_is_too_large_for_an_article_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("large.txt").write_text("あ" * 1000, encoding="utf-8")
    monkeypatch.setattr(extraction, "_LONGEST", 999)
    assert "more than 999 characters" in run("clues", "--article", "large.txt").stderr
    monkeypatch.setattr(small_files, "LARGEST", 2000)
    for arguments in (("clues", "--article", "large.txt"), ("check", "large.txt"), ("clues", "--article", "-")):
        found = run(*arguments, stdin="あ" * 1000)
        assert (found.exit_code, "is larger than" in found.stderr) == (1, True)


def test_a_cache_that_can_not_be_kept_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("records", *DATA).stdout
    for trap in ("bad/pipe.csv", "bad/device.csv", "bad/loop.csv", "case/news.txt"):
        monkeypatch.setenv("XDG_CACHE_HOME", trap)
        found = run("records", *DATA)
        assert (found.exit_code, found.stdout) == (0, whole), trap
