"""``tsukitome clues`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsukitome.cli import identify_command
from tsukitome.clues_command import clues_command
from tsukitome.normalize.own_tables import use_tables

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


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(TEXT, encoding="utf-8")
    second.write_text("年金機構は昨年7月、都内の会社に業務を委託した。", encoding="utf-8")
    return ["--article", str(first), "--article", str(second)]


def test_several_articles_are_one_list_with_sources_and_disputes(two: list[str]) -> None:
    result = run(*two, "--article-date", "2018-03-19", "--article-date", "2018-03-20", "--format", "json")
    clues = json.loads(result.stdout)
    assert [clue["start"] for clue in clues] == sorted(clue["start"] for clue in clues)
    (ward,) = [clue for clue in clues if clue["name"] == "ward"]
    assert [Path(source["article"]).name for source in ward["sources"]] == ["a.txt", "b.txt"]
    months = [clue for clue in clues if clue["name"] == "month"]
    assert [clue["strength"] for clue in months] == [0.5, 0.5]
    assert {clue["disputed_by"][0]["quote"] for clue in months} == {"去年8月", "昨年7月"}


@pytest.mark.parametrize(("language", "says"), [("en", "DISPUTED"), ("ja", "食い違い")])
def test_the_table_of_several_articles_shows_the_dispute(two: list[str], language: str, says: str) -> None:
    result = run(*two, "--article-date", "2018-03-19", "--lang", language)
    assert result.exit_code == 0
    assert says in result.stdout


def test_as_many_dates_as_articles(two: list[str]) -> None:
    assert run(*two, *["--article-date", "2018-03-19"] * 3).exit_code == 2
    assert run(*two, "--article-date", "2018-03-19", "--text-out", "x").exit_code == 2
    assert run("--article", "-", "--article", "-").exit_code == 2


def test_identify_takes_several_articles_and_says_what_they_dispute(two: list[str]) -> None:
    result = CliRunner().invoke(identify_command, [*two, "--article-date", "2018-03-19", "--format", "json"])
    answer = json.loads(result.stdout)
    assert answer["candidates"][0]["firm"]["name"] == "株式会社SAY企画"
    assert "counts for half, since others say '昨年7月'" in result.stderr


def test_a_readers_own_tables(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[short_names]\n"港湾機構" = "独立行政法人港湾整備機構"', encoding="utf-8")
    try:
        result = run("--text", "港湾機構が発注した", "--tables", str(own), "--format", "json")
        assert json.loads(result.stdout)[0]["reading"] == {"name": "独立行政法人港湾整備機構"}
        own.write_text('[places]\n"x" = 3', encoding="utf-8")
        wrong = run("--text", "港湾機構が発注した", "--tables", str(own), "--lang", "ja")
        assert wrong.exit_code == 1
        assert f"{own}, [places] x:" in wrong.stderr
    finally:
        use_tables(None)
