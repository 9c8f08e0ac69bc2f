"""The answer as it is shown: candidates, each with its awards, their evidence and sources."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tsukitome.archive.firms import name_keys
from tsukitome.clues.query import CLUE_NAMES
from tsukitome.clues.title import TitleReading
from tsukitome.findings import AwardFinding, Candidate, Evidence, Firm
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.title import common_parts
from tsukitome.matching.compare.value import show
from tsukitome.matching.scoring import WeighedClue
from tsukitome.wording import Phrase, phrase

NEGLIGIBLE = 1e-9  # a firm less probable than this is not listed
# Of a firm's awards those are shown, from the likeliest down, without which it would be less probable by this, at most so many.
_TELLING, _MOST = 1e-7, 20


@dataclass(frozen=True)
class Shown:
    """An alternative that is shown: its bits and probability, and how each clue asked compares with it."""

    alternative: Alternative
    bits: float
    probability: float
    compared: Mapping[str, tuple[WeighedClue, Comparison]]


def how_many_shown(each: Sequence[float]) -> int:
    """How many of a firm's alternatives are shown; ``each`` is their probability, the likeliest first."""
    left, count = math.fsum(each), 0
    while count == 0 or (count < min(_MOST, len(each)) and left >= _TELLING and each[count] >= _TELLING):
        left -= each[count]
        count += 1
    return count


def candidate(rank: int, firm: Firm, each: Sequence[float], alternatives: Sequence[Shown]) -> Candidate:
    """A firm with what is shown of its alternatives; ``each`` is the probability of all of them, the likeliest first."""
    further = [probability for probability in each[len(alternatives) :] if probability >= NEGLIGIBLE]
    return Candidate(
        rank,
        math.fsum(each),
        firm,
        tuple(_finding(shown) for shown in alternatives),
        further_awards=len(further),
        further_probability=math.fsum(further),
    )


def _finding(shown: Shown) -> AwardFinding:
    award = shown.alternative.award
    return AwardFinding(
        award_ids=award.award_ids,
        title=award.title,
        buyer=award.buyer,
        bits=shown.bits,
        probability=shown.probability,
        evidence=_evidence(shown.alternative, shown.compared),
        sources=tuple(record.source for record in award.records),
        members=tuple(member.name for member in shown.alternative.members),
        warnings=tuple(warning for record in award.records for warning in record.warnings),
    )


def _evidence(alternative: Alternative, compared: Mapping[str, tuple[WeighedClue, Comparison]]) -> tuple[Evidence, ...]:
    """The evidence of every clue: first what was asked, then, without weight, what the record says that was not asked."""
    pieces = []
    for name in CLUE_NAMES:
        if name in compared:
            weighed, comparison = compared[name]
            piece = weighed.evidence(comparison)
            pieces.append(_explained(piece, weighed) if name == "title" else piece)
    pieces += [
        Evidence(name, "clue_silent", 0.0, None, said(alternative)) for name, said in _SAID if name not in compared
    ]
    return tuple(pieces)


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
