"""What a field prints where there is nothing to print: 不調, 該当なし, 非公表, a dash (``tables/gazette_void.csv``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.vocabulary import vocabulary


@cache
def _void(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in vocabulary("gazette_void") if row["kind"] == kind))


def is_void(kind: Literal["winner", "price"], printed: str) -> bool:
    """Whether a text says that there is no winner, or that the price is not given."""
    bare = squeeze(fold(printed)).strip("()[]「」。、・ ")
    return bool(bare) and _void(kind).fullmatch(bare) is not None
