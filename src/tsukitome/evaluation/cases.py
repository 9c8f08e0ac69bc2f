"""Made cases: a record of one's own archive behind clues as news would give them, or one that is taken out of it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tsukitome.clues.query import Clues
from tsukitome.errors import ClueError, TsukitomeError
from tsukitome.evaluation.facts import Facts, facts_of
from tsukitome.evaluation.noise import FACETS, statements, words
from tsukitome.evaluation.noise.table import draw, noise_table
from tsukitome.matching.alternatives import Alternative

# What the clues of a case are, stratum by stratum.
STRATA: Mapping[str, tuple[str, ...]] = {
    "place+month": ("ward", "month"),
    "place+month+value": ("ward", "month", "value"),
    "place+month+title": ("ward", "month", "title"),
    "place+month+value+title": ("ward", "month", "value", "title"),
    "all": FACETS,
}


class NoCasesError(TsukitomeError):
    """An archive from which no case can be made."""


@dataclass(frozen=True)
class Case:
    """One contract in the words of news. ``target`` is its index among the alternatives; ``present`` is False where its
    award is to be taken out, and with it ``doubles``: what else the firm was awarded by the buyer on that day at that price,
    since nobody can tell a contract that is printed twice from two. ``said`` are the statements that the oracle knows,
    ``words`` what the matcher is given, and ``unread`` names the clues that were not understood.
    """

    target: int
    present: bool
    said: Mapping[str, Any]
    words: Mapping[str, str]
    clues: Clues
    unread: tuple[str, ...] = ()
    doubles: tuple[int, ...] = ()

    @property
    def out(self) -> tuple[int, ...]:
        """The alternatives whose awards are to be taken out."""
        return () if self.present else (self.target, *self.doubles)


def eligible(alternatives: Sequence[Alternative]) -> dict[int, Facts]:
    """The alternatives that cases are made of, by their index, with their facts."""
    return {index: facts for index, one in enumerate(alternatives) if (facts := facts_of(one)) is not None}


def make_cases(facts: Mapping[int, Facts], count: int, seed: int) -> list[Case]:
    """``count`` cases of the stated share of absent ones, each alternative as likely; the same for the same seed.

    Raises NoCasesError where there is no alternative to make one of.
    """
    if not facts:
        raise NoCasesError(
            "no case can be made: no award in the data has a place, a day, a total and a buyer. Give --data more tables."
        )
    indexes = sorted(facts)
    alike: dict[Any, list[int]] = defaultdict(list)
    for index in indexes:
        alike[facts[index].deal].append(index)
    absent = round(count * noise_table()["absent"])
    made = []
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        target = rng.choice(indexes)
        doubles = tuple(index for index in alike[facts[target].deal] if index != target)
        made.append(_case(target, facts[target], number >= absent, doubles, rng))
    return made


def _case(target: int, facts: Facts, present: bool, doubles: tuple[int, ...], rng: random.Random) -> Case:
    said: dict[str, Any] = {}
    text: dict[str, str] = {}
    for facet in FACETS:
        shares = statements(facet, facts)
        if shares:
            said[facet] = draw(shares, rng)
            text[facet] = words(facet, said[facet], facts, rng)
    clues, unread = _read(text)
    return Case(target, present, said, text, clues, unread, doubles)


def _read(text: Mapping[str, str]) -> tuple[Clues, tuple[str, ...]]:
    """The clues as the matcher reads them; one that it can't read is left out, as its user would."""
    left = dict(text)
    unread: list[str] = []
    while True:
        try:
            return Clues(**left), tuple(unread)
        except ClueError:
            bad = next(name for name in left if _fails(name, left[name]))
            unread.append(bad)
            del left[bad]


def _fails(name: str, text: str) -> bool:
    try:
        Clues(**{name: text})
    except ClueError:
        return True
    return False
