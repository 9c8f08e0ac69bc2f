"""What is wrong with a command line is said in one sentence, in Japanese where that is asked for."""

from __future__ import annotations

import pytest
from click import Command
from click.testing import CliRunner

from tsukitome.cli import identify_command, main


@pytest.mark.parametrize(
    ("command", "words", "said"),
    [
        (identify_command, ["豊島区"], "場所なら --ward 豊島区。"),
        (identify_command, ["--wrad", "豊島区"], "オプション --wrad はない。似たもの: --ward。"),
        (identify_command, ["--top", "x"], "--top の値が使えない"),
        (identify_command, ["--ward"], "--ward に値がない"),
        (main, ["identify", "豊島区"], "場所なら --ward 豊島区。"),
        (main, ["nosuch"], "コマンド nosuch はない。"),
        (main, ["import", "--archive", "a.sqlite"], "PATH… の指定がない。"),
        (main, ["case", "new"], "の指定がない。"),
    ],
)
def test_a_wrong_command_line_is_said_in_one_japanese_sentence(
    monkeypatch: pytest.MonkeyPatch, command: Command, words: list[str], said: str
) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    found = CliRunner().invoke(command, words)
    assert found.exit_code == 2
    assert said in found.stderr
    assert "Usage" not in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_lang_counts_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    for words in (["--lang", "ja", "--wrad", "x"], ["--wrad", "x", "--lang=ja"]):
        assert "はない" in CliRunner().invoke(identify_command, words).stderr
    assert "No such option" in CliRunner().invoke(identify_command, ["--wrad", "x"]).stderr


def test_a_bare_word_is_taken_for_a_forgotten_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert "a place is --ward 豊島区." in CliRunner().invoke(identify_command, ["豊島区"]).stderr
