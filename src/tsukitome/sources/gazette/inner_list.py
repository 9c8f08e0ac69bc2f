"""Lists inside a field that count with circled numbers too: ``⑥ ①株式会社甲 ②株式会社乙 ⑦ ①1,000,000円 ②2,000,000円``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tsukitome.sources.gazette.layout import Layout
from tsukitome.sources.gazette.legend import CIRCLED, Field, Legend, begins_like

_COUNTING: frozenset[Field] = frozenset({"winner", "price", "reserve"})
_AMOUNT = re.compile(r"[^①-⑳]{0,30}?(?:[0-9],[0-9]{3}|[0-9]{4}|[0-9]円|[0-9]\.[0-9]+円|非公表)")
_ITEM_BEGINNING = 48  # characters looked at behind a marker


def inner_markers(layout: Layout, markers: Sequence[int], end: int, legend: Legend) -> frozenset[int]:
    """Those of the ``markers`` (offsets in the flat text) that count a list inside a winners' or prices' field.

    Such a list begins with ① directly behind the field's own marker, and goes on as long as the numbers rise one by one
    and their texts do not begin as the field of that number does.
    """
    found: set[int] = set()
    for index in range(1, len(markers)):
        first = markers[index]
        field = legend.fields.get(_number(layout, markers[index - 1]))
        if markers[index - 1] in found or markers[index - 1] != first - 1 or field not in _COUNTING:
            continue
        # By index: a copy of the rest would be one for each marker.
        for expected, at in enumerate(range(index, len(markers)), start=1):
            marker = markers[at]
            if _number(layout, marker) != expected or not _is_item(layout, marker, end, field, legend):
                break
            found.add(marker)
    return frozenset(found)


def _is_item(layout: Layout, marker: int, end: int, field: Field, legend: Legend) -> bool:
    text = layout.flat[marker + 1 : min(end, marker + 1 + _ITEM_BEGINNING)]
    if field != "winner":
        return _AMOUNT.match(text) is not None
    own = legend.fields.get(_number(layout, marker))
    return not (own and begins_like(own, text)) and text[:1] not in tuple(CIRCLED)


def _number(layout: Layout, marker: int) -> int:
    return CIRCLED.index(layout.flat[marker]) + 1
