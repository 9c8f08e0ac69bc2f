from __future__ import annotations

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tsukitome.documents.file import File
from tsukitome.documents.pdf import read_pdf_tables
from tsukitome.documents.table import Tables
from tsukitome.errors import UnreadableError

FONT, SIZE, LINE, WIDTH = "HeiseiKakuGo-W5", 8, 10, 160


def draw(canvas: Canvas, rows: list[list[str]], top: float = 700, heading: str = "") -> None:
    """Rows of ruled cells from ``top`` (points) down; a line break in a text is one on the page."""
    canvas.setFont(FONT, SIZE)
    if heading:
        canvas.drawString(40, top + 20, heading)
    for row in rows:
        height = LINE * max(text.count("\n") + 1 for text in row) + 6
        for column, text in enumerate(row):
            canvas.rect(40 + column * WIDTH, top - height, WIDTH, height)
            for number, line in enumerate(text.split("\n")):
                canvas.drawString(44 + column * WIDTH, top - LINE * (number + 1), line)
        top -= height
    canvas.showPage()


def pdf(*pages: list[list[str]], heading: str = "") -> File:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    for rows in pages:
        if rows:
            draw(canvas, rows, heading=heading)
        else:
            canvas.rect(0, 0, 600, 800, fill=1)  # a page that is only a picture
            canvas.showPage()
    canvas.save()
    return File.of_bytes("a.pdf", buffer.getvalue())


def read(*pages: list[list[str]], heading: str = "") -> Tables:
    return read_pdf_tables(pdf(*pages, heading=heading))


def test_ruled_cells_keep_their_line_breaks_and_pages_their_number() -> None:
    tables = read([["件名", "相手方"], ["清掃", "見本株式会社\n豊島区"]], [["警備", "x"]], heading="平成29年8月分")
    assert [(table.page, [row.texts for row in table.rows]) for table in tables.tables] == [
        (1, [("件名", "相手方"), ("清掃", "見本株式会社\n豊島区")]),
        (2, [("警備", "x")]),
    ]
    assert tables.tables[0].heading == "平成29年8月分"
    assert tables.unreadable == ()


def test_a_page_without_text_is_named_by_its_number() -> None:
    tables = read([["件名", "x"]], [], [["警備", "y"]])
    assert [table.page for table in tables.tables] == [1, 3]
    ((place, reason),) = tables.unreadable
    assert place == "page 2"
    assert "holds no text" in reason


def test_a_number_that_the_cell_breaks_is_whole_again() -> None:
    (table,) = read([["件名", "182,54\n7,000"], ["二", "1,000\n2,000"]]).tables
    assert [row.texts[1] for row in table.rows] == ["182,547,000", "1,000\n2,000"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 cut", b"no pdf at all"])
def test_what_is_no_pdf_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^x\.pdf: is no PDF, or is damaged\.$"):
        read_pdf_tables(File.of_bytes("x.pdf", data))


def test_a_locked_pdf_says_so() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="secret")
    canvas.drawString(50, 50, "x")
    canvas.save()
    with pytest.raises(UnreadableError, match="locked by a password"):
        read_pdf_tables(File.of_bytes("x.pdf", buffer.getvalue()))


def test_a_truncated_pdf_is_refused() -> None:
    whole = pdf([["件名", "x"]])
    with pytest.raises(UnreadableError):
        read_pdf_tables(File.of_bytes("x.pdf", whole.data[:400]))
