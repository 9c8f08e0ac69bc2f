"""Kin among the rows of an index: what :mod:`tsukitome.matching.kinship` says of alternatives, for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.kinship import LOT_DAYS
from tsukitome.matching.weights import KINDS, Kind, KinRates

Rows = NDArray[Any]
_GROUP = 1 << 23  # more than the days of any calendar, and twice LOT_DAYS


def kin_of(
    firm: Rows, title: Rows, buyer: Rows, office: Rows, day: Rows, award: Rows
) -> tuple[Rows, list[tuple[int, ...]]]:
    """For each row a bit for each kind of kin that it has, and for each kind the facts of a ``KinMet``; a day of 0 is unknown, and
    so is an office below 0.
    """
    own_title, own_buyer, work = _pairs(firm, title), _pairs(firm, buyer), _pairs(buyer, title)
    own_work = _pairs(work, firm)
    _, once = np.unique(_pairs(award, firm), return_index=True)  # a firm counts once an award
    _, award_once = np.unique(_pairs(award, work), return_index=True)
    own, same = _count(own_title[once])[own_title], _count(own_work[once])[own_work]
    near = _near(own_title, day, once)
    batch = _near(own_buyer, day, once) - _near(own_work, day, once)
    of_office = _pairs(office + 1, title)
    at_office = (
        _near(office + 1, day, once)
        - _near(_pairs(office + 1, firm), day, once)
        - _near(of_office, day, once)
        + _near(_pairs(of_office, firm), day, once)
    )
    counts = [
        near,
        own - 1 - near,
        _count(work[award_once])[work] - same,
        batch,
        _count(own_buyer[once])[own_buyer] - same - batch,
        np.where(office < 0, 0, at_office),
    ]
    known: Rows = np.zeros(len(firm), np.uint8)
    met: list[tuple[int, ...]] = []
    for place, of in enumerate(counts):
        closest = of[known == 0]
        met.append((int((closest == 1).sum()), int((closest > 1).sum()), int((of > 0).sum()), len(firm)))
        known |= (of > 0).astype(np.uint8) << np.uint8(place)
    return known, met


def _near(group: Rows, day: Rows, once: Rows) -> Rows:
    """How many other awards of a row's group are of about its day."""
    moment = group.astype(np.int64) * _GROUP + day
    dated = np.sort(moment[once][day[once] > 0])
    found = np.searchsorted(dated, moment + LOT_DAYS, "right") - np.searchsorted(dated, moment - LOT_DAYS, "left") - 1
    return np.where(day > 0, found, 0)


def _pairs(one: Rows, other: Rows) -> Rows:
    """A number for each distinct pair, from 0."""
    both = one.astype(np.int64) * (int(other.max(initial=0)) + 1) + other
    number: Rows = np.unique(both, return_inverse=True)[1]
    return number


def _count(groups: Rows) -> Rows:
    return np.bincount(groups, minlength=1)


@dataclass(frozen=True)
class CountedKin:
    """Kin of alternatives that are counted by their keys: ``counts`` by key and known kinds."""

    rates: Mapping[Kind, KinRates]
    counts: Rows

    def held(self, kind: Kind) -> Sequence[int]:
        held: list[int] = self.held_at(kind).tolist()
        return held

    def held_at(self, kind: Kind) -> Rows:
        """The same as numbers."""
        having = np.arange(self.counts.shape[1]) >> KINDS.index(kind) & 1 == 1
        held: Rows = self.counts[:, having].sum(axis=1)
        return held
