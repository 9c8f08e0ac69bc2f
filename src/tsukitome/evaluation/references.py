"""Two references to hold the matcher against: an oracle that knows the noise, and a reporter's way."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tsukitome.clues.buyer import BuyerReading
from tsukitome.clues.method import MethodReading
from tsukitome.clues.month import MonthReading
from tsukitome.clues.place import PlaceReading
from tsukitome.clues.query import Clues, Reading
from tsukitome.clues.title import TitleReading
from tsukitome.clues.value import ValueReading
from tsukitome.evaluation.answers import Answer, believed, listed
from tsukitome.evaluation.cases import Case
from tsukitome.evaluation.facts import Facts
from tsukitome.evaluation.noise import FACETS, statements
from tsukitome.evaluation.noise.table import noise_table
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.prepared import Prepared
from tsukitome.normalize.place import covers
from tsukitome.normalize.text import fold, squeeze

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

    def __init__(self, prepared: Prepared, facts: Mapping[int, Facts]) -> None:
        self.prepared, self.facts = prepared, facts
        self._could_say: dict[str, dict[Any, dict[int, float]]] = {facet: defaultdict(dict) for facet in FACETS}
        for index, known in facts.items():
            for facet in FACETS:
                for said, probability in statements(facet, known).items():
                    self._could_say[facet][said][index] = probability
        sisters = Counter(self._sister_key(index) for index in facts)
        self._sisters = sum(count for count in sisters.values() if count > 1) / len(facts)

    def _sister_key(self, index: int) -> tuple[int, str]:
        return self.prepared.firms[index], self.prepared.alternatives[index].award.title_key.text

    def answer(self, case: Case, facets: Collection[str]) -> Answer:
        """The oracle's answer to a case of which ``facets`` are said."""
        facets = [facet for facet in facets if facet in case.said]
        out = self._out(case)
        known = len(self.facts) - len(out)
        sayers = [self._sayers(facet, case.said[facet], out) for facet in facets]
        in_data = 1 - noise_table()["absent"]
        firms: dict[int, float] = defaultdict(float)
        for index, likelihood in _together(sayers):
            firms[self.prepared.firms[index]] += in_data / known * likelihood
        none = (1 - in_data) * self._likelihood_of_new(dict(zip(facets, sayers, strict=True)), known)
        total = math.fsum(firms.values()) + none
        shares = {firm: weight / total for firm, weight in firms.items()}
        return believed(shares, none / total, self.prepared.firms[case.target], present=case.present)

    def _out(self, case: Case) -> set[int]:
        if case.present:
            return set()
        award = self.prepared.alternatives[case.target].award
        return {index for index in self.facts if self.prepared.alternatives[index].award is award}

    def _sayers(self, facet: str, said: Any, out: set[int]) -> dict[int, float]:
        return {index: share for index, share in self._could_say[facet][said].items() if index not in out}

    def _likelihood_of_new(self, sayers: Mapping[str, dict[int, float]], known: int) -> float:
        def at_large(facets: Iterable[str]) -> float:
            return math.prod((math.fsum(sayers[facet].values()) + _NEVER_SAID) / (known + 1) for facet in facets)

        lasting = [facet for facet in sayers if facet in _LASTING]
        sister = math.fsum(likelihood for _, likelihood in _together([sayers[facet] for facet in lasting])) / known
        changing = at_large(facet for facet in sayers if facet not in _LASTING)
        return self._sisters * sister * changing + (1 - self._sisters) * at_large(sayers)


def _together(sayers: list[dict[int, float]]) -> Iterable[tuple[int, float]]:
    """The records that could have said all of it, with the likelihood of each."""
    if not sayers:
        return
    for index in min(sayers, key=len):
        likelihood = math.prod(said.get(index, 0.0) for said in sayers)
        if likelihood:
            yield index, likelihood


class Reporter:
    """A reporter's way: keep the rows that fit every clue exactly, then sort them by rapidfuzz's WRatio of the titles."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared

    def answer(self, case: Case, facets: Collection[str]) -> Answer:
        """The reporter's answer; a firm that does not fit is not listed."""
        from rapidfuzz import fuzz, utils

        asked = {name: clue.reading for name, clue in case.clues.asked.items() if name in facets}
        out = None if case.present else self.prepared.alternatives[case.target].award
        title = asked.get("title")
        firms: dict[int, float] = defaultdict(float)
        for index, alternative in enumerate(self.prepared.alternatives):
            if alternative.award is not out and all(_fits(reading, alternative) for reading in asked.values()):
                likeness = 100.0
                if isinstance(title, TitleReading):
                    likeness = fuzz.WRatio(title.text, alternative.award.title, processor=utils.default_process)
                firm = self.prepared.firms[index]
                firms[firm] = max(firms[firm], likeness)
        return listed(firms, self.prepared.firms[case.target] if case.present else None)


def _fits(reading: Reading, alternative: Alternative) -> bool:
    """Whether a record fits one clue exactly; the title is not filtered by."""
    if isinstance(reading, PlaceReading):
        code = alternative.supplier.municipality_code
        return code is not None and covers(reading.codes, code)
    if isinstance(reading, MonthReading):
        dates = alternative.award.dates
        return any(
            reading.first <= day <= reading.last for kind in ("award", "contract") for day in dates.get(kind, ())
        )
    if isinstance(reading, ValueReading):
        low, high = reading.core
        return any((low or 0) <= amount.yen < (high or math.inf) for amount in alternative.amounts)
    if isinstance(reading, BuyerReading):
        return squeeze(fold(reading.name)) in squeeze(fold(alternative.award.buyer or ""))
    if isinstance(reading, MethodReading):
        return any(record.procurement_method == reading.method for record in alternative.award.records)
    return True


def asked_of(clues: Clues, facets: Collection[str]) -> list[str]:
    """The clues of a stratum that were understood."""
    return [name for name in clues.asked if name in facets]
