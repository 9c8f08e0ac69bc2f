"""Several articles on one matter: their clues as one table with the sources of each, and what they dispute."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tsukitome.clues.article.merging import Mention, MergedClue, MergedClues
from tsukitome.language import Language
from tsukitome.reporting.article import STYLE, escaped, highlighted, html_table, marked
from tsukitome.reporting.inert import visible
from tsukitome.reporting.read_as import reading_in_words
from tsukitome.wording import Phrase, phrase

_HEAD = ("label_clue", "article_quotation", "article_read_as", "article_strength", "article_sources")


def print_merged(merged: MergedClues, language: Language, console: Console) -> None:
    """Prints each article with its clues marked, then the clues of all of them."""
    console.print(render(merged, language))


def render(merged: MergedClues, language: Language) -> RenderableType:
    """Each article highlighted, and one table of what they say together."""
    parts: list[RenderableType] = []
    for source, article in zip(merged.sources, merged.articles, strict=True):
        parts += [Text(visible(source), style="bold"), highlighted(article), Text()]
    table = Table(expand=True, box=None, pad_edge=False, header_style="bold")
    for name, ratio in zip(_HEAD, (2, 5, 6, 2, 6), strict=True):
        table.add_column(phrase(name).say(language), ratio=ratio, overflow="fold")
    for clue in merged.clues:
        name, quote, reading, strength, sources = cells(clue, language)
        style = STYLE.get(clue.name, "")
        told = Text(sources, style="bold red" if clue.disputed else "")
        table.add_row(name, Text(quote, style=style), Text(reading), strength, told)
    empty = Text(phrase("article_no_clue").say(language), style="italic")
    return Group(*parts, table if merged.clues else empty)


def cells(clue: MergedClue, language: Language) -> list[str]:
    """A row of the table: kind, quotation, reading, strength, and who says it, with those who say something else."""
    said = [_mention(one, clue.first.quote).say(language) for one in clue.mentions]
    sources = "; ".join([*said, *([disputes(clue).say(language)] if clue.disputed else [])])
    return [
        phrase(f"clue_{clue.name}").say(language),
        visible(clue.first.quote),
        reading_in_words(clue.reading, language),
        f"{clue.strength:g}",
        sources,
    ]


def disputes(clue: MergedClue) -> Phrase:
    """Who says something else, and in which words."""
    return phrase("article_disputed", others=[_mention(one, "") for one in clue.disputed_by])


def merged_fragment(merged: MergedClues, language: Language = "en") -> str:
    """Several articles as HTML for a notebook: the table of what they say together, then each text with its clues marked."""
    table = html_table([phrase(name).say(language) for name in _HEAD], [cells(clue, language) for clue in merged.clues])
    texts = "".join(
        f"<h4>{escaped(visible(source))}</h4><p>{marked(article, language)}</p>"
        for source, article in zip(merged.sources, merged.articles, strict=True)
    )
    return f'<div class="tsukitome-article" lang="ja">{table}{texts}</div>'


def _mention(mention: Mention, first: str) -> Phrase:
    """An article by its name, with its own words where they are others than the ``first``."""
    if mention.clue.quote == first:
        return phrase("article_source", source=visible(mention.source))
    return phrase("article_mention", quote=visible(mention.clue.quote), source=visible(mention.source))
