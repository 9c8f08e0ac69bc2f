"""The printed form of a municipality's code, with its check digit."""

from __future__ import annotations

import re


def check_digit(code: str) -> str:
    """The sixth digit of a 全国地方公共団体コード (総務省): weights 6 to 2, then 11 − sum mod 11, its last digit.

    Raises ValueError for anything but five digits.
    """
    if not re.fullmatch(r"[0-9]{5}", code):
        raise ValueError(f"{code!r} is not a code of five digits")
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def five_digits(code: str) -> str:
    """A 5-digit code from one of 5 digits or of 6 with its check digit (131164 → 13116).

    Raises ValueError for any other length and for a wrong check digit.
    """
    if re.fullmatch(r"[0-9]{5}", code):
        return code
    if not re.fullmatch(r"[0-9]{6}", code):
        raise ValueError(f"{code!r} is not a code of five or six digits")
    if check_digit(code[:5]) != code[5]:
        raise ValueError(f"the check digit of {code} should be {check_digit(code[:5])}")
    return code[:5]
