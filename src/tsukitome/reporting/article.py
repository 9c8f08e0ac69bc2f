"""An article with its clues highlighted, and what each was read as: for the terminal and for notebooks."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tsukitome.clues.article.article_clues import ArticleClue, ArticleClues
from tsukitome.language import Language
from tsukitome.reporting.inert import visible
from tsukitome.reporting.read_as import reading_in_words
from tsukitome.wording import phrase

STYLE = {
    "buyer": "black on bright_cyan",
    "month": "black on bright_yellow",
    "ward": "black on bright_green",
    "method": "black on bright_magenta",
    "title": "black on bright_white",
    "value": "black on yellow",
    "quantity": "black on cyan",
    "bidders": "black on magenta",
}
COLOUR = {
    "buyer": "#c9eef5", "month": "#fff1b8", "ward": "#cdeccb", "method": "#ead6f5", "title": "#e4e4e4", "value": "#ffdca8",
    "quantity": "#cfe3ff", "bidders": "#f5d3e3",
}  # fmt: skip


def pieces(article: ArticleClues) -> Iterator[tuple[str, ArticleClue | None]]:
    """The article's text in pieces, each with the clue that it is; of clues that overlap the first is marked."""
    position = 0
    for clue in article.clues:
        if clue.start < position:
            continue
        if clue.start > position:
            yield article.text[position : clue.start], None
        yield article.text[clue.start : clue.end], clue
        position = clue.end
    if position < len(article.text):
        yield article.text[position:], None


def told(clue: ArticleClue, language: Language) -> str:
    """A clue's reading in words, with what only the article says of it."""
    shown = reading_in_words(clue.reading, language)
    if clue.relation == "implied":
        return phrase("article_mention", quote=shown, source=phrase("article_implied")).say(language)
    return shown


def highlighted(article: ArticleClues) -> Text:
    """The article with its clues coloured by kind; control characters are shown, not sent."""
    text = Text()
    for piece, clue in pieces(article):
        style = STYLE.get(clue.name, "reverse") if clue else ""
        for position, line in enumerate(piece.splitlines() or [""]):
            text.append("\n" if position else "")
            text.append(visible(line), style=style)
        if piece.endswith(("\n", "\r")):
            text.append("\n")
    return text


def render(article: ArticleClues, language: Language) -> RenderableType:
    """The article, the table of readings, and what the article's date would settle."""
    several = len(article.contracts) > 1
    table = Table(expand=True, box=None, pad_edge=False, header_style="bold")
    if several:
        table.add_column("#", width=2)
    table.add_column(phrase("label_clue").say(language), width=9, overflow="fold")
    table.add_column(phrase("article_quotation").say(language), ratio=5, overflow="fold")
    table.add_column(phrase("article_offsets").say(language), width=11)
    table.add_column(phrase("article_read_as").say(language), ratio=6, overflow="fold")
    table.add_column(phrase("article_strength").say(language), width=8)
    table.add_column(phrase("article_said_by").say(language), ratio=2, overflow="fold")
    for clue in article.clues:
        cells: list[str | Text] = [
            phrase(f"clue_{clue.name}").say(language), Text(visible(clue.quote), style=STYLE.get(clue.name, "")),
            f"{clue.start}–{clue.end}", Text(told(clue, language)), f"{clue.strength:g}",
            Text(visible(clue.attribution or "")),
        ]  # fmt: skip
        numbered: list[str | Text] = [str(clue.contract + 1), *cells] if several else cells
        table.add_row(*numbered)
    return Group(highlighted(article), Text(), *([table] if article.clues else []), *_notes(article, language))


def _notes(article: ArticleClues, language: Language) -> Iterable[Text]:
    for question in article.questions:
        yield Text(phrase("article_question", quote=visible(question.quote)).say(language), style="yellow")
    if not article.clues:
        yield Text(phrase("article_no_clue").say(language), style="italic")


def print_article(article: ArticleClues, language: Language, console: Console) -> None:
    """Prints an article with its clues."""
    console.print(render(article, language))


def fragment(article: ArticleClues, language: Language = "en") -> str:
    """The article as HTML for a notebook: the text with its clues marked, and a table of what each was read as."""
    rows = [
        [
            phrase(f"clue_{clue.name}").say(language), clue.quote, f"{clue.start}–{clue.end}", told(clue, language),
            f"{clue.strength:g}", clue.attribution or "",
        ]
        for clue in article.clues
    ]  # fmt: skip
    names = (
        "label_clue",
        "article_quotation",
        "article_offsets",
        "article_read_as",
        "article_strength",
        "article_said_by",
    )
    table = html_table([phrase(name).say(language) for name in names], rows) if rows else ""
    notes = "".join(f"<p><i>{escaped(note.plain)}</i></p>" for note in _notes(article, language))
    return f'<div class="tsukitome-article" lang="ja"><p>{marked(article, language)}</p>{table}{notes}</div>'


def marked(article: ArticleClues, language: Language) -> str:
    """The article's text as HTML, each clue marked with its kind and its reading as a tooltip."""
    found = []
    for piece, clue in pieces(article):
        shown = escaped("\n".join(visible(line) for line in piece.split("\n"))).replace("\n", "<br>")
        if clue is None:
            found.append(shown)
            continue
        name = phrase(f"clue_{clue.name}").say(language)
        title = escaped(f"{name}: {told(clue, language)}")
        colour = COLOUR.get(clue.name, "#eeeeee")
        found.append(f'<mark style="background:{colour}" title="{title}">{shown}<sub>{escaped(name)}</sub></mark>')
    return "".join(found)


def html_table(head: list[str], rows: list[list[str]]) -> str:
    """A plain HTML table; every cell is text, never markup."""
    cells = "".join(f"<th>{escaped(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escaped(visible(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{cells}</tr>{body}</table>"


def escaped(text: str) -> str:
    """Text for HTML, also inside an attribute."""
    return html.escape(text, quote=True)
