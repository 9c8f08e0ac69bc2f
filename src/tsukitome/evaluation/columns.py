"""An archive as columns, made once and asked hundreds of questions: what :mod:`tsukitome.matching.prepared` answers, quickly.

The levels of all records come from an index of the archive, as in :mod:`tsukitome.matching.index.searching`. A case whose award is
taken out is asked of the same columns, with the rows of that award left out of all counts and its title unknown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.clues.query import Clue, Clues
from tsukitome.findings import Coverage, Verdict
from tsukitome.matching.compare import comparer_among
from tsukitome.matching.compare.comparison import Comparer
from tsukitome.matching.compare.titles import Titles, bigrams, rarity
from tsukitome.matching.index.building import build
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import distinct, grouped
from tsukitome.matching.index.hits import hits
from tsukitome.matching.index.kin import kin_of
from tsukitome.matching.index.layout import Layout, Levels
from tsukitome.matching.index.tally import tallied
from tsukitome.matching.index.titles import IndexedTitles
from tsukitome.matching.kinship import KinMet, facts_of, rates_of, stem
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.probability import posterior, prior
from tsukitome.matching.scoring import WeighedClue, sum_of_bits, weigh
from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import KINDS, Kind, KinRates, Weights

Rows = NDArray[Any]
_KIN = 1 << len(KINDS)


@dataclass(frozen=True)
class Columns:
    """The alternatives of an archive as the rows of its index. ``rows`` says which row each alternative is; the other columns are
    in the order of the rows: the award, and what makes kin (:class:`~tsukitome.matching.kinship.Facts`) as numbers.
    """

    index: Index
    coverage: Coverage
    rows: Rows
    award: Rows
    kin: Mapping[str, Rows]

    @classmethod
    def of(cls, prepared: Prepared) -> Columns:
        """The columns of an archive that has been made ready."""
        alternatives = prepared.alternatives
        awards = {one.award.award_ids: one.award for one in alternatives}
        number = {award_ids: position for position, award_ids in enumerate(awards)}
        index = Index(*build((award, [number[award_ids]]) for award_ids, award in awards.items()))
        award, at = np.asarray(index["award_positions"]).astype(np.int64), np.asarray(index["at"]).astype(np.int64)
        award = award[np.asarray(index["award_starts"])[np.asarray(index["award"])]]
        of_alternative = facts_of(alternatives, prepared.firms)
        alternative = _place_of(
            award << 16 | at,
            np.array([number[one.award.award_ids] << 16 | one.index for one in alternatives], np.int64),
        )
        facts = [of_alternative[one] for one in alternative.tolist()]
        rows = np.empty(len(alternative), np.int64)
        rows[alternative] = np.arange(len(alternative))
        return cls(
            index,
            prepared.coverage,
            rows,
            award,
            {
                "firm": np.array([one.firm for one in facts], np.int64),
                "title": _numbers(one.title for one in facts),
                "stem": _numbers(stem(one.title) for one in facts),
                "buyer": _numbers(one.buyer for one in facts),
                "office": np.where([one.office is None for one in facts], -1, _numbers(one.office for one in facts)),
                "day": np.array([one.day or 0 for one in facts], np.int64),
            },
        )

    def ask(self, clues: Clues, table: Weights, out: Sequence[int] = ()) -> Question:
        """Every clue held against every row; the awards of the alternatives ``out`` are taken to have never been read."""
        kept = np.isin(self.award, self.award[self.rows[list(out)]], invert=True)
        index, titles = self._unread(np.asarray(self.index["title_text"])[np.asarray(self.index["title"])], kept)
        asked = {name: comparer_among(clue, titles) for name, clue in clues.asked.items()}
        layout = Layout({name: Levels(table.names(one.weights)) for name, one in asked.items()})
        found = {name: hits(clue, asked[name], layout.levels[name], index) for name, clue in clues.asked.items()}
        with tallied(index, layout, found) as tally:
            keys = np.array(tally.keys, np.uint32)[np.asarray(tally.rows.places_of(None))]
        known, met = kin_of(award=self.award[kept], **{name: column[kept] for name, column in self.kin.items()})
        return Question(clues.asked, asked, table, layout, self, kept, keys, known, [KinMet(*one) for one in met])

    def _unread(self, texts: Rows, kept: Rows) -> tuple[Index, Titles]:
        """The index and its titles as if those of them that no row that is ``kept`` bears had never been read."""
        titles = IndexedTitles(self.index)
        gone = np.setdiff1d(texts[~kept], texts[kept])
        if not len(gone):
            return self.index, titles
        texts_by_number = self.index.strings("text")
        left = _TitlesLeft(titles, [texts_by_number[text] for text in gone.tolist()])
        weight = np.asarray(self.index["text_weight"]).astype(float)
        weight += self._bigrams * (math.log2(left.count + 1) - math.log2(titles.count + 1))
        for bigram in left.gone:
            change = rarity(left.holding(bigram), left.count) - rarity(titles.holding(bigram), left.count)
            weight[np.asarray(self.index.postings("bigram").of(bigram))] += change
        return Index(self.index.facts, {**self.index.columns, "text_weight": weight.astype(np.float32).data}), left

    @cached_property
    def _bigrams(self) -> Rows:
        """How many bigrams each text has."""
        return np.bincount(np.asarray(self.index["bigram_texts"]), minlength=int(self.index.facts["texts"]))


class _TitlesLeft:
    """Titles but some."""

    def __init__(self, titles: IndexedTitles, gone: Sequence[str]) -> None:
        self.titles, self.gone = titles, Counter(chain.from_iterable(map(bigrams, gone)))
        self.count = titles.count - len(gone)

    def holding(self, bigram: str) -> int:
        return self.titles.holding(bigram) - self.gone[bigram]


@dataclass(frozen=True)
class Belief:
    """Probabilities that sum to one: of each firm, by its number, and of none."""

    firms: Rows
    none: float
    verdict: Verdict


@dataclass(frozen=True)
class Question:
    """The clues of a case held against the rows that are ``kept``. ``keys`` holds the levels of every row; ``known`` says of those
    kept which kin the archive has of them.
    """

    clues: Mapping[str, Clue]
    asked: Mapping[str, Comparer]
    table: Weights
    layout: Layout
    columns: Columns
    kept: Rows
    keys: Rows
    known: Rows
    met: Sequence[KinMet]

    def levels(self, name: str) -> list[str | None]:
        """The level of one clue at each alternative, be it kept or not."""
        return self._levels(name, self.keys[self.columns.rows])

    def awards_at(self, name: str) -> dict[str, int]:
        """How many awards meet each level of a clue; the silent are left out."""
        levels = self.layout.levels[name]
        pairs = distinct(self.columns.award[self.kept] << 8 | codes_of(self.layout, name, self.keys[self.kept]))
        counts = np.bincount(pairs & 255, minlength=levels.silent)
        return {level: int(counts[levels.code(level)]) for level in levels.names}

    @cached_property
    def _weighed(self) -> dict[str, WeighedClue]:
        return {
            name: weigh(clue, self.asked[name], self.awards_at(name), self.table) for name, clue in self.clues.items()
        }

    @cached_property
    def _grouped(self) -> tuple[Rows, Rows, Rows]:
        """The distinct keys of the rows kept, the place of each row's, and how many rows have each key, by known kin."""
        keys, _, place = grouped(self.keys[self.kept])
        counts = np.bincount(place * _KIN + self.known, minlength=len(keys) * _KIN)
        return keys, place, counts.reshape(-1, _KIN)

    def believe(self, names: Collection[str]) -> Belief:
        """What the clues ``names`` make probable; where there are none, nothing is."""
        firm = self.columns.kin["firm"]
        if not names:
            return Belief(np.zeros(int(firm.max(initial=-1)) + 1), 1.0, "not_found")
        keys, place, by_key = self._grouped
        mask = np.uint32(sum(self.layout.mask(name) for name in names))
        fewer, _, group = grouped(keys & mask)
        counts = np.zeros((len(fewer), _KIN), np.int64)
        np.add.at(counts, group, by_key)
        scored = {name: _AtKeys(self._weighed[name], self._levels(name, fewer)) for name in names}
        asked = {name: self.clues[name] for name in names}
        each = counts.sum(axis=1).tolist()
        bits = [sum_of_bits(row) for row in zip(*(clue.bits for clue in scored.values()), strict=True)]
        kin = _CountedKin(
            rates_of(dict(zip(KINDS, self.met, strict=True)), self.table.prior.kin, self.table.pseudo_count), counts
        )
        found = prior(asked, scored, self.columns.coverage, each, kin, self.table.prior)
        probabilities, none = posterior(bits, found.in_data, found.absent, each)
        of_rows = np.array(probabilities)[group[place]]
        firms = np.bincount(firm[self.kept], of_rows, minlength=int(firm.max(initial=-1)) + 1)
        ranked = np.sort(firms)[::-1]
        return Belief(firms, none, verdict(ranked[ranked > 0].tolist(), none, asked, self.table.verdict)[0])

    def _levels(self, name: str, keys: Rows) -> list[str | None]:
        levels = self.layout.levels[name]
        return [levels.name(code) for code in codes_of(self.layout, name, keys).tolist()]


class _AtKeys:
    """A weighed clue over groups of rows at one level each."""

    def __init__(self, weighed: WeighedClue, levels: Sequence[str | None]) -> None:
        self.weighed, self.levels = weighed, levels
        self.bits = [weighed.bits_of_level(level) for level in levels]

    @property
    def clue(self) -> Clue:
        return self.weighed.clue

    def bits_of(self, index: int) -> float:
        return self.bits[index]

    def kin_bits(self, kind: Kind) -> list[float]:
        return [self.weighed.kin_bits_of_level(kind, level) for level in self.levels]

    def fits(self, index: int) -> bool | None:
        return self.weighed.level_fits(self.levels[index])


@dataclass(frozen=True)
class _CountedKin:
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


def codes_of(layout: Layout, name: str, keys: Rows) -> Rows:
    """The codes of one clue in keys."""
    return keys >> np.uint32(layout.shift[name]) & np.uint32((1 << layout.width[name]) - 1)


def _numbers(values: Iterable[Hashable]) -> Rows:
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], np.int64)


def _place_of(wanted: Rows, among: Rows) -> Rows:
    """Where in ``among`` each of the wanted values stands; it stands there once."""
    order = np.argsort(among)
    return order[np.searchsorted(among[order], wanted)]
