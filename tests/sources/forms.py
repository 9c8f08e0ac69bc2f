"""Made forms (架空) of published tables, as files of many formats, and what comes out of them in short.

A form is a list of rows; the same rows are written as a workbook, delimited text, a page and a ruled PDF.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file

FONT = Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf")
Rows = Sequence[Sequence[Any]]

# Firms that do not exist: name as printed, address, municipality.
SOFT = ("架空ソフト株式会社", "東京都豊島区東池袋1-48-10", "13116")
BUILD = ("株式会社架空建設", "大阪府大阪市北区梅田1-2-3", "27127")
POWER = ("架空電設工業株式会社", "北海道札幌市中央区北一条西2-1", "01101")
CLEAN = ("架空清掃株式会社", "千葉県千葉市美浜区中瀬2-6-1", "12106")

# The header of a plain contract table, and a row of it.
HEADER = ["件名", "契約日", "契約の相手方", "所在地", "契約金額"]
ROW = ["架空広報誌印刷", "令和4年2月1日", *SOFT[:2], 1500000]


def shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)


def workbook(*sheets: Rows, merged: Iterable[str] = ()) -> File:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return File.of_bytes("form.xlsx", stream.getvalue())


def delimited(*tables: Rows, encoding: str = "cp932", separator: str = ",", name: str = "form.csv") -> File:
    stream = io.StringIO()
    rows = [row for table in tables for row in (*table, [])]
    csv.writer(stream, delimiter=separator).writerows([[shown(value) for value in row] for row in rows])
    return File.of_bytes(name, stream.getvalue().encode(encoding))


def cell(value: Any, tag: str = "td") -> str:
    return f"<{tag}>" + html.escape(shown(value)).replace("\n", "<br>") + f"</{tag}>"


def markup(rows: Rows) -> str:
    return "<table>" + "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows) + "</table>"


def page(*tables: Rows | str, title: str = "契約の公表") -> File:
    body = "".join(table if isinstance(table, str) else markup(table) for table in tables)
    text = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
    return File.of_bytes("form.html", text.encode())


def ruled(*tables: Rows, widths: Sequence[int] | None = None) -> File:
    if not FONT.is_file():
        pytest.skip("the font of the made pages is missing")
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    pdfmetrics.registerFont(TTFont("IPA", str(FONT)))
    style = ParagraphStyle("cell", fontName="IPA", fontSize=8, leading=10, wordWrap="CJK")
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    flow: list[Any] = []
    for rows in tables:
        cells = [[Paragraph(html.escape(shown(value)).replace("\n", "<br/>"), style) for value in row] for row in rows]
        flow += [Table(cells, colWidths=widths, style=grid), Spacer(1, 12)]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=landscape(A4), leftMargin=20, rightMargin=20).build(flow)
    return File.of_bytes("form.pdf", stream.getvalue())


def read(file: File) -> Reading:
    return read_file(file)


def only(file: File) -> Award:
    """The one award of a file of which nothing was refused."""
    reading = read_file(file)
    assert [str(refusal) for refusal in reading.refusals] == []
    (award,) = reading.awards
    return award


def firms(award: Award) -> list[tuple[str, str | None, str | None]]:
    """The suppliers that won, each with its address and municipality."""
    return [(one.name, one.address, one.municipality_code) for one in award.suppliers if one.role == "awarded"]


def money(award: Award) -> list[tuple[str, int | float, int | None]]:
    """All amounts: role, yen, whose it is."""
    return [(amount.role, amount.yen, amount.supplier) for amount in award.amounts]


def bids(award: Award) -> dict[str, list[int | float]]:
    """Each bidder's bids, the winner's price among them."""
    told: dict[str, list[int | float]] = {one.name: [] for one in award.suppliers if one.role != "jv_member"}
    for amount in award.amounts:
        if amount.role in ("bid", "contract_price") and amount.supplier is not None:
            told[award.suppliers[amount.supplier].name].append(amount.yen)
    return told


def day(award: Award) -> str:
    return str(award.dates.award or award.dates.contract)
