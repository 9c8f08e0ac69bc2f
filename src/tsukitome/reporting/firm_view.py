"""A firm's profile as sections of text and tables in one language: what terminal, page and notebook all draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tsukitome.normalize.percent import percent
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.profile import Entry, FirmList, Profile, Seen
from tsukitome.profile.tally import Tally
from tsukitome.profile.work import work_kinds
from tsukitome.registrations import Registration
from tsukitome.reporting.award_words import AwardWords
from tsukitome.reporting.sections import Column, Section

_AWARDS_IN_BRIEF, _PRICES_IN_BRIEF = 30, 10


class FirmView(AwardWords):
    """The sections of a profile, or of a list of firms to choose from."""

    def of(self, found: Profile | FirmList) -> list[Section]:
        """Everything, in the order in which it is read."""
        return self._list(found) if isinstance(found, FirmList) else self._profile(found)

    def title(self, found: Profile | FirmList) -> str:
        if isinstance(found, Profile):
            return found.entry.name
        return found.asked

    def _list(self, firms: FirmList) -> list[Section]:
        if firms.entries:
            heading = self.say("firm_several", asked=firms.asked, count=len(firms.entries))
            sections = [replace(self._entries("several", "", firms.entries), lines=(heading,))]
        else:
            sections = [Section("not-found", "", (self.say("firm_not_found", asked=firms.asked),))]
            sections += [self._registration(firms.registrations)] * bool(firms.registrations)
        if firms.like_names:
            sections.append(self._entries("like", self.say("firm_like"), firms.like_names, picks=False))
        return [*sections, self._ending(firms)]

    def _profile(self, profile: Profile) -> list[Section]:
        sections = [
            self._identity(profile),
            self._seen("names", "label_firm", profile.names_seen),
            self._seen("addresses", "firm_address_here", profile.addresses),
            self._registration(profile.registrations),
            self._tallies("years", "firm_year", profile.by_fiscal_year),
            self._tallies("buyers", "firm_buyer", profile.by_buyer),
            self._tallies("kinds", "firm_kind", profile.by_kind_of_work),
            self._tallies("methods", "label_method", profile.by_method),
            self._facts(profile),
            *([self._around(profile)] if profile.around else []),
            self._prices(profile),
            self._awards("awards", self.say("firm_award_list"), profile.awards, _AWARDS_IN_BRIEF),
            *(
                [self._entries("unproven", self.say("firm_unproven"), profile.unproven, picks=False)]
                * bool(profile.unproven)
            ),
            self._entries("like", self.say("firm_like"), profile.like_names, picks=False),
            self._ending(profile),
        ]
        return [section for section in sections if section.rows or section.lines]

    def _identity(self, profile: Profile) -> Section:
        entry = profile.entry
        lines = [self.say(f"firm_identity_{entry.identity}")]
        if entry.corporate_number:
            lines.append(f"{self.say('label_number')}: {entry.corporate_number}")
        if profile.found_by in ("reading", "spelling", "part"):
            lines.append(self.say(f"firm_found_by_{profile.found_by}"))
        awards = sum(one.basis == "award" for one in profile.awards)
        payments = len(profile.awards) - awards
        lines.append(self.say("firm_counts", records=entry.records, awards=awards, payments=payments))
        return Section("identity", "", tuple(lines))

    def _seen(self, anchor: str, label: str, seen: Sequence[Seen]) -> Section:
        columns = (
            Column(self.say(label), 4), Column(self.say("firm_records"), align="right"), Column(self.say("firm_day"), 2),
            Column(self.say("firm_first_source"), 4),
        )  # fmt: skip
        rows = tuple(
            (self._spelled(one), str(one.records), self._between(one), self.source(one.source)) for one in seen
        )
        return Section(anchor, self.say(f"firm_{anchor}"), (), columns, rows)

    def _spelled(self, seen: Seen) -> str:
        spellings = " / ".join((seen.text, *seen.spellings))
        registered = self.say("firm_from_register")
        return f"{spellings} ({registered})" if seen.registered else spellings

    def _between(self, seen: Seen) -> str:
        if seen.first is None:
            return self.say("firm_undated")
        return (
            str(seen.first) if seen.first == seen.last else self.say("firm_between", first=seen.first, last=seen.last)
        )

    def _registration(self, entries: Sequence[Registration]) -> Section:
        lines = [self._registered(entry) for entry in entries] or [self.say("firm_not_registered")]
        return Section("registration", self.say("firm_registration"), tuple(lines))

    def _registered(self, entry: Registration) -> str:
        said = self.say(
            "firm_registered", number=entry.corporate_number, firm=entry.name, reading=entry.reading or "–",
            address=entry.address or "–", changed=entry.changed or "–",
        )  # fmt: skip
        if entry.closed:
            said += "; " + self.say("firm_closed", day=entry.closed)
        return f"{said} [{entry.file}, {self.say('place_row', at=entry.row)}]" if entry.file and entry.row else said

    def _tallies(self, anchor: str, heading: str, found: Sequence[Tally]) -> Section:
        paid = any(one.payments for one in found)
        columns = [
            Column(self.say(heading), 5), Column(self.say("firm_awards"), align="right"),
            Column(self.say("firm_sum"), 3, "right"),
        ]  # fmt: skip
        if paid:
            columns += [Column(self.say("firm_payments"), align="right"), Column(self.say("firm_paid"), 3, "right")]
        columns.append(Column(self.say("firm_which"), 4))
        rows = []
        for one in found:
            row = [self._heading(anchor, one.heading), str(one.awards or "–"), self._sum(one)]
            if paid:
                row += [str(one.payments or "–"), self.money(one.paid) if one.payments else "–"]
            rows.append((*row, ranges(one.numbers)))
        lines = (self.say("firm_sums_explained"),) if anchor == "years" else ()
        return Section(anchor, self.say(f"firm_{anchor}"), lines, tuple(columns), tuple(rows))

    def _heading(self, anchor: str, heading: str | int | None) -> str:
        if anchor == "kinds":
            return work_kinds()[str(heading)].say(self.language) if heading else self.say("firm_kind_none")
        if heading is None:
            return self.say("firm_unknown")
        if anchor == "years":
            return self.say("firm_fiscal_year", year=heading)
        return self.say(f"method_{heading}") if anchor == "methods" else str(heading)

    def _sum(self, one: Tally) -> str:
        if not one.summed:
            return "–"
        total = self.money(one.total)
        return (
            total
            if one.summed == one.awards
            else self.say("firm_of_which", sum=total, known=one.summed, count=one.awards)
        )

    def _facts(self, profile: Profile) -> Section:
        rates = profile.rates
        lines = [
            self.say(
                "firm_rates", median=percent(rates.median), lowest=percent(rates.lowest), highest=percent(rates.highest),
                count=len(rates.numbers), numbers=ranges(rates.numbers),
            ) if rates else self.say("firm_rates_none"),
            self.say(
                "firm_one_bidder", one=len(profile.one_bidder), known=len(profile.bidders_known),
                numbers=ranges(profile.one_bidder),
            ) if profile.bidders_known else self.say("firm_one_bidder_unknown"),
        ]  # fmt: skip
        for name, numbers in (
            ("firm_unit_prices", profile.unit_price_contracts),
            ("firm_joint_ventures", profile.with_role("jv_member")),
            ("firm_bids_lost", profile.with_role("bidder")),
        ):
            if numbers:
                lines.append(self.say(name, count=len(numbers), numbers=ranges(numbers)))
        return Section("facts", "", tuple(lines))

    def _around(self, profile: Profile) -> Section:
        around = profile.around
        assert around is not None
        heading = self.say(
            "firm_around", asked=around.asked, count=len(around.numbers), first=around.first, last=around.last
        )
        lines = (self.say("firm_around_undated", count=around.undated),) if around.undated else ()
        found = self._awards("around", heading, [profile.award(number) for number in around.numbers])
        nothing = () if found.rows else (self.say("firm_nothing_to_show"),)
        return replace(found, lines=(*nothing, *lines))

    def _prices(self, profile: Profile) -> Section:
        """Each award's figures beside those of comparable awards, the most unusual first."""
        found = [(profile.award(number), one) for number, several in profile.comparisons.items() for one in several]
        found.sort(key=lambda pair: (-pair[1].position.unusual, -abs(pair[1].position.score or 0), pair[0].number))
        columns = (
            Column("#", align="right"), Column(self.say("firm_title_of"), 6), Column(self.say("price_figure"), 4),
            Column(self.say("price_median"), 4), Column(self.say("price_ratio"), align="right"),
            Column(self.say("price_place"), 6),
        )  # fmt: skip
        rows = tuple((str(one.number), one.title, *self.comparison(comparison)) for one, comparison in found)
        unusual = sum(comparison.position.unusual for _, comparison in found)
        lines = [self.say("price_unusual_count", count=unusual, compared=len(found)), self.say("price_explained")]
        heading = self.say("price_heading")
        if not rows:
            return Section("prices", heading, (self.say("price_none"),))
        return Section("prices", heading, tuple(lines), columns, rows, _PRICES_IN_BRIEF)

    def _awards(self, anchor: str, heading: str, awards: Sequence[FirmAward], brief: int = 0) -> Section:
        columns = (
            Column("#", align="right"), Column(self.say("firm_day")), Column(self.say("firm_title_of"), 7),
            Column(self.say("firm_buyer"), 3), Column(self.say("firm_total"), 4, "right"),
            Column(self.say("firm_rate"), align="right"), Column(self.say("firm_source"), 5),
        )  # fmt: skip
        return Section(anchor, heading, (), columns, tuple(self._award(one) for one in awards), brief)

    def _award(self, one: FirmAward) -> tuple[str, ...]:
        day = (
            str(one.day) if one.day else self.say("firm_fiscal_year", year=one.fiscal_year) if one.fiscal_year else "–"
        )
        return (
            str(one.number), day, one.title, one.award.buyer or "–", self.price(one),
            percent(one.rate[0]) if one.rate else "–", "; ".join(self.source(source) for source in one.sources),
        )  # fmt: skip

    def _entries(self, anchor: str, heading: str, entries: Sequence[Entry], *, picks: bool = True) -> Section:
        columns = (
            *((Column("--pick", align="right"),) * picks), Column(self.say("label_firm"), 4),
            Column(self.say("label_number")), Column(self.say("firm_address_here"), 4),
            Column(self.say("firm_records"), align="right"), Column(self.say("firm_first_source"), 4),
        )  # fmt: skip
        rows = tuple((*((str(entry.pick),) * picks), *self._entry(entry)) for entry in entries)
        nothing = () if rows else (self.say("firm_nothing_to_show"),)
        return Section(anchor, heading, nothing, columns, rows)

    def _entry(self, entry: Entry) -> tuple[str, ...]:
        addresses = " / ".join(entry.addresses) or "–"
        source = self.source(entry.source) if entry.source else "–"
        return self._printed(entry), entry.corporate_number or "–", addresses, str(entry.records), source

    def _printed(self, entry: Entry) -> str:
        """An entry's name, with its other spellings."""
        others = [name for name in entry.names_seen if name != entry.name]
        return f"{entry.name} ({self.say('label_names_seen')}: {' / '.join(others)})" if others else entry.name

    def _ending(self, found: Profile | FirmList) -> Section:
        coverage = found.coverage.statement.say(self.language)
        replay = f"tsukitome {found.replay.version} · data {found.replay.data_sha256[:16]}… · {found.replay.command}"
        return Section("ending", "", (f"{self.say('label_coverage')}: {coverage}", self.say("firm_lead"), replay))


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in few characters: 1, 2, 3, 7 → ``1–3, 7``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
