"""A firm's profile in a terminal of 100 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tsukitome.language import Language
from tsukitome.profile.profile import FirmList, Profile
from tsukitome.reporting.firm_view import FirmView
from tsukitome.reporting.inert import visible
from tsukitome.reporting.sections import Section
from tsukitome.wording import phrase


def print_firm(found: Profile | FirmList, language: Language, console: Console) -> None:
    """Prints a profile, or the list of firms to choose from."""
    view = FirmView(language)
    console.print(Text(visible(view.title(found)), style="bold"))
    for section in view.of(found):
        for part in _drawn(section, language):
            console.print(part)


def _drawn(section: Section, language: Language) -> Iterator[RenderableType]:
    if section.heading:
        yield Text()
        yield Rule(Text(visible(section.heading), style="bold"), align="left", style="dim")
    for line in section.lines:
        yield Text(visible(line), style="" if not section.rows else "dim")
    if not section.rows:
        return
    table = Table(expand=True, box=None, pad_edge=False, header_style="dim")
    for column in section.columns:
        table.add_column(
            visible(column.label), justify=column.align, ratio=column.share or None, overflow="fold",
            no_wrap=not column.share,
        )  # fmt: skip
    shown = section.rows[: section.brief] if section.brief else section.rows
    for row in shown:
        table.add_row(*(Text(visible(cell)) for cell in row))
    yield table
    if len(shown) < len(section.rows):
        yield Text(phrase("firm_more", count=len(section.rows) - len(shown)).say(language), style="dim")
