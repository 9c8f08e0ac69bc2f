"""Firms that one cell lists with what each bid or is paid: 架空建設㈱ 8,500,000円 / 架空電設㈱ 8,000,000円 落札."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tsukitome.normalize.text import fold
from tsukitome.sources.supplier_address import has_form
from tsukitome.sources.vocabulary import vocabulary

_SUM = r"(?:金|[¥\\])?\s?[0-9]{1,3}(?:,[0-9]{3})+\s?(?:円|千円)?-?|[0-9]+\s?(?:千円|万円|円)|[0-9]{4,}"
_SUM_FIRST = re.compile(rf"(?:{_SUM})[^0-9]*")
_NUMBERING = re.compile(r"^(?:[①-⑳]|\(?[0-9]{1,2}(?:[).．、:]|\s(?=\s*[^\s0-9]))|[A-Z](?:社)?[:：.)])\s*")
_BEFORE = re.compile(r"[\s:：,、(（\[…・-]+$")
_BEHIND = re.compile(r"^[)）\]]?[\s:：,、(（\[]*|[\s)）\],、;；]+$")


class PricedName(NamedTuple):
    """A firm of such a list: its name, its sum as printed, and the words behind it (落札); "" for what is not printed."""

    name: str
    sum: str
    mark: str


@lru_cache(maxsize=1)
def _no_bids() -> str:
    words = sorted(
        (row["word"] for row in vocabulary("bid_words") if row["meaning"] == "no_bid"), key=len, reverse=True
    )
    return "|".join(map(re.escape, words))


@lru_cache(maxsize=1)
def _entry() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>[^\n]*?[^\n0-9,])(?P<sum>{_SUM}|(?:{_no_bids()})(?![^\s)）、,;/／\n]))(?P<mark>[^\n]*)"
    )


@lru_cache(maxsize=1 << 12)
def priced_names(text: str) -> tuple[PricedName, ...]:
    """The firms of a list in the order printed; () for a text in which something is no firm with a sum of its own.

    A firm stands on a line of its own, or behind a slash or 、. Its sum may stand on the line below it.
    """
    lines: list[str] = []
    for line in re.split(r"\n|[/／;；](?=\s*[^0-9\s])|(?<=[円落札)])、", fold(text)):
        line = line.strip()
        if lines and _SUM_FIRST.fullmatch(line) and not _entry().fullmatch(lines[-1]):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    found: list[PricedName] = []
    for line in lines:
        match = _entry().fullmatch(_NUMBERING.sub("", line, count=1))
        if match is None:
            return ()
        name = _BEFORE.sub("", match["name"]).strip()
        if not name:
            return ()
        found.append(PricedName(name, match["sum"].strip(), _BEHIND.sub("", match["mark"])))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def priced_firms(text: str) -> tuple[PricedName, ...]:
    """:func:`priced_names` of a cell that lists two firms at least, each with a legal form and a sum in yen; else ()."""
    if "円" not in text:
        return ()
    found = priced_names(text)
    if len(found) < 2 or not all(has_form(one.name) and "円" in one.sum for one in found):
        return ()
    return found
