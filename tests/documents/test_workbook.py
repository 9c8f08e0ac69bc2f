from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.cell_range import CellRange

from tsukitome.documents import workbook as documents_workbook
from tsukitome.documents.file import File
from tsukitome.documents.table import Table, too_many_cells
from tsukitome.documents.workbook import read_workbook
from tsukitome.errors import UnreadableError


def saved(workbook: Workbook, name: str = "a.xlsx") -> File:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return File.of_bytes(name, buffer.getvalue())


def only_table(workbook: Workbook) -> Table:
    (table,) = read_workbook(saved(workbook)).tables
    return table


def test_rows_bear_the_numbers_of_the_sheet_even_below_empty_ones() -> None:
    workbook = Workbook()
    workbook.active["B4"] = "件名"
    workbook.active["B6"] = "清掃"
    table = only_table(workbook)
    assert [(row.number, row.texts) for row in table.rows if not row.is_blank] == [(4, ("", "件名")), (6, ("", "清掃"))]
    assert table.sheet == "Sheet"


def test_values_keep_their_type_and_whole_floats_print_without_a_point() -> None:
    workbook = Workbook()
    workbook.active.append([dt.date(2017, 8, 9), 4013301020174.0, 0.7539, "@14.90他", None, 21852600.000000004])
    (row,) = only_table(workbook).rows
    assert row.cells[0].value == dt.date(2017, 8, 9)
    assert row.texts == ("2017-08-09", "4013301020174", "0.7539", "@14.90他", "", "21852600")


def test_a_merged_area_gives_its_value_on_every_cell_and_says_which_repeat_it() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["C1"], sheet["C2"] = "公益法人の場合", "一", "二"
    sheet.merge_cells("A1:B2")
    first, second = only_table(workbook).rows
    assert first.texts == ("公益法人の場合", "公益法人の場合", "一")
    assert second.texts == ("公益法人の場合", "公益法人の場合", "二")
    assert [cell.covered for cell in (*first.cells, *second.cells)] == [False, True, False, True, True, False]


def test_hidden_sheets_are_read_too() -> None:
    workbook = Workbook()
    hidden = workbook.create_sheet("隠し")
    hidden["A1"], hidden.sheet_state = "x", "hidden"
    assert [table.sheet for table in read_workbook(saved(workbook)).tables] == ["Sheet", "隠し"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no Excel workbook"),
        (b"PK\x03\x04 cut off", "is no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is no Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_workbook(File.of_bytes("帳簿.xlsx", data))
    assert str(caught.value).startswith("帳簿.xlsx: ")
    assert "\n" not in str(caught.value)


def test_a_truncated_workbook_is_refused() -> None:
    workbook = Workbook()
    workbook.active.append(["件名"])
    whole = saved(workbook)
    with pytest.raises(UnreadableError):
        read_workbook(File.of_bytes("a.xlsx", whole.data[: len(whole.data) // 2]))


def test_equal_values_of_other_types_are_other_cells() -> None:
    workbook = Workbook()
    for row in ([1, "1", True, 1.5], [True, 1, "1", "1.5"], [dt.date(2017, 8, 9), "2017-08-09", 0, False]):
        workbook.active.append(row)
    values = [[(type(cell.value), cell.text) for cell in row.cells] for row in only_table(workbook).rows]
    assert values == [
        [(float, "1"), (str, "1"), (bool, "True"), (float, "1.5")],
        [(bool, "True"), (float, "1"), (str, "1"), (str, "1.5")],
        [(dt.date, "2017-08-09"), (str, "2017-08-09"), (float, "0"), (bool, "False")],
    ]


def test_merged_areas_that_cover_the_sheet_again_and_again_are_refused_and_the_other_sheets_read() -> None:
    workbook = Workbook()
    sheet, other = workbook.active, workbook.create_sheet("他")
    sheet["A1"], sheet["J1000"], other["A1"] = "件名", "一", "件名"
    sheet.merged_cells.ranges = [CellRange(f"A1:XFD{1_048_576 - number}") for number in range(1100)]
    read = read_workbook(saved(workbook))
    assert [table.sheet for table in read.tables] == ["他"]
    assert read.unreadable == (("sheet Sheet", too_many_cells()),)


def test_a_merged_area_far_beyond_the_cells_in_use_counts_only_within_them() -> None:
    workbook = Workbook()
    workbook.active["A1"], workbook.active["B2"] = "件名", "一"
    workbook.active.merge_cells("C3:D4")
    workbook.active.merged_cells.ranges = [CellRange("A1:XFD1048576")]
    assert [row.texts for row in only_table(workbook).rows] == [("件名", "件名"), ("件名", "一")]


def test_sheets_are_read_while_there_is_room_for_their_cells_and_those_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_workbook, "MOST_CELLS", 100)
    workbook = Workbook()
    for place, cell in (("J9", "十"), ("J2", "二"), ("J1", "一")):
        workbook.create_sheet(place)[place] = cell
    read = read_workbook(saved(workbook))
    assert [table.sheet for table in read.tables] == ["Sheet", "J9", "J1"]
    assert [place for place, _ in read.unreadable] == ["sheet J2"]


def test_rows_and_cells_at_the_end_of_a_sheet_that_only_have_a_look_are_no_part_of_it() -> None:
    """LibreOffice writes the last row of all in every sheet."""
    workbook = Workbook()
    workbook.active["A1"] = "件名"
    workbook.active["XFD1048576"].font = Font(bold=True)
    assert [row.texts for row in only_table(workbook).rows] == [("件名",)]
