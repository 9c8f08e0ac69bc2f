"""What a notice prints for each of its fields."""

from __future__ import annotations

from tsukitome.sources.gazette.layout import Layout
from tsukitome.sources.gazette.legend import MARKER, Field
from tsukitome.sources.gazette.run import Run


class Fields:
    """The texts of a run's fields, as printed and folded; blank where the notice does not print a field.

    ``each_number_counts`` is whether every circled number in the notice begins a field, so that none is text.
    """

    def __init__(self, run: Run, layout: Layout) -> None:
        self._run, self._layout = run, layout
        printed = MARKER.split(layout.raw(run.start, run.end))
        folded = MARKER.split(layout.folded(run.start, run.end))
        fields = [piece.field for piece in run.pieces]
        self.each_number_counts = len(folded) == len(fields) + 1
        unlabelled = all(piece.start == piece.marker + 1 for piece in run.pieces)  # a value begins behind its number
        self._parted = self.each_number_counts and len(printed) == len(folded) and unlabelled and not run.repeats
        if self._parted:  # the usual case; of several pieces of one field the first counts
            self._printed = dict(zip(reversed(fields), printed[:0:-1], strict=True))
            self._folded = dict(zip(reversed(fields), folded[:0:-1], strict=True))

    def printed(self, field: Field) -> str:
        """What is seen of a field, white space and line breaks included."""
        if self._parted:
            return self._printed.get(field, "").strip()
        piece = self._run.piece(field)
        return self._layout.raw(piece.start, piece.end) if piece else ""

    def folded(self, field: Field) -> str:
        """The same, folded."""
        if self._parted:
            return self._folded.get(field, "").strip()
        piece = self._run.piece(field)
        return self._layout.folded(piece.start, piece.end) if piece else ""
