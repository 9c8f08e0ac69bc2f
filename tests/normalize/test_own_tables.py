"""A reader's own additions to the tables, and the sources of those of the package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tsukitome.clues.article import read_article
from tsukitome.clues.buyer import read_buyer
from tsukitome.clues.month import read_month
from tsukitome.clues.place import read_place
from tsukitome.clues.value import read_value
from tsukitome.errors import ClueError, UnreadableError
from tsukitome.normalize.own_tables import use_tables

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tsukitome"
TABLES = sorted(path for kind in ("csv", "toml") for path in SOURCE.rglob(f"tables/*.{kind}"))
OWN = """
[short_names]
"港湾機構" = "独立行政法人港湾整備機構"
[synonyms]
"ガバクラ" = "ガバメントクラウド"
[places]
"アキバ" = "東京都千代田区"
"みなとみらい" = { place = "横浜市西区", weight = 0.8 }
[eras]
"光文" = { first = 2015-05-01, letter = "K" }
[value_words.after]
"見当ぐらい" = "around"
[factors.around]
core_low = { u = -0.25, x = -0.05 }
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    use_tables(file)
    yield file
    use_tables(None)


@pytest.mark.usefixtures("own")
def test_clues_are_read_with_the_readers_own_words() -> None:
    assert read_buyer("港湾機構").name == "独立行政法人港湾整備機構"
    assert read_place("アキバ").codes == ("13101",)
    assert (read_place("みなとみらい").codes, read_place("みなとみらい").weight) == (("14103",), 0.8)
    assert read_month("光文3年8月").first == dt.date(2017, 8, 1)
    assert read_value("約1億8000万円").core == (177_500_000, 185_000_000)
    assert read_value("1億8000万円見当ぐらい").core == (177_500_000, 185_000_000)


@pytest.mark.usefixtures("own")
def test_an_article_is_read_with_them_too() -> None:
    text = "港湾機構は光文3年8月、アキバの会社にガバクラの設定業務を委託した。"
    read = {clue.name: clue.reading.to_dict() for clue in read_article(text, dt.date(2018, 3, 19))}
    assert read["buyer"]["name"] == "独立行政法人港湾整備機構"
    assert read["month"]["from"] == "2017-08-01"
    assert read["ward"]["municipality_codes"] == ["13101"]
    assert read["title"]["also"] == "ガバメントクラウドの設定業務"


def test_without_them_the_words_are_unknown(own: Path) -> None:
    assert own.exists()
    use_tables(None)
    with pytest.raises(ClueError):
        read_place("アキバ")
    assert read_value("約1億8000万円").core == (175_000_000, 185_000_000)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[places]\n"アキバ" = "宇宙市"', "own.toml, [places] アキバ: '宇宙市' is no municipality."),
        ('[places]\n"アキバ" = { place = "港区", sure = 1 }', "[places] アキバ: 'sure' is no key of a place."),
        ('[places]\n"アキバ" = { place = "港区", weight = 3 }', "[places] アキバ: a weight is a number above 0"),
        ('[towns]\n"a" = "b"', "own.toml, [towns]: no table is called so."),
        ("short_names = 3", "[short_names]: it is to be a section with keys."),
        ('[short_names]\n"a" = 3', "[short_names] a: it is to be a text"),
        ('[eras]\n"新元" = "soon"', "[eras] 新元: an era has"),
        ('[value_words]\n"約" = "around"', "[value_words] 約: words stand in"),
        ("[factors.around]\ncore = 3", "[factors.around] core: a bound is one of"),
        ("[factors.around]\ncore_low = 3", "[factors.around] core_low: a bound has"),
        ("[places\n", "own.toml: is no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as error:
        use_tables(file)
    assert says in str(error.value)
    assert read_place("港区")  # the tables of before are in force


def test_a_rule_that_does_not_exist_is_named(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[value_words.after]\n"見当ぐらい" = "vaguely"', encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"\[value_words.after\] 見当ぐらい"):
        use_tables(file)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"none.toml: can't be opened"):
        use_tables(tmp_path / "none.toml")


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_every_table_states_its_source(table: Path) -> None:
    comment = " ".join(
        line for line in table.read_text(encoding="utf-8").splitlines()[:12] if line.startswith("#")
    ).lower()
    assert any(word in comment for word in ("source", "made by", "follow the list", "our own list"))
