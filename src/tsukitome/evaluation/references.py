"""Two references to hold the matcher against: an oracle that knows the noise, and a reporter's way."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.clues.buyer import BuyerReading
from tsukitome.clues.method import MethodReading
from tsukitome.clues.month import MonthReading
from tsukitome.clues.place import PlaceReading
from tsukitome.clues.query import Reading
from tsukitome.clues.title import TitleReading
from tsukitome.clues.value import ValueReading
from tsukitome.evaluation.answers import Answer, believed, listed
from tsukitome.evaluation.cases import Case
from tsukitome.evaluation.facts import Facts
from tsukitome.evaluation.noise import FACETS, statements
from tsukitome.evaluation.noise.table import noise_table
from tsukitome.matching.prepared import Prepared
from tsukitome.normalize.municipality import covers
from tsukitome.normalize.text import fold, squeeze

Column = NDArray[Any]

# What news says of one contract and of the one that follows it in another year is the same in these facets.
_LASTING = ("ward", "title", "buyer", "method")
_NEVER_SAID = 1e-6  # a statement that no record could have given


class Oracle:
    """Scores every record by the true likelihood of what was said, and knows how many cases are absent.

    An absent contract is taken to be a new one by the archive's own frequencies: with the share of records that have a
    sister (same firm, same title but for its numbers) it shares place, title, buyer and method with a record of the
    archive, otherwise every facet is independent. No matcher that sees the clues alone can do better on average, as far as
    this picture of absent contracts is true.
    """

    def __init__(self, prepared: Prepared, facts: Mapping[int, Facts], cases: Iterable[Case]) -> None:
        """``facts`` are those of the records that could be meant, by their index; what none of the ``cases`` says is left out."""
        self._firm = np.array(prepared.firms, np.int64)[list(facts)]
        self._award = _awards(prepared)[list(facts)]
        self._firm_of, self._award_of = prepared.firms, _awards(prepared)
        sisters = Counter((prepared.firms[index], prepared.alternatives[index].award.title_key.text) for index in facts)
        self._sisters = sum(count for count in sisters.values() if count > 1) / len(facts)
        said = {(facet, case.said[facet]) for case in cases for facet in case.said}
        could_say: dict[tuple[str, Any], tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for place, known in enumerate(facts.values()):
            for facet in FACETS:
                for statement, probability in statements(facet, known).items():
                    if (facet, statement) in said:
                        places, shares = could_say[facet, statement]
                        places.append(place)
                        shares.append(probability)
        self._could_say = {key: (np.array(places), np.array(shares)) for key, (places, shares) in could_say.items()}

    def answer(self, case: Case, facets: Collection[str]) -> Answer:
        """The oracle's answer to a case of which ``facets`` are said."""
        left = _left(self._award, self._award_of, case)
        known = int(left.sum())
        said = {facet: self._likelihoods(facet, case.said[facet]) * left for facet in facets if facet in case.said}
        in_data = 1 - noise_table()["absent"]
        each = in_data / known * math.prod(said.values(), start=left)
        firms = np.bincount(self._firm, each, minlength=max(self._firm_of) + 1)
        none = (1 - in_data) * self._likelihood_of_new(said, known)
        total = float(firms.sum()) + none
        return believed(firms / total, none / total, self._firm_of[case.target], present=case.present)

    def _likelihoods(self, facet: str, said: Any) -> Column:
        """How likely each record makes a statement."""
        found = np.zeros(len(self._firm))
        places, shares = self._could_say[facet, said]
        found[places] = shares
        return found

    def _likelihood_of_new(self, said: Mapping[str, Column], known: int) -> float:
        at_large = {facet: (float(each.sum()) + _NEVER_SAID) / (known + 1) for facet, each in said.items()}
        lasting = [each for facet, each in said.items() if facet in _LASTING]
        sister = float(math.prod(lasting, start=np.ones(len(self._firm))).sum()) / known
        changing = math.prod(share for facet, share in at_large.items() if facet not in _LASTING)
        return self._sisters * sister * changing + (1 - self._sisters) * math.prod(at_large.values())


def _awards(prepared: Prepared) -> Column:
    """The number of the award of each alternative."""
    number: dict[tuple[str, ...], int] = {}
    return np.array([number.setdefault(one.award.award_ids, len(number)) for one in prepared.alternatives], np.int64)


def _left(award: Column, award_of: Column, case: Case) -> Column:
    """Which of some rows, of which ``award`` has the numbers, are left in the data; ``award_of`` has those of all alternatives."""
    return np.isin(award, award_of[list(case.out)], invert=True)


@dataclass(frozen=True, slots=True)
class _Printed:
    """What a reporter reads in a row."""

    title: str
    buyer: str
    yen: tuple[float, ...]
    methods: frozenset[str | None]


class Reporter:
    """A reporter's way: keep the rows that fit every clue exactly, then sort them by rapidfuzz's WRatio of the titles."""

    def __init__(self, prepared: Prepared) -> None:
        self._firm, self._award = prepared.firms, _awards(prepared)
        self._printed = [
            _Printed(
                one.award.title,
                squeeze(fold(one.award.buyer or "")),
                tuple(amount.yen for amount in one.amounts),
                frozenset(record.procurement_method for record in one.award.records),
            )
            for one in prepared.alternatives
        ]
        codes = [one.supplier.municipality_code or "" for one in prepared.alternatives]
        self._codes = sorted(set(codes))
        self._code = np.searchsorted(self._codes, codes)
        days = [
            (place, day.toordinal())
            for place, one in enumerate(prepared.alternatives)
            for kind in ("award", "contract")
            for day in one.award.dates.get(kind, ())
        ]
        self._days = np.array(days, np.int64).reshape(-1, 2)

    def answers(self, case: Case, strata: Iterable[Collection[str]]) -> list[Answer]:
        """The reporter's answers to a case by strata, each with a place and a month; a firm that does not fit is not listed."""
        asked = {name: clue.reading for name, clue in case.clues.asked.items()}
        left = self._fitting(asked) & _left(self._award, self._award, case)
        fitting = np.flatnonzero(left).tolist()
        fits = {
            name: {place for place in fitting if _fits(reading, self._printed[place])}
            for name, reading in asked.items()
        }
        right = self._firm[case.target] if case.present else None
        found = []
        for facets in strata:
            names = asked_of(asked, facets)
            rows = [place for place in fitting if all(place in fits[name] for name in names)]
            found.append(listed(self._likeness(rows, asked.get("title") if "title" in names else None), right))
        return found

    def _fitting(self, asked: Mapping[str, Reading]) -> Column:
        """The rows that fit place and month, as far as these are asked for."""
        left = np.ones(len(self._code), bool)
        place, month = asked.get("ward"), asked.get("month")
        if isinstance(place, PlaceReading):
            left = np.array([code != "" and covers(place.codes, code) for code in self._codes], bool)[self._code]
        if isinstance(month, MonthReading):
            row, day = self._days.T
            inside = np.zeros(len(left), bool)
            inside[row[(day >= month.first.toordinal()) & (day <= month.last.toordinal())]] = True
            left &= inside
        return left

    def _likeness(self, rows: Sequence[int], title: Reading | None) -> dict[int, float]:
        """The firms of some rows, each with the likeness of its likest title; without a title all are as good."""
        from rapidfuzz import fuzz, utils

        firms: dict[int, float] = defaultdict(float)
        for row in rows:
            likeness = 100.0
            if isinstance(title, TitleReading):
                likeness = fuzz.WRatio(title.text, self._printed[row].title, processor=utils.default_process)
            firms[self._firm[row]] = max(firms[self._firm[row]], likeness)
        return firms


def _fits(reading: Reading, printed: _Printed) -> bool:
    """Whether a row fits one clue exactly; the title is not filtered by, and place and month are :meth:`Reporter._fitting`'s."""
    if isinstance(reading, ValueReading):
        low, high = reading.core
        return any((low or 0) <= yen < (high or math.inf) for yen in printed.yen)
    if isinstance(reading, BuyerReading):
        return squeeze(fold(reading.name)) in printed.buyer
    if isinstance(reading, MethodReading):
        return reading.method in printed.methods
    return True


def asked_of(asked: Iterable[str], facets: Collection[str]) -> list[str]:
    """The clues of a stratum that were understood."""
    return [name for name in asked if name in facets]
