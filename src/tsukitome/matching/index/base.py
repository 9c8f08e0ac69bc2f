"""The keys of rows as far as no clue hits them: they follow from what rows have in common."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from tsukitome.dataclass import dataclass
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout


@dataclass(frozen=True)
class Base:
    """The keys of rows as far as no clue hits them: ``by_kind``; ``by_place`` by the number of a code, which ``of_place`` has for
    each place, ``commonest`` being that of most places; and by their only ``totals`` (stretches with their codes): for each code
    the bits of a key that it leaves (``clear``), and those that it sets (``mark``).
    """

    of_place: bytes
    by_place: array[int]
    commonest: int
    by_kind: array[int]
    totals: Sequence[tuple[int, int, int]]
    clear: array[int]
    mark: array[int]

    @classmethod
    def of_hits(cls, index: Index, layout: Layout, hits: Mapping[str, Hits]) -> Base:
        codes, by_place = bytes(len(index["places_starts"]) - 1), array("I", [0])
        keys = [0] * len(index["bare_method"])
        totals: Sequence[tuple[int, int, int]] = ()
        clear, mark = array("I", [0xFFFFFFFF]), array("I", [0])
        for name, found in hits.items():
            shift = layout.shift[name]
            if found.by_place is not None:
                met = sorted(set(found.by_place)) or [0]
                codes = found.by_place.translate(bytes(met.index(code) if code in met else 0 for code in range(256)))
                by_place = array("I", [code << shift for code in met])
            if found.by_bare is not None:
                keys = [key | code << shift for key, code in zip(keys, found.by_bare, strict=True)]
            if found.totals:
                totals = sorted(found.totals)
                mark = array("I", [code << shift for code in range(1 << layout.width[name])])
                clear = array("I", [0xFFFFFFFF ^ layout.mask(name) if code else 0xFFFFFFFF for code in mark])
        commonest = max(range(len(by_place)), key=codes.count)
        return cls(
            codes, by_place, commonest, array("I", map(keys.__getitem__, index["kind_bare"])), totals, clear, mark
        )
