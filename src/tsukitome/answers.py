"""What an archive answers, in forms that draw themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsukitome.archive.coverage import CoverageRow
from tsukitome.dataclass import dataclass
from tsukitome.findings import Coverage, Findings

if TYPE_CHECKING:
    import pandas as pd

    from tsukitome.language import Language


class Identification(Findings):
    """An answer: candidate firms with their evidence. In Jupyter it draws itself; ``to_dict`` gives the JSON form."""

    def to_frame(self) -> pd.DataFrame:
        """One row a candidate: rank, probability, firm, corporate_number, address, title, buyer, bits, the outcome of each
        clue (``ward_outcome``, ``month_outcome`` …), ``source`` with file and place, the quotation, possibly_same.
        """
        from tsukitome.reporting.frame import frame

        return frame(self)

    def charts(self, language: Language = "en") -> Any:
        """Candidates, the first one's evidence and the narrowing as an Altair chart; needs the extra ``notebook``."""
        from tsukitome.reporting.charts import answer_chart

        return answer_chart(self, language)

    def _repr_html_(self) -> str:
        """The answer, with its charts as pictures where the extra ``notebook`` is installed: no script, no request."""
        from tsukitome.reporting.charts import answer_chart, can_draw, svg
        from tsukitome.reporting.page import fragment

        return fragment(self) + (svg(answer_chart(self)) if can_draw() else "")


@dataclass(frozen=True)
class ArchiveCoverage(Coverage):
    """What the records of an archive cover, with the ``rows`` by kind of source, buyer and month that it is made of."""

    rows: tuple[CoverageRow, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """One row a kind of source, buyer (by key) and month: ``month`` (a period; missing where no date is printed), records, and
        how many of them print no day of publication.
        """
        from tsukitome.reporting.frame import coverage_frame

        return coverage_frame(self.rows)
