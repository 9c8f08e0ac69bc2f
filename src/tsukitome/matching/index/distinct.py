"""Distinct values by sorting: what ``numpy.unique`` gives, without the masked arrays that it loads (20 ms of a cold start)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]


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


def _first_of_each(ordered: Rows) -> Rows:
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return first
