"""Sheets and tables that hold no awards, and why: covers, keys to signs, counts, plans, tenders that are still open.

Only what names no firm is said to hold none. All else that is not understood may hold awards, and is refused as a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tsukitome.documents.table import Row, Table
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.headers import field_of, header_key
from tsukitome.sources.reading import NOTHING_BOUGHT, says_nothing_was_bought
from tsukitome.sources.supplier_address import has_form

NO_RECORD = "names no firm, and no day beside a sum: it holds no awards."
PLAN = "lists orders that are planned (発注見通し): it holds no awards."
OPEN_TENDERS = "lists tenders that are announced, without anyone who won: it holds no awards."
_DEPTH = 40  # rows from the top among which a header is looked for
_PLAN = re.compile("(?:発注|入札|調達|契約|公募)(?:の)?(?:見通し|予定(?!価格|総?額|金額)|計画)")
_ANNOUNCED = re.compile("公告|公示|期限|締切|締め切り|説明会|参加申[込請]|申請期間|見通し|予定(?!価格)")
_WINNERS = frozenset({"supplier", "supplier_name", "bidder", "price", "unit_price", "number"})
_TITLES = frozenset({"title", "works_title", "bare_title"})
_DAY = re.compile(
    r"[0-9元]年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}月[0-9]{1,2}日"
)
_SUM = re.compile(r"[¥\\@]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{4,})(?:\.[0-9]+)?(?:円|千円)?|[0-9,.]+(?:円|千円|万円)")
_NUMBER = re.compile(r"[0-9]{13}")


def why_no_awards(table: Table) -> str | None:
    """Why a table holds no awards, in the words of a refusal; None where it may hold some."""
    if says_nothing_was_bought(table.rows):
        return NOTHING_BOUGHT
    if any(_names_firm(row) for row in table.rows):
        return None
    if _is_plan(table):
        return PLAN
    if _is_of_open_tenders(table.rows):
        return OPEN_TENDERS
    return None if any(map(_has_day_and_sum, table.rows)) else NO_RECORD


def _names_firm(row: Row) -> bool:
    """Whether a row may tell of a firm that won. A line that is nothing but a name may be the buyer's, on a cover."""
    texts = own_texts(row)
    if len(texts) == 1 and not re.search("[:：]", texts[0]):
        return False
    return any((has_form(text) and len(core_key(text)) > 1) or _NUMBER.fullmatch(squeeze(fold(text))) for text in texts)


def _has_day_and_sum(row: Row) -> bool:
    texts = [squeeze(fold(text)) for text in own_texts(row)]
    days = [text for text in texts if _DAY.search(text)]
    return bool(days) and any(_SUM.fullmatch(text) for text in texts if text not in days)


def _is_plan(table: Table) -> bool:
    lines = [table.sheet or "", *table.heading.splitlines()]
    lines += [text for row in table.rows[:_DEPTH] for text in own_texts(row)]
    return any(_PLAN.search(squeeze(fold(line))) for line in lines) and not any(
        _WINNERS & fields for fields, _ in _headers(table.rows)
    )


def _is_of_open_tenders(rows: Sequence[Row]) -> bool:
    """Whether the header names a title and a day until which to bid, and nobody who won nor any price."""
    header = next(((fields, words) for fields, words in _headers(rows) if fields & _TITLES), None)
    return header is not None and not _WINNERS & header[0] and _ANNOUNCED.search(header[1]) is not None


def _headers(rows: Sequence[Row]) -> Iterator[tuple[set[str], str]]:
    """The fields that each of the first rows names, and its words."""
    for row in rows[:_DEPTH]:
        texts = own_texts(row)
        fields = {field for text in texts if (field := field_of(header_key(text)))}
        if len(texts) > 1 and fields:
            yield fields, squeeze(fold("|".join(texts)))
