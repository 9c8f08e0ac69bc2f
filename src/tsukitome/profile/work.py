"""Kinds of work, by the words of a contract's title (``tables/work_kinds.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import jaconv

from tsukitome.language import Language
from tsukitome.normalize.text import fold, squeeze, table


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work: its name in both languages, the words that tell it, and those that speak against it."""

    name: str
    english: str
    words: tuple[str, ...]
    unless: tuple[str, ...]

    def say(self, language: Language) -> str:
        return self.name if language == "ja" else self.english

    @property
    def printed(self) -> tuple[str, ...]:
        """The words as titles may print them: as they are, in half-width kana, and Latin letters in either case and width."""
        return tuple(
            dict.fromkeys(
                form
                for word in self.words
                for case in (word, word.upper())
                for form in (case, jaconv.z2h(case), jaconv.h2z(case, ascii=True))
            )
        )

    def fits(self, title: str) -> bool:
        """Whether a folded title tells of this kind."""
        return any(word in title for word in self.words) and not any(word in title for word in self.unless)


@cache
def work_kinds() -> dict[str, WorkKind]:
    """All kinds by name, in the order of the table."""
    return {
        row["kind"]: WorkKind(
            row["kind"],
            row["english"],
            tuple(map(_folded, row["words"].split())),
            tuple(map(_folded, row["unless"].split())),
        )
        for row in table("work_kinds", "tsukitome.profile")
    }


@lru_cache(maxsize=1 << 16)  # titles come again: every record of a series, and every comparison
def kinds_of(title: str) -> tuple[str, ...]:
    """The kinds of work that a title tells of, in the order of the table; () where none of the words stands in it."""
    folded = _folded(title)
    return tuple(kind.name for kind in work_kinds().values() if kind.fits(folded))


def _folded(text: str) -> str:
    return squeeze(fold(text)).lower()
