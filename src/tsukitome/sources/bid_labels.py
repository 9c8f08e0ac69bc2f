"""What lines above a table of bids say of its contract: a label and its value in two cells, or in one (``発注機関：架空市``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from tsukitome.documents.table import Cell, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_cells import is_blank
from tsukitome.sources.bid_fields import field_of
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.officer_cell import organization_of

_LONGEST, _LONGEST_SPACED = 14, 60  # characters of a label, and of one with white space or of a heading
_FIELDS = frozenset(
    {"title", "buyer", "section", "reference", "notice", "bid_date", "award_date", "contract_date", "reserve", "price",
     "winner", "rate", "method"}
)  # fmt: skip
_DAYS = frozenset({"notice", "bid_date", "award_date", "contract_date"})
_WHOLE = re.compile(r"[省庁都道府県市区町村]|機構|大学|法人|公社|組合|整備局")
_FIRM = re.compile(r"会社|\([株有同資名]\)")
_HELD_ON = re.compile(
    r"(?P<day>(?:(?:令和|平成|[RH])\s?(?:元|[0-9]{1,2})|20[0-9]{2})\s?[年./-]\s?[0-9]{1,2}\s?[月./-]\s?[0-9]{1,2}\s?日?)(?:\(.\))?\s*(?:執行|開札|入札|実施|施行)"
)
_MAY_BE_HELD = re.compile("[日0-9０-９) 　](?:執行|開札|入札|実施|施行)")
_OFFICE = re.compile(r".+(?:[省庁府都道県市区町村局部課室係所署院校社団]|センター|機構|委員会|大学|組合|事業部)")
_SECTION = re.compile(r"本[省庁局部]|.{2,}(?:[局部課室係所署]|センター)")
_CHIEF = re.compile(
    r"[省庁府都道県市区町村局部課室係所署院校]長(?!野|崎|岡|浜|久手|瀞|生|島|井|泉|沼|和|門)|知事|理事(?!務)|管理者|担当官|責任者"
)


_LABELS = re.compile(r"(?:^|[\s、,;；/／])(?P<label>[^\s:：、,;；/／]{2,14})[ \u3000]*[:：]")
_NUMBERING = re.compile(r"^\s*(?:[(（]?[0-9０-９]{1,2}[)）.．、]?[ \u3000]+|[①-⑳・■○●◇◆]\s*)")
# A label and its value on a line of their own, set apart by white space: 件　名　見本業務.
_SPACED = re.compile(r"(?P<head>\S(?:[ \u3000]+\S(?=[ \u3000]))*|\S{2,}?)[ \u3000\t]+(?P<value>\S{2,}.*)", re.DOTALL)


class Label(NamedTuple):
    """A label as printed, and the cell that it stands for."""

    printed: str
    cell: Cell


Labels = Mapping[str, Label]


def labels_of(row: Row) -> dict[str, Label]:
    """The labelled values of a row, by field. A header's cells are none: no value follows them."""
    cells = [cell for cell in row.cells if cell.text.strip() and not cell.covered]
    found: dict[str, Label] = {}
    for at, cell in enumerate(cells):
        if several := _several_in(cell.text):
            for part in several:
                found = {**labels_of(Row(row.number, (cell_of_text(part),))), **found}
            continue
        if len(cell.text) > _LONGEST_SPACED and ":" not in cell.text and "：" not in cell.text:
            continue
        if _MAY_BE_HELD.search(cell.text) and (held := _HELD_ON.search(fold(cell.text))):
            found.setdefault("bid_date", Label(cell.text.strip(), Cell(held["day"], held["day"])))
            continue
        head, _, value = re.sub(r"^\s*[(（【\[]?", "", cell.text).replace(":", "：", 1).partition("：")
        if not value and len(cells) == 1 and (spaced := _SPACED.fullmatch(_NUMBERING.sub("", head).strip())):
            head, value = spaced["head"], "" if field_of(spaced["value"]) else spaced["value"]
        field = _label(head)
        if field is None:
            continue
        if value.strip():
            text = value.strip()
            found.setdefault(field, Label(head.strip(), Cell(text, text)))
        elif at + 1 < len(cells) and not is_blank(cells[at + 1].text) and field_of(cells[at + 1].text) is None:
            found.setdefault(field, Label(head.strip(), cells[at + 1]))
    return found


@lru_cache(maxsize=1 << 12)
def _several_in(text: str) -> tuple[str, ...]:
    """The labels of one cell with their values, where it holds several: 件名：…　入札日：…; () for any other cell."""
    starts = [match.start("label") for match in _LABELS.finditer(text) if _label(match["label"])]
    if len(starts) < 2 or text[: starts[0]].strip():
        return ()
    return tuple(
        text[start:end].strip(" \u3000\n、,;/／") for start, end in zip(starts, (*starts[1:], None), strict=True)
    )


def heading_labels(table: Table) -> dict[str, Label]:
    """What the lines above a table tell of its contract."""
    return labels_in([Row(0, (cell_of_text(line),)) for line in table.heading.splitlines()])


def labels_in(rows: Iterable[Row]) -> dict[str, Label]:
    """What rows above a list of bidders tell of its contract."""
    labels: dict[str, Label] = {}
    for row in rows:
        labels = joined(labels, labels_of(row))
    return labels


def lines_of(row: Row, labels: Labels) -> list[str]:
    """What a row above a table tells of the whole table: nothing where it tells of one contract, its place or its method."""
    texts = own_texts(row)
    first = re.split("[:：]", texts[0])[0] if texts else ""
    placed = len(first) <= _LONGEST and field_of(first) in ("ignored", "address") and texts != [first]
    return [] if placed or labels.keys() - _DAYS else texts


def joined(known: Labels, found: Labels) -> dict[str, Label]:
    """The labels so far with those of a further row; a new title begins a new contract, of the same buyer."""
    if "title" in found and "title" in known:
        known = {field: label for field, label in known.items() if field == "buyer"}
    return {**known, **found}


def buyer_in(labels: Labels, heading: str | None) -> str | None:
    """The office that a label names, without any person, behind the organization of the heading where it is a part of one."""
    named = _office(labels)
    if named is None or heading is None or _WHOLE.search(named):
        return named or heading
    return f"{heading} {named}"


def _office(labels: Labels) -> str | None:
    if "buyer" not in labels:
        return None
    return office_in(labels["buyer"].cell.text)


@lru_cache(maxsize=1 << 12)
def office_in(printed: str) -> str | None:
    """The office that a cell names, without its chief or any other person; None where none is sure."""
    text = fold(printed).strip()
    first, *others = text.split() or [""]
    if _CHIEF.search(first) or not _OFFICE.fullmatch(first):
        return organization_of(text)
    words = [first]
    for word in others:
        if _CHIEF.search(word) or not _SECTION.fullmatch(word):
            break
        words.append(word)
    return " ".join(words)


def _label(text: str) -> str | None:
    key = squeeze(fold(text))
    if not key or len(key) > _LONGEST or _FIRM.search(key):
        return None
    field = field_of(key)
    return field if field in _FIELDS else None
