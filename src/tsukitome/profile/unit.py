"""The unit of a unit price, where it is printed: 1,500円／時間, 1件につき10円, 350円/台."""

from __future__ import annotations

import re

from tsukitome.normalize.text import fold, squeeze

# 円／時間, 円/1台, /回他
_BEHIND = re.compile(r"[/](?:1|一)?(?P<unit>[^\W\d_]{1,4})")
# 1件につき10円, 1人当たり, 時間あたり
_BEFORE = re.compile(r"(?:1|一)?(?P<unit>[^\W\d_円]{1,4}?)(?:につき|当たり|当り|あたり)")
# 月額1,207,500, 日額
_PERIOD = re.compile(r"(?P<unit>月|日|年)額")
_REST = re.compile(r"(?:ほか|他|単位|等|以下|税別|税込).*$")


def unit_of(quote: str) -> str | None:
    """The unit that a printed unit price is for (``時間``, ``件``, ``台``); None where none is printed.

    >>> unit_of("単価60,000円／時間")
    '時間'
    """
    text = squeeze(fold(quote)).lower()
    match = _BEFORE.search(text) or _BEHIND.search(text) or _PERIOD.search(text)
    if match is None:
        return None
    return _REST.sub("", match["unit"]) or None
