"""News in Python: ``read_article``, ``read_clues``, ``merge_clues``."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

import tsukitome
from tsukitome import Archive, Clues, merge_clues, read_article, read_clues
from tsukitome.errors import ClueError, NoClueError

TEXT = "厚生労働省によりますと、日本年金機構は去年8月、豊島区の会社と見込み総額約1億8000万円で契約した。"
OTHER = "年金機構は昨年7月、都内の業者に<b>業務</b>を委託した。"


def test_read_article_keeps_offsets_strength_and_attribution() -> None:
    read = read_article(TEXT, "2018-03-19")
    assert all(TEXT[clue.start : clue.end] == clue.quote for clue in read)
    assert {clue.attribution for clue in read} == {"厚生労働省"}
    assert [clue.strength for clue in read] == [1.0] * len(read)


def test_read_clues_asks_what_the_article_says() -> None:
    clues = read_clues(TEXT, "2018-03-19")
    assert isinstance(clues, Clues)
    assert (clues.buyer, clues.month, clues.ward, clues.value) == (
        "日本年金機構", "去年8月", "豊島区", "見込み総額約1億8000万円",
    )  # fmt: skip
    assert clues.article.text == TEXT


def test_clues_can_be_edited() -> None:
    clues = read_clues(TEXT, "2018-03-19")
    clues.ward = "新宿区"
    clues.value = None
    assert clues.asked["ward"].reading.to_dict()["municipality_codes"] == ["13104"]
    assert "value" not in clues.asked
    clues.article_date = "2017-03-19"
    assert clues.asked["month"].reading.to_dict()["from"] == "2016-08-01"
    assert replace(clues, buyer=None).asked.keys() == {"month", "ward"}


def test_an_edit_that_is_not_understood_changes_nothing() -> None:
    clues = Clues(ward="豊島区")
    with pytest.raises(ClueError):
        clues.ward = "どこか"
    with pytest.raises(NoClueError):
        clues.ward = None
    assert clues == Clues(ward="豊島区")
    assert list(clues.asked) == ["ward"]


def test_what_is_given_beside_the_article_wins() -> None:
    assert read_clues(TEXT, "2018-03-19", ward="新宿区").ward == "新宿区"


def test_several_articles_are_read_together() -> None:
    clues = read_clues([TEXT, OTHER], ["2018-03-19", "2018-03-20"])
    assert clues.asked["month"].reading.to_dict() == {"from": "2017-08-01", "to": "2017-08-31", "weight": 0.5}
    assert clues.asked["ward"].reading.to_dict()["municipality_codes"] == ["13116"]
    assert len(clues.article.articles) == 2
    with pytest.raises(ValueError, match="2 articles and 3 dates"):
        read_clues([TEXT, OTHER], ["2018-03-19"] * 3)


def test_several_articles_identify_together() -> None:
    found = Archive.open().identify(read_clues([TEXT, OTHER], "2018-03-19", title="扶養親族等申告書 データ入力"))
    assert found.best is not None
    assert found.best.firm.name == "株式会社SAY企画"


def test_notebooks_show_the_text_with_its_clues_and_no_markup_of_the_news() -> None:
    one = read_article(OTHER, "2018-03-19")._repr_html_()
    assert "<mark" in one
    assert "&lt;b&gt;" in one
    both = merge_clues([read_article(TEXT, "2018-03-19"), read_article(OTHER, "2018-03-19")])._repr_html_()
    assert "DISPUTED by" in both
    assert "<b>" not in both


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ClueError):
        read_article(TEXT, "2018-13-01")


def test_importing_the_package_loads_nothing_of_it() -> None:
    told = "import sys, tsukitome; print(sorted(m for m in sys.modules if m.startswith('tsukitome')))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "['tsukitome']"
    assert set(tsukitome.__all__) <= {*dir(tsukitome), *tsukitome._HOME}
