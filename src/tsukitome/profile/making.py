"""A firm's profile made from the archive's records."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from tsukitome.archive.merging import MergedAward, together
from tsukitome.archive.store import Store
from tsukitome.awards import Award, Source
from tsukitome.clues.month import MonthReading
from tsukitome.findings import Coverage
from tsukitome.normalize.address import address_key
from tsukitome.normalize.dates import month_span
from tsukitome.normalize.organization import buyer_key
from tsukitome.profile.asking import FirmQuery
from tsukitome.profile.choosing import Choice, Group, Registrations, choose, joined, registered
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.pool import comparables_of
from tsukitome.profile.profile import Around, Entry, FirmList, NotOneFirmError, Profile, Rates, Replay, Seen
from tsukitome.profile.tally import Tally, largest_first, tallies, tally
from tsukitome.registrations import Registration


def make_profile(
    store: Store,
    group: Group,
    choice: Choice,
    *,
    asked: str,
    around: tuple[str, MonthReading] | None,
    register: Registrations | None,
    coverage: Coverage,
    replay: Replay,
) -> Profile:
    """The profile of one group of a choice; ``around`` is a time in the user's words and as read."""
    awards = _awards(store, group)
    own = [one for one in awards if one.role == "awarded"]
    entries = entries_of(store, [group, *choice.unproven, *choice.like])
    rates = [(one.rate[0], one.number) for one in own if one.rate and one.basis == "award"]
    bidders = [one for one in awards if one.bidders is not None and one.role == "awarded"]
    comparables = comparables_of(store, own)
    return Profile(
        entry=entries[0],
        found_by=choice.found_by,
        asked=asked,
        names_seen=_seen(group, awards, address=False),
        addresses=_seen(group, awards, address=True),
        registrations=_registrations(group, register),
        awards=awards,
        whole=tally(None, own),
        by_fiscal_year=tuple(sorted(_by_year(own), key=lambda one: (one.heading is None, one.heading))),
        by_buyer=largest_first(_by_buyer(own)),
        by_kind_of_work=largest_first(tallies(own, lambda one: one.kinds_of_work or (None,))),
        by_method=largest_first(tallies((one for one in own if one.basis == "award"), lambda one: (one.method,))),
        rates=_rates(rates),
        one_bidder=tuple(one.number for one in bidders if one.bidders == 1),
        bidders_known=tuple(one.number for one in bidders),
        unit_price_contracts=tuple(one.number for one in own if one.unit_prices),
        around=_around(around, own) if around else None,
        comparisons={one.number: found for one in own if (found := comparables.of(one))},
        unproven=entries[1 : 1 + len(choice.unproven)],
        like_names=entries[1 + len(choice.unproven) :],
        coverage=coverage,
        replay=replay,
    )


def ask_firm(
    store: Store,
    query: FirmQuery,
    *,
    pick: Sequence[int] = (),
    around: tuple[str, MonthReading] | None = None,
    register: Registrations | None = None,
    coverage: Coverage,
    replay: Replay,
) -> Profile:
    """The profile of the one firm that fits a question, or of those that ``pick`` (from 1) takes together from the list.

    Raises NotOneFirmError with the list where none fits, or several and none is picked; ValueError for a pick that is not in it.
    """
    choice = choose(store.firms, query, register)
    if wrong := [one for one in pick if not 1 <= one <= len(choice.listed)]:
        raise ValueError(f"pick {wrong[0]} is not in the list, which has {len(choice.listed)}")
    picked = [choice.listed[one - 1] for one in dict.fromkeys(pick)] or list(choice.fitting)
    if len(choice.fitting) != 1 and not pick:
        entries = entries_of(store, [*choice.listed, *choice.like])
        count = len(choice.listed)
        known = () if entries or register is None else registered(register, query)
        listed, like = entries[:count], entries[count:]
        raise NotOneFirmError(FirmList(query.text, choice.found_by, listed, like, coverage, replay, known))
    rest = replace(
        choice,
        unproven=tuple(group for group in choice.unproven if group not in picked),
        like=(*(group for group in choice.fitting if group not in picked), *choice.like),
    )
    return make_profile(
        store,
        joined(picked),
        rest,
        asked=query.text,
        around=around,
        register=register,
        coverage=coverage,
        replay=replay,
    )


def entries_of(store: Store, groups: Sequence[Group]) -> tuple[Entry, ...]:
    """Groups in few words, each with the first of its records as its source; picks count from 1."""
    firsts = {group.appearances[0].award_id for group in groups if group.appearances}
    sources = {award.award_id: award.source for award in store.awards(award_ids=firsts)}
    return tuple(_entry(pick, group, sources) for pick, group in enumerate(groups, 1))


def _entry(pick: int, group: Group, sources: dict[str, Source]) -> Entry:
    names = Counter(name for row in group.rows if (name := row.supplier.name) in group.names)
    printed = {one.printed: None for one in group.appearances}
    addresses = {row.supplier.address: None for row in group.rows if row.supplier.address}
    first = group.appearances[0].award_id if group.appearances else ""
    return Entry(
        pick,
        min(names, key=lambda name: (-names[name], name)),
        group.number,
        tuple(addresses),
        group.identity,
        len({one.award_id for one in group.appearances}),
        tuple(printed),
        sources.get(first),
    )


def _awards(store: Store, group: Group) -> tuple[FirmAward, ...]:
    """Every award in which the firm stands, the newest first; all records of one award are one."""
    settled = store.firms.records_of({one.award for one in group.appearances})
    records: dict[int, list[Award]] = defaultdict(list)
    for record in store.awards(award_ids=settled):
        records[settled[record.award_id]].append(record)
    merged = {award: together(found) for award, found in records.items()}
    places: dict[tuple[int, int], MergedAward] = {}
    for one in group.appearances:
        award = merged[one.award]
        places.setdefault((one.award, award.index_of(one.award_id, one.position)), award)
    unnumbered = [FirmAward(0, award, index) for (_, index), award in places.items()]
    ordered = sorted(unnumbered, key=_newest_first)
    return tuple(FirmAward(number, one.award, one.index) for number, one in enumerate(ordered, 1))


def _newest_first(one: FirmAward) -> tuple[int, int, str]:
    """By day; what is known by its fiscal year only stands at that year's end."""
    if one.day:
        return -one.day.toordinal(), 0, one.award.award_ids[0]
    year = one.fiscal_year
    return (-dt.date(year + 1, 3, 31).toordinal() if year else 0), 1, one.award.award_ids[0]


def _seen(group: Group, awards: Iterable[FirmAward], *, address: bool) -> tuple[Seen, ...]:
    """Each spelling of the name, or each address, with the records that print it; names by frequency, addresses by time."""
    mine = {(one.award_id, one.position) for one in group.appearances}
    found: dict[tuple[Hashable, bool], list[_Place]] = defaultdict(list)
    for one in awards:
        for record in one.award.records:
            for position, supplier in enumerate(record.suppliers):
                text = supplier.address if address else supplier.printed or supplier.name
                if text and (record.award_id, position) in mine:
                    registered = address and supplier.address_source == "register"
                    key = address_key(text, supplier.municipality_code) if address else None
                    found[key or text, registered].append(_Place(text, one.day, one.number, record.source))
    seen = [replace(_one_seen(places), registered=registered) for (_, registered), places in found.items()]
    if address:
        return tuple(sorted(seen, key=lambda one: (one.first is None, one.first or dt.date.min, one.text)))
    return tuple(sorted(seen, key=lambda one: (-one.records, one.text)))


class _Place(NamedTuple):
    """A printing of a name or address: the day of its award, the award's number, the record's source."""

    text: str
    day: dt.date | None
    number: int
    source: Source


def _one_seen(places: Sequence[_Place]) -> Seen:
    """The printings of one name or address, which come the newest first."""
    days = sorted(place.day for place in places if place.day)
    spellings = sorted(Counter(place.text for place in places).items(), key=lambda item: (-item[1], item[0]))
    text, *others = [spelling for spelling, _ in spellings]
    return Seen(
        text,
        tuple(others),
        len(places),
        days[0] if days else None,
        days[-1] if days else None,
        tuple(dict.fromkeys(place.number for place in places)),
        places[-1].source,
    )


def _registrations(group: Group, register: Registrations | None) -> tuple[Registration, ...]:
    numbers = dict.fromkeys(row.supplier.corporate_number for row in group.rows if row.supplier.corporate_number)
    return tuple(entry for number in numbers for entry in register.history(number)) if register else ()


def _by_year(awards: Iterable[FirmAward]) -> tuple[Tally, ...]:
    return tallies(awards, lambda one: (one.fiscal_year,))


def _by_buyer(awards: Iterable[FirmAward]) -> tuple[Tally, ...]:
    """By organization, its bureaus together; called by the name that is printed most often."""

    def name(members: list[FirmAward], head: str | None) -> str | None:
        if head is None:
            return None
        whole = [one.award.buyer for one in members if one.award.buyer and not buyer_key(one.award.buyer).bureau]
        names = Counter(whole or [head])
        return min(names, key=lambda one: (-names[one], one))

    return tallies(awards, lambda one: (buyer_key(one.award.buyer).head if one.award.buyer else None,), name)


def _rates(found: Sequence[tuple[float, int]]) -> Rates | None:
    if not found:
        return None
    rates = [rate for rate, _ in found]
    return Rates(median(rates), min(rates), max(rates), tuple(number for _, number in found))


def _around(around: tuple[str, MonthReading], own: Sequence[FirmAward]) -> Around:
    asked, reading = around
    before = reading.first.replace(day=1) - dt.timedelta(days=1)
    after = month_span(reading.last.year, reading.last.month)[1] + dt.timedelta(days=1)
    first, last = before.replace(day=1), month_span(after.year, after.month)[1]
    awards = [one for one in own if one.basis == "award"]
    return Around(
        asked,
        first,
        last,
        tuple(one.number for one in awards if one.day and first <= one.day <= last),
        sum(one.day is None for one in awards),
    )
