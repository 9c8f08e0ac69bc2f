"""Distinct values by sorting: what ``numpy.unique`` gives, without the masked arrays that it loads (20 ms of a cold start)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]
_LOW = np.uint64((1 << 32) - 1)


def distinct(values: Rows) -> Rows:
    """The distinct values, in order."""
    ordered = np.sort(values)
    found: Rows = ordered[_first_of_each(ordered)]
    return found


def grouped(values: Rows) -> tuple[Rows, Rows, Rows]:
    """The distinct values in order, where each stands first, and for each value its place among them."""
    order = np.argsort(values, kind="stable")
    first = _first_of_each(values[order])
    number = np.empty(len(values), np.int64)
    number[order] = np.cumsum(first) - 1
    return values[order[first]], order[first], number


def order_of(values: Rows) -> Rows:
    """What a stable ``argsort`` gives for values from 0 to below 2**32, several times as quick: a value and its place are sorted
    as one number.
    """
    packed = values.astype(np.uint64) << np.uint64(32)
    packed |= np.arange(len(values), dtype=np.uint64)
    packed.sort()
    packed &= _LOW
    return packed.astype(np.uint32)


def order_by(*columns: Rows) -> Rows:
    """The order by several columns of whole numbers from 0, the first of which counts most; rows that are equal stay in order.

    As many columns as fit into 64 bits beside a row's place are sorted as one number.
    """
    size = len(columns[0])
    low = max(size - 1, 1).bit_length()
    order: Rows | None = None
    left = list(columns)
    while left:
        packed, width = np.zeros(size, np.uint64), 0
        while left and width + (wide := int(left[-1].max(initial=0)).bit_length()) + low <= 64:
            column = left.pop() if order is None else left.pop()[order]
            packed |= column.astype(np.uint64) << np.uint64(width)
            width += wide
        packed <<= np.uint64(low)
        packed |= np.arange(size, dtype=np.uint64)
        packed.sort()
        packed &= np.uint64((1 << low) - 1)
        place = packed.astype(np.uint32)
        order = place if order is None else order[place]
    assert order is not None
    return order


def begins(*columns: Rows) -> Rows:
    """For columns in :func:`order_by`'s order: whether a row is the first of those that are equal in all of them."""
    first = np.zeros(len(columns[0]), bool)
    for column in columns:
        first |= _first_of_each(column)
    return first


def renumbered(values: Rows, count: int) -> tuple[Rows, Rows]:
    """Numbers below ``count`` anew, from 0 in the order in which they are first met; and which of the old ones were met, in the
    order of their new numbers.
    """
    first = np.full(count, len(values), np.int64)
    first[values[::-1]] = np.arange(len(values))[::-1]  # of several the last one is kept
    met = np.flatnonzero(first < len(values))
    met = met[order_of(first[met])]
    number = np.zeros(count, np.uint32)
    number[met] = np.arange(len(met), dtype=np.uint32)
    return number[values], met


def numbered(*columns: Rows) -> tuple[Rows, Rows]:
    """For rows of several columns of whole numbers from 0 a number each, the same for those that are alike in all of them, counted
    from 0 in the order in which they are first met; and where each was first met.
    """
    order = order_by(*columns)
    first = begins(*(column[order] for column in columns))
    number = np.empty(len(order), np.uint32)
    number[order] = np.cumsum(first, dtype=np.uint32) - np.uint32(1)
    found, met = renumbered(number, int(first.sum()))
    return found, order[first][met]


def rows_by(name: str, column: Rows, values: int) -> dict[str, Rows]:
    """For each value of a column its rows: those of value n stand in ``NAME_rows`` from ``NAME_first[n]`` to the next one.

    Values of -1 are left out.
    """
    first = np.zeros(values + 1, np.int64)
    if column.dtype.kind == "u":
        order, none = order_of(column), 0
        np.cumsum(np.bincount(column, minlength=values), out=first[1:])
    else:
        order, none = order_of(column + 1), int((column < 0).sum())
        np.cumsum(np.bincount(column + 1, minlength=values + 1)[1:], out=first[1:])
    return {f"{name}_first": first.astype(np.uint32), f"{name}_rows": order[none:]}


def _first_of_each(ordered: Rows) -> Rows:
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
