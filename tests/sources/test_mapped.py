"""Any table by a column map; what is wrong in a map is said by file and key."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tsukitome.cli import main
from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError
from tsukitome.sources.column_map import ColumnMap, is_map, read_map
from tsukitome.sources.mapped import read_mapped
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file, read_in_batches

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "mapped.md").read_text(encoding="utf-8")
TABLE, MAP = (re.search(rf"```{kind}\n(.*?)```", GUIDE, re.S)[1] for kind in ("csv", "toml"))  # type: ignore[index]
SHORT = 'files = "*.csv"\n[columns]\ntitle = "件名"\nsupplier = "業者"\ncontract_date = "日"\n'


def column_map(text: str = SHORT) -> ColumnMap:
    return read_map(File.of_bytes("x.map.toml", text.encode()))


def read(table: str, text: str = SHORT) -> Reading:
    return read_mapped(File.of_bytes("t.csv", table.encode()), column_map(text))


def test_the_guides_example() -> None:
    reading = read(TABLE, MAP)
    (award,) = reading.awards
    assert (award.title, award.buyer, award.dates.contract) == ("庁舎警備業務", "見本市", dt.date(2017, 8, 9))
    assert (award.suppliers[0].name, award.suppliers[0].municipality_code) == ("株式会社見本警備", "13116")
    (amount,) = award.amounts
    assert (amount.role, amount.yen, amount.quote, amount.tax) == ("contract_price", 1_200_000, "1,200", "excluded")
    assert (award.source.kind, award.source.row, reading.refusals) == ("mapped", 3, ())
    assert "架空" not in award.source.quote


def test_the_guides_files_are_the_ones_it_prints_and_give_the_record_it_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).resolve().parents[2]
    assert (root / "docs" / "mapped" / "contracts-2017.csv").read_text(encoding="utf-8") == TABLE
    assert (root / "docs" / "mapped" / "contracts.map.toml").read_text(encoding="utf-8") == MAP
    monkeypatch.chdir(root)
    found = CliRunner().invoke(main, ["records", "--data", "docs/mapped"])
    printed = json.loads(re.search(r"```json\n(.*?)```", GUIDE, re.S)[1])  # type: ignore[index]
    assert _holds(json.loads(found.stdout), printed)


def test_the_guides_wrong_key_is_said_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "contracts.map.toml").write_text(MAP.replace('"contract_price"', '"price"'), encoding="utf-8")
    (tmp_path / "contracts-2017.csv").write_text(TABLE, encoding="utf-8")
    found = CliRunner().invoke(main, ["sources", "--data", str(tmp_path), "--lang", "en"])
    said = re.search(r"tsukitome: contracts/(contracts.map.toml, .*?), …", GUIDE)
    assert said
    assert said[1] in found.stderr


def _holds(found: Any, told: Any) -> bool:
    """Whether a JSON value has all that a shorter one tells."""
    if isinstance(told, dict):
        return all(_holds(found[key], value) for key, value in told.items())
    if isinstance(told, list):
        return len(found) == len(told) and all(map(_holds, found, told))
    return bool(found == told)


def test_the_map_decides_before_the_contents() -> None:
    file = File.of_bytes("folder/contracts-2017.csv", TABLE.encode())
    maps = (column_map(MAP),)
    assert read_file(file, maps).kind == "mapped"
    assert [batch.kind for batch in read_in_batches(file, maps=maps)] == ["mapped"]
    assert read_file(File.of_bytes("other.csv", TABLE.encode()), maps).kind != "mapped"


def test_a_map_is_known_by_its_name_and_covers_no_map() -> None:
    assert is_map("a.map.toml")
    assert not is_map("case.toml")
    assert not column_map('files = "*"\n[columns]\ntitle = 1\nsupplier = 2\n').covers("a.map.toml")


def test_columns_by_number_and_cells_with_words() -> None:
    text = 'files = "*.csv"\n[columns]\ntitle = 1\nsupplier = 2\n[[prices]]\ncolumn = 3\n'
    reading = read(
        'a,b,c\n清掃,(株)見本,"14.90円(他複数単価契約)"\n警備,(株)見本,"12,345,678円"\n合計,,99\n※注,,\n,x,1\n', text
    )
    assert [[(amount.role, amount.yen) for amount in award.amounts] for award in reading.awards] == [
        [("unit_price", 14.9)], [("contract_price", 12_345_678)],
    ]  # fmt: skip
    assert [(refusal.place, refusal.reason) for refusal in reading.refusals] == [
        ("row 4", "is a sum or a note."), ("row 5", "is a sum or a note."), ("row 6", "names no contract."),
    ]  # fmt: skip


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e30", "-5", "0", "90000000167598800"])
def test_junk_amounts_are_said(amount: str) -> None:
    (award,) = read(
        f"件名,業者,日,価格\n清掃,見本,2017-08-09,{amount}\n", SHORT + '[[prices]]\ncolumn = "価格"\n'
    ).awards
    assert award.amounts == ()
    assert award.warnings


def test_an_encoding_may_be_given() -> None:
    file = File.of_bytes("t.csv", "件名,業者,日\n清掃,髙﨑,2017-08-09\n".encode("cp932"))
    reading = read_mapped(file, column_map('encoding = "cp932"\n' + SHORT))
    assert (reading.awards[0].suppliers[0].name, reading.awards[0].source.sha256) == ("髙﨑", file.sha256)
    with pytest.raises(UnreadableError, match="encoding 'utf-8'"):
        read_mapped(file, column_map('encoding = "utf-8"\n' + SHORT))


def test_a_table_without_the_columns_says_which() -> None:
    reading = read("件名,会社\n清掃,見本\n")
    assert reading.awards == ()
    assert any("'業者'" in refusal.reason and "columns.supplier" not in refusal.reason for refusal in reading.refusals)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("files = ", "no TOML"),
        ('[columns]\ntitle = "a"\nsupplier = "b"\n', "key files"),
        ('files = "../*.csv"\n[columns]\ntitle = "a"\nsupplier = "b"\n', "key files"),
        ('files = "*"\n[columns]\nsupplier = "b"\n', "key columns.title"),
        ('files = "*"\n[columns]\ntitle = "b"\n', "key columns.supplier"),
        ('files = "*"\n[columns]\ntitle = 0\nsupplier = 1\n', "key columns.title"),
        ('files = "*"\n[columns]\ntitle = true\nsupplier = 1\n', "key columns.title"),
        ('files = "*"\ncolums = 1\n', "key colums"),
        ("header_row = 0\n" + SHORT, "key header_row"),
        ('encoding = "klingon"\n' + SHORT, "key encoding"),
        ("leave_out = 3\n" + SHORT, "key leave_out"),
        (SHORT + "price = 3\n", "key columns.price"),
        (SHORT + '[constants]\ncontract_date = "x"\n', "key constants.contract_date"),
        (SHORT + "[constants]\nbuyer = 3\n", "key constants.buyer"),
        (SHORT + '[[prices]]\ncolumn = "x"\nrole = "price"\n', "key prices[1].role"),
        (SHORT + '[[prices]]\ncolumn = "x"\nunit = 7\n', "key prices[1].unit"),
        (SHORT + '[[prices]]\ncolumn = "x"\nunit = [1]\n', "key prices[1].unit"),
        (SHORT + '[[prices]]\ncolumn = "x"\ntax = "maybe"\n', "key prices[1].tax"),
        (SHORT + '[[prices]]\nrole = "bid"\n', "key prices[1].column"),
        ("files = 3\n", "key columns.title"),
    ],
)
def test_what_is_wrong_in_a_map_is_said_by_file_and_key(text: str, key: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        column_map(text)
    assert str(caught.value).startswith("x.map.toml")
    assert key in str(caught.value)
    assert str(caught.value).endswith((".", ")."))


def test_suppliers_by_circled_numbers_with_their_prices() -> None:
    numbered = SHORT + 'address = "住所"\n[[prices]]\ncolumn = "金額"\nrole = "contract_price"\n'
    (award,) = read(
        '件名,日,業者,住所,金額\n清掃,2017-08-09,"①㈱甲\n②乙㈲","①豊島区東池袋1-48-10\n②大阪市北区梅田1-1","①1,000円\n②2,000円"\n',
        numbered,
    ).awards
    assert [(s.name, s.municipality_code) for s in award.suppliers] == [
        ("株式会社甲", "13116"),
        ("乙有限会社", "27127"),
    ]
    assert [(amount.yen, amount.supplier) for amount in award.amounts] == [(1000, 0), (2000, 1)]
    (award,) = read('件名,日,業者,住所,金額\n清掃,2017-08-09,"①㈱甲 ②乙㈲",,"3,000"\n', numbered).awards
    assert ([s.name for s in award.suppliers], [(amount.yen, amount.supplier) for amount in award.amounts]) == (
        ["株式会社甲", "乙有限会社"],
        [(3000, None)],
    )
