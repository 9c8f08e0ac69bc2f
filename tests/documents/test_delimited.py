from __future__ import annotations

import pytest

from tsukitome.documents import delimited
from tsukitome.documents.delimited import read_delimited
from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError

TEXT = '件名,相手方\r\n"清掃①\r\n一式","㈱見本\n東京都豊島区1-2-3"\r\n警備,"1,500円"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932", "utf-16"])
def test_each_encoding_and_a_quoted_line_break(encoding: str) -> None:
    (table,) = read_delimited(File.of_bytes("a.csv", TEXT.encode(encoding))).tables
    assert [row.number for row in table.rows] == [1, 2, 3]  # records, as a spreadsheet numbers them
    assert table.rows[1].texts == ("清掃①\r\n一式", "㈱見本\n東京都豊島区1-2-3")
    assert table.rows[2].texts == ("警備", "1,500円")


def test_euc_jp_is_tried_last() -> None:
    (table,) = read_delimited(
        File.of_bytes("a.csv", "件名,契約の相手方\n清掃業務,有限会社見本\n".encode("euc_jp"))
    ).tables
    assert table.rows[1].texts == ("清掃業務", "有限会社見本")


def test_tabs_part_fields_where_they_are_the_more_frequent() -> None:
    (table,) = read_delimited(File.of_bytes("a.tsv", "件名\t金額\t日\n清掃\t1,500\tx\n".encode())).tables
    assert table.rows[1].texts == ("清掃", "1,500", "x")


def test_short_rows_are_filled_up_and_blank_lines_count() -> None:
    (table,) = read_delimited(File.of_bytes("a.csv", "題\n\na,b,c\n\n".encode())).tables
    assert [(row.number, row.texts) for row in table.rows] == [
        (1, ("題", "", "")),
        (2, ("", "", "")),
        (3, ("a", "b", "c")),
    ]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableError, match="is no text"):
        read_delimited(File.of_bytes("a.csv", bytes(range(256)) * 4))


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 5)
    assert len(read_delimited(File.of_bytes("a.csv", b"a,b\n,\n\n,\n1,2\n,\n\n\n")).tables[0].rows) == 5
    with pytest.raises(UnreadableError, match="more than 5 rows"):
        read_delimited(File.of_bytes("a.csv", b"a,b\n,\n\n,\n\n1,2\n"))


def test_blank_rows_at_the_end_are_no_rows() -> None:
    assert read_delimited(File.of_bytes("a.csv", b",\n" * 2_000_000)).tables[0].rows == ()
