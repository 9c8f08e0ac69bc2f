"""Where a supplier's address begins, behind or below its name, and the address itself."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from itertools import pairwise

from tsukitome.normalize.firm import write_out_forms
from tsukitome.normalize.municipality import Municipality, prefectures
from tsukitome.normalize.place import beginnings, municipality_of, names, place_key, split_prefecture
from tsukitome.normalize.text import close_up, fold, squeeze, table

_POSTCODE = re.compile(r"^(?:〒\s*[0-9]{3}\s?-?\s?[0-9]{4}|[0-9]{3}\s?-\s?[0-9]{4}|〒)\s*[)\]]?\s*")
_LABEL = re.compile(r"^[(\[【]?(?:本社|本店|主たる事務所の?)?(?:住所|所在地)[)\]】]?[:\s]*")
_PHONE = re.compile(r"[\s(]*(?:TEL|Tel|電話|℡|FAX).*$", re.S)
_BLOCK = re.compile(r"[0-9]|[一二三四五六七八九十]+(?:丁目|番)|大字|番地|無番地")
_NEAR_BLOCK = re.compile(r"[^0-9]{0,18}?(?:[0-9]|[一二三四五六七八九十]+(?:丁目|番))")
_NAME_BEHIND_BLOCK = re.compile(
    r"(?P<address>.+[0-9](?:号室?|番地?|番[0-9]+号|丁目|階|F)?)[\s\u3000]?(?P<name>[^0-9\s\u3000]+)"
)
_BUILDING = re.compile(r"ビル|タワー|ハイツ|マンション|内$|[階館号番]")
_FOREIGN_FORM = re.compile(
    r"\b(?:Ltd|Limited|Inc|Incorporated|LLC|LLP|LP|Corp|Corporation|Company|Co|GmbH|AG|SE|KG|B\.?V|N\.?V|S\.?A|S\.?A\.?S|S\.?p\.?A|S\.?r\.?l|"
    r"Oy|AB|A/S|AS|PLC|Plc|plc|Pte|Pty|Sdn|Bhd|University|Institute|Press|Society)\.?$"
)
_BODY_END = re.compile(r"(?:協会|支部|支店|支社|営業所|センター|[会所局院校館団社]|機構|組合|大学|法人)$")
_SECOND = re.compile(r"\s*\((?:本社|本店|支店|支社|営業所|契約先|登記)[^()]*[:)].*$", re.S)
_OTHERS_BEHIND = re.compile(r"[\s(、]*(?:ほか|他|外)\s*[0-9一二三四五六七八九十]+\s*(?:社|者|名|先|法人|団体).*$", re.S)
_MAY_BE_PHONE, _MAY_BE_OTHERS = re.compile("[T電℡F]"), re.compile("[ほ他外]")
_OPEN = " \u3000\n(（「[:、,/"
BEFORE_ADDRESS = " \u3000/,、(:【[〔<"  # what may stand between a name and its address
_LONGEST_NAME = 9  # characters of the longest municipality with its county or city that is looked for inside a line
_REACH = 400  # characters in which an address ends: what a cell of junk holds behind them is not gone through again and again


@cache
def _forms() -> re.Pattern[str]:
    forms = sorted((row["form"] for row in table("company_forms")), key=len, reverse=True)
    return re.compile("|".join(forms))


@lru_cache(maxsize=1 << 14)
def has_form(text: str) -> bool:
    """Whether a legal form, short or written out, stands in a text: it names a firm."""
    return _forms().search(write_out_forms(fold(text))) is not None


@cache
def prefecture_names() -> re.Pattern[str]:
    """Matches the full name of any prefecture (東京都, 北海道)."""
    return re.compile("|".join(prefecture.name for prefecture in prefectures()))


@cache
def _short_prefectures() -> dict[str, str]:
    return {prefecture.short: prefecture.name for prefecture in prefectures()}


def place_of(address: str, on: dt.date | None = None) -> Municipality | None:
    """The municipality of an address, slips of the pen with the prefecture allowed for: 東京中央区…, 東京東京都中央区…"""
    place = municipality_of(address, on)
    if place is not None:
        return place
    text = squeeze(address)
    if split_prefecture(place_key(text))[0] is not None:
        return None
    short = next((text[:length] for length in (2, 3) if text[:length] in _short_prefectures()), None)
    if short is None:
        return None
    rest = text.removeprefix(short)
    return municipality_of(rest if prefecture_names().match(rest) else _short_prefectures()[short] + rest, on)


def begins_with_municipality(text: str) -> int:
    """The length of the municipality's name at the beginning of a text, known ambiguous ones included; 0 for none."""
    key = place_key(text)
    if key[:2] not in beginnings():
        return 0
    for length in range(min(len(key), _LONGEST_NAME), 1, -1):
        if key[:length] in names():
            return length
    return 0


@lru_cache(maxsize=1 << 14)
def starts_address(line: str, on: dt.date | None = None) -> bool:
    """Whether a line begins with an address: a postal code, or a prefecture or municipality with something behind it."""
    text = squeeze(line[:_REACH]).lstrip(_OPEN)
    if _POSTCODE.match(text) or re.match(r"(?:住所|所在地)[:)]", text):
        return True
    text = _LABEL.sub("", text)
    block = _BLOCK.search(text) is not None
    if has_form(text) and not (block and split_prefecture(text)[0]):
        return False
    prefecture, rest = split_prefecture(place_key(text))
    if prefecture is not None:
        named = municipality_of(text, on) is not None or re.match(r".{1,5}[市区町村郡]", rest) is not None
        return (named or block) and (block or _BODY_END.search(text) is None)
    length = begins_with_municipality(text)
    if length and _NEAR_BLOCK.match(text[length:]):
        return True
    if length and text[length:] == ")":
        return True  # (横須賀市)
    if length and re.match(r".{1,5}(?:市.{1,3}区|郡.{1,4}[町村])", text):
        return _BODY_END.search(text) is None
    return block and place_of(text, on) is not None


def _begins_with_address_of_firm(line: str, on: dt.date | None) -> bool:
    """Whether a line begins with an address, and a firm's name follows it."""
    at = name_behind_address(line) if begins_with_municipality(squeeze(line[:_REACH]).lstrip(_OPEN)) else None
    return at is not None and starts_address(line[:at], on)


@lru_cache(maxsize=1 << 13)
def address_start(line: str, on: dt.date | None = None) -> int | None:
    """Where an address begins inside a line that begins with a name; None if it holds none.

    White space, a slash or a parenthesis before it is the surest sign; else a prefecture with a municipality behind it;
    else a municipality with a block number, behind a name.
    """
    if starts_address(line, on) or _begins_with_address_of_firm(line, on):
        return None
    for gap in re.finditer(r"[\s\u3000/,、(:]+", line):
        if gap.start() > 0 and gap.end() < len(line) and starts_address(line[gap.end() : gap.end() + _REACH], on):
            return gap.end()
    for match in prefecture_names().finditer(line):
        behind = line[match.start() : match.start() + _REACH]
        named = match.start() > 1 and municipality_of(behind, on) is not None
        if named and _BLOCK.search(behind, len(match.group())):
            return match.start()
    if postcode := re.search(r"〒|[0-9]{3}-[0-9]{4}", line[2:]):
        return postcode.start() + 2
    if not _BLOCK.search(line):
        return None
    form = _forms().match(line)
    for at in range((form.end() if form else 1) + 1, len(line) - 3):
        length = begins_with_municipality(line[at : at + _REACH])
        if length and _NEAR_BLOCK.match(line, at + length):
            return at
    return None


def is_foreign_address(line: str, name: str) -> bool:
    """Whether a line below a foreign firm's name (… Ltd., … GmbH) is its address: Latin letters, with a number or a comma."""
    return line.isascii() and re.search("[0-9,]", line) is not None and _FOREIGN_FORM.search(name) is not None


def has_block(address: str) -> bool:
    """Whether a block or house number stands in an address."""
    return _BLOCK.search(address) is not None


def name_behind_address(line: str) -> int | None:
    """Where a name begins behind an address on one line (東京都中央区日本橋小網町９－９　国際金融情報センター), or None.

    Without white space before it, a name begins behind the last block number: 千葉市美浜区中瀬2-6-1架空清掃株式会社.
    """
    gaps = [gap for gap in re.finditer(r"[\s\u3000]+", line.strip()) if gap.start() > 6]
    for gap in gaps:
        if starts_address(line.strip()[gap.end() :]):
            continue  # 〒170-0013 東京都豊島区…
        behind = line.strip()[gap.end() :]
        if has_form(behind) or (
            gap is gaps[-1] and not re.search("[0-9]|ビル|階", behind) and _BODY_END.search(behind)
        ):
            return gap.end()
    run = _NAME_BEHIND_BLOCK.fullmatch(line.rstrip())
    if run and _is_named_with_form(run["name"]) and starts_address(run["address"]):
        return run.start("name")
    return None


def _is_named_with_form(text: str) -> bool:
    """Whether a text is a firm's name with a legal form, and more than that; no building's."""
    rest, forms = _forms().subn("", write_out_forms(text))
    return forms > 0 and len(rest) > 1 and _BUILDING.search(text) is None


def unwrapped(lines: list[str], on: dt.date | None = None) -> list[str]:
    """A name and its address as two lines, where a line break stands inside the address: …㈱ 東京都 / 豊島区南大塚2-31-8.

    Lines that already begin with the address, and those of several firms, are left alone.
    """
    joined = "".join(lines)
    if len(lines) < 2 or len(_forms().findall(write_out_forms(joined))) > 1:
        return lines
    bare = [line.lstrip(_OPEN) for line in lines]
    if any(_POSTCODE.match(line) or _LABEL.match(line) or prefecture_names().match(line) for line in bare):
        return lines
    for above, line in pairwise(lines):
        if starts_address(line, on) and not any(above.endswith(prefecture.name) for prefecture in prefectures()):
            return lines
    for match in prefecture_names().finditer(joined):
        behind = joined[match.start() :]
        if match.start() > 1 and municipality_of(behind, on) is not None and _BLOCK.search(behind):
            return [joined[: match.start()].rstrip(_OPEN), behind]
    return lines


def clean_address(text: str, *, wrapped: bool = False) -> str:
    """An address as one line, width folded: labels, postal code, telephone and ほか1社 left out.

    ``wrapped`` says that line breaks are the page's and stand inside words (2-30-2 / 5).
    """
    if wrapped:
        text = re.sub(r"\s*\n\s*", "", text)
    text = _LABEL.sub("", text.strip(_OPEN + ")）」]】〕>"))
    text = _POSTCODE.sub("", text.lstrip(_OPEN))
    # Each of the three is looked for only where one of the characters with which it begins is: that takes a tenth of the time.
    if _MAY_BE_PHONE.search(text):
        text = _PHONE.sub("", text)
    if _MAY_BE_OTHERS.search(text):
        text = _OTHERS_BEHIND.sub("", text)
    if "(" in text:
        text = _SECOND.sub("", text)
    text = close_up(text).strip(" 、,/")
    return text.rstrip(")") if text.count(")") > text.count("(") else text
