"""What only the look of a cell says in a workbook (xlsx): that its text is struck out, and the words that its number format prints.

A format may show 412500 as ``412,500千円`` or 1980 as ``@1,980``; the library that reads the cells gives the bare number. Text that
is struck out was taken back by its author. (ECMA-376 Part 1, 18.8.22 ``font``, 18.8.30 ``numFmt``, 18.4.4 ``r``.)
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import join, normpath
from typing import Any

from tsukitome.documents.file import File

# Words of a format that change what a number means: other units than yen, prices per unit, taxes, other currencies.
_TELLS = re.compile(r"[千万億]円|[@＠/／$€£]|単価|税|当た?り|[月日年週]額|[時日]給")
_UNITS = {1: "千円", 2: "百万円"}  # what the commas behind a format's last digit leave out
_STRIKE = re.compile(rb"""<(?:\w+:)?strike\b(?!\s+val=["'](?:0|false)["'])""")
_LIST = re.compile(rb"<(\w+:)?sst\b")
_PREFIX = re.compile(rb"<(/?)\w+:")
_CODE = re.compile(rb"""formatCode=["']([^"']*)["']""")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\-\]]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<digits>[#0?.,]+)|(?P<other>.)",
    re.S,
)
_OF_DAYS = re.compile(r"[ymdhsgebaYMDHSGEBA]")
_CELL = rb"<(?:\w+:)?c\s(?P<attributes>[^>]*?%s)(?:/>|>(?P<content>.*?)</(?:\w+:)?c>)"
_STYLE = rb"""\bs=["'](?:%s)["'][^>]*?"""
_ATTRIBUTE = re.compile(rb"""\b(r|s|t)=["']([^"']*)["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_FALSE = frozenset({"0", "false"})


@dataclass(frozen=True, slots=True)
class _Looks:
    """The looks of a workbook that say something: of styles by their number, and of shared texts."""

    formats: dict[int, str]  # style → number format
    struck: frozenset[int]  # styles whose font is struck out
    texts: dict[int, str]  # shared text with struck-out parts → what is left of it
    inline: bool  # whether the texts stand in the cells themselves

    def __bool__(self) -> bool:
        return bool(self.formats or self.struck or self.texts or self.inline)


def shown_otherwise(file: File) -> dict[str, dict[tuple[int, int], str]]:
    """By sheet, the cells (row and column from 0) that a person reads otherwise than they are stored, and as what.

    ``""`` for one that is struck out. Empty for files of other formats, and for what is damaged: the reader of the cells says so.
    """
    if not file.data.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            names = set(archive.namelist())
            if "xl/styles.xml" not in names:
                return {}
            looks = _looks(archive, names)
            if not looks:
                return {}
            return {
                sheet: cells
                for sheet, part in _sheets(archive)
                if part in names and (cells := dict(_cells(archive.read(part), looks)))
            }
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, SyntaxError):
        return {}  # lxml's XMLSyntaxError is a SyntaxError


def _looks(archive: zipfile.ZipFile, names: set[str]) -> _Looks:
    styles = archive.read("xl/styles.xml")
    texts: dict[int, str] = {}
    inline = "xl/sharedStrings.xml" not in names
    if not inline and _strikes(shared := archive.read("xl/sharedStrings.xml")):
        texts = {at: left for at, item in _struck_items(shared) if (left := _unstruck(_piece(item))) is not None}
    codes = [unescape(code.decode("utf-8", "replace")) for code in _CODE.findall(styles)]
    if not _strikes(styles) and not any(formatted(1, code) for code in codes):
        return _Looks({}, frozenset(), texts, inline)  # nearly every workbook
    root = _parsed(styles)
    parts = {_local(part): part for part in root}
    formats_of = {int(one.get("numFmtId", "-1")): one.get("formatCode", "") for one in parts.get("numFmts", ())}
    telling = {number: code for number, code in formats_of.items() if formatted(1, code)}
    fonts = [_is_struck(font) for font in parts.get("fonts", ())]
    formats: dict[int, str] = {}
    struck: set[int] = set()
    for style, look in enumerate(parts.get("cellXfs", ())):
        if code := telling.get(int(look.get("numFmtId", "0"))):
            formats[style] = code
        if (font := int(look.get("fontId", "0"))) < len(fonts) and fonts[font]:
            struck.add(style)
    return _Looks(formats, frozenset(struck), texts, inline)


def _strikes(xml: bytes) -> bool:
    """Whether anything is struck out; most files hold no such word, which is seen sooner than what it means."""
    return b"strike" in xml and _STRIKE.search(xml) is not None


def _struck_items(shared: bytes) -> Iterator[tuple[int, bytes]]:
    """The shared texts that hold a struck-out part, by their number; only these are taken out of a file that may hold thousands."""
    prefix = root[1] or b"" if (root := _LIST.search(shared)) else b""
    starts = [item.start() for item in re.finditer(b"<" + prefix + rb"si[\s/>]", shared)]
    closing = b"</" + prefix + b"si>"
    known = -1
    for strike in _STRIKE.finditer(shared):
        at = bisect(starts, strike.start()) - 1
        if at > known and (end := shared.find(closing, starts[at])) > strike.start():
            known = at
            yield at, shared[starts[at] : end + len(closing)]


def _parsed(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _piece(data: bytes) -> Any:
    """An element cut out of a file, whose prefixes are declared elsewhere."""
    return _parsed(_PREFIX.sub(rb"<\1", data))


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_struck(font: Any) -> bool:
    return any(_local(one) == "strike" and one.get("val", "1") not in _FALSE for one in font)


def _unstruck(item: Any) -> str | None:
    """What is left of a rich text without its struck-out runs; None where none is."""
    found = False
    left: list[str] = []
    for run in item:
        if _local(run) not in ("r", "t"):
            continue  # a reading over the words (rPh)
        look = next((one for one in run if _local(one) == "rPr"), ())
        words = [run] if _local(run) == "t" else [one for one in run if _local(one) == "t"]
        text = "".join([one.text or "" for one in words])
        if _is_struck(look) and text.strip():
            found = True
        else:
            left.append(text)
    return "".join(left).strip() if found else None


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the file that holds it."""
    targets = {one.get("Id"): one.get("Target", "") for one in _parsed(archive.read("xl/_rels/workbook.xml.rels"))}
    for sheet in _parsed(archive.read("xl/workbook.xml")).iter():
        if _local(sheet) == "sheet":
            key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _cells(sheet: bytes, looks: _Looks) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _cell_of(looks, sheet).finditer(sheet):
        content = match["content"]
        if not content:
            continue
        attributes = {name: value.decode() for name, value in _ATTRIBUTE.findall(match["attributes"])}
        place = _REFERENCE.fullmatch(attributes.get(b"r", ""))
        text = _shown(attributes, content, looks) if place else None
        if place and text is not None:
            yield (int(place[2]) - 1, _column(place[1])), text


def _cell_of(looks: _Looks, sheet: bytes) -> re.Pattern[bytes]:
    """What finds the cells that can say something: any where texts may be struck out, else those of telling styles alone."""
    telling = {*looks.formats, *looks.struck}
    # Style 0 is also that of the cells which print none.
    if looks.texts or 0 in telling or (looks.inline and _strikes(sheet)):
        return re.compile(_CELL % b"", re.S)
    styles = b"|".join(b"%d" % style for style in sorted(telling)) or rb"(?!)"
    return re.compile(_CELL % (_STYLE % styles), re.S)


def _shown(attributes: dict[bytes, str], content: bytes, looks: _Looks) -> str | None:
    """What a person reads in a cell, where that is something else than it stores."""
    style, kind = int(attributes.get(b"s", "0")), attributes.get(b"t", "n")
    if style in looks.struck:
        return ""
    value = _VALUE.search(content)
    if kind == "s" and value:
        return looks.texts.get(int(value[1]))
    if kind == "inlineStr" and _strikes(content):
        return next(iter(_inline(content)), None)
    return (
        formatted(float(value[1]), looks.formats[style]) if kind == "n" and value and style in looks.formats else None
    )


def _inline(content: bytes) -> Iterator[str]:
    for item in _piece(b"<c>" + content + b"</c>"):
        if _local(item) == "is" and (left := _unstruck(item)) is not None:
            yield left


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def formatted(number: float, code: str) -> str | None:
    """A number with the words that its format prints before and behind it; None where they say nothing of its meaning.

    Only the format's section for positive numbers is looked at. ``#,##0,"千円"`` leaves out three digits: what it shows in
    thousands is stored in yen, and the stored number says it.
    """
    before, behind, commas, placed = "", "", 0, False
    for token in _TOKEN.finditer(code.replace("General", "0")):
        if token["other"] == ";":
            break
        if digits := token["digits"]:
            commas = len(digits) - len(digits.rstrip(",")) if set(digits) & set("#0?") else commas
            placed = True
        elif (other := token["other"]) and _OF_DAYS.match(other):
            return None  # a day, a time, or a power of ten
        elif other == "/" and placed:
            return None  # a fraction
        else:
            words = token["quoted"] or token["escaped"] or token["currency"] or other or ""
            before, behind = (before, behind + words) if placed else (before + words, behind)
    if not placed or not _TELLS.search(before + behind) or (commas and behind.strip() == _UNITS.get(commas)):
        return None
    shown = f"{number / 1000**commas:,.4f}".rstrip("0").rstrip(".")
    return f"{before}{shown}{behind}".strip()
