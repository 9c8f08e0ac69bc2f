"""One notice of the gazette as an award."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from tsukitome.awards import Amount, Award, Dates, ProcurementMethod, Source, Supplier
from tsukitome.documents.file import File
from tsukitome.sources.gazette.day import read_award_day, read_notice_day
from tsukitome.sources.gazette.fields import Fields
from tsukitome.sources.gazette.layout import UNKNOWN, Layout
from tsukitome.sources.gazette.legend import CIRCLED, Field, Legend
from tsukitome.sources.gazette.officer import titles
from tsukitome.sources.gazette.price import as_unit_prices, read_prices, read_reserve
from tsukitome.sources.gazette.run import Run
from tsukitome.sources.gazette.section import Section
from tsukitome.sources.gazette.spacing import close
from tsukitome.sources.gazette.suppliers import suppliers_of, warnings_of
from tsukitome.sources.gazette.winner import read_winners
from tsukitome.sources.reading import Refusal

_METHODS: tuple[tuple[re.Pattern[str], ProcurementMethod], ...] = (
    (re.compile(r"随意|随契|公募|企画競争|プロポーザル|見積"), "limited"),
    (re.compile(r"指名"), "selective"),
    (re.compile(r"一般|総合評価|せり"), "open"),
)
_MISSING: dict[Field, str] = {
    "title": "title", "method": "procurement method", "award_date": "award date", "winner": "winner", "price": "price",
}  # fmt: skip
_FEWEST_FIELDS = 3


@lru_cache(maxsize=1 << 10)
def _method_of(details: str) -> ProcurementMethod | None:
    return next((method for pattern, method in _METHODS if pattern.search(details)), None)


class NoticeReader:
    """Reads the runs of one file, each for itself."""

    def __init__(self, file: File, layout: Layout, published: dt.date | None, published_warning: str | None) -> None:
        """``published`` is the day known from outside the text (the file's name), used where the text prints none."""
        self.file = file
        self.layout = layout
        self._published = published
        self._published_warning = published_warning
        self._pages = {line.page for line in layout.lines}

    def read(self, run: Run, section: Section, legend: Legend) -> Award | Refusal:
        """The award that a run prints, or why it gives none. Awards that begin on one line have one identity."""
        if len(run.pieces) < _FEWEST_FIELDS or not (run.piece("title") and run.piece("winner")):
            return self.refuse(
                run.start, run.end, "a notice without the fields that an award needs (title and winner)."
            )
        if section.is_loose and run.fitting(self.layout) < _FEWEST_FIELDS:
            return self.refuse(run.start, run.end, "numbered text that is no award notice.")
        fields, line = Fields(run, self.layout), self.layout.line_at(run.start)
        warnings = self._warnings(run, fields, section, legend)
        published = self._published_on(run, section, warnings)
        details = close(fields.folded("method")).text or None
        method = _method_of(details) if details else None
        dates = _dates(fields, method, published, warnings)
        suppliers, amounts = _suppliers_and_amounts(fields, dates.award or dates.contract or published, warnings)
        if details and method is None:
            warnings.append(f"procurement method {details!r} was not understood")
        quote = " ".join(self.layout.as_printed(run.start, run.end).split())
        return Award(
            award_id=self.file.award_id(line.place),
            title=close(fields.folded("title")).text,
            buyer=section.buyer,
            suppliers=suppliers,
            source=Source(self.file.shown, "gazette", self.file.sha256, quote, page=line.page, line=line.number),
            dates=dates,
            amounts=amounts,
            procurement_method=method,
            procurement_method_details=details,
            warnings=tuple(dict.fromkeys(warnings)),
        )

    def refuse(self, start: int, end: int, reason: str) -> Refusal:
        """A refusal of flat[start:end]; an officer's block in it is cut off, for the name in it."""
        line = self.layout.line_at(start)
        quote = " ".join(self.layout.raw(start, end).split())
        officer = titles().search(quote)
        quote = quote[: officer.end()] + " …" if officer else quote
        return Refusal(self.file.shown, reason, f"page {line.page}, line {line.number}", quote[:400])

    def _warnings(self, run: Run, fields: Fields, section: Section, legend: Legend) -> list[str]:
        warnings = []
        if not legend.printed:
            warnings.append(
                "the section prints no legend (掲載順序): the circled numbers were read in their usual meaning"
            )
        for piece in run.pieces:
            if legend.printed and not piece.listed:
                mark = CIRCLED[piece.number - 1]
                warnings.append(
                    f"{mark} is not in the section's legend: it was read in its usual meaning, {piece.field}"
                )
        for mark, field in () if fields.each_number_counts else run.doubtful(self.layout, legend):
            warnings.append(f"{mark} inside the {field.replace('_', ' ')} was taken for text; it may begin a field")
        for code in self.layout.unknown_in(run.start, run.end):
            warnings.append(f"the printed character {code} is not known; it stands as {UNKNOWN}")
        first, last = self.layout.line_at(run.start).page, self.layout.line_at(run.end - 1).page
        for page in range(first + 1, last):
            if page not in self._pages:
                warnings.append(
                    f"runs over page {page}, which could not be read: text of another notice may follow there"
                )
        if section.buyer is None:
            warnings.append("the buyer's name could not be told from the officer's")
        missing = [word for field, word in _MISSING.items() if not run.has(field)]
        return warnings + [f"the notice prints no {word}" for word in missing]

    def _published_on(self, run: Run, section: Section, warnings: list[str]) -> dt.date | None:
        printed = (self.layout.issue_date(run.start), section.date)
        warnings += [reading.warning for reading in printed if reading and reading.warning]
        issue, dated = (reading and reading.date for reading in printed)
        if issue and dated and issue != dated:
            warnings.append(f"the issue is dated {issue} and the section {dated}: the issue's date was taken")
        found = issue or dated
        if found is None and self._published_warning and (self._published or not any(printed)):
            warnings.append(self._published_warning)
        return found or self._published


def _dates(fields: Fields, method: ProcurementMethod | None, published: dt.date | None, warnings: list[str]) -> Dates:
    decided = noticed = None
    if printed := fields.folded("award_date"):
        reading = read_award_day(printed, published)
        decided = reading.date
        warnings += [reading.warning] if reading.warning else []
    if printed := fields.folded("notice_date"):
        reading = read_notice_day(printed, decided or published)
        noticed = reading.date
        warnings += [reading.warning] if reading.warning else []
    if method == "limited":
        return Dates(contract=decided, notice=noticed, published=published)
    return Dates(award=decided, notice=noticed, published=published)


def _suppliers_and_amounts(
    fields: Fields, on: dt.date | None, warnings: list[str]
) -> tuple[tuple[Supplier, ...], tuple[Amount, ...]]:
    folded = fields.folded("winner")
    read = read_winners(folded, on)
    winners = read.firms
    suppliers, places = suppliers_of(winners, fields.printed("winner"), folded, on)
    warnings += [*read.warnings, *warnings_of(winners, suppliers)]
    reserve = read_reserve(fields.folded("reserve"))
    prices = as_unit_prices(read_prices(fields.folded("price"), winners, places), reserve)
    warnings += [*prices.warnings, *reserve.warnings]
    return suppliers, (*prices.amounts, *reserve.amounts)
