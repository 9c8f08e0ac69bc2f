"""The figures of an archive that stand furthest from those of comparable awards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tsukitome.profile.comparables import Comparables, Comparison
from tsukitome.profile.firm_award import FirmAward

SCHEMA = "tsukitome/prices/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """An award with one of its figures beside those of comparable awards."""

    award: FirmAward
    comparison: Comparison

    def to_dict(self) -> dict[str, Any]:
        one = self.award
        return {
            "title": one.title,
            "buyer": one.award.buyer,
            "supplier": one.award.suppliers[one.index].name,
            "date": one.day and one.day.isoformat(),
            "award_ids": list(one.award.award_ids),
            **self.comparison.to_dict(),
            "sources": [source.to_dict() for source in one.sources],
        }


@dataclass(frozen=True)
class Prices:
    """What comparing all awards gave: how many could be compared, how many comparisons there are, and the unusual ones, the
    furthest first. Unusual is a matter of figures; it says nothing of why.
    """

    awards: int
    compared: int
    comparisons: int
    unusual: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "awards": self.awards,
            "compared": self.compared,
            "comparisons": self.comparisons,
            "unusual": [finding.to_dict() for finding in self.unusual],
        }


def compare_all(awards: Iterable[FirmAward]) -> Prices:
    """Every award beside those it can be compared with."""
    known = list(awards)
    comparables = Comparables(known)
    found = [Finding(one, comparison) for one in known for comparison in comparables.of(one)]
    unusual = sorted(
        (finding for finding in found if finding.comparison.position.unusual),
        key=lambda finding: (-abs(finding.comparison.position.score or 0), finding.award.award.award_ids),
    )
    compared = len({(finding.award.award.award_ids, finding.award.index) for finding in found})
    return Prices(len(known), compared, len(found), tuple(unusual))
