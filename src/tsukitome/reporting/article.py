"""An article with its clues highlighted, and what each was read as: for the terminal and for notebooks."""

from __future__ import annotations

import html
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tsukitome.clues.article.article_clues import ArticleClue, ArticleClues
from tsukitome.clues.article.descriptions import ArticleTitleReading
from tsukitome.clues.article.methods import BiddersReading
from tsukitome.clues.article.quantities import QuantityReading
from tsukitome.reporting.inert import visible
from tsukitome.reporting.shown import reading_of
from tsukitome.wording import Language, phrase

_STYLE = {
    "buyer": "black on bright_cyan",
    "month": "black on bright_yellow",
    "ward": "black on bright_green",
    "method": "black on bright_magenta",
    "title": "black on bright_white",
    "value": "black on yellow",
    "quantity": "black on cyan",
    "bidders": "black on magenta",
}
_WORDS: dict[str, dict[Language, str]] = {
    "clue_bidders": {"en": "bidders", "ja": "応札者数"},
    "clue_quantity": {"en": "quantity", "ja": "数量"},
    "quote": {"en": "in the article", "ja": "記事の表現"},
    "offsets": {"en": "characters", "ja": "位置"},
    "read_as": {"en": "read as", "ja": "読み取り"},
    "said_by": {"en": "said by", "ja": "情報源"},
    "unquoted": {"en": "a description, not a title", "ja": "件名ではなく説明"},
    "no_clue": {"en": "The text gives no clue to a contract.", "ja": "契約の手掛かりは見つからない。"},
    "question": {"en": "{quote} needs the article's date.", "ja": "{quote}は記事の日付が必要。"},
    "contract_price": {"en": "contract price", "ja": "契約額"},
    "unit_price": {"en": "unit price", "ja": "単価"},
    "reserve_price": {"en": "reserve price", "ja": "予定価格"},
    "estimated_total": {"en": "estimated total", "ja": "見込み総額"},
    "paid_total": {"en": "paid total", "ja": "支払総額"},
}
_COLOUR = {
    "buyer": "#c9eef5", "month": "#fff1b8", "ward": "#cdeccb", "method": "#ead6f5", "title": "#e4e4e4", "value": "#ffdca8",
    "quantity": "#cfe3ff", "bidders": "#f5d3e3",
}  # fmt: skip


def _say(name: str, language: Language) -> str:
    return _WORDS[name][language] if name in _WORDS else phrase(name).say(language)


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


def reading_in_words(clue: ArticleClue, language: Language) -> str:
    """What a clue was read as, in few words."""
    reading = clue.reading
    if isinstance(reading, BiddersReading):
        return str(reading.number)
    if isinstance(reading, QuantityReading):
        low, high = (f"{bound:,}" if bound is not None else "" for bound in reading.core)
        return f"{low}–{high} {reading.unit}"
    if isinstance(reading, ArticleTitleReading):
        return "" if reading.quoted else _say("unquoted", language)
    shown = reading_of(clue.to_dict(), language)
    role = clue.to_dict()["reading"].get("role")
    return f"{shown} ({_say(role, language)})" if role else shown


def highlighted(article: ArticleClues) -> Text:
    """The article with its clues coloured by kind; control characters are shown, not sent."""
    text = Text()
    for piece, clue in pieces(article):
        style = _STYLE.get(clue.name, "reverse") if clue else ""
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
    table.add_column(_say("quote", language), ratio=5, overflow="fold")
    table.add_column(_say("offsets", language), width=11)
    table.add_column(_say("read_as", language), ratio=5, overflow="fold")
    table.add_column(_say("said_by", language), ratio=2, overflow="fold")
    for clue in article.clues:
        cells: list[str | Text] = [
            _say(f"clue_{clue.name}", language), Text(visible(clue.quote), style=_STYLE.get(clue.name, "")),
            f"{clue.start}–{clue.end}", Text(reading_in_words(clue, language)), Text(visible(clue.attribution or "")),
        ]  # fmt: skip
        numbered: list[str | Text] = [str(clue.contract + 1), *cells] if several else cells
        table.add_row(*numbered)
    parts: list[RenderableType] = [highlighted(article), Text(), table]
    parts += [
        Text(_say("question", language).format(quote=visible(question.quote)), style="yellow")
        for question in article.questions
    ]
    if not article.clues:
        parts.append(Text(_say("no_clue", language), style="italic"))
    return Group(*parts)


def print_article(article: ArticleClues, language: Language, console: Console) -> None:
    """Prints an article with its clues."""
    console.print(render(article, language))


def fragment(article: ArticleClues, language: Language = "en") -> str:
    """The article as HTML for a notebook: the text with its clues marked, each with its reading as a tooltip."""
    marked = []
    for piece, clue in pieces(article):
        shown = html.escape("\n".join(visible(line) for line in piece.split("\n"))).replace("\n", "<br>")
        if clue is None:
            marked.append(shown)
            continue
        name = html.escape(_say(f"clue_{clue.name}", language))
        told = html.escape(f"{_say(f'clue_{clue.name}', language)}: {reading_in_words(clue, language)}", quote=True)
        colour = _COLOUR.get(clue.name, "#eeeeee")
        marked.append(f'<mark style="background:{colour}" title="{told}">{shown}<sub>{name}</sub></mark>')
    return f'<div class="tsukitome-article" lang="ja">{"".join(marked)}</div>'
