"""Prices that stand far from those of comparable awards, as a table for notebooks and as a data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsukitome.language import Language
from tsukitome.profile.unusual import Finding, Prices
from tsukitome.reporting.award_words import AwardWords
from tsukitome.reporting.firm_page import sections_fragment
from tsukitome.reporting.sections import Column, Section

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
    words = AwardWords(language)
    heading = words.say("price_heading")
    lines = (
        words.say("price_all", awards=prices.awards, compared=prices.compared, comparisons=prices.comparisons,
                 unusual=len(prices.unusual)),
        words.say("price_explained"),
    )  # fmt: skip
    columns = (
        Column(words.say("firm_title_of"), 6), Column(words.say("firm_buyer"), 3), Column(words.say("label_firm"), 3),
        Column(words.say("price_figure"), 3), Column(words.say("price_median"), 2), Column(words.say("price_ratio"), align="right"),
        Column(words.say("price_place"), 5), Column(words.say("firm_source"), 4),
    )  # fmt: skip
    rows = tuple(_cells(words, finding) for finding in prices.unusual[:_SHOWN])
    return sections_fragment("", [Section("prices", heading, lines, columns, rows)], language)


def _cells(words: AwardWords, finding: Finding) -> tuple[str, ...]:
    one = finding.award
    return (
        one.title, one.award.buyer or "–", one.award.suppliers[one.index].name, *words.comparison(finding.comparison),
        "; ".join(words.source(source) for source in one.sources),
    )  # fmt: skip
