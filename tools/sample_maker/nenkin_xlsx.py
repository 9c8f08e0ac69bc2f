"""The agency's tables of the other months as workbooks, each with the habits of a different clerk."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from .model import Award
from .nenkin_table import HEAD, TITLE, TITLE_NEGOTIATED, officer, remarks, shows_reserve, supplier, unit_price
from .spelling import address, contract_method, era_date, firm_name, heisei, supplier_place, wide

Cell = str | int | float | datetime | None
RULE = Side(style="thin")
BORDER = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
WRAP = Alignment(wrap_text=True, vertical="center")
NOTE = "（注）単価契約の契約金額は、税込みの単価である。"
LAW = "会計規程第26条第1項第1号（競争を許さないとき）"


@dataclass(frozen=True)
class Layout:
    """How one month's workbook is made. `dates`: date, string, wide, serial, short, slash."""

    dates: str = "date"
    separator: str = "\n"
    rate: str = "number"
    two_row_head: bool = False
    split_supplier: bool = False
    merged_pair: bool = False
    thousands: bool = False
    typo: bool = False
    representative: bool = False
    note: bool = False


LAYOUTS = {
    (2016, 12): Layout(),
    (2017, 1): Layout(dates="wide", rate="text"),
    (2017, 2): Layout(dates="serial", separator="　"),
    (2017, 3): Layout(two_row_head=True),
    (2017, 4): Layout(dates="string", separator=""),
    (2017, 6): Layout(dates="string", rate="text", typo=True),
    (2017, 7): Layout(split_supplier=True),
    (2017, 9): Layout(dates="date", merged_pair=True, rate="text"),
    (2017, 10): Layout(thousands=True),
    (2017, 11): Layout(dates="short", representative=True),
    (2017, 12): Layout(two_row_head=True, dates="wide", separator="　"),
    (2018, 1): Layout(dates="serial", merged_pair=True),
    (2018, 2): Layout(dates="string", separator=""),
    (2018, 3): Layout(dates="slash", rate="text", note=True),
}


def month_of(file: str) -> tuple[int, int]:
    """Year and month in a file's name."""
    year, month = file.removesuffix(".xlsx").split("-")[1:]
    return int(year), int(month)


def nenkin_xlsx(month: tuple[int, int], awards: list[Award], rng: Random) -> bytes:
    """The month's workbook: a sheet of competitive awards and, where there are any, one of negotiated ones."""
    layout = LAYOUTS[month]
    book = Workbook()
    book.remove(book.worksheets[0])
    for negotiated, name in ((False, "競争入札（物品役務等）"), (True, "随意契約（物品役務等）")):
        chosen = [award for award in awards if (award.method == "随意") == negotiated]
        if chosen:
            sheet = book.create_sheet(name)
            _fill(sheet, month, layout, chosen, rng)
    out = io.BytesIO()
    book.save(out)
    return _with_fixed_times(out.getvalue())


def _fill(sheet: Worksheet, month: tuple[int, int], layout: Layout, awards: list[Award], rng: Random) -> None:
    negotiated = awards[0].method == "随意"
    sheet["A1"] = TITLE_NEGOTIATED if negotiated else TITLE
    first = date(*month, 1)
    sheet["A2"] = f"平成{heisei(first)}年{first.month}月分" + ("（単位：千円）" if layout.thousands else "")
    head = _head(layout, negotiated)
    _write(sheet, 3, list(head))
    row = 4
    if layout.two_row_head:
        _two_rows(sheet, len(head))
        row = 5
    typo_at = len(awards) // 2 if layout.typo else -1
    for index, award in enumerate(awards):
        _write(sheet, row, _cells(layout, award, rng, index == typo_at))
        if layout.merged_pair and index == 1:
            for column in range(1, len(head) + 1):
                sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
            row += 1
        row += 1
    if layout.note:
        sheet.cell(row + 1, 1, NOTE)
    for letter, wide_by in zip("ABCDEFGHIJK", (40, 38, 16, 36, 18, 15, 18, 10, 22, 16, 16), strict=True):
        sheet.column_dimensions[letter].width = wide_by


def _head(layout: Layout, negotiated: bool) -> list[str]:
    head = list(HEAD)
    if negotiated:
        head[4] = "随意契約によることとした会計規程の\n根拠条文及び理由\n(企画競争又は公募)"
    if layout.thousands:
        head[5:7] = ["予定価格", "契約金額"]
    if layout.split_supplier:
        head[3:4] = ["契約の相手方の\n商号又は名称", "契約の相手方の\n住所", "法人番号"]
    if layout.two_row_head:
        head[8:8] = ["公益法人の場合", ""]
    return head


def _two_rows(sheet: Worksheet, width: int) -> None:
    """Row 4 below the header: every column merged over both rows but the two of 公益法人の場合."""
    second = ["公益法人の\n区分", "応札・\n応募者数"]
    for column in range(1, width + 1):
        if column in (9, 10):
            cell = sheet.cell(4, column, second[column - 9])
            cell.border, cell.alignment = BORDER, WRAP
        else:
            sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
    sheet.merge_cells(start_row=3, start_column=9, end_row=3, end_column=10)


def _cells(layout: Layout, award: Award, rng: Random, typo: bool) -> list[Cell]:
    scale = 1000 if layout.thousands else 1
    shown = award.reserve is not None and shows_reserve(award, rng)
    reserve: Cell = award.reserve // scale if award.reserve and shown else rng.choice(("非公表", "－", "-"))
    price: Cell = award.price // scale if award.price is not None else unit_price(award, rng)
    rate: Cell = rng.choice(("－", "-"))
    if award.rate and shown:
        rate = round(award.rate, 4) if layout.rate == "number" else f"{award.rate:.2%}"
    cells: list[Cell] = [
        award.title, officer(award), _date(layout.dates, award.awarded, typo),
        supplier(award, rng, layout.separator, layout.representative and rng.random() < 0.5),
        LAW if award.method == "随意" else contract_method(award), reserve, price, rate, remarks(award) or None,
    ]  # fmt: skip
    if layout.split_supplier:
        number = award.firms[0].number
        cells[3:4] = [
            firm_name(award.firms[0], rng.choice(("full", "ligature"))), address(supplier_place(award)),
            rng.choice((number, int(number), f"{number} ")),
        ]  # fmt: skip
    if layout.two_row_head:
        cells[8:8] = ["－", award.bidders]
    return cells


def _date(style: str, day: date, typo: bool) -> Cell:
    if typo:
        return f"平成{heisei(day)}月{day.month}月{day.day}日"  # 月 for 年, as one real table has it
    match style:
        case "string":
            return era_date(day)
        case "wide":
            return wide(era_date(day))
        case "serial":
            return (day - date(1899, 12, 30)).days
        case "short":
            return f"H{heisei(day)}.{day.month}.{day.day}"
        case "slash":
            return f"{day:%Y/%m/%d}"
    return datetime(day.year, day.month, day.day)


def _write(sheet: Worksheet, row: int, cells: list[Cell]) -> None:
    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(row, column, value or None)
        cell.border, cell.alignment = BORDER, WRAP
        if isinstance(value, datetime):
            cell.number_format = "yyyy/m/d"
        elif isinstance(value, float):
            cell.number_format = "0.00%"
        elif isinstance(value, int) and 10**5 < value < 10**12:
            cell.number_format = "#,##0"


def _with_fixed_times(data: bytes) -> bytes:
    """The same workbook with no trace of when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2018-03-19T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2018, 3, 19, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
