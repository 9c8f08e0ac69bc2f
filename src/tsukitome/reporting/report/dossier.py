"""All that a report shows, gathered and, where wanted, masked before anything is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tsukitome.archive.coverage import CoverageRow
from tsukitome.awards import Award, Source, SupplierRole
from tsukitome.case import Case
from tsukitome.checks import Check, Printed
from tsukitome.findings import Candidate, Findings
from tsukitome.reporting.masking import Mask

IN_FULL = 3  # candidates whose evidence and quotations are drawn; all others stand in the tables


@dataclass(frozen=True, slots=True)
class RowPicture:
    """A picture of a record's row as a data URI, or, where there is none, the name of the sentence that says why."""

    source: Source
    uri: str | None
    width: int = 0
    height: int = 0
    why_not: str | None = None
    painted: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read, with its hash."""

    file: str
    kind: str | None
    sha256: str
    records: int


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One award of the firm: its role in it, its own total as printed (None where there is none), and where it stands."""

    day: dt.date | None
    title: str
    buyer: str | None
    role: SupplierRole
    total: str | None
    yen: int | float | None
    source: Source
    is_subject: bool


@dataclass(frozen=True, slots=True)
class FirmSum:
    """What the firm was awarded in a fiscal year or by a buyer: awards, those of them with a total, and the sum of these."""

    of: str
    awards: int
    awards_with_total: int
    total_yen: int | float


@dataclass(frozen=True, slots=True)
class FirmRecord:
    """What all loaded records tell of the firm that is checked, the newest award first; ``command`` gives its whole profile."""

    rows: tuple[FirmRow, ...]
    by_fiscal_year: tuple[FirmSum, ...]
    by_buyer: tuple[FirmSum, ...]
    by_name_only: bool
    command: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with its answer and its check.

    ``quotations`` are, by candidate's rank and clue, the record that prints what was found, ``repeated`` the same facts in every
    record that prints them; ``pictures`` are by award_id;
    ``texts`` are the articles' by id; ``records`` are those of the candidates' awards; ``masked`` is whether names are hidden.
    """

    case: Case
    found: Findings
    check: Check
    texts: Mapping[str, str]
    records: Mapping[str, Award]
    quotations: Mapping[int, Mapping[str, Printed]]
    repeated: tuple[Printed, ...]
    pictures: Mapping[str, RowPicture]
    coverage_rows: tuple[CoverageRow, ...]
    files: tuple[SourceFile, ...]
    case_sha256: str
    firm: FirmRecord | None = None
    command: str = ""
    masked: bool = False

    def in_full(self) -> tuple[Candidate, ...]:
        """The candidates that are drawn with all evidence: the subject, and the first few."""
        rank = self.check.subject.rank if self.check.subject else 1
        first = [one for one in self.found.candidates if one.rank <= IN_FULL or one.rank == rank]
        return tuple(first)

    def sources(self) -> Iterator[Source]:
        """Every source that the report quotes, once."""
        seen = set()
        for candidate in self.in_full():
            for source in candidate.awards[0].sources:
                if source not in seen:
                    seen.add(source)
                    yield source


def masked(dossier: Dossier) -> Dossier:
    """The dossier with every sole proprietor hidden; a picture that would show one is left out."""
    mask = Mask.of(dossier.records.values())
    if not mask:
        return dossier
    pictures = {
        id: RowPicture(one.source, None, why_not="picture_masked") if mask.hides(one.source.quote) else one
        for id, one in dossier.pictures.items()
    }
    return mask.apply(
        Dossier(
            **{name: getattr(dossier, name) for name in Dossier.__slots__ if name not in ("pictures", "masked")},
            pictures=pictures,
            masked=True,
        )
    )
