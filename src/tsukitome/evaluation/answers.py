"""What somebody answers to a case: where the right answer stands, and how probable it and the first one are held to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.findings import Verdict

_PLACES = 12  # probabilities that are equal to so many places are a tie
_FLOOR = 1e-12  # below this nobody can be measured


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one case.

    ``better`` firms stand before the right one and ``tied`` are as good, itself included; None for both where it is not
    listed or the award is absent. ``right`` is the probability given to the right answer (for an absent award: to none of
    these), ``first`` that of the first firm, ``first_right`` how often the first is the right one, ties broken by lot. For
    an absent award no firm is right; ``first_did_it`` says how often the first is nevertheless the firm that was awarded it,
    known from other contracts.
    """

    present: bool
    better: int | None = None
    tied: int | None = None
    right: float | None = None
    first: float | None = None
    first_right: float = 0.0
    first_did_it: float = 0.0
    verdict: Verdict | None = None


def ranked(scores: NDArray[Any], own: float) -> tuple[int, int]:
    """How many of the scores are better than ``own``, which is one of them, and how many as good, itself included."""
    rounded, own = np.round(scores, _PLACES), np.round(own, _PLACES)
    return int((rounded > own).sum()), int((rounded == own).sum())


def believed(firms: NDArray[Any], none: float, firm: int, *, present: bool, verdict: Verdict | None = None) -> Answer:
    """The answer that gives each firm, by its number, its probability (0: it is none of the alternatives); ``firm`` was awarded
    the contract, whose award may be absent.
    """
    listed = firms[firms > 0]
    better, tied = ranked(listed, firms[firm]) if firms[firm] > 0 else (None, None)
    leads = 1 / tied if tied and better == 0 else 0.0
    return Answer(
        present=present,
        better=better if present else None,
        tied=tied if present else None,
        right=max(float(firms[firm]) if present else none, _FLOOR),
        first=float(listed.max(initial=0.0)),
        first_right=leads if present else 0.0,
        first_did_it=leads,
        verdict=verdict,
    )


def listed(scores: Mapping[int, float], right: int | None) -> Answer:
    """The answer that only ranks firms, by scores; ``right`` is None where no firm is."""
    if right is None or right not in scores:
        return Answer(right is not None)
    better, tied = ranked(np.array(list(scores.values())), scores[right])
    return Answer(True, better, tied, first_right=1 / tied if better == 0 else 0.0)
