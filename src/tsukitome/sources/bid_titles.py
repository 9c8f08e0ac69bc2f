"""Titles that stand above the bidders of a contract without a label, and bidders in groups below one header.

``（１）見本川護岸工事`` above the header of each list, or between it and the bidders of each contract. What comes out says
``件名：見本川護岸工事`` there, with the header below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from tsukitome.documents.table import EMPTY, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_fields import field_of, is_bare_round
from tsukitome.sources.bid_headers import layout_at, may_begin
from tsukitome.sources.bid_labels import Label, heading_labels, joined, labels_of
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.contract_title import is_note, is_total
from tsukitome.sources.officer_cell import labels_official
from tsukitome.sources.supplier_address import has_form
from tsukitome.sources.vocabulary import vocabulary

SOME_TITLE: Mapping[str, Label] = {"title": Label("件名", cell_of_text("件名"))}
_DEPTH = 40  # rows in which the first header stands
_FARTHEST = 5000  # rows of a table in which titles are looked for
_LONGEST = 90  # characters of a title
_NUMBERING = re.compile(
    r"^\s*(?:(?:第|No\.?|NO\.?|№|番号)\s?[0-9０-９]{1,6}\s?号?|[(（【\[][0-9０-９一二三四五六七八九十]{1,4}[)）】\]]|[0-9０-９]{1,4}[.．、:：)）\s\u3000]"
    r"|[①-⑳]|[■□◆◇○●・▼▽★☆]+)[\s\u3000:：]*"
)
_OF_RESULT = re.compile(
    r"(?:(?:の|に係る|に関する|における)?(?:一般競争|指名競争|公募型?)?(?:入札|開札|見積(?:合わ?せ)?|プロポーザル|審査|選定)(?:の|執行|等)*(?:結果|経過|調書|状況|記録)|について).*$"
)
_KIND_ONLY = re.compile(
    r"(?:建設|土木|建築|公共|工事|業務|委託|物品|役務|購入|設計|測量|調査|コンサル(?:タント)?|印刷|製造|賃貸借|修繕|借入|売却|調達|請負|契約|関係|関連|管理|清掃|警備|保守|等|及び|並びに|又は|の|・|/|、|,|[(（].*?[)）]|(?:令和|平成)?[0-9元]+年度?|[0-9]+月分?|分|部)+"
)
_OFFICE = re.compile(r".*(?:[省庁府都道県市区町村局部課室係署]|事務所|センター|委員会)")


@cache
def _work() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(row["word"]) for row in vocabulary("work_words")))


@lru_cache(maxsize=1 << 12)
def title_in(text: str) -> str | None:
    """The title of a contract that a line without a label is, without its number; None for any other line."""
    line = _NUMBERING.sub("", text, count=1).strip()
    line = _OF_RESULT.sub("", line).strip().strip("「」『』【】[]")
    key = squeeze(fold(line))
    if not 4 <= len(key) <= _LONGEST or field_of(key) or is_bare_round(key):
        return None
    if _KIND_ONLY.fullmatch(key) or _OFFICE.fullmatch(key) or is_note(line) or is_total(key):
        return None
    if has_form(line) or labels_official(line) or re.search("[:：。]|税[抜込]|単位", key):
        return None
    return line if _work().search(key) else None


def title_above(lines: Iterable[str]) -> str | None:
    """The title among the lines above a list of bidders: the last that is one."""
    return next((title for line in reversed([*lines]) if (title := title_in(line))), None)


def with_titles_labelled(table: Table) -> Table:
    """The table with a label before each title that stands above a list of bidders or between them; else the table itself."""
    first = _header_without_title(table)
    if first is None:
        return table
    rows = [*_by_groups(table.rows, first)] or _by_blocks(table.rows, first)
    return replace(table, rows=tuple(rows)) if rows else table


def _header_without_title(table: Table) -> int | None:
    """The row of the first header, where nothing that is labelled gives its contract a title; else None."""
    rows = table.rows[:_DEPTH]
    if not any(may_begin(table.rows, at) for at in range(len(rows))):
        return None
    labels = heading_labels(table)
    for at, row in enumerate(rows):
        if layout_at(table.rows, at, labels):
            return None
        if "title" not in labels and layout_at(table.rows, at, {**labels, **SOME_TITLE}):
            return at
        labels = joined(labels, labels_of(row))
    return None


def _by_groups(rows: Sequence[Row], first: int) -> Iterator[Row]:
    """The rows with the header said again below each title among them; none where no title follows the header."""
    layout = layout_at(rows, first, SOME_TITLE)
    height = len(layout.rows) if layout else 1
    header, body = rows[first : first + height], rows[first + height :]
    if not body or _group_title(body[0]) is None:
        return
    yield from rows[:first]
    for row in body:
        if labelled := _group_title(row):
            yield labelled
            yield from (Row(row.number, one.cells) for one in header)
        else:
            yield row


def _group_title(row: Row) -> Row | None:
    """A row that heads the bidders of a contract, with its label; None for any other row."""
    texts = own_texts(row)
    if len(texts) == 1:
        return row if "title" in labels_of(row) else _labelled(row)
    return row if "title" in labels_of(row) and len(texts) <= 2 * len(labels_of(row)) else None


def _labelled(row: Row) -> Row | None:
    texts = own_texts(row)
    title = title_in(texts[0]) if len(texts) == 1 else None
    if title is None:
        return None
    return Row(row.number, (cell_of_text(f"件名：{title}"), *(EMPTY,) * (len(row.cells) - 1)))


def _by_blocks(rows: Sequence[Row], first: int) -> list[Row]:
    """The rows with a label before the title above each header; [] where the first header has none."""
    new = [*rows]
    for at in range(first, min(len(rows), _FARTHEST)):
        if at > first and layout_at(rows, at, SOME_TITLE) is None:
            continue
        for above in range(at - 1, -1, -1):
            if labelled := _labelled(rows[above]):
                new[above] = labelled
                break
            if len(own_texts(rows[above])) > 1 and not labels_of(rows[above]):
                break  # a bidder of the contract above
        else:
            above = -1
        if at == first and new[max(above, 0)] is rows[max(above, 0)]:
            return []
    return new
