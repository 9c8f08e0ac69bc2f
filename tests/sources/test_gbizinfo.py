"""gBizINFO: orders by firm in three layouts, with the junk that the real files hold."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.api import Archive
from tsukitome.awards import TODAYS_ADDRESS, Award
from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.errors import UnreadableError
from tsukitome.sources.gbizinfo import looks_like_gbizinfo, read_gbizinfo
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.recognize import read_file

SEED_FIRM = "4013301020174"
OLD = "date_of_order,title,amount,government_departments,joint_signatures,corporate_number\n"
BULK = "法人番号,商号または名称,登記住所,受注日,件名,落札価格,組織名,備考\n"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = sorted((Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE)) / "gbizinfo").glob("*.csv"))


def read(text: str) -> Reading:
    return read_gbizinfo(File.of_bytes("g.csv", text.encode()), text)


def one(
    day: str = "2020-04-01T00:00:00+09:00", title: str = "清掃業務", amount: str = "6615840", buyer: str = "経済産業省",
    joint: str = "", number: str = SEED_FIRM,
) -> Award:  # fmt: skip
    reading = read(OLD + ",".join((day, title, amount, buyer, joint, number)) + "\n")
    assert reading.refusals == ()
    return reading.awards[0]


def test_a_row_of_the_older_layout() -> None:
    award = one()
    assert award.dates.contract == dt.date(2020, 4, 1)
    assert award.dates.award is None
    assert (award.title, award.buyer, award.warnings) == ("清掃業務", "経済産業省", ())
    (firm,) = award.suppliers
    assert (firm.name, firm.corporate_number, firm.address) == (f"法人番号 {SEED_FIRM}", SEED_FIRM, None)
    (amount,) = award.amounts
    assert (amount.role, amount.yen, amount.quote, amount.supplier) == ("contract_price", 6_615_840, "6615840", 0)
    assert (award.source.kind, award.source.row) == ("gbizinfo", 2)


def test_a_row_of_the_bulk_layout() -> None:
    text = (
        BULK + f'"{SEED_FIRM}","株式会社ＳＡＹ企画","東京都豊島区東池袋１丁目４８番１０号","2017-08-09",'
        '"入力業務","182547000","日本年金機構","Null"\n'
    )
    (award,) = read(text).awards
    (firm,) = award.suppliers
    assert (firm.name, firm.municipality_code) == ("株式会社SAY企画", "13116")
    assert firm.address_source == "register"  # and so it weighs less than one that the award prints
    assert award.warnings == (TODAYS_ADDRESS,)
    assert award.dates.contract == dt.date(2017, 8, 9)


def test_null_stands_for_a_missing_value() -> None:
    (award,) = read(BULK + f"{SEED_FIRM},Null,Null,Null,入力業務,Null,Null,Null\n").awards
    assert (award.buyer, award.amounts, award.dates.contract) == (None, (), None)
    assert award.suppliers[0].name == f"法人番号 {SEED_FIRM}"
    assert award.warnings == ("the row has no date of order",)


@pytest.mark.parametrize(
    "amount", ["90000000167598800", "1e30", "NaN", "Infinity", "-726000", "0", "1", "1e999999999", "９" * 50, "=1+1"]
)
def test_junk_amounts_are_refused_with_the_reason(amount: str) -> None:
    award = one(amount=amount)
    assert award.amounts == ()
    assert any(amount[:20] in warning and "left out" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    "day", ["2910-10-07T00:00:00+09:00", "2091-10-30T00:00:00+09:00", "0000-01-01", "2020-02-30", "x"]
)
def test_junk_days_are_null_with_a_warning(day: str) -> None:
    award = one(day=day)
    assert award.dates.contract is None
    assert any(day in warning for warning in award.warnings)


def test_a_time_in_another_zone_is_brought_to_japan() -> None:
    assert one(day="2017-08-08T15:00:00Z").dates.contract == dt.date(2017, 8, 9)


def test_prices_of_a_piece_are_no_totals() -> None:
    assert [one(amount=yen).amounts[0].role for yen in ("10", "14.90", "999")] == ["unit_price"] * 3
    assert one(title="用紙（単価契約）", amount="5400").amounts[0].role == "unit_price"


FULL = dict(
    zip(
        BULK.strip().split(","),
        [
            SEED_FIRM,
            "株式会社ＳＡＹ企画",
            "東京都豊島区東池袋１丁目４８番１０号",
            "2017-08-09",
            "入力業務",
            "182547000",
            "日本年金機構",
            "Null",
        ],
        strict=True,
    )
)  # fmt: skip


@given(
    st.permutations(list(FULL)), st.sets(st.sampled_from(["商号または名称", "登記住所", "落札価格", "組織名", "備考"]))
)
def test_columns_in_any_order_and_without_some_give_the_same_record(order: list[str], missing: set[str]) -> None:
    columns = [name for name in order if name not in missing]
    (award,) = read(",".join(columns) + "\n" + ",".join(FULL[name] for name in columns) + "\n").awards
    (firm,) = award.suppliers
    assert (award.title, award.dates.contract, firm.corporate_number) == ("入力業務", dt.date(2017, 8, 9), SEED_FIRM)
    assert firm.name == ("法人番号 4013301020174" if "商号または名称" in missing else "株式会社SAY企画")
    assert firm.municipality_code == (None if "登記住所" in missing else "13116")
    assert firm.address_source == (None if "登記住所" in missing else "register")
    assert award.buyer == (None if "組織名" in missing else "日本年金機構")
    assert [amount.yen for amount in award.amounts] == ([] if "落札価格" in missing else [182_547_000])


def test_repeated_rows_are_counted() -> None:
    row = f"2020-04-01,清掃,5000000,総務省,,{SEED_FIRM}\n"
    reading = read(OLD + row * 3 + row.replace("清掃", "警備"))
    assert [award.source.row for award in reading.awards] == [2, 5]
    (refusal,) = reading.refusals
    assert refusal.place == "rows 3, 4"
    assert "2 rows repeat" in refusal.reason


def test_what_is_no_award_is_no_gap_and_what_could_not_be_read_is(tmp_path: Path) -> None:
    row = f"2020-04-01,清掃,5000000,総務省,,{SEED_FIRM}\n"
    (tmp_path / "g.csv").write_text(OLD + row * 2 + OLD, encoding="utf-8")
    (tmp_path / "o.json").write_text('{"hojin-infos": [7, {"procurement": [{"title": "警備"}]}]}', encoding="utf-8")
    archive = Archive.open(tmp_path)
    assert len(archive.refusals) == 3
    (gap,) = archive.coverage().gaps
    assert gap.say("en").endswith("o.json: rows refused: 1")


def test_joint_signatures_are_said() -> None:
    assert any("株式会社ＪＥＣＣ" in warning for warning in one(joint="株式会社ＪＥＣＣ").warnings)


def test_rows_of_other_width_and_without_title_are_refused_by_number() -> None:
    reading = read(OLD + f"2020-04-01,清掃\n,,,宮内庁,,{SEED_FIRM}\n\n2020-04-01,警備,5000000,総務省,,{SEED_FIRM}\n")
    assert [refusal.place for refusal in reading.refusals] == ["row 2", "row 3"]
    assert [award.source.row for award in reading.awards] == [5]


def answer(*orders: dict[str, Any], **firm: Any) -> str:
    told = {
        "corporate_number": SEED_FIRM,
        "name": "株式会社ＳＡＹ企画",
        "location": "東京都豊島区東池袋１丁目４８番１０号",
    }
    return json.dumps({"hojin-infos": [{**told, **firm, "procurement": list(orders)}]}, ensure_ascii=False)


def test_an_answer_of_the_api() -> None:
    order = {
        "date_of_order": "2017-08-09", "title": "入力業務", "amount": 182547000, "government_departments": "日本年金機構",
        "joint_signatures": ["A社", "B社"],
    }  # fmt: skip
    text = answer(order, {**order, "title": "第二の業務", "amount": None})
    assert looks_like_gbizinfo(text)
    first, second = read(text).awards
    assert (first.suppliers[0].municipality_code, first.amounts[0].yen) == ("13116", 182_547_000)
    assert first.amounts[0].quote == "182547000"
    assert (second.amounts, second.source.row) == ((), 2)
    assert any("A社, B社" in warning for warning in first.warnings)


@pytest.mark.parametrize("text", ['{"hojin-infos": []}', '{"hojin-infos": null}', "[]", answer()])
def test_an_answer_without_orders_says_so(text: str) -> None:
    assert read(text) == Reading("gbizinfo", refusals=(Refusal("g.csv", "holds no order."),))


def test_what_is_no_object_is_named_by_its_path() -> None:
    text = '[{"hojin-infos": [1, {"procurement": ["x", {"title": "清掃"}, null]}, [[]]]}, 7, {"hojin-infos": "?"}]'
    reading = read(text)
    assert [award.title for award in reading.awards] == ["清掃"]
    assert [refusal.place for refusal in reading.refusals] == [
        "[0].hojin-infos[0]", "[0].hojin-infos[1].procurement[0]", "[0].hojin-infos[1].procurement[2]", "[0].hojin-infos[2]",
        "[1]", "[2].hojin-infos",
    ]  # fmt: skip
    assert reading.refusals[1].reason == "is no JSON object where an order should stand."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": null, "errors": [{"item": "corporate_number", "message": "13桁で指定"}], "message": "400 - Bad Request."}',
         "400 - Bad Request.: corporate_number 13桁で指定"),
        ('{"hojin-infos": null, "errors": [], "message": "404 - Not Found."}', "404 - Not Found."),
        ('{"timestamp": "x", "status": 401, "message": "Unauthorized", "path": "/hojin/v2/hojin/4013301020174/procurement"}',
         "Unauthorized"),
    ],
)  # fmt: skip
def test_an_error_of_the_api_is_named(text: str, said: str) -> None:
    reading = read_file(File.of_bytes("g.json", text.encode()))
    (refusal,) = reading.refusals
    assert refusal.reason == f"is an error that the API answered ({said}): ask it again."


def test_dates_and_amounts_of_other_types_are_left_out_with_the_reason() -> None:
    (award,) = read(answer({"title": "清掃", "amount": {"yen": 1}, "date_of_order": {"year": 2017}})).awards
    assert (award.amounts, award.dates.contract) == ((), None)
    assert any("""amount '{"yen": "1"}' is no number""" in warning for warning in award.warnings)
    assert any('"year"' in warning for warning in award.warnings)


def test_an_answer_that_says_ok_is_no_error() -> None:
    told = json.loads(answer({"title": "清掃"})) | {"message": "200 - OK.", "errors": []}
    assert read(json.dumps(told)).refusals == ()


def test_an_answer_cut_off_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="cut off"):
        read(answer({"title": "x"})[:-5])


def test_names_that_bite_stay_text() -> None:
    text = OLD + f'2020-04-01,"=cmd|\'/C calc\'!A0\n\x1b[31m<script>",5000000,"[red]省",,{SEED_FIRM}\n'
    (award,) = read(text).awards
    assert award.title == "=cmd|'/C calc'!A0 \x1b[31m<script>"
    assert "\n" not in award.title


def test_a_cell_of_a_million_characters_harms_no_other_row() -> None:
    big = "あ" * 1_000_000
    reading = read(OLD + f"2020-04-01,{big},5000000,総務省,,{SEED_FIRM}\n2020-04-01,警備,5000000,総務省,,{SEED_FIRM}\n")
    assert [award.title for award in reading.awards] == ["警備"]
    assert [(one.place, "1,000,000 characters" in one.reason) for one in reading.refusals] == [("row 2", True)]


@given(st.lists(st.text(max_size=30), min_size=6, max_size=6))
def test_whatever_a_row_holds_it_is_read_or_refused(cells: list[str]) -> None:
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    reading = read(OLD + row + "\n")
    assert len(reading.awards) + len(reading.refusals) <= 1 or not row.strip()
    for award in reading.awards:
        assert all(0 < amount.yen <= 10**13 for amount in award.amounts)
        json.dumps(award.to_dict(), ensure_ascii=False, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(OLD, True), (BULK, True), ("\ufeff" + OLD, True), ('{"hojin-infos": []}', True),
     ("法人番号,件名,受注日\n", True), ("法人番号,件名,契約日,落札価格,組織名\n", False),
     ('{"a": 1}', False), ("a,b\n", False), ("", False)],
)  # fmt: skip
def test_recognition(text: str, is_one: bool) -> None:
    assert looks_like_gbizinfo(text) is is_one


@pytest.mark.skipif(not REAL, reason="real data not here (TSUKITOME_REAL_DATA)")
def test_every_row_of_the_real_files_is_accounted_for() -> None:
    rows = records = repeats = 0
    ceilings = years = 0
    for path in REAL:
        file = File.read(path, path.name)
        text = decode(file)
        assert looks_like_gbizinfo(text)
        reading = read_gbizinfo(file, text)
        rows += len(text.splitlines()) - 1
        records += len(reading.awards)
        repeats += sum(int(r.reason.split()[0]) for r in reading.refusals if "repeat" in r.reason)
        refused = sum("names no contract" in r.reason for r in reading.refusals)
        assert refused <= 1
        records += refused
        ceilings += sum("above" in warning for award in reading.awards for warning in award.warnings)
        years += sum("is not a day" in warning for award in reading.awards for warning in award.warnings)
    assert (rows, records + repeats) == (57_397, 57_397)
    assert (ceilings, years) == (2, 3)  # of the five rows of 9.0e16 yen and 2910 some are repeats
