"""What was read and refused, and what it covers, in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tsukitome.archive.store import StoredSource
from tsukitome.findings import Coverage
from tsukitome.reporting.inert import visible
from tsukitome.sources.reading import Refusal
from tsukitome.wording import Language, phrase


def print_sources(
    sources: Sequence[StoredSource],
    refusals: Sequence[Refusal],
    coverage: Coverage,
    language: Language,
    console: Console,
) -> None:
    """Prints every source with its records, then what was refused, then the coverage and its gaps."""
    table = Table(expand=True, box=None, pad_edge=False, header_style="bold")
    for name in ("file", "kind", "records", "refused", "sha256"):
        label = phrase(f"label_sources_{name}").say(language)
        table.add_column(
            label,
            overflow="fold",
            no_wrap=name != "file",
            justify="right" if name in ("records", "refused") else "left",
        )
    for source in sources:
        table.add_row(
            visible(source.file), source.kind or "–", str(source.awards), str(source.refusals), source.sha256[:12]
        )
    console.print(table)
    for refusal in refusals:
        console.print(Text(phrase("gap_unread", what=visible(str(refusal))).say(language), style="magenta"))
    console.print()
    console.print(Text(coverage.statement.say(language)))
    for gap in coverage.gaps:
        console.print(Text(f"{phrase('label_gap').say(language)}: {visible(gap.say(language))}", style="magenta"))
