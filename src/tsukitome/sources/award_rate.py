"""The award rate (落札率) of a cell, as a fraction."""

from __future__ import annotations

import re
from functools import lru_cache

from tsukitome.documents.table import Cell
from tsukitome.normalize.text import fold, squeeze

_RATE = re.compile(r"[(約]?[0-9.]+[%)]*(?:ほか|他|外|\(.*\)?.*)?")


def read_rate(cell: Cell, header: str) -> tuple[float | None, str | None]:
    """The award rate as a fraction, and a warning: 0.7539, 75.39, ``75.39%`` and ``75.39％ほか`` all give 0.7539."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # 1.5: a price may exceed the reserve price of an earlier tender a little, but no rate is below 1.5 per cent.
        fraction = value / 100 if value > 1.5 else value
        return (round(fraction, 6), None) if 0 < fraction <= 2 else (None, _odd_rate(cell.text))
    return read_text_rate(cell.text, header)


@lru_cache(maxsize=1 << 13)
def read_text_rate(printed: str, header: str) -> tuple[float | None, str | None]:
    """:func:`read_rate` of a cell that holds text."""
    text = squeeze(fold(printed)).replace("パーセント", "%")
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", text)
    if not found or not _RATE.fullmatch(text):
        if found and re.search(r"[0-9]%", text):
            return None, f"award rate {printed.strip()!r} gives more than one rate"
        return None, None
    number = float(found[0])
    percent = "%" in text or ("%" in fold(header) and number > 1.5) or number > 1.5
    fraction = number / 100 if percent else number
    return (round(fraction, 6), None) if 0 < fraction <= 2 else (None, _odd_rate(printed))


def _odd_rate(printed: str) -> str:
    return f"award rate {printed.strip()!r} is out of range and was left out"
