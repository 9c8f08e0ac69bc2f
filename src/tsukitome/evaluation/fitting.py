"""Weights fitted to made cases: how often each level is met by the contract in the news, how often by mere kin of it, and how
likely each level makes a clue.

With the level of the right record known, the maximum-likelihood m of a level is its share of the cases (I. P. Fellegi and
A. B. Sunter, "A Theory for Record Linkage", 1969); the same holds for its kin. The likelihoods of a clue (``likely``) are those
that make the right records likeliest among all (D. McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior",
1974). All are drawn towards a judged table, which speaks for what made cases don't show.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.evaluation.cases import Case
from tsukitome.evaluation.columns import Columns, codes_of
from tsukitome.matching.index.layout import Levels
from tsukitome.matching.kinship import LOT_DAYS
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import KINDS, Kind, Weights

Rows = NDArray[Any]
Watch = Callable[[int], None]
LevelOfCase = tuple[str, Mapping[str, float]]  # the right record's level, and the share of the archive at each


def _tables() -> dict[str, Counter[str]]:
    return defaultdict(Counter)


@dataclass
class Met:
    """How many cases met each level, by the name of its table: of the contract in the news (``right``) and, on average over
    those of a kind, of its ``kin``. ``among`` says for each case what the whole archive met.
    """

    right: dict[str, Counter[str]] = field(default_factory=_tables)
    kin: dict[Kind, dict[str, Counter[str]]] = field(default_factory=lambda: {kind: _tables() for kind in KINDS})
    among: dict[str, list[LevelOfCase]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Met) -> None:
        """Takes in the cases of another archive."""
        for table, counts in other.right.items():
            self.right[table].update(counts)
        for kind in KINDS:
            for table, shares in other.kin[kind].items():
                self.kin[kind][table].update(shares)
        for table, found in other.among.items():
            self.among[table] += found


def levels_met(cases: Iterable[Case], prepared: Prepared, table: Weights, watch: Watch | None = None) -> Met:
    """What the cases met in their archive, every award of it in place; a silent record and a weak clue are not counted.

    ``table`` says which levels there are; ``watch`` is told how many cases are done.
    """
    met = Met()
    columns = Columns.of(prepared)
    for number, case in enumerate(cases):
        if watch:
            watch(number)
        row = int(columns.rows[case.target])
        kin = kin_of_row(columns, row)
        question = columns.ask(case.clues, table)
        for name, asked in question.asked.items():
            if asked.strength() != 1:
                continue
            levels, codes = question.layout.levels[name], codes_of(question.layout, name, question.keys)
            if (right := levels.name(int(codes[row]))) is not None:
                met.right[asked.weights][right] += 1
                met.among[asked.weights].append((right, _shares(codes, levels)))
            for kind, rows in kin.items():
                for level, share in _shares(codes[rows], levels).items():
                    met.kin[kind][asked.weights][level] += share  # type: ignore[assignment]
    return met


def _shares(codes: Rows, levels: Levels) -> dict[str, float]:
    """The share of the records at each level, of those that are not silent."""
    counts = np.bincount(codes, minlength=levels.silent)[1 : levels.silent]
    return {levels.names[place]: count / counts.sum() for place, count in enumerate(counts.tolist()) if count}


def kin_of_row(columns: Columns, row: int) -> dict[Kind, Rows]:
    """The rows that are kin of one: what :func:`~tsukitome.matching.kinship.relation` says of each, at once."""
    same = {name: column == column[row] for name, column in columns.kin.items()}
    day = columns.kin["day"]
    near = (day > 0) & (day[row] > 0) & (np.abs(day - day[row]) <= LOT_DAYS)
    own, customer = same["firm"] & same["title"], same["firm"] & same["buyer"]
    left = columns.award != columns.award[row]
    found: dict[Kind, Rows] = {}
    for kind, rows in (
        ("lot", own & near),
        ("year", own),
        ("peer", same["buyer"] & same["title"]),
        ("series", customer & near & same["stem"]),
        ("batch", customer & near),
        ("work", customer),
        ("office", same["office"] & near & (columns.kin["office"][row] >= 0)),
    ):
        if (rows & left).any():
            found[kind] = np.flatnonzero(rows & left)  # type: ignore[index]
            left &= ~rows
    return found


def fitted(met: Met, judged: Weights, *, share: float = 0.05, imagined: float = 10.0) -> Weights:
    """``judged`` with the figures of each level fitted to what was met.

    They are drawn towards the judged ones by ``imagined`` cases and a ``share`` of all cases besides, so that a level that made
    cases hardly meet is not held to be impossible in news.
    """
    levels = dict(judged.levels)
    for table, counts in met.right.items():
        rows = levels[table]
        start = {name: level.likely for name, level in rows.items() if level.likely is not None}
        if start:
            likely = likelihoods([case for case in met.among[table] if case[0] in start], start, imagined)
            rows = {name: replace(level, likely=likely.get(name)) for name, level in rows.items()}
        if len(start) < len(rows):  # what has likelihoods counts as one level
            judged_m = {name: level.m for name, level in rows.items() if name not in start}
            m = _drawn(
                Counter(name if name in judged_m else "" for name in counts.elements()),
                {"": 1 - math.fsum(judged_m.values())} | judged_m,
                share,
                imagined,
            )
            rows = {name: replace(level, m=m[name]) if name in m else level for name, level in rows.items()}
        kin = {
            kind: _drawn(met.kin[kind][table], {name: row.kin[kind] for name, row in rows.items()}, share, imagined)
            for kind in KINDS
        }
        levels[table] = {
            name: replace(level, kin={kind: kin[kind][name] for kind in KINDS}) for name, level in rows.items()
        }
    return replace(judged, levels=levels)


def _drawn(counts: Mapping[str, float], judged: Mapping[str, float], share: float, imagined: float) -> dict[str, float]:
    """Shares counted and drawn towards the judged ones; levels on another ground than print are not judged here."""
    count = math.fsum(counts.get(name, 0) for name in judged)
    pull = imagined + share * count
    return {name: (counts.get(name, 0) + pull * own) / (count + pull) for name, own in judged.items()}


def likelihoods(met: Sequence[LevelOfCase], start: Mapping[str, float], imagined: float = 4.0) -> dict[str, float]:
    """How likely each level makes a clue, the first of ``start`` being 1.

    ``met`` holds for each case the level of the right record and the share of the archive at each level. Found by gradient
    steps on the logarithms, drawn towards ``start`` by ``imagined`` cases a level: what ten cases in thousands never met is held
    about a thousandth as frequent as they are. No level is likelier than a better one.
    """
    ties = [[name] for name in start]
    while True:
        log = _likeliest(met, start, ties, imagined)
        place = next((at for at, (one, worse) in enumerate(pairwise(ties)) if log[worse[0]] > log[one[0]]), None)
        if place is None:
            return {name: math.exp(value) for name, value in log.items()}
        ties[place : place + 2] = [ties[place] + ties[place + 1]]


def _likeliest(
    met: Sequence[LevelOfCase], start: Mapping[str, float], ties: Sequence[Sequence[str]], imagined: float
) -> dict[str, float]:
    """The logarithms of likelihoods, the levels of each of ``ties`` having one and those of the first 0."""
    best = next(iter(start))
    tie_of = {name: number for number, tie in enumerate(ties) for name in tie}
    towards = [math.fsum(math.log(start[name] / start[best]) for name in tie) / len(tie) for tie in ties]
    log = [value - towards[0] for value in towards]
    right = Counter(tie_of[level] for level, _ in met)
    held = np.zeros((len(met), len(ties)))
    for case, (_, shares) in enumerate(met):
        for name, share in shares.items():
            if name in tie_of:
                held[case, tie_of[name]] += share
    for _ in range(500):
        weights = held * np.exp(log)
        expected = (weights / weights.sum(axis=1, keepdims=True)).sum(axis=0).tolist() if len(met) else [0.0] * len(log)
        for tie in range(1, len(ties)):
            slope = right[tie] - expected[tie] - imagined / 10 * (log[tie] - towards[tie])
            log[tie] += 0.5 * slope / (expected[tie] + imagined)
    return {name: log[tie_of[name]] for name in start}
