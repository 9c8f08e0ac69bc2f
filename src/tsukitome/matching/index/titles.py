"""Which rows a title clue comes near, and at which level, from an inverted index of bigrams.

A title can reach the lowest band only by holding a certain share of the weight of what was asked, so one pass over the postings
of the clue's bigrams leaves few titles. Which band one of them reaches is computed for all at once, and left to the comparer
itself where rounding might decide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.compare.title import ALIKE_FROM, BANDS, EXTRA, TitleComparer
from tsukitome.matching.compare.titles import bigrams
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import distinct
from tsukitome.matching.index.kernel import add_weights
from tsukitome.normalize.title import TitleKey
from tsukitome.normalize.title_wording import WORDINGS

_NEAR = 1e-6  # of a bound: the comparer itself decides
_LIGHT = 0.25  # of the weight asked: buyers whose names hold more of it are looked at one by one

Rows = NDArray[Any]
NOTHING_SHARED = TitleKey("\0", frozenset())  # a title that no clue comes near


class IndexedTitles:
    """The titles of an index, counted: what :class:`~tsukitome.matching.compare.titles.Titles` asks for."""

    def __init__(self, index: Index) -> None:
        self._postings = index.postings("bigram")
        self.count = int(index.facts["texts"])

    def holding(self, bigram: str) -> int:
        return self._postings.count(bigram)


class TitleSearch:
    """Finds the rows whose titles reach a band, and their levels as codes; ``code`` gives the code of a level."""

    def __init__(self, index: Index, asked: TitleComparer, code: Callable[[str], int]) -> None:
        self.index, self.asked, self._code = index, asked, code
        postings = index.postings("bigram")
        self.terms = sorted(asked.asked | asked.joints)
        self.weights = np.array([asked.rarity(term) for term in self.terms])
        self.owed = np.array([term in asked.asked for term in self.terms], bool)  # not missed: what joins two words
        self.texts = [postings.of(term) for term in self.terms]
        self.lowest = min(bound for bound, _ in BANDS if bound > 0)
        self.whole = float(self.weights[self.owed].sum())
        self._bounds = np.array(sorted(asked.turning_points()))
        self._classes, self._examples = index.numbers_beside(asked.key.numbers)

    def rows(self) -> tuple[Rows, Rows]:
        """The rows that share enough with the clue, each once, and their codes; all others are at the level of nothing shared."""
        index = self.index
        buyers, terms_of_buyers = self._buyers()
        saved = terms_of_buyers @ (self.weights * self.owed)  # what need not stand in a title of this buyer
        heavy = saved > _LIGHT * self.whole
        slack = float(saved[~heavy].max(initial=0.0))
        common, owed = self._common()
        texts = np.flatnonzero(common >= self.lowest * (self.whole - slack) * (1 - _NEAR))
        more = self._same()
        if heavy.any():
            of_heavy = index["title_text"][index["title"][index.rows_by("buyer", buyers[heavy])]]
            more = np.append(more, of_heavy[common[of_heavy] > 0])
        if len(more):
            texts = distinct(np.append(texts, more))
        common, owed = common[texts], owed[texts]
        extra = EXTRA * np.maximum(index["text_weight"][texts].astype(float) - common, 0)
        whole = common + (self.whole - owed) + extra
        same = texts == self._own(texts)
        places = index.places_by("text", texts)
        titles, text = index["text_rows"][places], np.repeat(np.arange(len(texts)), _counts(index, "text", texts))
        likeness = _share(common, whole)
        code = self._codes(titles, texts, text, same, likeness, None)
        rows = index["title_rows"][index.places_by("title", titles)]
        counts = _counts(index, "title", titles)
        codes = np.repeat(code, counts)
        if len(buyers):
            is_alike = np.zeros(index.buyers + 1, bool)  # the last one stands for the rows without a buyer
            is_alike[buyers] = True
            alike = np.flatnonzero(is_alike[index["buyer"][rows]])
            if len(alike):
                title = np.repeat(np.arange(len(titles)), counts)[alike]
                at, buyer = text[title], index["buyer"][rows[alike]]
                excused = self._excused(texts, at, terms_of_buyers, np.searchsorted(buyers, buyer))
                likeness = _share(common[at], whole[at] - excused)
                codes[alike] = self._codes(titles[title], texts, at, same, likeness, buyer)
        kept = codes > 0
        return rows[kept], codes[kept]

    def _common(self) -> tuple[Rows, Rows]:
        """What each text shares with the clue, by weight; and what of that it would be missed for."""
        owed = self._sums(self.owed)
        return (owed if self.owed.all() else owed + self._sums(~self.owed)), owed

    def _sums(self, chosen: Rows) -> Rows:
        """For each text the weight of the chosen terms that it holds."""
        sums = np.zeros(int(self.index.facts["texts"]))
        terms = [(self.texts[term], float(self.weights[term])) for term in np.flatnonzero(chosen).tolist()]
        if not add_weights(sums, [texts for texts, _ in terms], [weight for _, weight in terms]):
            for texts, weight in terms:
                sums[texts] += weight
        return sums

    def _buyers(self) -> tuple[Rows, Rows]:
        """The buyers whose names hold bigrams of the clue, and which: one row a buyer, one column a term."""
        postings = self.index.postings("buyer_bigram")
        found = [(term, postings.of(self.terms[term])) for term in np.flatnonzero(self.owed).tolist()]
        found = [(term, buyers) for term, buyers in found if len(buyers)]
        if not found:
            return np.empty(0, np.int64), np.zeros((0, len(self.terms)), bool)
        buyers = distinct(np.concatenate([one for _, one in found])).astype(np.int64)
        table = np.zeros((len(buyers), len(self.terms)), bool)
        for term, one in found:
            table[np.searchsorted(buyers, one), term] = True
        return buyers, table

    def _excused(self, texts: Rows, text: Rows, terms_of_buyers: Rows, buyer: Rows) -> Rows:
        """The weight of what a title lacks of the clue and its buyer's name holds; ``text`` and ``buyer`` by their places."""
        excused = np.zeros(len(text))
        for term in np.flatnonzero(terms_of_buyers.any(axis=0)).tolist():
            lacks = ~_in(texts, self.texts[term])
            excused += self.weights[term] * (lacks[text] & terms_of_buyers[buyer, term])
        return excused

    def _same(self) -> Rows:
        """The text that is the clue's own, where it has no bigrams to be found by (it is nothing but numbers)."""
        key = self.asked.key.text
        return self.index.strings("text").holding(key, "whole") if not bigrams(key) else np.empty(0, np.int64)

    def _codes(self, titles: Rows, texts: Rows, text: Rows, same: Rows, likeness: Rows, buyer: Rows | None) -> Rows:
        """The code of each title, 0 for one below every band. ``text`` is the place of its text in ``texts``; ``likeness`` is
        one a title where there are buyers, else one a text.

        Titles of one stretch between two bounds, with numbers that are alike beside the clue's and in which the clue stands
        alike are at one level.
        """
        of_text = buyer is None
        near = np.flatnonzero((np.abs(likeness[:, None] - self._bounds) < _NEAR).any(axis=1) & (likeness > 0))
        strings, exact = self.index.strings("text"), {}
        for place in near.tolist():
            number = int(texts[place if of_text else text[place]])
            name = (
                None if of_text or buyer is None or buyer[place] < 0 else self.index.strings("buyer")[int(buyer[place])]
            )
            if (number, name) not in exact:
                exact[number, name] = self.asked.similarity(strings[number], name)
            likeness[place] = exact[number, name]
        worded = self._worded(texts, likeness) if of_text else self._worded(texts, likeness, text)
        stretch = np.searchsorted(self._bounds, likeness, side="right")
        cell = (stretch * 2 + (same if of_text else same[text])) * (len(WORDINGS) + 1) + worded
        if of_text:
            cell = cell[text]
        cell = cell * len(self._examples) + self._classes[self.index["title_numbers"][titles]]
        return self._table(np.bincount(cell, minlength=1))[cell]

    def _table(self, met: Rows) -> Rows:
        """The code of each cell that is met: by stretch, whether the text is the clue's own, how the clue stands in it, and the
        class of numbers.
        """
        codes = np.zeros(len(met), np.uint32)
        likeness = [0.0, *self._bounds.tolist()]
        for cell in np.flatnonzero(met).tolist():
            rest, numbers = divmod(cell, len(self._examples))
            rest, worded = divmod(rest, len(WORDINGS) + 1)
            stretch, same = divmod(rest, 2)
            if same or likeness[stretch] >= self.lowest:
                key = TitleKey(self.asked.key.text if same else NOTHING_SHARED.text, self._examples[numbers])
                codes[cell] = self._code(
                    self.asked.level(key, likeness[stretch], WORDINGS[worded - 1] if worded else None)
                )
        return codes

    def _worded(self, texts: Rows, likeness: Rows, text: Rows | None = None) -> Rows:
        """How the clue stands in each title's text, from 1 in the order of WORDINGS; 0 for those too unlike for that to count."""
        worded = np.zeros(len(likeness), np.int64)
        alike = np.flatnonzero(likeness >= ALIKE_FROM)
        strings = self.index.strings("text")
        place = alike if text is None else text[alike]
        near = distinct(place)
        codes = [WORDINGS.index(self.asked.wording(strings[one])[0]) + 1 for one in texts[near].tolist()]
        worded[alike] = np.array(codes, np.int64)[np.searchsorted(near, place)]
        return worded

    def _own(self, texts: Rows) -> int:
        """The number of the clue's own text, if it is among ``texts``; else -1."""
        strings, key = self.index.strings("text"), self.asked.key.text
        length = len(key.encode("utf-8", "surrogatepass")) + 1
        starts = self.index["text_starts"]
        for number in texts[starts[texts + 1] - starts[texts] == length].tolist():
            if strings[number] == key:
                return int(number)
        return -1


def _share(common: Rows, whole: Rows) -> Rows:
    return np.divide(common, whole, out=np.zeros(len(common)), where=whole > 0)


def _counts(index: Index, name: str, values: Rows) -> Rows:
    first = index[f"{name}_first"]
    return first[values + np.int64(1)] - first[values]


def _in(values: Rows, among: Rows) -> Rows:
    """Which of ``values`` stand in a list in order."""
    if not len(among):
        return np.zeros(len(values), bool)
    place = np.searchsorted(among, values)
    place[place == len(among)] = 0
    found: Rows = among[place] == values
    return found
