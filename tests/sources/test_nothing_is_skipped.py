"""Every row or item of open data is read, refused, or said to be no award: the numbers add up for any file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.documents.file import File
from tsukitome.documents.table import LONGEST_CELL
from tsukitome.sources.column_map import read_map
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file

SEED_FIRM = "4013301020174"
TOO_LONG = "あ" * (LONGEST_CELL + 1)
_COUNTED = re.compile(r"([0-9,]+) (?:rows?|awards|releases) ")


def accounted(reading: Reading) -> int:
    """How many rows or items a reading answers for: awards, entries, refusals, and those that a refusal counts together."""
    number = len(reading.awards) + len(reading.registrations)
    for refusal in reading.refusals:
        if counted := _COUNTED.match(refusal.reason):
            number += int(counted[1].replace(",", ""))
        elif "the rest of the row was read" not in refusal.reason and refusal.reason != "holds no order.":
            number += 1
            assert refusal.place, refusal
    return number


def written(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def read(data: bytes, name: str = "a.csv", *maps: Any) -> Reading:
    return read_file(File.of_bytes(name, data), maps)


def tables(good: Sequence[str], header: Sequence[str] | None, *more: Sequence[str]) -> Any:
    """Data rows below a header: good ones with any cell made blank, odd or too long, of other width, blank, the header again."""
    cells = st.sampled_from(
        ["", " ", "Null", "-", "株式会社見本", "2910-13-45", "9e99", "＝1+1", "a\nb", "\x1b[31m", TOO_LONG]
    )
    spoilt = st.builds(
        lambda at, cell: [cell if number == at else one for number, one in enumerate(good)],
        st.integers(0, len(good) - 1), cells,
    )  # fmt: skip
    rows = [st.just(list(good)), spoilt, st.just([*good, "x"]), st.just(list(good[:-1])), st.just([""] * len(good))]
    rows += [st.just(list(one)) for one in (*more, *([header] if header else []))]
    return st.lists(st.one_of(*rows), max_size=8)


def filled(rows: Sequence[Sequence[str]]) -> int:
    return sum(any(cell.strip() for cell in row) for row in rows)


OLD = ["date_of_order", "title", "amount", "government_departments", "joint_signatures", "corporate_number"]
BULK = ["法人番号", "商号または名称", "登記住所", "受注日", "件名", "落札価格", "組織名", "備考"]
JUDGIT = ["公開年度", "会計年度", "府省", "事業名", "支出先", "法人番号", "業務概要", "支出額（百万円）"]
RS = ["事業年度", "府省庁", "事業名", "予算事業ID", "支出先ブロック番号", "支出先名", "法人番号", "所在地", "契約概要", "金額",
      "支出先の合計支出額", "ブロックの合計支出額", "契約方式等", "落札率"]  # fmt: skip
PORTAL = ["0000000000000012345", "清掃業務", "2017-08-09", "1000000.00", "P1", "8002010", "株式会社見本", SEED_FIRM]
REGISTER = [
    "1", SEED_FIRM, "01", "0", "2015-11-13", "2015-10-05", "株式会社ＳＡＹ企画", "", "301", "東京都", "豊島区", "東池袋１丁目", "",
    "13", "116", "1700013", "", "", "", "", "", "", "2015-10-05", "1", "", "", "", "", "セイキカク", "0",
]  # fmt: skip
PROJECT = ["2024", "総務省", "清掃事業", "7", "A"]
CASES = {
    "gBizINFO, older": (OLD, ["2020-04-01", "清掃", "5000000", "総務省", "", SEED_FIRM], ()),
    "gBizINFO, bulk": (BULK, [SEED_FIRM, "株式会社見本", "東京都港区芝1-1-1", "2020-04-01", "清掃", "5000000", "総務省", ""], ()),
    "review, judgit": (JUDGIT, ["2018", "2017", "総務省", "清掃事業", "株式会社見本", SEED_FIRM, "清掃", "28"], ()),
    "review, RS": (
        RS,
        [*PROJECT, "株式会社見本", SEED_FIRM, "東京都港区芝1-1-1", "清掃", "1000", "", "", "一般競争入札", "0.9"],
        ([*PROJECT, "", "", "", "", "", "", "9000", "", ""],
         [*PROJECT, "株式会社見本", SEED_FIRM, "東京都港区芝1-1-1", "", "", "9000", "", "", ""],
         [*PROJECT, "", "", "", "清掃", "1000", "", "", "", ""]),
    ),
    "portal": (None, PORTAL, ()),
    "register": (None, REGISTER, (REGISTER[:28],)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@given(data=st.data())
def test_every_row_of_a_table(case: str, data: st.DataObject) -> None:
    header, good, more = CASES[case]
    # The first row tells what the file is, and repeats nothing but itself.
    rows = [good, *data.draw(tables(good, header, *more))]
    above = [["あ"]] if header and data.draw(st.booleans()) else []
    reading = read(written([*above, *([header] if header else []), *rows]))
    assert reading.kind is not None
    assert accounted(reading) == filled(rows) + len(above)


@given(tables(["清掃", "株式会社見本", "2017-08-09", "1000000"], ["件名", "業者", "日", "額"], ["合計", "", "", "9"]))
def test_every_row_of_a_mapped_table(rows: list[list[str]]) -> None:
    column_map = read_map(File.of_bytes("a.map.toml", MAP.encode()))
    header = ["件名", "業者", "日", "額"]
    assert accounted(read(written([header, *rows]), "a.csv", column_map)) == filled(rows)


MAP = """
files = ["a.csv"]
[columns]
title = "件名"
supplier = "業者"
award_date = "日"
[[prices]]
column = "額"
"""

ODD = st.sampled_from([None, 1, "x", True, [], [[{}]]])
AWARDS = st.sampled_from(["清掃", "警備", ""]).map(lambda title: {"title": title})


@given(st.lists(st.lists(AWARDS.filter(bool) | ODD, max_size=3) | ODD, max_size=4))
def test_every_item_of_the_apis_answers(firms: list[Any]) -> None:
    told = [{"corporate_number": SEED_FIRM, "name": str(n), "procurement": orders} if isinstance(orders, list) and orders != [[{}]]
            else orders for n, orders in enumerate(firms)]  # fmt: skip
    reading = read(json.dumps({"hojin-infos": told}).encode(), "a.json")
    expected = sum(len(firm["procurement"]) if isinstance(firm, dict) else 1 for firm in told)
    assert accounted(reading) == expected
    assert reading.awards or reading.refusals


RELEASES = st.fixed_dictionaries({}, optional={"awards": st.lists(AWARDS | ODD, max_size=3) | ODD})


@given(st.lists(RELEASES | ODD, min_size=1, max_size=4), st.sampled_from(["package", "list", "record", "lines"]))
def test_every_award_of_a_release(releases: list[Any], packing: str) -> None:
    first = {"ocid": "first", "awards": [{"title": "清掃"}]}  # tells what the file is
    told = [first, *({"ocid": f"o{n}", **one} if isinstance(one, dict) else one for n, one in enumerate(releases))]
    if packing == "lines":
        text = "\n".join(map(json.dumps, told))
    else:
        records = [{"ocid": "x", "releases": [one]} for one in told]
        text = json.dumps({"package": {"releases": told}, "list": told, "record": {"records": records}}[packing])
    assert accounted(read(text.encode(), "a.json")) == sum(map(_items, told))


def _items(release: Any) -> int:
    """How many things of a release have to be accounted for: its awards, or itself where it has none."""
    if not isinstance(release, dict):
        return 1
    awards = release.get("awards")
    return max(len(awards), 1) if isinstance(awards, list) else 1
