"""A firm's profile that draws itself. It stands apart from the front door, so that a plain question does not load it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tsukitome import __version__
from tsukitome.archive.store import Store
from tsukitome.clues.month import read_month
from tsukitome.findings import Coverage
from tsukitome.profile.asking import read_query
from tsukitome.profile.making import ask_firm
from tsukitome.profile.profile import Profile, Replay

if TYPE_CHECKING:
    import pandas as pd

    from tsukitome.language import Language


class FirmProfile(Profile):
    """What the records tell of one firm. In Jupyter it draws itself; ``to_dict`` gives the JSON form (docs/firm.md)."""

    def to_frame(self) -> pd.DataFrame:
        """One row an award of the firm, the newest first: date, title, buyer, total, rate, kinds of work, source …"""
        from tsukitome.reporting.firm_frame import firm_frame

        return firm_frame(self)

    def charts(self, language: Language = "en") -> Any:
        """What it was awarded and paid by fiscal year as an Altair chart; needs the extra ``notebook``."""
        from tsukitome.reporting.charts import years_chart

        return years_chart(self, language)

    def _repr_html_(self) -> str:
        from tsukitome.reporting.firm_page import firm_fragment

        return firm_fragment(self)


def firm_profile(
    store: Store, coverage: Coverage, asked: str, picks: Sequence[int], around: str | None, command: str
) -> FirmProfile:
    """The profile of the firm that ``asked`` names; see :meth:`tsukitome.api.Archive.firm`."""
    found = ask_firm(
        store,
        read_query(asked),
        pick=picks,
        around=(around, read_month(around)) if around else None,
        register=store.register() or None,
        coverage=coverage,
        replay=Replay(__version__, store.data_sha256(), command),
    )
    return FirmProfile(**{name: getattr(found, name) for name in Profile.__dataclass_fields__})
