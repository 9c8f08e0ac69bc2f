"""Awards counted and summed under a heading: a year, a buyer, a kind of work, a method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from tsukitome.profile.firm_award import FirmAward


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands under one heading: how many awards, the sum of the ``summed`` of them that print a total (yen, as printed,
    whatever the tax), and apart from them the payments that project reviews list. ``numbers`` are those of both in the profile.
    """

    heading: str | int | None
    awards: int
    summed: int
    total: float
    payments: int
    paid: float
    numbers: tuple[int, ...]

    def to_dict(self, name: str) -> dict[str, Any]:
        return {
            name: self.heading,
            "awards": self.awards,
            "awards_with_total": self.summed,
            "total_yen": self.total,
            "payments": self.payments,
            "paid_yen": self.paid,
            "numbers": list(self.numbers),
        }


def tally(heading: str | int | None, awards: Iterable[FirmAward]) -> Tally:
    """Counts and sums awards under one heading."""
    found = list(awards)
    agreed = [one for one in found if one.basis == "award"]
    paid = [one for one in found if one.basis == "payment"]
    totals = [one.total.yen for one in agreed if one.total]
    return Tally(
        heading,
        len(agreed),
        len(totals),
        sum(totals),
        len(paid),
        sum(one.total.yen for one in paid if one.total),
        tuple(one.number for one in found),
    )


def tallies(
    awards: Iterable[FirmAward],
    headings: Callable[[FirmAward], Iterable[Hashable]],
    shown: Callable[[list[FirmAward], Any], str | int | None] = lambda _, heading: heading,
) -> tuple[Tally, ...]:
    """One tally a heading; an award stands under each of its headings. ``shown`` says how a heading is called."""
    found: dict[Hashable, list[FirmAward]] = defaultdict(list)
    for award in awards:
        for heading in headings(award):
            found[heading].append(award)
    return tuple(tally(shown(members, heading), members) for heading, members in found.items())


def largest_first(found: Iterable[Tally]) -> tuple[Tally, ...]:
    """By sum, then by count."""
    return tuple(sorted(found, key=lambda one: (-(one.total + one.paid), -len(one.numbers), str(one.heading))))
