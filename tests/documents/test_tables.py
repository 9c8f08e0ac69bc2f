from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from tsukitome.documents.file import File
from tsukitome.documents.tables import read_tables
from tsukitome.errors import UnreadableError

HTML = "<html><body><table><tr><td>件名</td></tr></table></body></html>"


def test_the_bytes_decide_and_not_the_name() -> None:
    workbook = Workbook()
    workbook.active["A1"] = "件名"
    buffer = io.BytesIO()
    workbook.save(buffer)
    for name, data in (
        ("a.xls", HTML.encode("cp932")),
        ("a.xls", buffer.getvalue()),
        ("a.csv", buffer.getvalue()),
        ("a.txt", "件名,日\n".encode()),
        ("a.xls", "件名\t日\n".encode("cp932")),
        ("a.xlsx", "件名,日\n".encode("cp932")),
    ):
        (table,) = read_tables(File.of_bytes(name, data)).tables
        assert table.rows[0].texts[0] == "件名"


@pytest.mark.parametrize(
    ("name", "data"), [("a.xlsx", b"\0\1\2\3"), ("a.csv", bytes(range(256))), ("a.pdf", b"%PDF-1.7")]
)
def test_damaged_files_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_tables(File.of_bytes(name, data))
