"""Parts of an answer as rich draws them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tsukitome.reporting.parts import Columns, Heading, Line, Part


def in_colour(parts: Iterable[Part]) -> Group:
    """What a console prints."""
    return Group(*map(_renderable, parts))


def _renderable(part: Part) -> RenderableType:
    match part:
        case Line():
            return Text.assemble(*part.pieces)
        case Heading():
            return Rule(_renderable(part.line), align="left", style="dim")  # type: ignore[arg-type]
        case Columns():
            return _table(part)


def _table(part: Columns) -> Table:
    expand = any(column.share for column in part.columns)
    if part.header is None:
        table = Table.grid(padding=(0, 1), expand=expand)
    else:
        table = Table(expand=expand, box=None, pad_edge=False, header_style=part.header_style)
    for column in part.columns:
        table.add_column(
            Text(column.header),
            style=column.style,
            justify="right" if column.right else "left",
            width=column.width,
            ratio=column.share,
            overflow="fold" if column.folds else "ellipsis",
        )
    for row in part.rows:
        table.add_row(*map(_renderable, row))
    return table
