"""The supplier's cell in its plain forms, which nearly all are: a firm's name, and its address below it or behind a space.

A name and an address come again in other company, so each is worked out once. Any other cell is left to
:class:`~tsukitome.sources.supplier_parties.SupplierCell`, and a plain one gives what that gives; the tests hold one to the other.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from typing import NamedTuple

from tsukitome.normalize.firm import FirmName, read_firm
from tsukitome.normalize.municipality import prefectures
from tsukitome.normalize.place import municipality_of, place_key, split_prefecture
from tsukitome.sources.supplier_address import (
    BEFORE_ADDRESS,
    address_start,
    begins_with_municipality,
    clean_address,
    has_block,
    has_form,
    prefecture_names,
    starts_address,
)
from tsukitome.sources.supplier_name import OTHER, OTHERS, UNCOUNTED, is_nobody, is_person, name_of
from tsukitome.sources.supplier_parties import CONTACT, MARK

# What a cell of one name over one address can't hold: lists, ventures and their members, asides.
_LISTED = re.compile("[①-⑳、]|1[).]|A社")
_NOT_NAME = re.compile(f"{MARK}|共同|コンソーシアム|JV|代|構成|幹事|含む")
# Without one of these behind the first character, a line that begins with no place holds no address.
_MAY_HOLD_ADDRESS = re.compile(r"(?<=.)[\s\u3000/,、(:]|[〒番0-9]|丁目|大字|住所|所在地")
_WITH_PERSON = 3  # lines of a cell that prints the representative between name and address
_FORMER_CORPORATIONS = (("(特財)", "財団法人"), ("(特社)", "社団法人"))
# 特例民法法人 of 2008 to 2013 kept 財団法人 and 社団法人 in their names (平成18年法律第50号, Article 42).
_DASH_FOR_SOUND_MARK = re.compile(r"(?<=[ァ-ヺ])-(?![0-9A-Za-z])")  # センタ‐: printed with a hyphen


class PlainSupplier(NamedTuple):
    """The one supplier of a cell: its name as folded and closed up, and as read; its address and municipality; the number
    printed in the cell.
    """

    name: str
    firm: FirmName
    address: str | None
    municipality_code: str | None
    number: str | None


class _Name(NamedTuple):
    name: str
    firm: FirmName
    has_form: bool


class _Address(NamedTuple):
    shown: str
    municipality_code: str
    has_form: bool


def plain_supplier(text: str, on: dt.date | None) -> PlainSupplier | None:
    """The supplier of a folded cell in which each corporate number is a marked line of its own; None for any cell not plain."""
    if _LISTED.search(text) or (OTHER.search(text) and (OTHERS.search(text) or UNCOUNTED.search(text))):
        return None
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    number = lines.pop().removeprefix(MARK) if len(lines) > 1 and lines[-1].startswith(MARK) else None
    if len(lines) == 1:
        lines = _parted(lines[0], on)
    elif len(lines) == _WITH_PERSON and is_person(lines[1]) and not starts_address(lines[1], on):
        del lines[1]
    if len(lines) > _WITH_PERSON - 1 or not lines or (name := name_line(lines[0])) is None:
        return None
    if len(lines) == 1:
        return PlainSupplier(name.name, name.firm, None, None, number)
    address = address_line(lines[1], on)
    if address is None or (address.has_form and not name.has_form):
        return None
    return PlainSupplier(name.name, name.firm, address.shown, address.municipality_code, number)


def _parted(line: str, on: dt.date | None) -> list[str]:
    """A name and its address on one line as two."""
    at = address_start(line, on)
    return [line] if at is None else [line[:at].strip().rstrip(BEFORE_ADDRESS), line[at:]]


@lru_cache(maxsize=1 << 15)
def name_line(line: str) -> _Name | None:
    """A line that is a firm's name with nothing else in it."""
    if _NOT_NAME.search(line) or CONTACT.match(line):
        return None
    if begins_with_municipality(line) or split_prefecture(place_key(line))[0] is not None:
        return None
    if line.endswith(_prefectures()):  # 見本協会東京都 / 豊島区…
        return None
    if _MAY_HOLD_ADDRESS.search(line) and (starts_address(line) or address_start(line) is not None):
        return None
    name = name_of(line)
    firm = read_firm(written_out(name))
    if is_nobody(name) or firm.members:
        return None
    return _Name(name, firm, has_form(line))


@cache
def _prefectures() -> tuple[str, ...]:
    return tuple(prefecture.name for prefecture in prefectures())


@lru_cache(maxsize=1 << 15)
def address_line(line: str, on: dt.date | None) -> _Address | None:
    """A line that is an address for sure: a municipality that is known, a block."""
    if MARK in line:
        return None
    place = municipality_of(line, on) if has_block(line) and prefecture_names().match(line) else None
    if place is None and not starts_address(line, on):
        return None
    shown = clean_address(line)
    place = municipality_of(shown, on)
    return _Address(shown, place.code, has_form(line)) if place and has_block(shown) else None


def written_out(name: str) -> str:
    """A name with the abbreviations of corporations' former forms written out, and a hyphen that was printed for ー."""
    for short, form in _FORMER_CORPORATIONS:
        name = name.replace(short, form)
    return _DASH_FOR_SOUND_MARK.sub("ー", name) if "-" in name else name
