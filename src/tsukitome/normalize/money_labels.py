"""What the words beside an amount say of its role: a label before it, an aside behind it (``tables/money_labels.csv``).

Works on folded text only (:func:`tsukitome.normalize.text.fold`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tsukitome.normalize.tax import tax_of
from tsukitome.normalize.text import table

OTHERS = r"(?:ほか|他|外(?!税)|等)"  # behind a price per unit: there are more of them
_LABEL_REACH = 24  # characters other than white space before an amount in which its label may stand
_ONLY_FILLER = re.compile(r"[\s:はがを、=約計額金()\[\]【】「」¥\\@・…-]*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label before an amount, and where it starts in the text before it."""

    start: int
    role: str
    total: bool
    adjacent: bool  # nothing but filler between it and the amount: it marks a plain number as money
    near: bool  # on the way to the amount there is at most an aside: it belongs into the quote


@lru_cache(maxsize=1 << 12)
def label_before(before: str) -> Label | None:
    """The label that ends nearest before the amount; of two that end together, the longer."""
    best: tuple[int, int, str, bool] | None = None
    for pattern, role, total in _labels_in(before):
        for match in pattern.finditer(before):
            if best is None or match.end() > best[0] or (match.end() == best[0] and match.start() < best[1]):
                best = (match.end(), match.start(), role, total)
    if best is None:
        return None
    gap = before[best[0] :]
    if len(re.sub(r"\s", "", gap)) > _LABEL_REACH or re.search(r"[。\n].*[一-鿿]", gap, re.S):
        return None
    adjacent = _ONLY_FILLER.fullmatch(gap) is not None
    return Label(best[1], best[2], best[3], adjacent, adjacent or len(gap) <= 12)


@lru_cache(maxsize=1 << 10)
def total_said_aside(aside: str) -> str | None:
    """The role of a total that an aside gives the amount before it."""
    for pattern, role, total in _labels_in(aside):
        if total and role.endswith("_total") and pattern.search(aside):
            return role
    return None


@lru_cache(maxsize=1 << 10)
def said_aside(aside: str) -> str | None:
    """The role that an aside in parentheses gives the amount before it, "" if it only tells of tax, None if of neither."""
    if re.search(rf"\(\s*{OTHERS}", aside):
        return "unit_price"
    for pattern, role, _ in _labels_in(aside):
        if pattern.search(aside):
            return role
    return "" if tax_of(aside) else None


@cache
def _labels() -> tuple[tuple[str, str, str, bool], ...]:
    """(word, what must not stand behind it, role, is it a word of totals), longest word first."""
    rows = sorted((row for row in table("money_labels") if row["role"] != "part"), key=lambda row: -len(row["word"]))
    return tuple((row["word"], row["unless"], row["role"], bool(row["total"])) for row in rows)


def _labels_in(text: str) -> list[tuple[re.Pattern[str], str, bool]]:
    """(pattern, role, is it a word of totals) of the labels whose words stand in a text, longest word first."""
    if not _any_label().search(text):
        return []
    bare = "".join(text.split())
    return [(_label(word, unless), role, total) for word, unless, role, total in _labels() if word in bare]


@cache
def _label(word: str, unless: str) -> re.Pattern[str]:
    """A label in a text; white space may stand inside its word."""
    return re.compile(r"\s*".join(map(re.escape, word)) + unless)


@cache
def _any_label() -> re.Pattern[str]:
    """Finds every text that holds a label, and few others: most hold none, and are told so by one search."""
    words = sorted({row["word"] for row in table("money_labels")})
    return re.compile("|".join(r"\s*".join(map(re.escape, word)) for word in words))
