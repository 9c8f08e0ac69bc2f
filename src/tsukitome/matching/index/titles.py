"""Which rows a title clue comes near: by an inverted index of bigrams, without a look at all the others.

A title can reach the lowest band only by holding a certain share of the weight of what was asked. So the commonest bigrams,
as long as they weigh less than that share together, need not be walked: what holds only them reaches no band. Which band a
title reaches is computed for all that are left, and left to the comparer itself where rounding might decide.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.compare.title import ALIKE_FROM, BANDS, EXTRA, TitleComparer
from tsukitome.matching.compare.titles import bigrams
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import distinct, grouped
from tsukitome.normalize.title import TitleKey

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
        return len(self._postings.of(bigram))


class TitleSearch:
    """Finds the titles that reach a band, and the rows that bear them."""

    def __init__(self, index: Index, asked: TitleComparer) -> None:
        self.index, self.asked = index, asked
        postings = index.postings("bigram")
        self.terms = sorted(asked.asked | asked.joints)
        self.weights = np.array([asked.rarity(term) for term in self.terms])
        self.owed = np.array([term in asked.asked for term in self.terms], bool)  # not missed: what joins two words
        self.texts = [postings.of(term) for term in self.terms]
        self.lowest = min(bound for bound, _ in BANDS if bound > 0)
        self.whole = float(self.weights[self.owed].sum())

    def levels(self) -> list[tuple[Rows, str]]:
        """The rows that share enough with the clue, by level; all others are at the level of nothing shared."""
        buyers, terms_of_buyers = self._buyers()
        saved = terms_of_buyers @ (self.weights * self.owed)  # what need not stand in a title of this buyer
        heavy = saved > _LIGHT * self.whole
        slack = float(saved[~heavy].max(initial=0.0))
        texts = self._reaching(self.lowest * (self.whole - slack))
        if heavy.any():
            texts = distinct(np.append(texts, self._texts_of(buyers[heavy])))
        texts = distinct(np.append(texts, self._same()).astype(np.int64))
        held = np.array([_in(texts, found) for found in self.texts], bool).reshape(len(self.terms), len(texts))
        return self._by_level(texts, held, buyers, terms_of_buyers)

    def _buyers(self) -> tuple[Rows, Rows]:
        """The buyers whose names hold bigrams of the clue, and which: one row a buyer, one column a term."""
        postings = self.index.postings("buyer_bigram")
        found = [postings.of(term) for term in self.terms]
        buyers = distinct(np.concatenate(found)) if found else np.empty(0, np.int64)
        table = np.array([_in(buyers, one) for one in found], bool).reshape(len(self.terms), len(buyers)).T & self.owed
        holding = table.any(axis=1)
        return buyers[holding].astype(np.int64), table[holding]

    def _reaching(self, least: float) -> Rows:
        """The texts whose terms may weigh ``least`` or more together."""
        least *= 1 - _NEAR
        rarest = np.argsort([len(found) for found in self.texts], kind="stable")
        common, walked = 0.0, len(rarest)
        while walked and common + self.weights[rarest[walked - 1]] < least:
            walked -= 1
            common += self.weights[rarest[walked]]
        found = [self.texts[term] for term in rarest[:walked]]
        if not found:
            return np.empty(0, np.int64)
        weights = np.repeat(self.weights[rarest[:walked]], [len(one) for one in found])
        met, _, number = grouped(np.concatenate(found))
        return met[np.bincount(number, weights, minlength=len(met)) + common >= least]

    def _texts_of(self, buyers: Rows) -> Rows:
        """The texts of the titles of some buyers that share anything with the clue."""
        met = np.zeros(int(self.index.facts["texts"]), bool)
        for found in self.texts:
            met[found] = True
        titles = distinct(self.index["title"][self.index.rows_by("buyer", buyers)])
        texts = distinct(self.index["title_text"][titles])
        return texts[met[texts]]

    def _same(self) -> Rows:
        """The text that is the clue's own, where it has no bigrams to be found by (it is nothing but numbers)."""
        key = self.asked.key.text
        return self.index.strings("text").holding(key, "whole") if not bigrams(key) else np.empty(0, np.int64)

    def _by_level(self, texts: Rows, held: Rows, buyers: Rows, terms_of_buyers: Rows) -> list[tuple[Rows, str]]:
        index = self.index
        places = index.places_by("text", texts)
        titles = index["text_rows"][places].astype(np.int64)
        rows = index.rows_by("title", titles)
        of_title = np.repeat(np.arange(len(titles)), np.diff(index["title_first"])[titles])
        text = np.searchsorted(texts, index["title_text"][titles])[of_title]
        owed = self.weights * self.owed
        common, total = self.weights @ held, index["text_weight"][texts].astype(float)
        missing = self.whole - owed @ held
        buyer = index["buyer"][rows]
        at = np.searchsorted(buyers, buyer)
        at[at == len(buyers)] = 0
        alike = buyers[at] == buyer if len(buyers) else np.zeros(len(rows), bool)
        excused = np.zeros(len(rows))
        if alike.any():
            excused[alike] = np.einsum(
                "rt,t,tr->r", terms_of_buyers[at[alike]].astype(float), owed, (~held[:, text[alike]]).astype(float)
            )
        whole = common[text] + missing[text] - excused + EXTRA * np.maximum(total - common, 0)[text]
        likeness = np.divide(common[text], whole, out=np.zeros(len(rows)), where=whole > 0)
        # The clue's own title is at a level of its own, even where it has no bigrams to be like.
        same = text == self._own(texts)
        kept = (likeness >= self.lowest * (1 - _NEAR)) | same
        return self._graded(rows[kept], titles[of_title][kept], texts[text[kept]], same[kept], likeness[kept])

    def _graded(self, rows: Rows, titles: Rows, texts: Rows, same: Rows, likeness: Rows) -> list[tuple[Rows, str]]:
        """Rows by level. Titles of one stretch between two bounds, with the same numbers, and opposed to the clue or
        not, are at one level.
        """
        asked, index = self.asked, self.index
        bounds = np.array(sorted(asked.turning_points()))
        near = (np.abs(likeness[:, None] - bounds) < _NEAR).any(axis=1) & (likeness > 0)
        buyer = index["buyer"][rows]
        exact: dict[tuple[int, int], float] = {}
        for place in np.flatnonzero(near).tolist():
            pair = int(texts[place]), int(buyer[place])
            if pair not in exact:
                name = index.strings("buyer")[pair[1]] if pair[1] >= 0 else None
                exact[pair] = asked.similarity(index.strings("text")[pair[0]], name)
            likeness[place] = exact[pair]
        numbers = index["title_numbers"][titles].astype(np.int64)
        opposed = self._opposed(texts, likeness)
        stretch = np.searchsorted(bounds, likeness, side="right")
        cell = ((stretch * 2 + same) * 2 + opposed) * (int(numbers.max(initial=0)) + 1) + numbers
        _, first, number = grouped(cell)
        graded: dict[str, list[int]] = {}
        for place, example in enumerate(first.tolist()):
            key = TitleKey(
                asked.key.text if same[example] else NOTHING_SHARED.text, index.numbers(int(numbers[example]))
            )
            level = asked.level(key, float(likeness[example]), opposed=bool(opposed[example]))
            graded.setdefault(level, []).append(place)
        levels = [""] * len(first)
        for level, cells in graded.items():
            for place in cells:
                levels[place] = level
        order = {level: np.array([one == level for one in levels], bool) for level in graded}
        return [(rows[chosen[number]], level) for level, chosen in order.items()]

    def _opposed(self, texts: Rows, likeness: Rows) -> Rows:
        """Which rows have a text that is opposed to the clue, of those alike enough for that to count."""
        strings = self.index.strings("text")
        alike = likeness >= ALIKE_FROM
        near = distinct(texts[alike])
        against = np.array([self.asked.opposed(strings[text]) is not None for text in near.tolist()], bool)
        opposed = np.zeros(len(texts), bool)
        opposed[alike] = against[np.searchsorted(near, texts[alike])]
        return opposed

    def _own(self, texts: Rows) -> int:
        """The place in ``texts`` of the clue's own text; -1 where it is not among them."""
        strings, key = self.index.strings("text"), self.asked.key.text
        length = len(key.encode("utf-8", "surrogatepass")) + 1
        starts = self.index["text_starts"]
        for place in np.flatnonzero(starts[texts + 1] - starts[texts] == length).tolist():
            if strings[int(texts[place])] == key:
                return place
        return -1


def _in(values: Rows, among: Rows) -> Rows:
    """Which of ``values`` stand in a list in order."""
    if not len(among):
        return np.zeros(len(values), bool)
    place = np.searchsorted(among, values)
    place[place == len(among)] = 0
    found: Rows = among[place] == values
    return found
