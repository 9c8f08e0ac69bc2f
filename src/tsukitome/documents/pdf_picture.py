"""A picture of what a record was read from: the row of a ruled table, or the lines of a notice, cropped from a PDF's page.

A picture shows nothing that the record's quotation does not hold: what stands beside it on the page, such as the cell of the
officer in charge, is painted over.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tsukitome.documents.file import File
from tsukitome.normalize.text import fold, squeeze

_SCALE = 2.0  # pixels a point: readable on paper
_MARGIN = 4.0  # points around what is cropped
_BEGINNING = 12  # characters of a quotation by which its first and last line are found
_PAINT = 216  # the grey, 0 to 255, of what is painted over
Box = tuple[float, float, float, float]  # left, top, right, bottom in points, from the page's upper left corner


@dataclass(frozen=True, slots=True)
class Picture:
    """A crop of a page as PNG, its size in pixels, and whether a part of it was painted over."""

    png: bytes
    width: int
    height: int
    painted: bool


def row_picture(file: File, page: int, sheet: str | None, row: int, quote: str) -> Picture | None:
    """The row of a ruled table as ``read_pdf_tables`` counts it, cells that ``quote`` does not hold painted over.

    None where the page has no such row.
    """
    import pdfplumber

    said = squeeze(fold(quote))
    try:
        with pdfplumber.open(io.BytesIO(file.data)) as document:
            sheet_of = document.pages[page - 1]
            tables = sheet_of.find_tables()
            number = int(sheet.removeprefix("table ")) if sheet else 1
            found = tables[number - 1].rows[row - 1]
            cells = [(box, sheet_of.crop(box).extract_text() or "") for box in found.cells if box is not None]
            over = [box for box, text in cells if squeeze(fold(text)) not in said]
            return _crop(file, page, found.bbox, over)
    except Exception:  # pdfminer raises errors of many kinds; a picture that can't be made is left out, and said
        return None


def text_picture(file: File, page: int, quote: str) -> Picture | None:
    """The lines of a page that hold a quotation, everything else on them painted over; None where they are not found."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(file.data)) as document:
            chars = [char for char in document.pages[page - 1].chars if char["text"].strip()]
    except Exception:
        return None
    owners = [char for char in chars for _ in fold(char["text"])]
    text = "".join(fold(char["text"]) for char in chars)
    wanted = squeeze(fold(quote))
    start = text.find(wanted[:_BEGINNING])
    end = text.find(wanted[-_BEGINNING:], max(start, 0))
    if start < 0 or end < 0 or end - start > 2 * len(wanted):
        return None
    found = owners[start : end + _BEGINNING]
    shown = {id(char) for char in found}
    box = _around([_box(char) for char in found])
    others = [_box(char) for char in chars if id(char) not in shown and _meet(_box(char), box)]
    return _crop(file, page, box, others)


def _box(char: dict[str, Any]) -> Box:
    return char["x0"], char["top"], char["x1"], char["bottom"]


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _meet(one: Box, other: Box) -> bool:
    reach = _MARGIN + 1
    return (
        one[0] < other[2] + reach
        and other[0] - reach < one[2]
        and one[1] < other[3] + reach
        and other[1] - reach < one[3]
    )


def _crop(file: File, page: int, box: Box, over: Sequence[Box]) -> Picture | None:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(file.data)
    try:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        left, top = max(box[0] - _MARGIN, 0.0), max(box[1] - _MARGIN, 0.0)
        right, bottom = min(box[2] + _MARGIN, width), min(box[3] + _MARGIN, height)
        if right - left < 1 or bottom - top < 1:
            return None
        bitmap: Any = sheet.render(scale=_SCALE, crop=(left, height - bottom, width - right, top))
        image = bitmap.to_pil().convert("L")  # Pillow comes with pdfplumber
        for hidden in over:
            corners = [round((at - origin) * _SCALE) for at, origin in zip(hidden, (left, top, left, top), strict=True)]
            image.paste(
                _PAINT,
                (corners[0] + 1, corners[1] + 1, max(corners[2], corners[0] + 2), max(corners[3], corners[1] + 2)),
            )
        stream = io.BytesIO()
        image.save(stream, format="PNG", optimize=True)
        return Picture(stream.getvalue(), image.width, image.height, bool(over))
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
