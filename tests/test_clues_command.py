"""``tsukitome clues`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsukitome.clues_command import clues_command

TEXT = "日本年金機構は去年8月、東京・豊島区の会社と見込み総額約1億8000万円で契約した。"


def run(*arguments: str, stdin: bytes | None = None):
    return CliRunner().invoke(clues_command, list(arguments), input=stdin)


def test_json_is_a_list_in_text_order() -> None:
    result = run("--text", TEXT, "--article-date", "2018-03-19", "--format", "json")
    clues = json.loads(result.stdout)
    assert [clue["name"] for clue in clues] == ["buyer", "month", "ward", "value"]
    assert all(TEXT[clue["start"] : clue["end"]] == clue["quote"] for clue in clues)
    assert clues[3]["reading"] == {
        "core": [175_000_000, 185_000_000], "hard": [170_000_000, 190_000_000], "role": "estimated_total",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_table_shows_the_article_and_the_readings(language: str) -> None:
    result = run("--text", TEXT, "--article-date", "2018-03-19", "--lang", language)
    assert result.exit_code == 0
    assert "2017-08-01" in result.stdout
    assert "東京都豊島区" in result.stdout


def test_standard_input_and_the_text_that_offsets_count_in(tmp_path: Path) -> None:
    out = tmp_path / "article.txt"
    result = run("--article", "-", "--format", "json", "--text-out", str(out), stdin=TEXT.encode("cp932"))
    text = out.read_text(encoding="utf-8")
    assert text == TEXT
    assert all(text[clue["start"] : clue["end"]] == clue["quote"] for clue in json.loads(result.stdout))
    assert "去年8月" in result.stderr  # it needs the article's date


def test_a_missing_file_is_1_and_wrong_use_2(tmp_path: Path) -> None:
    assert run("--article", str(tmp_path / "none.txt")).exit_code == 1
    assert run().exit_code == 2
    assert run("--text", TEXT, "--article", "x").exit_code == 2
    assert run("--text", TEXT, "--article-date", "yesterday").exit_code == 2


def test_control_characters_are_shown_not_sent() -> None:
    result = run("--text", TEXT + "\x1b[31m", "--article-date", "2018-03-19")
    assert "\x1b" not in result.stdout
