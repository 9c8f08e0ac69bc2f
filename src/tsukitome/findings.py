"""The answer, before anyone draws it: candidates with their evidence, the narrowing, the coverage, the verdict.

Every number here is explained by the numbers below it: a firm's probability by its awards', an award's by its bits, its
bits by its evidence, and each piece of evidence by what was asked, what was found, and where that is printed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Literal

from tsukitome.awards import Source
from tsukitome.dataclass import dataclass
from tsukitome.language import Language
from tsukitome.wording import Phrase, said

Outcome = Literal["agree", "near", "contradict", "clue_silent", "record_silent"]
Verdict = Literal["identified", "shortlist", "ambiguous", "not_found"]

SCHEMA = "tsukitome/identification/1"


@dataclass(frozen=True, slots=True)
class Weighing:
    """Where the bits of a piece of evidence come from: log2(m / u), times the ``strength`` of the words (0 to 1).

    ``level`` is the row of the weights' table; ``m`` is how often the contract in the news meets it and ``u`` how often any
    other record does, both in this archive; ``met`` of ``of`` awards that are not silent meet it. Evidence that agrees never
    counts below 0, none that contradicts above, and none more than a better level's.
    """

    level: str
    m: float
    u: float
    met: int
    of: int
    strength: float

    @property
    def bits(self) -> float:
        """The bits before these limits."""
        return math.log2(self.m / self.u) * self.strength

    def to_dict(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "m": self.m,
            "u": self.u,
            "met": self.met,
            "of": self.of,
            "strength": self.strength,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one clue says of one award: a match weight in bits, 0 where the clue or the record is silent.

    ``weighing`` says where the bits come from; None where one of them is silent.
    """

    clue: str
    outcome: Outcome
    bits: float
    asked: str | None
    found: str | Phrase | None
    note: Phrase | None = None
    weighing: Weighing | None = None

    def found_in(self, language: Language) -> str | None:
        """What the record prints, or says in the words of a language."""
        return None if self.found is None else said(self.found, language)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "clue": self.clue,
            "outcome": self.outcome,
            "bits": self.bits,
            "asked": self.asked,
            "found": self.found_in(language),
            "note": self.note.say(language) if self.note else None,
            "weighing": self.weighing.to_dict() if self.weighing else None,
        }


@dataclass(frozen=True, slots=True)
class AwardFinding:
    """One award of a candidate: its evidence and every source that prints it. ``bits`` is the sum of the evidence, each piece of
    which may be made when it is first read.
    """

    award_ids: tuple[str, ...]
    title: str
    buyer: str | None
    bits: float
    probability: float
    evidence: Sequence[Evidence]
    sources: tuple[Source, ...]
    members: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        from tsukitome.translation import translate

        return {
            "award_ids": list(self.award_ids),
            "title": self.title,
            "buyer": self.buyer,
            "bits": self.bits,
            "probability": self.probability,
            "members": list(self.members),
            "evidence": [piece.to_dict(language) for piece in self.evidence],
            "sources": [source.to_dict() for source in self.sources],
            "warnings": [translate(warning, language) for warning in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as the records show it. ``names_seen`` are its printed spellings."""

    name: str
    corporate_number: str | None
    addresses: tuple[str, ...]
    names_seen: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "corporate_number": self.corporate_number,
            "addresses": list(self.addresses),
            "names_seen": list(self.names_seen),
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm that may be the contractor, with its awards, the likeliest first; each of them may be made when it is first read.

    ``possibly_same`` names other firms of the answer whose names are alike and which neither number nor address proves
    to be the same. ``further_awards`` is how many less likely awards are not listed, and ``further_probability`` what of the
    firm's probability they make.
    """

    rank: int
    probability: float
    firm: Firm
    awards: Sequence[AwardFinding]
    possibly_same: tuple[str, ...] = ()
    further_awards: int = 0
    further_probability: float = 0.0

    @property
    def other_awards(self) -> int:
        """How many awards it has besides the likeliest, listed or not."""
        return len(self.awards) - 1 + self.further_awards

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The evidence of its likeliest award."""
        return self.awards[0].evidence

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "rank": self.rank,
            "probability": self.probability,
            "firm": self.firm.to_dict(),
            "possibly_same": list(self.possibly_same),
            "awards": [award.to_dict(language) for award in self.awards],
        } | (
            {"further": {"awards": self.further_awards, "probability": self.further_probability}}
            if self.further_awards
            else {}
        )


@dataclass(frozen=True, slots=True)
class NarrowingStep:
    """How many awards are left when every clue so far has to agree or be near; ``silent`` could not be compared."""

    clue: str | None
    quote: str | None
    records: int
    silent: int = 0

    @property
    def step(self) -> str:
        return "all records" if self.clue is None else f"{self.clue} {self.quote}"

    def to_dict(self) -> dict[str, Any]:
        return {"step": self.step, "records": self.records, "silent": self.silent}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched: records and sources, and the span and gaps of their publication.

    ``published_from`` and ``published_to`` run over publication dates, for records without one over award dates; the
    ``statement`` says so. ``decided_months`` are those (``YYYY-MM``) in which any record was awarded or contracted.
    """

    records: int
    awards: int
    sources: int
    published_from: dt.date | None
    published_to: dt.date | None
    gaps: tuple[Phrase, ...]
    statement: Phrase
    decided_months: frozenset[str] = frozenset()

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "records": self.records,
            "awards": self.awards,
            "sources": self.sources,
            "published_from": self.published_from and self.published_from.isoformat(),
            "published_to": self.published_to and self.published_to.isoformat(),
            "gaps": [gap.say(language) for gap in self.gaps],
            "statement": self.statement.say(language),
        }


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed before the evidence: that the data holds the contract at all (``in_data``), how much likelier than by
    chance the clues are of a contract that it lacks (``absent``), over how many (award, supplier) pairs it is spread, and why.
    ``kin`` is the part of ``absent`` that each kind of kin makes: contracts like those that the data holds.
    """

    in_data: float
    absent: float
    alternatives: int
    reasons: tuple[Phrase, ...]
    kin: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "in_data": self.in_data,
            "absent": self.absent,
            "kin": dict(self.kin),
            "alternatives": self.alternatives,
            "reasons": [reason.say(language) for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Replay:
    """What is needed to get the same answer again."""

    version: str
    data_sha256: str
    weights: str
    command: str
    prior: Prior

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "version": self.version,
            "data_sha256": self.data_sha256,
            "weights": self.weights,
            "command": self.command,
            "prior": self.prior.to_dict(language),
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """The whole answer. ``none_probability`` is that of "none of these, or not in the data"."""

    clues: tuple[Mapping[str, Any], ...]
    verdict: Verdict
    verdict_reason: Phrase
    none_probability: float
    rest_probability: float
    candidates: tuple[Candidate, ...]
    narrowing: tuple[NarrowingStep, ...]
    coverage: Coverage
    replay: Replay

    @property
    def best(self) -> Candidate | None:
        """The first candidate, whatever the verdict; None where no firm is listed."""
        return self.candidates[0] if self.candidates else None

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The answer as ``identify --format json`` prints it."""
        return {
            "schema": SCHEMA,
            "clues": [dict(clue) for clue in self.clues],
            "verdict": self.verdict,
            "verdict_reason": self.verdict_reason.say(language),
            "none_probability": self.none_probability,
            "rest_probability": self.rest_probability,
            "candidates": [candidate.to_dict(language) for candidate in self.candidates],
            "narrowing": [step.to_dict() for step in self.narrowing],
            "coverage": self.coverage.to_dict(language),
            "replay": self.replay.to_dict(language),
        }
