"""The answer as it is shown: candidates, each with its awards, their evidence and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from tsukitome.archive.firms import name_keys
from tsukitome.clues.query import CLUE_NAMES
from tsukitome.clues.title import TitleReading
from tsukitome.dataclass import dataclass
from tsukitome.findings import AwardFinding, Candidate, Evidence, Firm
from tsukitome.later import Later
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.title import common_parts
from tsukitome.matching.compare.value import show
from tsukitome.matching.probability import weighted_sum
from tsukitome.matching.scoring import WeighedClue
from tsukitome.wording import Phrase, phrase

NEGLIGIBLE = 1e-9  # a firm less probable than this is not listed
# Of a firm's awards those are shown, from the likeliest down, without which it would be less probable by this, at most so many.
_TELLING, _MOST = 1e-7, 20


@dataclass(frozen=True)
class Shown:
    """An alternative that is shown: its bits and probability, the clues ``asked``, and how each of them compares with it."""

    alternative: Alternative
    bits: float
    probability: float
    asked: Collection[str]
    compared: Callable[[str], tuple[WeighedClue, Comparison]]


class Chances:
    """The probabilities of a firm's alternatives, the likeliest first: each value with how often it stands there."""

    def __init__(self, values: Sequence[float], times: Sequence[int]) -> None:
        """``values`` from the largest down."""
        self.values, self.times = values, times
        self.total = weighted_sum(values, times)

    @classmethod
    def of(cls, each: Iterable[float]) -> Chances:
        """The chances of alternatives one by one, from the largest down."""
        runs = [(value, sum(1 for _ in run)) for value, run in groupby(each)]
        return cls([value for value, _ in runs], [times for _, times in runs])

    def shown(self) -> list[float]:
        """Those of the alternatives that are shown."""
        left, found = self.total, list[float]()
        for value, times in zip(self.values, self.times, strict=True):
            for _ in range(times):
                if found and (len(found) == _MOST or left < _TELLING or value < _TELLING):
                    return found
                left -= value
                found.append(value)
        return found

    def behind(self, shown: int) -> tuple[int, float]:
        """How many more alternatives there are behind those shown that are not negligible, and what they come to."""
        values, times = [], []
        for value, often in zip(self.values, self.times, strict=True):
            over = min(shown, often)
            shown -= over
            if value >= NEGLIGIBLE:
                values.append(value)
                times.append(often - over)
        return sum(times), weighted_sum(values, times)


def candidate(rank: int, firm: Firm, chances: Chances, alternatives: Sequence[Shown]) -> Candidate:
    """A firm with what is shown of its alternatives, each explained when it is looked at; ``chances`` are those of all of them."""
    further, probability = chances.behind(len(alternatives))
    return Candidate(
        rank,
        chances.total,
        firm,
        Later(len(alternatives), lambda place: _finding(alternatives[place])),
        further_awards=further,
        further_probability=probability,
    )


def _finding(shown: Shown) -> AwardFinding:
    award = shown.alternative.award
    return AwardFinding(
        award_ids=award.award_ids,
        title=award.title,
        buyer=award.buyer,
        bits=shown.bits,
        probability=shown.probability,
        evidence=_evidence(shown),
        sources=tuple(record.source for record in award.records),
        members=tuple(member.name for member in shown.alternative.members),
        warnings=tuple(warning for record in award.records for warning in record.warnings),
    )


def _evidence(shown: Shown) -> Sequence[Evidence]:
    """The evidence of every clue: first what was asked, then, without weight, what the record says that was not asked."""
    asked = [name for name in CLUE_NAMES if name in shown.asked]
    silent = [(name, said) for name, said in _SAID if name not in shown.asked]

    def piece(place: int) -> Evidence:
        if place >= len(asked):
            name, said = silent[place - len(asked)]
            return Evidence(name, "clue_silent", 0.0, None, said(shown.alternative))
        weighed, comparison = shown.compared(asked[place])
        found = weighed.evidence(comparison)
        return _explained(found, weighed) if asked[place] == "title" else found

    return Later(len(asked) + len(silent), piece)


def _day_said(alternative: Alternative) -> Phrase | None:
    dates = alternative.award.dates
    return next(
        (phrase(f"date_{kind}", day=day) for kind in ("award", "contract", "notice") for day in dates.get(kind, ())),
        None,
    )


def _method_said(alternative: Alternative) -> str | None:
    return next((r.procurement_method_details for r in alternative.award.records if r.procurement_method), None)


# What a record says of what was not asked.
_SAID: tuple[tuple[str, Callable[[Alternative], str | Phrase | None]], ...] = (
    ("buyer", lambda alternative: alternative.award.buyer),
    ("month", _day_said),
    ("ward", lambda alternative: alternative.supplier.address),
    ("method", _method_said),
    ("title", lambda alternative: alternative.award.title),
    ("value", lambda alternative: show(alternative.amounts)),
)


def _explained(piece: Evidence, weighed: WeighedClue) -> Evidence:
    """A title's evidence with the words in which the two titles agree."""
    assert isinstance(weighed.clue.reading, TitleReading)
    if piece.outcome not in ("agree", "near") or not isinstance(piece.found, str) or piece.note is None:
        return piece
    parts = common_parts(weighed.clue.reading.text, piece.found)
    note = phrase("title_common", similarity=piece.note, parts=parts)
    return replace(piece, note=note)


def with_like_names(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Each candidate with the others whose names are alike, so that nobody takes one for the other."""
    keys = [name_keys(candidate.firm.name) for candidate in candidates]
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(keys):
        for key in sorted(found):
            bearers[key].append(index)
    marked = []
    for index, candidate in enumerate(candidates):
        like = sorted({other for key in keys[index] for other in bearers[key]} - {index})
        marked.append(replace(candidate, possibly_same=tuple(_with_address(candidates[other].firm) for other in like)))
    return tuple(marked)


def _with_address(firm: Firm) -> str:
    return f"{firm.name} ({firm.addresses[0]})" if firm.addresses else firm.name
