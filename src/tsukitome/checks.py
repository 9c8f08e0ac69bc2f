"""The check of a case, before anyone draws it: each statement beside the record that prints it, and what it can't carry.

Every number points at a quotation: :class:`Printed` is a place in a source and the words that stand there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tsukitome.awards import Source
from tsukitome.case import Stage
from tsukitome.findings import Verdict
from tsukitome.language import Language
from tsukitome.wording import Phrase, said

SCHEMA = "tsukitome/check/1"

ClaimOutcome = Literal["supported", "contradicted", "not_comparable", "not_found"]
CalculationOutcome = Literal["agrees", "differs", "calculated"]
Weight = Literal["settled", "open", "warning"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A source and, where its quotation holds them, the span [start, end) of the words that count."""

    source: Source
    start: int | None = None
    end: int | None = None

    @property
    def words(self) -> str | None:
        """The words that count, as printed on one line."""
        return None if self.start is None else " ".join(self.source.quote[self.start : self.end].split())

    def to_dict(self) -> dict[str, Any]:
        return self.source.to_dict() | {"words": self.words}


@dataclass(frozen=True, slots=True)
class Subject:
    """The firm and award that are checked: what a person confirmed, else the first candidate. ``stage`` is the decision's."""

    firm: str
    corporate_number: str | None
    rank: int
    probability: float
    award_ids: tuple[str, ...]
    title: str
    buyer: str | None
    stage: Stage | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "firm": self.firm,
            "corporate_number": self.corporate_number,
            "rank": self.rank,
            "probability": self.probability,
            "award_ids": list(self.award_ids),
            "title": self.title,
            "buyer": self.buyer,
            "stage": self.stage,
        }


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """One statement held against the record. ``near`` says that it is supported only nearly.

    ``says`` are the words that were held, ``start`` and ``end`` where the article has them (code points).
    """

    name: str | None
    text: str
    says: str
    outcome: ClaimOutcome
    near: bool = False
    found: str | Phrase | None = None
    note: Phrase | None = None
    printed: Printed | None = None
    article: str | None = None
    start: int | None = None
    end: int | None = None
    rating: str | None = None
    rated_by: str | None = None

    def found_in(self, language: Language) -> str | None:
        """What the record prints, or says in the words of a language."""
        return None if self.found is None else said(self.found, language)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "clue": self.name,
            "text": self.text,
            "says": self.says,
            "article": self.article,
            "start": self.start,
            "end": self.end,
            "outcome": self.outcome,
            "near": self.near,
            "found": self.found_in(language),
            "note": self.note.say(language) if self.note else None,
            "record": self.printed.to_dict() if self.printed else None,
            "rating": self.rating,
            "rated_by": self.rated_by,
        }


@dataclass(frozen=True, slots=True)
class Lag:
    """How long after the award the records of one kind were published, in days."""

    kind: str
    records: int
    shortest: int
    median: int
    longest: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "records": self.records,
            "shortest": self.shortest,
            "median": self.median,
            "longest": self.longest,
        }


@dataclass(frozen=True, slots=True)
class CoverageCheck:
    """What was searched, how long publication takes, and whether it may be said that a hit is the only one."""

    searched: Phrase
    gaps: tuple[Phrase, ...]
    lags: tuple[Lag, ...]
    only_hit: bool
    statement: Phrase
    reasons: tuple[Phrase, ...]

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "searched": self.searched.say(language),
            "gaps": [gap.say(language) for gap in self.gaps],
            "publication_lag_days": [lag.to_dict() for lag in self.lags],
            "only_hit": {
                "stated": self.only_hit,
                "statement": self.statement.say(language),
                "reasons": [reason.say(language) for reason in self.reasons],
            },
        }


@dataclass(frozen=True, slots=True)
class Origin:
    """Sources that go back to one speaker, and so count once."""

    name: str | Phrase
    members: tuple[str | Phrase, ...]

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {"name": said(self.name, language), "members": [said(member, language) for member in self.members]}


@dataclass(frozen=True, slots=True)
class Variation:
    """The ranking when one clue is dropped (``clue``), or when all weights are halved (``clue`` is None)."""

    clue: str | None
    quote: str | None
    first: str | None
    probability: float
    none: float
    verdict: Verdict
    same_first: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "variation": "halved" if self.clue is None else f"without {self.clue}",
            "dropped": self.clue,
            "first": self.first,
            "probability": self.probability,
            "none_probability": self.none,
            "verdict": self.verdict,
            "same_first": self.same_first,
        }


@dataclass(frozen=True, slots=True)
class Separation:
    """A fact that would tell the first candidate from the second: ``bits`` is by how much, if it is the first's."""

    clue: str
    asked: bool
    first: str
    second: str | None
    bits: float

    def to_dict(self) -> dict[str, Any]:
        return {
            "clue": self.clue,
            "asked": self.asked,
            "first": self.first,
            "second": self.second,
            "bits": self.bits,
        }


@dataclass(frozen=True, slots=True)
class Calculation:
    """A sum that anyone can do again: ``expression`` = ``result`` (None where the expression is a comparison), beside what is
    ``printed``.
    """

    what: Phrase
    expression: str
    result: str | None
    printed: str | None
    outcome: CalculationOutcome
    note: Phrase | None = None
    sources: tuple[Printed, ...] = ()

    @property
    def equation(self) -> str:
        """The sum as it is written down."""
        return self.expression if self.result is None else f"{self.expression} = {self.result}"

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "what": self.what.say(language),
            "expression": self.expression,
            "result": self.result,
            "printed": self.printed,
            "outcome": self.outcome,
            "note": self.note.say(language) if self.note else None,
            "records": [source.to_dict() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class IdentityFact:
    """What is known of who the firm is: settled, open (somebody has to find out), or a warning."""

    weight: Weight
    sentence: Phrase

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {"weight": self.weight, "sentence": self.sentence.say(language)}


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where to look next: what, where, and what it would settle. ``draft`` is a letter to send."""

    what: Phrase
    where: tuple[str, ...]
    settles: Phrase
    draft: str | None = None

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "what": self.what.say(language),
            "where": list(self.where),
            "settles": self.settles.say(language),
            "draft": self.draft,
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was under the lock ``since``; ``answer_changed`` is whether anybody who relied on it has to look."""

    since: str
    answer_changed: bool
    what: tuple[Phrase, ...]

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "since": self.since,
            "answer_changed": self.answer_changed,
            "what": [change.say(language) for change in self.what],
        }


@dataclass(frozen=True, slots=True)
class Check:
    """The whole check of a case. ``warnings`` are what no longer holds of the case itself."""

    case: str
    verdict: Verdict
    verdict_reason: Phrase
    none_probability: float
    subject: Subject | None
    claims: tuple[ClaimFinding, ...]
    coverage: CoverageCheck
    origins: tuple[Origin, ...]
    independence: Phrase
    sensitivity: tuple[Variation, ...]
    robustness: Phrase
    separation: tuple[Separation, ...]
    first: str | None
    separated_from: str | None
    arithmetic: tuple[Calculation, ...]
    identity: tuple[IdentityFact, ...]
    next_steps: tuple[NextStep, ...]
    warnings: tuple[Phrase, ...] = ()
    changes: Changes | None = None

    def count(self, outcome: ClaimOutcome) -> int:
        """How many claims came to an outcome."""
        return sum(claim.outcome == outcome for claim in self.claims)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The check as ``tsukitome check --format json`` prints it."""
        return {
            "schema": SCHEMA,
            "case": self.case,
            "verdict": self.verdict,
            "verdict_reason": self.verdict_reason.say(language),
            "none_probability": self.none_probability,
            "subject": self.subject.to_dict() if self.subject else None,
            "warnings": [warning.say(language) for warning in self.warnings],
            "claims": [claim.to_dict(language) for claim in self.claims],
            "coverage": self.coverage.to_dict(language),
            "independence": {
                "statement": self.independence.say(language),
                "origins": [origin.to_dict(language) for origin in self.origins],
            },
            "sensitivity": {
                "statement": self.robustness.say(language),
                "variations": [variation.to_dict() for variation in self.sensitivity],
            },
            "separation": {
                "first": self.first,
                "second": self.separated_from,
                "facts": [fact.to_dict() for fact in self.separation],
            },
            "arithmetic": [calculation.to_dict(language) for calculation in self.arithmetic],
            "identity": [fact.to_dict(language) for fact in self.identity],
            "next": [step.to_dict(language) for step in self.next_steps],
            "changes": self.changes.to_dict(language) if self.changes else None,
        }
