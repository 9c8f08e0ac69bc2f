"""A firm's profile in each of its forms; whatever a record prints stays inert."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from builders import award, stored, supplier, total
from rich.cells import cell_len
from rich.console import Console

from tsukitome.awards import Amount, Award
from tsukitome.clues.month import read_month
from tsukitome.profile.asking import read_query
from tsukitome.profile.making import ask_firm
from tsukitome.profile.profile import FirmList, NotOneFirmError, Profile, Replay
from tsukitome.reporting.firm_frame import COLUMNS, firm_csv, firm_frame
from tsukitome.reporting.firm_page import firm_fragment, firm_page
from tsukitome.reporting.firm_terminal import print_firm
from tsukitome.reporting.firm_view import ranges

HOSTILE = "=cmd|'/C calc'!A0<script>alert(1)</script>[bold]\x1b[31m"
RECORDS = [
    award(
        amounts=(Amount("unit_price", 14.9, "14.90円(他複数単価契約)", None, 0), total(242_143_560, "reserve_price"))
    ),
    award(HOSTILE, buyer=HOSTILE, file="b.txt", awarded="2017-09-01", amounts=(total(1_000_000),)),
    award("清掃", supplier("株式会社SAY企画", None, printed=HOSTILE), file="c.txt"),
    award("警備", supplier("株式会社エスエーワイ企画", "東京都豊島区東池袋3-15-22"), file="d.txt"),
]


def found(records: list[Award] = RECORDS, question: str = "株式会社SAY企画") -> Profile | FirmList:
    store = stored(records)
    try:
        return ask_firm(
            store, read_query(question), around=("2017-08", read_month("2017-08")), coverage=store.coverage(),
            replay=Replay("0", "0" * 64, "tsukitome firm …"),
        )  # fmt: skip
    except NotOneFirmError as error:
        return error.firms


def drawn(answer: Profile | FirmList, language: Any = "en") -> str:
    console = Console(width=100, file=io.StringIO(), highlight=False)
    print_firm(answer, language, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_terminal_keeps_to_100_columns(language: str) -> None:
    assert max(cell_len(line.rstrip()) for line in drawn(found(), language).splitlines()) <= 100


def test_figures_stand_with_the_awards_and_sources_they_come_from() -> None:
    text = drawn(found())
    for words in (
        "one firm by name and address",
        "FY2017",
        "日本年金機構",
        "14.90円",
        "a.txt",
        "¥1,000,000",
        "(1 of 2)",
    ):
        assert words in text
    for words in (
        "neither number nor address",
        "株式会社エスエーワイ企画",
        "Check each source",
        "2017-07-01 to 2017-09-30",
    ):
        assert words in text


def test_the_japanese_profile_is_japanese() -> None:
    text = drawn(found(), "ja")
    for words in ("年度別", "発注者別", "落札率", "データの範囲", "データ入力", "一般競争"):
        assert words in text
    assert "award" not in text.replace("tsukitome", "")


def test_what_a_record_prints_is_inert_everywhere() -> None:
    answer = found()
    assert "\x1b[31m" not in drawn(answer)
    assert "<script>" not in firm_page(answer, "en")
    assert "&lt;script&gt;" in firm_page(answer, "ja")
    assert isinstance(answer, Profile)
    rows = list(csv.DictReader(io.StringIO(firm_csv(answer))))
    assert next(row for row in rows if "script" in row["title"])["title"].startswith("'=")


def test_a_page_stands_alone_and_a_fragment_fits_into_another() -> None:
    page = firm_page(found(), "ja")
    assert page.startswith("<!DOCTYPE html>")
    assert "http" not in page
    assert "<html" not in firm_fragment(found())


def test_one_row_an_award_as_csv_and_frame() -> None:
    answer = found()
    assert isinstance(answer, Profile)
    table = firm_frame(answer)
    assert list(table.columns) == list(COLUMNS[1:])
    assert str(table["date"].dtype).startswith("datetime64")
    assert table["total_yen"].sum() == 1_000_000
    assert len(list(csv.DictReader(io.StringIO(firm_csv(answer))))) == len(table) == 2


def test_json_says_which_it_is() -> None:
    assert json.loads(json.dumps(found().to_dict()))["status"] == "profile"
    assert found(question="株式会社どこにもない").to_dict()["status"] == "not_found"
    several = found(
        [award("印刷", supplier("株式会社A", "東京都北区王子1-1-1")), award("清掃", supplier("株式会社A"), file="b")],
        "A",
    )
    assert several.to_dict()["status"] == "several"
    assert [entry["pick"] for entry in several.to_dict()["firms"]] == [1, 2]
    for language in ("en", "ja"):
        assert "--pick" in drawn(several, language)


def test_ranges_of_numbers_are_short() -> None:
    assert ranges([3, 1, 2, 7]) == "1–3, 7"
    assert ranges([]) == ""
