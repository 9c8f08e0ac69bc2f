"""What was read and refused, and what it covers by buyer and month, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tsukitome.archive.coverage import CoverageRow, Series, months_between, series_of
from tsukitome.archive.holdings import StoredSource
from tsukitome.archive.joins import Joins
from tsukitome.findings import Coverage
from tsukitome.language import Language
from tsukitome.reporting.inert import json_text, visible
from tsukitome.reporting.register import register_sentences
from tsukitome.sources.reading import Refusal
from tsukitome.translation import translate
from tsukitome.wording import Sentence, phrase

SCHEMA = "tsukitome/sources/1"
_SERIES_SHOWN = 40  # the largest; an archive may hold thousands of buyers
_FULL, _EMPTY, _OUTSIDE = "■", "·", " "


def print_sources(
    sources: Sequence[StoredSource],
    refusals: Sequence[Refusal],
    coverage: Coverage,
    rows: Sequence[CoverageRow],
    joins: Joins | None,
    language: Language,
    console: Console,
) -> None:
    """Prints every source with its records, then what was refused, then the coverage by buyer and month and its gaps, and how
    far the corporate register could be joined to the awards.
    """
    console.print(_sources(sources, language))
    for refusal in refusals:
        console.print(Text(phrase("gap_unread", what=Sentence(visible(str(refusal)))).say(language), style="magenta"))
    console.print()
    console.print(_months(rows, language))
    console.print()
    for sentence in register_sentences(sources, joins):
        console.print(Text(sentence.say(language)))
    console.print(Text(coverage.statement.say(language)))
    for gap in coverage.gaps:
        if gap.name == "gap_unread":  # said above
            continue
        console.print(Text(f"{phrase('label_gap').say(language)}: {visible(gap.say(language))}", style="magenta"))


def sources_json(
    sources: Sequence[StoredSource],
    refusals: Sequence[Refusal],
    coverage: Coverage,
    rows: Sequence[CoverageRow],
    language: Language,
) -> str:
    """The same as one JSON object: ``sources``, ``refusals``, ``coverage`` (as in an answer) and ``series``: by kind of source, and
    by buyer (its key) where files belong to one, how many records each month has and which months between them have none.
    """
    return json_text(
        {
            "schema": SCHEMA,
            "sources": [asdict(source) for source in sources],
            "refusals": [
                {"file": one.file, "place": one.place, "reason": translate(one.reason, language), "quote": one.quote}
                for one in refusals
            ],
            "coverage": coverage.to_dict(language),
            "series": [
                {
                    "kind": series.kind,
                    "buyer": series.buyer or None,
                    "records": sum(series.months.values()),
                    "months": dict(sorted(series.months.items())),
                    "without": series.without,
                }
                for series in series_of(rows)
            ],
        },
        1,
    )


def _sources(sources: Sequence[StoredSource], language: Language) -> Table:
    table = Table(expand=True, box=None, pad_edge=False, header_style="bold")
    for name in ("file", "kind", "records", "refused", "published", "sha256"):
        right = "right" if name in ("records", "refused") else "left"
        label = phrase(f"label_sources_{name}").say(language)
        table.add_column(label, overflow="fold", no_wrap=name != "file", justify=right)  # type: ignore[arg-type]
    for source in sources:
        span = dict.fromkeys(filter(None, (source.published_from, source.published_to)))
        table.add_row(
            Text(visible(source.file)),
            phrase(f"kind_{source.kind}").say(language) if source.kind else "–",
            str(source.records or source.registrations),
            str(source.refused),
            "–".join(span),
            source.sha256[:8],
        )
    return table


def _months(rows: Sequence[CoverageRow], language: Language) -> Table:
    """A line a series: its records, and a mark for each month from January to December of every year."""
    found = sorted(series_of(rows), key=lambda series: (-sum(series.months.values()), series.kind, series.buyer))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(phrase("label_sources_series").say(language), overflow="fold", max_width=44)
    table.add_column(phrase("label_sources_records").say(language), justify="right")
    table.add_column(phrase("label_sources_months").say(language))
    for series in found[:_SERIES_SHOWN]:
        first, last = min(series.months), max(series.months)
        for position, year in enumerate(range(int(first[:4]), int(last[:4]) + 1)):
            marks = "".join(
                _mark(month, first, last, series.months) for month in months_between(f"{year}-01", f"{year}-12")
            )
            name, count = (_name(series, language), str(sum(series.months.values()))) if position == 0 else ("", "")
            table.add_row(Text(name), count, f"{year} {marks}")
    if len(found) > _SERIES_SHOWN:
        table.add_row(phrase("label_sources_more", count=len(found) - _SERIES_SHOWN).say(language), "", "")
    return table


def _name(series: Series, language: Language) -> str:
    return visible(f"{phrase(f'kind_{series.kind}').say(language)} {series.buyer}".rstrip())


def _mark(month: str, first: str, last: str, months: Mapping[str, int]) -> str:
    if not first <= month <= last:
        return _OUTSIDE
    return _FULL if month in months else _EMPTY
