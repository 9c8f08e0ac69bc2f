"""The suppliers of an award: the winners of field ⑥, the members of joint ventures behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from tsukitome.awards import Supplier
from tsukitome.normalize.firm import cut_representative, read_firm
from tsukitome.normalize.place import municipality_of
from tsukitome.normalize.text import FoldedText, fold_with_offsets, squeeze
from tsukitome.sources.gazette.legend import MARKER
from tsukitome.sources.gazette.venture import without_notes
from tsukitome.sources.gazette.winner import Winner


def suppliers_of(
    winners: tuple[Winner, ...], printed: str, folded: str, on: dt.date | None = None
) -> tuple[tuple[Supplier, ...], tuple[int, ...]]:
    """The award's suppliers, and for each winner its index there; members stand behind their joint venture.

    A firm that won several lots is one supplier. ``printed`` is the field, for the names as they stand in it, and
    ``folded`` the same, folded.
    """
    field = _Field(printed, folded)
    suppliers: list[Supplier] = []
    places: list[int] = []
    for winner in winners:
        supplier = _supplier(winner, field, on)
        if supplier in suppliers:
            places.append(suppliers.index(supplier))
            continue
        places.append(len(suppliers))
        suppliers.append(supplier)
        for member in winner.members or tuple(Winner(name) for name in read_firm(without_notes(winner.name)).members):
            suppliers.append(replace(_supplier(member, field, on), role="jv_member"))
    return tuple(suppliers), tuple(places)


def warnings_of(winners: tuple[Winner, ...], suppliers: tuple[Supplier, ...]) -> Iterator[str]:
    """A sentence for each thing about the winners that the notice leaves open."""
    for winner in winners:
        if winner.others:
            yield f"{winner.others} is counted beside {winner.name} and not named"
        yield from (one.warning for one in (winner, *winner.members) if one.warning)
    for supplier in suppliers:
        if MARKER.search(supplier.name):
            yield f"the name {supplier.name!r} holds a circled number: it may be several firms"
        if supplier.address is None and supplier.role == "awarded":
            yield f"no address is printed for {supplier.name}"
        elif supplier.address and supplier.municipality_code is None:
            yield f"the municipality of address {supplier.address!r} was not recognized"


def _supplier(winner: Winner, field: _Field, on: dt.date | None) -> Supplier:
    firm = read_firm(winner.name)
    place = municipality_of(winner.address, on) if winner.address else None
    return Supplier(
        firm.name,
        winner.address,
        place.code if place else None,
        winner.corporate_number,
        firm.branch,
        printed=field.as_printed(cut_representative(winner.name)),
    )


class _Field:
    """The winners' field as printed, in which their names are looked up."""

    def __init__(self, printed: str, folded: str) -> None:
        self._printed = squeeze(printed)
        self._flat = squeeze(folded)
        self._offsets: FoldedText | None = None

    def as_printed(self, name: str) -> str:
        """A name with the field's own characters (㈱, full width), its white space closed up; the name itself if not in it."""
        sought = squeeze(name)
        at = self._flat.find(sought)
        if at < 0 or not name:
            return name
        begin, end = at, at + len(sought)
        if len(self._printed) != len(self._flat):  # a character is folded to several
            self._offsets = self._offsets or fold_with_offsets(self._printed)
            at = self._offsets.text.find(sought)
            if at < 0:
                return name
            begin, end = self._offsets.span(at, at + len(sought))
        if sought == name:
            return self._printed[begin:end]
        return _with_spaces_of(name, fold_with_offsets(self._printed[begin:end]))


def _with_spaces_of(name: str, printed: FoldedText) -> str:
    """A printed name with white space where ``name``, which is the same folded, has it."""
    places = iter(range(len(printed.text)))
    shown, last = "", -1
    for char in name:
        if char.isspace():
            shown += " "
            continue
        place = next(places)
        if printed.starts[place] != last:  # one printed character may fold to several: ㈱ to (株)
            shown += printed.original[printed.starts[place] : printed.ends[place]]
        last = printed.starts[place]
    return shown
