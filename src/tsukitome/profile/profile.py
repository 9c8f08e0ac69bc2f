"""A firm's profile, before anyone draws it. Every figure names the awards it is made of, and every award its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tsukitome.awards import Source
from tsukitome.errors import TsukitomeError
from tsukitome.findings import Coverage
from tsukitome.language import Language
from tsukitome.profile.comparables import Comparison
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.tally import Tally
from tsukitome.registrations import Registration

SCHEMA = "tsukitome/firm/1"
# What makes the records those of one firm. By name only they may be those of several.
Identity = Literal["number", "name_and_address", "name_only", "chosen"]
# How a firm was found by what was asked.
FoundBy = Literal["number", "name", "reading", "spelling", "part"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A firm in few words, to choose from or to keep apart: ``pick`` is its place in the list, from 1."""

    pick: int
    name: str
    corporate_number: str | None
    addresses: tuple[str, ...]
    identity: Identity
    records: int
    names_seen: tuple[str, ...]
    source: Source | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "pick": self.pick,
            "name": self.name,
            "corporate_number": self.corporate_number,
            "addresses": list(self.addresses),
            "identity": self.identity,
            "records": self.records,
            "names_seen": list(self.names_seen),
            "source": self.source and self.source.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Seen:
    """A spelling or an address as printed: in how many records, from when to when (awards only), and where first.

    An address stands once, in its most frequent spelling; ``spellings`` has the others. ``registered`` says that it is none of the
    award's but the corporate register's, and may be of another day.
    """

    text: str
    spellings: tuple[str, ...]
    records: int
    first: dt.date | None
    last: dt.date | None
    numbers: tuple[int, ...]
    source: Source
    registered: bool = False

    def to_dict(self, name: str) -> dict[str, Any]:
        return {
            name: self.text,
            "other_spellings": list(self.spellings),
            "from_register": self.registered,
            "records": self.records,
            "from": self.first and self.first.isoformat(),
            "to": self.last and self.last.isoformat(),
            "numbers": list(self.numbers),
            "source": self.source.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Rates:
    """Award rates (fractions) of the awards where one is printed or can be computed."""

    median: float
    lowest: float
    highest: float
    numbers: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "known": len(self.numbers),
            "median": self.median,
            "lowest": self.lowest,
            "highest": self.highest,
            "numbers": list(self.numbers),
        }


@dataclass(frozen=True, slots=True)
class Around:
    """The awards within three months around a matter: its own (``asked``), the one before and the one after; days inclusive.

    ``undated`` is how many awards print no day, and so may or may not fall in it.
    """

    asked: str
    first: dt.date
    last: dt.date
    numbers: tuple[int, ...]
    undated: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "asked": self.asked,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "numbers": list(self.numbers),
            "undated": self.undated,
        }


@dataclass(frozen=True, slots=True)
class Replay:
    """What is needed to get the same profile again."""

    version: str
    data_sha256: str
    command: str

    def to_dict(self) -> dict[str, Any]:
        return {"version": self.version, "data_sha256": self.data_sha256, "command": self.command}


@dataclass(frozen=True, slots=True)
class FirmList:
    """The firms that fit a question when they are not one: none, or several to choose from by ``pick``.

    ``registrations`` are the entries of the corporate register that fit where no record does.
    """

    asked: str
    found_by: FoundBy
    entries: tuple[Entry, ...]
    like_names: tuple[Entry, ...]
    coverage: Coverage
    replay: Replay
    registrations: tuple[Registration, ...] = ()

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "status": "several" if self.entries else "not_found",
            "asked": self.asked,
            "found_by": self.found_by if self.entries else None,
            "firms": [entry.to_dict() for entry in self.entries],
            "like_names": [entry.to_dict() for entry in self.like_names],
            "registrations": [registration_to_dict(one) for one in self.registrations],
            "coverage": self.coverage.to_dict(language),
            "replay": self.replay.to_dict(),
        }


class NotOneFirmError(TsukitomeError):
    """A question that no firm of the records fits, or several; :attr:`firms` lists them."""

    def __init__(self, firms: FirmList) -> None:
        super().__init__(_not_one(firms))
        self.firms = firms


def _not_one(firms: FirmList) -> str:
    if not firms.entries:
        return f"no record names a firm {firms.asked!r}."
    listed = "; ".join(
        f"{entry.pick}: {entry.name}, {entry.corporate_number or ' / '.join(entry.addresses) or 'neither number nor address'}"
        for entry in firms.entries
    )
    return f"{firms.asked!r} fits {len(firms.entries)} firms. Ask with the number, or pick: {listed}"


@dataclass(frozen=True)
class Profile:
    """One firm as the loaded records show it.

    ``awards`` holds all of it, the newest first: what it was awarded, what it won as a member of a joint venture, the tenders
    it lost, and the payments of project reviews. Tallies count what it was awarded itself. ``comparisons`` are its figures beside
    those of comparable awards, by number. ``unproven`` are records of the same name that print neither number nor address: they
    may be this firm's or another's, and are counted nowhere else.
    """

    entry: Entry
    found_by: FoundBy
    asked: str
    names_seen: tuple[Seen, ...]
    addresses: tuple[Seen, ...]
    registrations: tuple[Registration, ...]
    awards: tuple[FirmAward, ...]
    whole: Tally
    by_fiscal_year: tuple[Tally, ...]
    by_buyer: tuple[Tally, ...]
    by_kind_of_work: tuple[Tally, ...]
    by_method: tuple[Tally, ...]
    rates: Rates | None
    one_bidder: tuple[int, ...]
    bidders_known: tuple[int, ...]
    unit_price_contracts: tuple[int, ...]
    around: Around | None
    comparisons: Mapping[int, tuple[Comparison, ...]]
    unproven: tuple[Entry, ...]
    like_names: tuple[Entry, ...]
    coverage: Coverage
    replay: Replay

    def award(self, number: int) -> FirmAward:
        """The award with a number of this profile."""
        return self.awards[number - 1]

    def with_role(self, role: str) -> tuple[int, ...]:
        """The numbers of the awards in which the firm has a role."""
        return tuple(one.number for one in self.awards if one.role == role)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """The profile as ``tsukitome firm --format json`` prints it (docs/firm.md)."""
        return {
            "schema": SCHEMA,
            "status": "profile",
            "asked": self.asked,
            "found_by": self.found_by,
            "firm": self.entry.to_dict(),
            "names_seen": [seen.to_dict("printed") for seen in self.names_seen],
            "addresses": [seen.to_dict("address") for seen in self.addresses],
            "registrations": [registration_to_dict(one) for one in self.registrations],
            "whole": self.whole.to_dict("of"),
            "by_fiscal_year": [one.to_dict("fiscal_year") for one in self.by_fiscal_year],
            "by_buyer": [one.to_dict("buyer") for one in self.by_buyer],
            "by_kind_of_work": [one.to_dict("kind_of_work") for one in self.by_kind_of_work],
            "by_method": [one.to_dict("procurement_method") for one in self.by_method],
            "award_rates": self.rates and self.rates.to_dict(),
            "one_bidder": {"bidders_known": list(self.bidders_known), "numbers": list(self.one_bidder)},
            "unit_price_contracts": list(self.unit_price_contracts),
            "joint_ventures": list(self.with_role("jv_member")),
            "bids_lost": list(self.with_role("bidder")),
            "around": self.around and self.around.to_dict(),
            "awards": [
                one.to_dict(language)
                | {"comparisons": [found.to_dict() for found in self.comparisons.get(one.number, ())]}
                for one in self.awards
            ],
            "unproven": [one.to_dict() for one in self.unproven],
            "like_names": [one.to_dict() for one in self.like_names],
            "coverage": self.coverage.to_dict(language),
            "replay": self.replay.to_dict(),
        }


def registration_to_dict(entry: Registration) -> dict[str, Any]:
    """A row of the corporate register."""
    return {
        "corporate_number": entry.corporate_number,
        "name": entry.name,
        "reading": entry.reading,
        "address": entry.address,
        "municipality_code": entry.municipality_code,
        "changed": entry.changed and entry.changed.isoformat(),
        "closed": entry.closed and entry.closed.isoformat(),
        "close_cause": entry.close_cause,
        "successor": entry.successor,
        "source": {"file": entry.file, "row": entry.row},
    }
