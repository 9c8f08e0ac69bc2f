"""Asides in a supplier's cell: what the firm was called before (旧社名：…), mergers and moves, how it stands (一者応札)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tsukitome.sources.supplier_address import has_form
from tsukitome.sources.vocabulary import vocabulary

_INSIDE = r"(?:[^()]|\([^()]*\))*"


@cache
def _words(*places: str) -> str:
    words = (row["word"] for row in vocabulary("supplier_asides") if row["place"] in places)
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile(rf"{_words('first', 'within', 'firm')}|[(【](?:{_words('whole')})[)】]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A parenthesis that may hold such an aside, and a line below others that does."""
    first, within, whole = _words("first", "firm"), _words("within"), _words("whole")
    return (
        re.compile(
            rf"[ \u3000\n]*(?:\([※*\s]*(?:(?P<first>{first}){_INSIDE}|{_INSIDE}(?:{within}){_INSIDE})\)|[(【](?:{whole})[)】])"
        ),
        re.compile(
            rf"\n[^\n]*(?:{within})[^\n]*|\n[※*]\s*(?:{_words('first')})[^\n]*"
            rf"|\n(?:{_words('first')})(?:(?<=:)|[^\n:]{{0,6}}:)[^\n]*"
        ),
    )


def without_asides(text: str) -> tuple[str, tuple[str, ...]]:
    """A folded cell without such asides, and these. A cell of nothing else stays as it is."""
    return _without_asides(text) if _any_word().search(text) else (text, ())


@lru_cache(maxsize=1 << 10)
def _without_asides(text: str) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []

    def cut(match: re.Match[str]) -> str:
        if match.groupdict().get("first") in _words("firm").split("|") and not has_form(match.group()):
            return match.group()  # (旧居留地支店)
        found.append(match.group().strip())
        return ""

    left = text
    for pattern in _patterns():
        left = pattern.sub(cut, left)
    return (left, tuple(found)) if left.strip() else (text, ())
