"""An archive's prices compared, in a form that draws itself. It is loaded only when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsukitome.archive.store import Store
from tsukitome.profile.pool import all_awards
from tsukitome.profile.unusual import Prices, compare_all

if TYPE_CHECKING:
    import pandas as pd


class UnusualPrices(Prices):
    """Figures far from those of comparable awards, the furthest first. In Jupyter it draws itself."""

    def to_frame(self) -> pd.DataFrame:
        """One row a finding: title, buyer, supplier, date, measure, value, median, ratio, how many were compared, source …"""
        from tsukitome.reporting.prices import prices_frame

        return prices_frame(self)

    def _repr_html_(self) -> str:
        from tsukitome.reporting.prices import prices_fragment

        return prices_fragment(self)


def unusual_prices(store: Store) -> UnusualPrices:
    """Every award of an archive compared with those like it."""
    found = compare_all(all_awards(store))
    return UnusualPrices(found.awards, found.compared, found.comparisons, found.unusual)
