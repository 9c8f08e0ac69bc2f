"""Field ⑥, the winners: names and addresses in the forms the gazette has them.

An address stands in parentheses, runs on behind the name, or is absent. Several winners stand in a row, parted by labels,
commas or nothing. A joint venture is one winner whose members follow it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.municipality import prefectures
from tsukitome.normalize.place import municipality_of
from tsukitome.normalize.text import squeeze
from tsukitome.sources.gazette.company_form import as_printed, clean, forms, has_form, is_name, sheltered, short_forms
from tsukitome.sources.gazette.labels import may_begin_with_label, split_labels
from tsukitome.sources.gazette.remark import read_remarks
from tsukitome.sources.gazette.spacing import LATIN, LATIN_GAP, Closed, close
from tsukitome.sources.gazette.venture import read_venture
from tsukitome.sources.gazette.void import is_void
from tsukitome.sources.gazette.winner_address import address_start, bare_address, is_address, written_out

_NOTE = re.compile(r"\((?P<inside>[^()]*)\)")
_ODD_IN_ADDRESS = re.compile(r"[、,;:]|及び|並びに|代表|幹事|構成|番号|[0-9]{13}|〒|[同〃]")
# A firm of another country, and its address in Latin letters, in which commas part no firms.
_FOREIGN_FORM = (
    r"(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|Corp|Corporation|Company|Co|GmbH|AG|PLC|plc|Pte|Pty|KG|SE|AB|Oy|A/S|"
    r"S\.?A\.?S?|B\.?V|N\.?V|S\.?p\.?A)(?![A-Za-z])\.?"
)
_FOREIGN = re.compile(
    rf"(?P<name>[A-Za-z0-9&.,'/ -]*?[A-Za-z0-9&][., ]{{1,2}}{_FOREIGN_FORM}(?:[, ]{{1,2}}{_FOREIGN_FORM})*)"
    r"[ ,(]*(?P<address>[\x20-\x7e]*?)[ )]*"
)
_ANOTHER = re.compile(r"(?:Inc|Ltd|LLC|Corp|GmbH)(?![A-Za-z])")
# Words that say what follows, before a name or between it and its address.
_SAID = re.compile(r"^(?:代表(?:者|企業|会社)|氏名|名称|商号|会社名):?(?=.{3})|(?<=.{3})(?:住所|所在地):?$")
_NOT_IN_NAME = r"0-9①-⑳〓()\[\]、,;:。/\s都道府県市区町村郡同〃〒"
_LOTS = re.compile("N[oO]([0-9]{1,2}):")
_SAME = re.compile(r"同(?:上|前|左|右|じ)|〃|上に同じ")
_SEPARATOR = re.compile(r"、|,(?![0-9])|;|及び|並びに")


@dataclass(frozen=True, slots=True)
class Winner:
    """A winner as printed, folded and closed up: ``label`` of its lot, ``members`` of a joint venture."""

    name: str
    address: str | None = None
    label: str | None = None
    corporate_number: str | None = None
    members: tuple[Winner, ...] = ()
    others: str | None = None  # ほか1社: firms that the notice counts and does not name
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Winners:
    """The winners of a field, and a sentence for each lot that no firm won."""

    firms: tuple[Winner, ...]
    warnings: tuple[str, ...] = ()


def read_winners(folded: str, on: dt.date | None = None) -> Winners:
    """The winners in a field (folded). ``on`` is the day for which place names are looked up."""
    if lone := _lone_winners(folded, on):
        return Winners(lone)
    closed = sheltered(close(folded))
    found: list[Winner] = []
    warnings: list[str] = []
    for part in split_labels(closed.text, closed.gaps):
        text = closed.text[part.start : part.end]
        if _SAME.fullmatch(text):
            warnings.append(f"the winner is printed as {text!r}, and no notice above it says which firm that is")
            continue
        if plain := _foreign_winner(text) or _plain_winner(text, on):
            found.append(replace(plain, label=part.label) if part.label else plain)
            continue
        if is_void("winner", text):
            lot = f"lot {part.label}" if part.label else "the contract"
            warnings.append(f"no firm won {lot}: {clean(text)!r} is printed for the winner")
            continue
        gaps = _within(closed.gaps, part.start, part.end)
        found += (replace(one, label=part.label) for one in _with_remarks(_weighed(text, gaps, on)))
    return Winners(tuple(map(_unsheltered, _without_same(found))), tuple(warnings))


def _lone_winners(folded: str, on: dt.date | None) -> tuple[Winner, ...]:
    """The winners of a field that holds one :func:`_plain_winner`, or one under each №, and nothing else.

    They are told from the field's text without white space; none for any other field.
    """
    flat = squeeze(folded)
    if not flat.startswith(("No", "NO")):
        lone = _lone_winner(flat, folded, on)
        return (lone,) if lone else ()
    before, *lots = _LOTS.split(flat)
    found = [_lone_winner(text, folded, on) for text in lots[1::2]]
    if before or not lots:
        return ()
    labelled = [replace(one, label=label) for label, one in zip(lots[::2], found, strict=True) if one]
    return tuple(_without_same(labelled)) if len(labelled) == len(found) else ()


def _lone_winner(flat: str, folded: str, on: dt.date | None) -> Winner | None:
    match = _lone_name_and_address().fullmatch(flat)
    if match is None or not _is_lone_name(match["name"]):
        return None
    if LATIN.search(match["name"]) and LATIN_GAP.search(folded):
        return None  # white space may part words in it
    address = match["inside"] or match["run_on"]
    return Winner(match["name"], address) if address is None or _is_plain_address(match, address, on) else None


@cache
def _lone_name_and_address() -> re.Pattern[str]:
    # (同) may say that an address is the same.
    short = "|".join(re.escape(form) for form in short_forms() if form != "(同)")
    return _name_and_address_of(f"(?:{short})?[^{_NOT_IN_NAME}]+?(?:{short})?")


@lru_cache(maxsize=1 << 14)
def _is_lone_name(text: str) -> bool:
    """Whether a text without white space is one winner's name, with no label before it, and not all in Latin letters."""
    name = sheltered(Closed(text, frozenset())).text
    return not text.isascii() and not may_begin_with_label(name) and not _SAID.search(name) and _is_name_alone(name)


def _unsheltered(winner: Winner) -> Winner:
    name = as_printed(winner.name)
    if name == winner.name and not winner.members:
        return winner
    return replace(winner, name=name, members=tuple(map(_unsheltered, winner.members)))


def _foreign_winner(text: str) -> Winner | None:
    match = _FOREIGN.fullmatch(text) if text.isascii() else None
    if match is None or _ANOTHER.search(match["address"]):
        return None
    return Winner(match["name"], match["address"] or None)


def _plain_winner(text: str, on: dt.date | None) -> Winner | None:
    """The winner in a text as most are: a name, and an address that begins with its prefecture and holds nothing odd."""
    match = _name_and_address().fullmatch(text)
    if match is None or _SAID.search(match["name"]) or not _is_name_alone(match["name"]):
        return None
    address = match["inside"] or match["run_on"]
    if address is None:
        return Winner(match["name"])
    return Winner(match["name"], squeeze(address)) if _is_plain_address(match, address, on) else None


def _is_plain_address(match: re.Match[str], address: str, on: dt.date | None) -> bool:
    if _ODD_IN_ADDRESS.search(address) or has_form(address):
        return False
    return not match["run_on"] or municipality_of(address, on) is not None


@cache
def _name_and_address() -> re.Pattern[str]:
    return _name_and_address_of(f"[^{_NOT_IN_NAME}]+?")


def _name_and_address_of(name: str) -> re.Pattern[str]:
    """A name without anything that may part it, and an address in parentheses or (not ending as ほか1社 does) behind it."""
    begins = f"(?:{'|'.join(prefecture.name for prefecture in prefectures())})"
    return re.compile(
        rf"(?P<name>{name})"
        rf"(?:\((?P<inside>{begins}[^()]+)\)|(?P<run_on>{begins}[^()]*[^()社者名件先体人業 、,;:。・/]))?"
    )


@lru_cache(maxsize=1 << 14)
def _is_name_alone(text: str) -> bool:
    """Whether a text is one winner's name and nothing else."""
    if not is_name(text) or is_void("winner", text) or len(forms().findall(text)) > 1:
        return False
    return list(_weighed(text, frozenset(), None)) == [Winner(text)]


def _weighed(text: str, gaps: frozenset[int], on: dt.date | None) -> Iterator[Winner]:
    venture = read_venture(text, on)
    if venture is None:
        yield from _plain(text, gaps, on)
        return
    members = tuple(
        member
        for start, end in venture.members
        for member in _with_remarks(_plain(text[start:end], _within(gaps, start, end), on))
    )
    for one in _plain(venture.own, gaps, on):
        yield replace(one, members=members)


def _within(gaps: frozenset[int], start: int, end: int) -> frozenset[int]:
    return frozenset(gap - start for gap in gaps if start < gap < end)


def _with_remarks(winners: Iterator[Winner]) -> list[Winner]:
    """Winners with the remarks that stand behind them (… (東京都…) 法人番号…, … ほか1社)."""
    found: list[Winner] = []
    for one in winners:
        if one.name or not found:
            found.append(one)
            continue
        last = found[-1]
        found[-1] = replace(
            last,
            address=last.address or one.address,
            corporate_number=last.corporate_number or one.corporate_number,
            others=last.others or one.others,
            warning=last.warning or one.warning,
        )
    return [one for one in found if one.name]


def _plain(text: str, gaps: frozenset[int], on: dt.date | None) -> Iterator[Winner]:
    """Winners in a text without labels or members; one without a name holds remarks on the one before it."""
    name, position = "", 0
    for note in _NOTE.finditer(text):
        *whole, rest = _split(text[position : note.start()], _within(gaps, position, note.start()))
        for one in whole:
            if clean(name + one):
                yield _run_on(name + one, on)
            name = ""
        name += rest
        if is_address(note["inside"], on) and name:
            yield replace(_run_on(name, None), address=bare_address(note["inside"]))
            name = ""
        else:
            name += note.group()
        position = note.end()
    for one in _split(text[position:], _within(gaps, position, len(text))):
        if clean(name + one):
            yield _run_on(name + one, on)
        name = ""


def _split(text: str, gaps: frozenset[int]) -> list[str]:
    """The winners' texts in a text without parentheses: parted by commas, or by white space between two company forms.

    A part without a company form behind a comma is no winner of its own (A、B共同企業体) unless none has one.
    """
    parts: list[str] = []
    position = 0
    for match in _SEPARATOR.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
    parts.append(text[position:])
    if len(parts) > 1 and is_joint_venture(parts[-1]) and not any(address_start(part, None) for part in parts):
        return [text]
    if len(parts) == 1:
        return _at_gaps(text, gaps)
    joined: list[str] = []
    for part in parts:
        if joined and part and not has_form(part) and has_form(joined[-1]) and clean(part):
            joined[-1] += "、" + part
        else:
            joined.append(part)
    return joined


def _at_gaps(text: str, gaps: frozenset[int]) -> list[str]:
    """Parted at the first white space between two whole winners: before a form, behind one, or behind an address."""
    for gap in sorted(gaps):
        before, behind = text[:gap], text[gap:]
        if not (is_name(before) and has_form(before) and has_form(behind)) or before.endswith("・"):
            continue
        behind_form = any(match.end() == len(before) for match in forms().finditer(before))
        if forms().match(behind) or behind_form or _is_behind_address(before, behind):
            return [before, *_at_gaps(behind, _within(gaps, gap, len(text)))]
    return [text]


def _is_behind_address(before: str, behind: str) -> bool:
    ends = re.search(r"[0-9号階F地]$", before) and re.match(r"[^0-9号階F-]", behind)
    return bool(ends) and address_start(before, None) is not None


def _run_on(text: str, on: dt.date | None) -> Winner:
    """A winner whose address, if any, follows its name without parentheses."""
    said = read_remarks(clean(text))
    text = clean(_SAID.sub("", said.text))
    at = address_start(text, on) if text else None
    address = bare_address(text[at:]) if at is not None else None
    name = read_remarks(clean(_SAID.sub("", clean(text[:at]))))
    others = said.others or name.others
    return Winner(clean(name.text), address, None, said.corporate_number, (), others, said.warning)


def _without_same(winners: list[Winner]) -> Iterator[Winner]:
    """Winners with 同, 同上 and 同都 written out from the address before."""
    before: str | None = None
    for winner in winners:
        address = winner.address
        if address and before and (written := written_out(address, before)) != address:
            address, winner = written, replace(winner, address=written)
        before = address or before
        yield winner
