"""The evaluation of one's own archive, for Python and Jupyter: how far can its answers be trusted?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tsukitome.api import Archive
from tsukitome.evaluation.evaluating import Evaluation, evaluate
from tsukitome.evaluation.report import to_dict
from tsukitome.language import Language
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import weights

if TYPE_CHECKING:
    import pandas as pd

_WIDTH = 110  # columns of a notebook's cell


@dataclass(frozen=True)
class OwnEvaluation:
    """An evaluation that draws itself in Jupyter; ``evaluation`` holds every answer."""

    evaluation: Evaluation

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, as ``tsukitome evaluate --format json`` prints it."""
        return to_dict(self.evaluation)

    def to_frame(self) -> pd.DataFrame:
        """One row a stratum (which clues are given), who answers (the matcher, the oracle, the reporter's way) and measure, with
        its value, the ends of its 95% interval, and how many cases it is of.
        """
        import pandas as pd

        rows = [
            {"stratum": stratum, "who": who, "measure": measure, **found}
            for stratum, columns in self.to_dict()["strata"].items()
            for who in ("matcher", "oracle", "reporter")
            for measure, found in columns[who].items()
            if isinstance(found, dict)
        ]
        return pd.DataFrame(rows, columns=["stratum", "who", "measure", "value", "low", "high", "cases"])

    def reliability_frame(self) -> pd.DataFrame:
        """One row a bin of the first firm's probability: its bounds, how many cases, how sure it was, how often it was right."""
        import pandas as pd

        return pd.DataFrame(self.to_dict()["reliability"], columns=["low", "high", "cases", "held", "right"])

    def _repr_html_(self, language: Language = "en") -> str:
        from rich.console import Console

        from tsukitome.evaluation.report import print_report

        # Told that it is no notebook: else it would print by itself too.
        console = Console(width=_WIDTH, file=io.StringIO(), record=True, highlight=False, force_jupyter=False)
        print_report(self.evaluation, language, console)
        form = '<pre style="font: 12px/1.35 monospace; white-space: pre; overflow-x: auto">{code}</pre>'
        return console.export_html(code_format=form, inline_styles=True)


def evaluate_archive(archive: Archive, *, cases: int = 200, seed: int = 1) -> OwnEvaluation:
    """Makes ``cases`` with known answers from an archive, answers them, and measures the answers.

    Raises NoCasesError where no case can be made.
    """
    prepared = Prepared.of(archive.records, archive.coverage())
    return OwnEvaluation(evaluate(prepared, weights(), count=cases, seed=seed))
