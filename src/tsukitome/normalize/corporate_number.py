"""Corporate numbers (法人番号): thirteen digits, the first of which checks the others.

Source of the rule: 行政手続における特定の個人を識別するための番号の利用等に関する法律施行令 (平成26年政令第155号) Article 35 and
法人番号の指定等に関する省令 (平成26年財務省令第70号) Article 2: the check digit is 9 − (Σ Pn·Qn mod 9), where Pn is the n-th of the
twelve other digits counted from the right and Qn is 1 for odd n, 2 for even n.
"""

from __future__ import annotations

import re

from tsukitome.normalize.text import fold, squeeze

# Spreadsheets keep a number as text, as an integer, or as a float (4013301020174.0, 4.013301020174E+12).
_FLOAT = re.compile(r"[0-9]{13}\.0+|[0-9]\.[0-9]+E\+?12", re.I)
_BLANK = frozenset({"", "-", "なし", "無", "無し", "該当なし", "非該当", "null", "nan", "None"})


def check_digit(others: str) -> int:
    """The check digit (1 to 9) of the twelve digits that follow it."""
    digits = [*map(int, others)]
    # From the right, the first digit counts once, the second twice, and so on; other than twelve digits are the caller's mistake.
    return 9 - (sum(digits) + sum(digits[-2::-2])) % 9


def is_valid(number: str) -> bool:
    """Whether ``number`` is thirteen ASCII digits with the right check digit."""
    return len(number) == 13 and number.isascii() and number.isdigit() and check_digit(number[1:]) == int(number[0])


def read_corporate_number(value: object) -> tuple[str | None, str | None]:
    """The corporate number in a cell, and a warning where the cell holds something else.

    ``value`` is text, an int or a float; width, spaces and hyphens do not count. A blank cell, ``-`` or ``なし`` gives
    (None, None); a number whose check digit is wrong gives (None, warning), since one digit of it is mistyped and it
    would name no firm or another one. Several numbers in a cell are the caller's to split.
    """
    if value is None:
        return None, None
    text = squeeze(fold(f"{value:.0f}" if isinstance(value, float) and value == value else str(value)))
    if text in _BLANK:
        return None, None
    digits = str(int(float(text))) if _FLOAT.fullmatch(text) else text.removeprefix("T").replace("-", "")
    if not re.fullmatch(r"[0-9]{13}", digits):
        return None, f"corporate number {str(value).strip()!r} does not have 13 digits"
    if not is_valid(digits):
        return None, f"corporate number {digits} has a wrong check digit, so it was left out"
    return digits, None
