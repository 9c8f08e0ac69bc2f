"""The agency's table of August 2017 as a ruled PDF, landscape A4, with one page that is only an image."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from .model import Award
from .nenkin_table import HEAD, TITLE, officer, remarks, shows_reserve, supplier, unit_price
from .spelling import contract_method, era_date, yen
from .vocab import table

FONT_FILE = Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf")  # Debian: fonts-ipafont-gothic
FONT = "IPAGothic"
PAGE = landscape(A4)
MARGIN = 12 * mm
WIDTHS = [width * mm for width in (49, 50, 22, 46, 24, 22, 23, 15, 22)]
IMAGE_PAGE = 3
SCAN_SIZE = (1123, 794)  # pixels of the image page: A4 at 96 dpi
SCAN_ROWS = 9


def nenkin_pdf(awards: list[Award], rng: Random) -> bytes:
    """The table over as many pages as it takes; page 3 is a scan without text."""
    pdfmetrics.registerFont(TTFont(FONT, str(FONT_FILE)))
    rows = [_cells(award, rng) for award in awards]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1)
    canvas.setTitle(TITLE)
    page, rest = 1, [_paragraphs(row) for row in rows]
    while rest:
        if page == IMAGE_PAGE:
            canvas.drawImage(ImageReader(_scan()), 0, 0, *PAGE)
        else:
            rest = _page(canvas, rest, page)
        canvas.showPage()
        page += 1
    canvas.save()
    return out.getvalue()


def _cells(award: Award, rng: Random) -> list[str]:
    if award.real:
        cells: list[str] = table("real_records.toml")["R2"]["cells"]
        return cells
    reserve = yen(award.reserve) if award.reserve and shows_reserve(award, rng) else rng.choice(("－", "非公表"))
    return [
        award.title, officer(award), era_date(award.awarded), supplier(award, rng, rng.choice(("\n", "\n", "　"))),
        contract_method(award), reserve, yen(award.price) if award.price is not None else unit_price(award, rng),
        f"{award.rate:.2%}" if award.rate and reserve[0].isdigit() else "－", remarks(award),
    ]  # fmt: skip


def _paragraphs(cells: list[str]) -> list[Paragraph]:
    plain = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
    right = ParagraphStyle("money", parent=plain, alignment=2)
    return [
        Paragraph(cell.replace("\n", "<br/>"), right if 5 <= column <= 7 else plain)
        for column, cell in enumerate(cells)
    ]


def _page(canvas: Canvas, rows: list[list[Paragraph]], page: int) -> list[list[Paragraph]]:
    """Draws title, header and as many rows as fit; returns the rows that are left."""
    top = PAGE[1] - MARGIN
    canvas.setFont(FONT, 11)
    canvas.drawString(MARGIN, top - 11, TITLE)
    room = top - 20 - MARGIN
    count = len(rows)
    while True:
        body = Table([_paragraphs(list(HEAD)), *rows[:count]], colWidths=WIDTHS)
        body.setStyle(TableStyle([
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ]))  # fmt: skip
        height = body.wrapOn(canvas, sum(WIDTHS), room)[1]
        if height <= room:
            break
        count -= 1
    body.drawOn(canvas, MARGIN, top - 20 - height)
    canvas.setFont(FONT, 8)
    canvas.drawCentredString(PAGE[0] / 2, MARGIN / 2, f"- {page} -")
    return rows[count:]


def _scan() -> Image.Image:
    """A page of the table as a scanner leaves it: black on white, a little askew, nothing to select."""
    sheet = Image.new("L", SCAN_SIZE, 255)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(FONT_FILE), 13)
    left, top, right, height = 45, 80, SCAN_SIZE[0] - 45, 68
    pen.text((left, 45), TITLE, font=font, fill=0)
    columns = [left + round((right - left) * share) for share in (0, 0.3, 0.42, 0.68, 0.8, 0.92, 1)]
    for row in range(SCAN_ROWS + 1):
        cells = [
            f"（判読できない行{row}の件名）",
            "平成29年8月",
            "（架空）の業者名",
            "一般競争入札",
            "＊＊＊",
            "＊＊％",
        ]
        for x, text in zip(columns, cells, strict=False):
            pen.text((x + 4, top + row * height + 24), text, font=font, fill=0)
        pen.line((left, top + row * height, right, top + row * height), fill=0)
    bottom = top + (SCAN_ROWS + 1) * height
    pen.line((left, bottom, right, bottom), fill=0)
    for x in columns:
        pen.line((x, top, x, bottom), fill=0)
    return sheet.rotate(0.6, fillcolor=255).convert("1")
