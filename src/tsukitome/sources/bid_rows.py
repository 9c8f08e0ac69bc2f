"""Rows of bidders told at a glance, as nearly all rows of a table of bids are: a bidder's name, below it the next one's.

What a row begins with and whom it names comes again and again, so each is looked at once. Any other row is left to the reader
(:mod:`tsukitome.sources.bid_results`), which finds in a plain one what is found here; the tests hold one to the other.
"""

from __future__ import annotations

import re
from operator import itemgetter

from tsukitome.documents.table import EMPTY, Cell, Row
from tsukitome.sources.bid_cells import is_blank, sign_of_winner
from tsukitome.sources.bid_columns import BidLayout
from tsukitome.sources.bid_contract import Key, key_of
from tsukitome.sources.bid_names import is_no_name, names_too_much
from tsukitome.sources.bid_rounds import round_of
from tsukitome.sources.contract_title import is_note, is_total
from tsukitome.sources.officer_cell import labels_official
from tsukitome.sources.reading import says_nothing
from tsukitome.sources.supplier_address import has_form

_NOTES = re.compile(r"[(（【]?(?:注意事項|留意事項|凡例)")
_KEPT = 1 << 14  # texts that are remembered


class PlainRows:
    """The plain rows below one header."""

    def __init__(self, layout: BidLayout) -> None:
        self.layout = layout
        bidder = layout.columns["bidder"]
        self._at = bidder.at
        self._first: Cell | None = None  # the first cell of the last plain row, where that says something
        self._keys = itemgetter(*layout.keys, bidder.at)  # of several, so that it gives a tuple
        self._printed: tuple[Cell, ...] = ()
        self._key: Key = ()
        # Bidders side by side, in a list, or below the lines of their contract are no plain rows.
        self._none = layout.is_a_row_each or bool(layout.given) or layout.columns["title"].at >= layout.printed
        self._names = _Names(frozenset(bidder.printed.split("\n")))

    def key(self, row: Row) -> Key | None:
        """What a plain row prints of its contract; None for any other row."""
        cells = row.cells
        if self._none or not self._names[cells[self._at].text]:
            return None
        if cells[0] is not self._first:  # cells that say the same are mostly one and the same
            first = next((cell for cell in cells if cell.text and not cell.covered and not cell.text.isspace()), EMPTY)
            if not _firsts[first.text]:
                return None
            self._first = cells[0] if first is cells[0] else None
        printed = self._keys(cells)[:-1]
        if printed != self._printed:  # the rows of one contract print the same, one below the other
            self._printed, self._key = printed, key_of(row, self.layout)
        return self._key


class _Names(dict[str, bool]):
    """Whether the text of a bidder's cell names a single bidder, and can't be the header's own ``words``."""

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__()
        self.words = words

    def __missing__(self, text: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        none = is_blank(text) or "\n" in text or text.strip() in self.words
        named = self[text] = not (none or names_too_much(text) or round_of(text.strip()) or is_no_name(text))
        return named


class _Firsts(dict[str, bool]):
    """Whether a row that begins with this text is none but a bidder's."""

    def __missing__(self, text: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        plain = self[text] = bool(text) and not tells_of_no_bidder(text.strip())
        return plain


_firsts = _Firsts()


def tells_of_no_bidder(first: str) -> bool:
    """Whether a row may be something else by its first text: a note, a line about officials, a sum, 該当なし."""
    return says_note(first) or labels_official(first) or is_total(first)


def says_note(first: str) -> bool:
    """Whether a row's first text makes it a note, or says that nothing was bought."""
    legend = sign_of_winner(first) is not None and not has_form(first)
    return legend or is_note(first) or _NOTES.match(first) is not None or says_nothing(first)
