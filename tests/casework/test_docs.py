"""The five commands of the README and of docs/case.md, run word for word."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from casework.cases import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = (ROOT / "docs" / "case.md").read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    (block,) = re.findall(r"# From an article to a report\n.*?```sh\n(.*?)```", text, re.S)
    return [line.split("  #")[0].strip() for line in block.strip().splitlines()]


def test_the_readme_and_the_docs_give_the_same_five_commands() -> None:
    assert len(commands(README)) == 5
    assert commands(README) == commands(DOCS)


def test_from_an_article_to_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "news.txt", tmp_path / "docs")
    for command in commands(README):
        program, *words = shlex.split(command)
        assert program == "tsukitome"
        done = run(*words)
        assert done.exit_code == 0, done.stderr
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for fact in ("株式会社SAY企画", "182,547,000 / 242,143,560", "山田花子", "data:image/png;base64,"):
        assert fact in page
