"""Prices that stand far from those of comparable awards, as a table for notebooks and as a data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsukitome.language import Language
from tsukitome.profile.unusual import Finding, Prices
from tsukitome.reporting.firm_page import sections_fragment
from tsukitome.reporting.firm_view import Column, FirmView, Section

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "measure", "likeness", "value", "median", "ratio", "score", "compared", "lower", "higher", "title", "buyer", "supplier",
    "date", "source", "quote",
)  # fmt: skip
_SHOWN = 30


def prices_rows(prices: Prices) -> list[dict[str, Any]]:
    """One row a finding, the furthest first."""
    return [_row(finding) for finding in prices.unusual]


def _row(finding: Finding) -> dict[str, Any]:
    told = finding.to_dict()
    sources = finding.award.sources
    return {name: told[name] for name in COLUMNS if name in told} | {
        "source": " / ".join(f"{source.file}, {source.place}" for source in sources),
        "quote": " / ".join(source.quote for source in sources),
    }


def prices_frame(prices: Prices) -> pd.DataFrame:
    """:func:`prices_rows` as a DataFrame; ``date`` is a day (datetime64)."""
    import pandas as pd

    table = pd.DataFrame(prices_rows(prices), columns=list(COLUMNS))
    table["date"] = pd.to_datetime(table["date"])
    return table


def prices_fragment(prices: Prices, language: Language = "en") -> str:
    """The first findings as a piece of HTML."""
    view = FirmView(language)
    heading = view.say("price_heading")
    lines = (
        view.say("price_all", awards=prices.awards, compared=prices.compared, comparisons=prices.comparisons,
                 unusual=len(prices.unusual)),
        view.say("price_explained"),
    )  # fmt: skip
    columns = (
        Column(view.say("firm_title_of"), 6), Column(view.say("firm_buyer"), 3), Column(view.say("label_firm"), 3),
        Column(view.say("price_figure"), 3), Column(view.say("price_median"), 2), Column(view.say("price_ratio"), align="right"),
        Column(view.say("price_place"), 5), Column(view.say("firm_source"), 4),
    )  # fmt: skip
    rows = tuple(_cells(view, finding) for finding in prices.unusual[:_SHOWN])
    return sections_fragment("", [Section("prices", heading, lines, columns, rows)], language)


def _cells(view: FirmView, finding: Finding) -> tuple[str, ...]:
    one = finding.award
    return (
        one.title, one.award.buyer or "–", one.award.suppliers[one.index].name, *view.comparison(finding.comparison),
        "; ".join(view.source(source) for source in one.sources),
    )  # fmt: skip
