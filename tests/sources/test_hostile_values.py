"""Values that no award has, in every kind of source: each file is read, nothing raises, and what can't be is said and left out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest

from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file

NUMBER = "4013301020174"
GAZETTE = "次のとおり落札者等について公示します。\n平成29年10月2日\n"


def lines(*rows: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()


def files(
    title: str = "業務", day: str = "2017-08-09", name: str = "株式会社見本", yen: str = "1000000",
    buyer: str = "国土交通省", address: str = "東京都港区芝1-2-3", number: str = NUMBER,
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """A file of each kind that holds one entry with these values, and one behind it that is right."""
    office = "契約担当官等の氏名並びにその所属する部局の名称及び所在地"
    yield (
        "table.csv",
        lines(
            ("件名", office, "契約締結日", "契約の相手方の名称及び住所", "契約金額"),
            (title, buyer, day, f"{name}　{address}", yen),
            ("後の業務", "国土交通省", "2017-08-10", "株式会社見本　東京都港区芝1-2-3", "2000000"),
        ),
    )
    yield (
        "portal.csv",
        lines(
            ("0000000000001231053", "後の業務", "2017-04-03", "2538000.00", "P1", "8002010", "株式会社見本", NUMBER),
            ("0000000000001231054", title, day, yen, "P1", "8002010", name, number),
        ),
    )
    yield (
        "older.csv",
        lines(
            ("date_of_order", "title", "amount", "government_departments", "joint_signatures", "corporate_number"),
            (day, title, yen, buyer, "Null", number),
            ("2017-08-10", "後の業務", "2000000", "国土交通省", "Null", NUMBER),
        ),
    )
    yield (
        "bulk.csv",
        lines(
            ("法人番号", "商号または名称", "登記住所", "受注日", "件名", "落札価格", "組織名", "備考"),
            (number, name, address, day, title, yen, buyer, ""),
            (NUMBER, "株式会社見本", "", "2017-08-10", "後の業務", "2000000", "", ""),
        ),
    )
    yield (
        "payees.csv",
        lines(
            ("公開年度", "会計年度", "府省", "事業名", "支出先", "法人番号", "業務概要", "支出額（百万円）"),
            ("2018", day[:40], buyer, title, name, number, title, yen),
            ("2018", "2017", "国土交通省", "後の業務", "株式会社見本", NUMBER, "", "2"),
        ),
    )
    value = {"amount": yen, "currency": "JPY"}
    release = {
        "ocid": "1", "buyer": {"name": buyer}, "awards": [
            {"id": "1", "title": title, "date": day, "value": value, "items": [{"unit": {"value": value}}],
             "suppliers": [{"name": name, "id": number, "address": {"streetAddress": address}}]},
            {"id": "2", "title": "後の業務", "suppliers": [{"name": "株式会社見本"}]},
        ],
    }  # fmt: skip
    printed = json.dumps({"releases": [release]})
    yield "release.json", printed
    if re.fullmatch(
        r"-?(?:[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|Infinity|NaN)", yen
    ):  # as a number of JSON, and not as a text
        yield "number.json", printed.replace(json.dumps(yen), yen)
    yield "lines.jsonl", json.dumps(release) + "\n" + json.dumps({"ocid": "2", "awards": []}) + "\n"
    orders = [
        {"title": title, "amount": yen, "date_of_order": day, "government_departments": buyer},
        {
            "title": "後の業務",
            "amount": "2000000",
            "date_of_order": "2017-08-10",
            "government_departments": "農林水産省",
        },
    ]
    firm = {"corporate_number": number, "name": name, "location": address, "procurement": orders}
    yield "answer.json", json.dumps({"hojin-infos": [firm]})
    notices = (
        f"① 78 ② {title} ③ 購入等 ④ 一般 ⑤ {day} ⑥ {name}（{address}） ⑦ {yen}円",
        "① 78 ② 後の業務 ③ 購入等 ④ 一般 ⑤ 29.8.9 ⑥ ㈱甲（東京都港区芝1-2-3） ⑦ 12,345,678円",
    )
    yield "gazette.txt", "\n".join((GAZETTE, *notices))


def read(name: str, text: str) -> Reading:
    """A file's reading, all of which can be written as JSON in UTF-8."""
    reading = read_file(File.of_bytes(name, text.encode("utf-8", "surrogatepass")))
    for award in reading.awards:
        json.dumps(award.to_dict(), allow_nan=False, ensure_ascii=False).encode()
    for refusal in reading.refusals:
        f"{refusal} {refusal.quote}".encode()
    return reading


@pytest.mark.parametrize(
    "yen",
    [
        "NaN", "Infinity", "-Infinity", "1e30", "1E+9999999999", "1e-30", "-0", "-5", "9" * 16, "9" * 40, "9" * 5000,
        "90,000,000,167,598,800", "0x1F", "1_000_000", "٣٤٥", "∞", "①", "½", "--5", "1.5.5",
    ],
)  # fmt: skip
def test_no_amount_comes_of_what_is_none(yen: str) -> None:
    for name, text in files(yen=yen):
        reading = read(name, text)
        assert reading.awards, name
        amounts = [amount for award in reading.awards if award.title != "後の業務" for amount in award.amounts]
        assert all(0 < amount.yen <= 10**15 for amount in amounts), name
        if yen in ("NaN", "Infinity", "1e30", "9" * 40, "9" * 5000, "90,000,000,167,598,800"):
            assert amounts == [], name
            assert any(award.warnings for award in reading.awards) or reading.refusals, name


@pytest.mark.parametrize(
    "day",
    ["0000-00-00", "2910-01-01", "99999-01-01", "2021-02-30", "2017/13/01", "0001-01-01", "9999-12-31", "平成0年1月1日",
     "0" * 5000, "2017-08-09T99:99:99Z", "Infinity", "-1-1-1"],
)  # fmt: skip
def test_no_day_comes_of_what_is_none(day: str) -> None:
    for name, text in files(day=day):
        reading = read(name, text)
        days = [each for award in reading.awards for _, each in award.dates if each]
        assert all(2000 < each.year < 2030 for each in days), name


@pytest.mark.parametrize(
    "words",
    [
        "架\n空", "架\r空", "架\x00空", "\x1b[31m架空\x1b[0m", "[red]架空[/red]", "<script>alert(1)</script>", "=cmd|'/C calc'!A0",
        "\u202e架空", "\u200b架空\u200d", "\ufeff", "\ud800", "架" * 40_000, "㈱" * 300, "（" * 3000, "①②③" * 500,
        "架" + "\u0301" * 3000, "、".join(["架空"] * 3000), "ほか" * 3000, "共同企業体" * 2000, "　　　", "Null",
    ],
)  # fmt: skip
def test_no_words_keep_the_entries_behind_them_from_being_read(words: str) -> None:
    for field in ("title", "name", "buyer", "address", "number"):
        for name, text in files(**{field: words}):
            if "\ud800" in words and not name.endswith(("json", "jsonl")):
                continue  # half of a character is no UTF-8: only JSON can spell it
            reading = read(name, text)
            assert [award for award in reading.awards if award.title == "後の業務"] or name == "lines.jsonl", (
                field,
                name,
            )
