"""Where a winner's address begins behind its name, and what 同 (the same) before an address stands for."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from tsukitome.normalize.municipality import prefectures
from tsukitome.normalize.place import municipality_of
from tsukitome.normalize.text import squeeze
from tsukitome.sources.gazette.company_form import forms, has_form, is_name

_LEAD = re.compile(r"^(?:(?:住所|所在地|本社|本店):?)?(?:〒?[0-9]{3}-?[0-9]{4}|〒)?")
_SAME = re.compile(r"同(?:上|所|[都道府県市区])|〃$")


@cache
def _prefecture() -> re.Pattern[str]:
    return re.compile("〒|" + "|".join(prefecture.name for prefecture in prefectures()))


def address_start(text: str, on: dt.date | None) -> int | None:
    """Where the address begins in ``name + address``, or None.

    A prefecture's or city's name may also stand inside the firm's (東京都環境公社, 大阪市場センター), so what follows must be a
    known municipality, hold no company form, and leave a name that is more than a form. A printed prefecture is trusted
    more than a bare city.
    """
    last_form = max((match.start() for match in forms().finditer(text)), default=0)
    for match in _prefecture().finditer(text, 1):
        if match.start() >= last_form and is_name(text[: match.start()]) and municipality_of(text[match.start() :], on):
            return match.start()
    for match in _SAME.finditer(text, max(1, last_form)):
        if is_name(text[: match.start()]) and re.search("[0-9上所〃]", text[match.start() :]):
            return match.start()
    for start in range(max(1, last_form), len(text) - 3):
        if not re.match(r".{1,7}?[市区町村郡]", text[start:]) or not is_name(text[:start]):
            continue
        place = municipality_of(text[start:], on)
        sure = place and (has_form(text[:start]) or place.city.endswith("市") or not place.city)
        if sure and re.search("[0-9]", text[start:]):
            return start
    known = _prefecture().search(text, max(1, last_form))
    if known is None or not re.search("[0-9]", text[known.end() :]):
        return None
    name = text[: known.start()]  # a municipality that the table does not know, or none: still an address
    return known.start() if has_form(name) and is_name(name) else None


def is_address(text: str, on: dt.date | None = None) -> bool:
    """Whether what stands in parentheses is an address: it begins with a postal code, a prefecture, 同 or a municipality."""
    text = _LEAD.sub("", squeeze(text))
    if _prefecture().match(text) or _SAME.match(text) or text in ("同", "同左", "〃"):
        return True
    return bool(re.search(r"[0-9一二三四五六七八九十]|[市区町村]$", text)) and municipality_of(text, on) is not None


def bare_address(printed: str) -> str:
    """An address without white space, postal code and the word 住所."""
    return _LEAD.sub("", squeeze(printed))


def written_out(address: str, before: str) -> str:
    """An address that begins with 同 written out (or is 〃) from the address ``before`` it; any other as it is."""
    if not address.startswith(("同", "〃")):
        return address
    if re.fullmatch(r"同(?:上|所|左)?|〃", address):
        return before
    prefecture = _prefecture().match(before)
    if prefecture and address[1] in "都道府県":
        return prefecture.group() + address[2:]
    unit = re.match(rf".*?{address[1]}", before[prefecture.end() :] if prefecture else before)
    if address[1] in "市区" and unit:
        return (prefecture.group() if prefecture else "") + unit.group() + address[2:]
    return address
