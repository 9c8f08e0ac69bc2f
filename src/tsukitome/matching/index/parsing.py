"""Columns that come as text (:mod:`tsukitome.archive.stretches`) as arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.stretches import Stretch
from tsukitome.matching.index import facts as parts
from tsukitome.normalize.tax import days_of_change

Rows = NDArray[Any]
_ZERO, _POINT, _COMMA = ord("0"), ord("."), ord(",")


def whole_numbers(text: str) -> Rows:
    """Numbers with commas between them."""
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


def letters(text: str) -> Rows:
    """The codes of letters."""
    return np.frombuffer(text.encode("ascii"), np.uint8)


def days(text: str) -> Rows:
    """The proleptic ordinals of days (ISO 8601, without anything between them); 0 for NO_DAY."""
    digits = letters(text).reshape(-1, 10).astype(np.int32) - _ZERO
    year, month, day = (digits[:, begin:end] @ _TENS[begin - end :] for begin, end in ((0, 4), (5, 7), (8, 10)))
    year = year - (month <= 2)  # of years that begin in March: the day that leap years have more is their last
    ordinal = 365 * year + year // 4 - year // 100 + year // 400 + ((month + 9) % 12 * 306 + 5) // 10 + day - 306
    return np.where(month > 0, ordinal, 0).astype(np.int32)


_TENS = np.array([1000, 100, 10, 1], np.int32)


def yen(stretch: Stretch) -> Rows:
    """The yen of a stretch's amounts."""
    if not stretch.yen:
        return np.empty(0)
    found = np.fromstring(stretch.yen, sep=",")
    if stretch.fractions:
        text = letters(stretch.yen)
        found[np.searchsorted(np.flatnonzero(text == _COMMA), np.flatnonzero(text == _POINT))] = stretch.fractions
    return found


def kinds_of_amounts(roles: Rows, taxes: Rows, day: Rows) -> Rows:
    """The kinds (:func:`~tsukitome.matching.index.facts.amounts_of`) of amounts by their letters and the ordinal of their day."""
    role, tax = _ROLE_OF[roles], _TAX_OF[taxes]
    changes = np.array([change.toordinal() for change in days_of_change()], np.int32)
    time = np.where(day > 0, np.searchsorted(changes, day, side="right"), len(changes))
    return ((role * len(parts.TAXES) + tax) * (len(changes) + 1) + time).astype(np.uint8)


def methods(text: str) -> Rows:
    """The numbers of procurement methods by their first letters."""
    return _METHOD_OF[letters(text)]


def _by_letter(words: tuple[str | None, ...]) -> Rows:
    table = np.zeros(128, np.int64)
    for number, word in enumerate(words):
        table[ord(word[0] if word else ".")] = number
    return table


_ROLE_OF, _TAX_OF, _METHOD_OF = map(_by_letter, (parts.ROLES, parts.TAXES, parts.METHODS))
