"""The answer in each of its forms: terminal, page, CSV, data frame, JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from builders import award, coverage, supplier, total
from rich.cells import cell_len
from rich.console import Console

from tsukitome.awards import Award
from tsukitome.clues.query import Clues
from tsukitome.findings import Findings
from tsukitome.matching.identify import identify
from tsukitome.reporting.frame import COLUMNS, as_csv, frame
from tsukitome.reporting.page import fragment, page
from tsukitome.reporting.records import records_csv
from tsukitome.reporting.terminal import print_findings

HOSTILE = supplier("=cmd|'/C calc'!A0<script>alert(1)</script>[bold]\x1b[31m", "東京都豊島区池袋2-2-2")
RECORDS = [
    award(amounts=(total(182_547_000, "estimated_total"),), published="2017-10-02"),
    award("<b>題名</b>", HOSTILE, file="hostile", line=3),
    award("清掃業務", supplier("株式会社無住所", None), file="other", line=9, awarded="2017-08-30"),
]


def answer(records: list[Award] = RECORDS, **clues: Any) -> Findings:
    asked = clues or {"ward": "豊島区", "month": "2017-08", "value": "約1億8000万円"}
    return identify(Clues(**asked), records, coverage(records), version="0", data_sha256="0" * 64, command="identify …")


def drawn(findings: Findings, language: Any = "en", width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False)
    print_findings(findings, language, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_table_keeps_to_100_columns_with_japanese_counted_as_wide(language: str) -> None:
    assert max(cell_len(line.rstrip()) for line in drawn(answer(), language).splitlines()) <= 100


def test_the_table_shows_agreement_contradiction_and_the_unknown_with_sources() -> None:
    text = drawn(answer(ward="豊島区", month="2017-07", value="1件15円"))
    for word in ("agrees", "near", "UNKNOWN", "none of these", "a.txt", "② 扶養親族等", "A lead, not a finding"):
        assert word in text
    assert "CONTRADICTS" in drawn(answer(RECORDS[:1], ward="大阪市"))


def test_the_japanese_table_is_japanese() -> None:
    text = drawn(answer(), "ja")
    for word in ("手掛かり", "一致", "記載なし", "この中にない", "データの範囲"):
        assert word in text


def test_hostile_names_are_inert_everywhere() -> None:
    found = answer()
    assert "\x1b" not in drawn(found)
    assert "[bold]" in drawn(found)
    assert "\x1b" not in as_csv(found)
    for text in (page(found, "en"), fragment(found)):
        assert "<script>alert" not in text
        assert "<b>題名</b>" not in text
        assert "\x1b" not in text
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert all(not row["firm"].startswith("=") for row in rows)
    assert any(row["firm"].startswith("'=cmd") for row in rows)


def test_markup_and_brackets_are_literal() -> None:
    odd = award(
        "保守[/bold]業務[bold red]x[/bold red]", supplier("株式会社[/x]あ"), buyer="[/y]省", file="[/z]dir/a.csv"
    )
    text = drawn(answer([odd], ward="豊島区", title="[/x]業務", buyer="[/x]省"))
    for piece in ("保守[/bold]業務[bold red]x[/bold red]", "株式会社[/x]あ", "[/y]省", "[/z]dir", "[/x]業務"):
        assert piece in text.replace("\n", "").replace(" ", "") or piece in text


def test_the_page_asks_no_other_host() -> None:
    text = page(answer(), "ja")
    assert text.startswith("<!DOCTYPE html>")
    assert not re.search(r"(?:src|href)\s*=|url\(|@import|<script", text)


def test_csv_and_frame_have_one_row_a_candidate() -> None:
    found = answer()
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    table = frame(found)
    assert next(row["firm"] for row in rows) == found.candidates[0].firm.name == table.loc[1, "firm"]
    assert len(rows) == len(found.candidates) == len(table)
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["value_outcome"] == "agree"


def test_records_as_csv_have_one_row_a_record() -> None:
    rows = list(csv.DictReader(records_csv(RECORDS)))
    assert [row["award_date"] for row in rows] == ["2017-08-09", "2017-08-09", "2017-08-30"]
    assert rows[0]["amounts"] == "estimated_total 182547000"


def test_json_prose_is_in_the_language_asked_for() -> None:
    found = answer()
    assert "firm" in found.to_dict("en")["verdict_reason"]
    assert "社" in found.to_dict("ja")["verdict_reason"]
    assert json.loads(json.dumps(found.to_dict()))["schema"] == "tsukitome/identification/1"


def test_no_firm_is_offered_when_nothing_fits() -> None:
    found = answer(ward="那覇市", month="2010-01", value="900億円", title="潜水艦の建造")
    assert found.verdict == "not_found"
    assert "No firm is offered as the answer" in drawn(found)


def test_where_no_firm_is_likely_only_the_first_is_drawn_with_its_evidence() -> None:
    found = answer(
        [award(f"業務{n}", supplier(f"株式会社{n}"), file=str(n)) for n in range(8)], ward="大阪市", month="1990-01"
    )
    assert found.candidates[5].probability == found.candidates[0].probability < 0.01
    assert drawn(found).count("likeliest award ") == 2  # the column and one card
