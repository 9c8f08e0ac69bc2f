"""The record of the firm that is checked: its awards in all loaded data, by year and by buyer."""

from __future__ import annotations

from collections.abc import Iterable

from tsukitome.api import Archive
from tsukitome.checks import Subject
from tsukitome.errors import ClueError
from tsukitome.findings import Candidate
from tsukitome.normalize.address import address_key
from tsukitome.normalize.place import municipality_of
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.profile import Entry, NotOneFirmError, Profile
from tsukitome.profile.tally import Tally
from tsukitome.reporting.report.dossier import FirmRecord, FirmRow, FirmSum


def firm_record(archive: Archive, subject: Subject, candidate: Candidate) -> FirmRecord | None:
    """What the records tell of a candidate; None where its name fits several firms and neither number nor address decides."""
    profile = _profile(archive, candidate)
    if profile is None:
        return None
    return FirmRecord(
        rows=tuple(_row(one, subject) for one in profile.awards),
        by_fiscal_year=_sums(profile.by_fiscal_year),
        by_buyer=_sums(profile.by_buyer),
        by_name_only=profile.entry.identity == "name_only",
        command=profile.replay.command,
    )


def _profile(archive: Archive, candidate: Candidate) -> Profile | None:
    asked = candidate.firm.corporate_number or candidate.firm.name
    try:
        return archive.firm(asked)
    except ClueError:
        return None
    except NotOneFirmError as error:
        picks = [entry.pick for entry in error.firms.entries if _is(entry, candidate)]
        return archive.firm(asked, pick=picks[0]) if len(picks) == 1 else None


def _is(entry: Entry, candidate: Candidate) -> bool:
    """Whether an entry is the candidate, by its number, else by a common address."""
    if entry.corporate_number and candidate.firm.corporate_number:
        return entry.corporate_number == candidate.firm.corporate_number
    return bool(_places(entry.addresses) & _places(candidate.firm.addresses))


def _places(addresses: Iterable[str]) -> set[object]:
    """Addresses as keys; one that is not understood is no reason to take two firms for one."""
    found = ((address, municipality_of(address)) for address in addresses)
    return {key for address, place in found if place and (key := address_key(address, place.code))}


def _row(one: FirmAward, subject: Subject) -> FirmRow:
    total = one.total
    return FirmRow(
        day=one.day,
        title=one.title,
        buyer=one.award.buyer,
        role=one.role,
        total=total.shown if total else None,
        yen=total.yen if total else None,
        source=one.sources[0],
        is_subject=bool(set(one.award.award_ids) & set(subject.award_ids)),
    )


def _sums(tallies: Iterable[Tally]) -> tuple[FirmSum, ...]:
    return tuple(FirmSum(str(one.heading or "–"), one.awards, one.summed, one.total) for one in tallies)
