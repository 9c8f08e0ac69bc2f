"""Tables in the shape that their readers take, a record a row: each pass changes the tables whose header tells of its shape."""

from __future__ import annotations

from collections.abc import Sequence

from tsukitome.documents.table import Table
from tsukitome.sources.bid_sheets import as_bid_tables
from tsukitome.sources.joined_columns import with_parts_joined
from tsukitome.sources.joined_rows import put_together
from tsukitome.sources.label_sheets import in_rows
from tsukitome.sources.marked_columns import with_marks_named
from tsukitome.sources.parted_columns import with_columns_parted
from tsukitome.sources.side_by_side import taken_apart


def reshaped(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with a record a row: those side by side taken apart, records of two rows and parted days put together, marks
    under methods named, cells of several things parted, sheets of labels and of bids made rows. A table that has a record a row is
    itself.
    """
    return tuple(
        in_rows(
            as_bid_tables(put_together(with_columns_parted(with_marks_named(with_parts_joined(taken_apart(tables))))))
        )
    )
