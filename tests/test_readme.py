"""What the README says is what is run and drawn."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_readmes_test_command_word_for_word() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README, re.M)
    assert len(commands) == 2
    assert "identify --ward 豊島区 --month 2017-08" in commands[0]
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_dependency_is_in_the_table_and_nothing_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=]", name)[0] for name in project["dependencies"]}
    table = README.split("## What it stands on")[1].split("##")[0]
    assert set(re.findall(r"^\| \[([a-z0-9_-]+)\]", table, re.M)) == declared


def test_the_picture_is_a_real_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("TSUKITOME_DATA", raising=False)
    picture = runpy.run_path(str(ROOT / "tools" / "make_readme_picture.py"))["picture"]()
    drawn = (ROOT / "docs" / "identify.svg").read_text(encoding="utf-8")
    texts = [re.findall(r"<text[^>]*>([^<]*)</text>", svg) for svg in (picture, drawn)]
    assert texts[0] == texts[1], "run tools/make_readme_picture.py"


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_archive_opens_in_pandas_as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    importing = [sys.executable, "-m", "tsukitome", "import", str(ROOT / "sample_data"), "--archive", "awards.sqlite"]
    subprocess.run(importing, check=True, capture_output=True)
    (code,) = re.findall(r"```python\n(import sqlite3.*?)```", README, re.S)
    *before, last = code.strip().splitlines()
    known: dict[str, Any] = {}
    exec("\n".join(before), known)
    table = eval(last, known)
    assert "株式会社SAY企画" in table.index
    assert table["sum"].is_monotonic_decreasing
