"""Field ⑥, the winners: names and addresses in the forms the gazette has them.

An address stands in parentheses, runs on behind the name, or is absent. Several winners stand in a row, parted by labels,
commas or nothing. A joint venture is one winner whose members follow it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tsukitome.awards import Supplier
from tsukitome.normalize.firm import cut_representative, is_joint_venture, read_firm
from tsukitome.normalize.place import municipality_of
from tsukitome.sources.gazette.company_form import as_printed, clean, forms, has_form, is_name, sheltered
from tsukitome.sources.gazette.labels import split_labels
from tsukitome.sources.gazette.spacing import close
from tsukitome.sources.gazette.winner_address import address_start, bare_address, is_address, written_out

_MEMBER = re.compile(r"(?:代表(?:者|構成員|企業|会社)|幹事会社|その他の?構成員|構成(?:員|企業|会社))[0-9一二三]?[:：]?")
_NOTE = re.compile(r"\((?P<inside>[^()]*)\)")
_SEPARATOR = re.compile(r"、|,(?![0-9])|;|及び|並びに")
_OTHERS = re.compile(r"(?:ほか|他|外)[0-9一二三四五六七八九十]+(?:社|者|名)$")
_CORPORATE_NUMBER = re.compile(r"(?:法人番号:?)?([0-9]{13})")


@dataclass(frozen=True, slots=True)
class Winner:
    """A winner as printed, folded and closed up: ``label`` of its lot, ``members`` of a joint venture."""

    name: str
    address: str | None = None
    label: str | None = None
    corporate_number: str | None = None
    members: tuple[Winner, ...] = ()
    others: str | None = None  # ほか1社: firms that the notice counts and does not name


def read_winners(printed: str, on: dt.date | None = None) -> tuple[Winner, ...]:
    """The winners in a field as printed. ``on`` is the day for which place names are looked up."""
    closed = sheltered(close(printed))
    found: list[Winner] = []
    for part in split_labels(closed.text):
        gaps = frozenset(gap - part.start for gap in closed.gaps if part.start < gap < part.end)
        found += (replace(one, label=part.label) for one in _in_part(closed.text[part.start : part.end], gaps, on))
    return tuple(replace(one, name=as_printed(one.name), members=_members(one)) for one in _without_same(found))


def _members(winner: Winner) -> tuple[Winner, ...]:
    return tuple(replace(member, name=as_printed(member.name)) for member in winner.members)


def suppliers_of(
    winners: tuple[Winner, ...], on: dt.date | None = None
) -> tuple[tuple[Supplier, ...], tuple[int, ...]]:
    """The award's suppliers, and for each winner its index there; members stand behind their joint venture.

    A firm that won several lots is one supplier.
    """
    suppliers: list[Supplier] = []
    places: list[int] = []
    for winner in winners:
        supplier = _supplier(winner, on)
        if supplier in suppliers:
            places.append(suppliers.index(supplier))
            continue
        places.append(len(suppliers))
        suppliers.append(supplier)
        for member in winner.members or tuple(Winner(name) for name in read_firm(_without_notes(winner.name)).members):
            suppliers.append(replace(_supplier(member, on), role="jv_member"))
    return tuple(suppliers), tuple(places)


def _supplier(winner: Winner, on: dt.date | None) -> Supplier:
    firm = read_firm(winner.name)
    place = municipality_of(winner.address, on) if winner.address else None
    return Supplier(
        firm.name,
        winner.address,
        place.code if place else None,
        winner.corporate_number,
        firm.branch,
        printed=cut_representative(winner.name),
    )


def _in_part(text: str, gaps: frozenset[int], on: dt.date | None) -> Iterator[Winner]:
    roles = list(_MEMBER.finditer(text))
    head = text[: roles[0].start()] if roles else text
    if roles and is_joint_venture(_without_notes(head.rstrip("(、,: "))):
        # The members may stand in parentheses of their own: A・B共同企業体(代表者A(住所)構成員B(住所)).
        end = len(text) - (head.rstrip().endswith("(") and text.endswith(")"))
        ends = [*(role.start() for role in roles[1:]), end]
        members = tuple(
            member
            for role, end in zip(roles, ends, strict=True)
            for member in _plain(text[role.end() : end].strip("、,。; "), _within(gaps, role.end(), end), on)
        )
        for venture in _plain(head.rstrip("(、,: "), gaps, on):
            yield replace(venture, members=members)
        return
    yield from _plain(text, gaps, on)


def _within(gaps: frozenset[int], start: int, end: int) -> frozenset[int]:
    return frozenset(gap - start for gap in gaps if start < gap < end)


def _plain(text: str, gaps: frozenset[int], on: dt.date | None) -> Iterator[Winner]:
    """Winners in a text without labels or members."""
    name, number, position = "", None, 0
    for note in _NOTE.finditer(text):
        *whole, rest = _split(text[position : note.start()], _within(gaps, position, note.start()))
        for one in whole:
            if clean(name + one):
                yield _run_on(name + one, number, on)
            name, number = "", None
        name += rest
        inside = note["inside"]
        if is_address(inside, on) and name:
            yield Winner(clean(name), bare_address(inside), corporate_number=number)
            name, number = "", None
        elif match := _CORPORATE_NUMBER.fullmatch(inside):
            number = match[1]
        else:
            name += note.group()
        position = note.end()
    for one in _split(text[position:], _within(gaps, position, len(text))):
        if clean(name + one):
            yield _run_on(name + one, number, on)
        name, number = "", None


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


def _run_on(text: str, number: str | None, on: dt.date | None) -> Winner:
    """A winner whose address, if any, follows its name without parentheses."""
    text = clean(text)
    others = _OTHERS.search(text)
    if others:
        text = text[: others.start()]
    at = address_start(text, on)
    if at is None:
        return Winner(text, None, corporate_number=number, others=others and others.group())
    address = bare_address(text[at:])
    return Winner(clean(text[:at]), address, corporate_number=number, others=others and others.group())


def _without_same(winners: list[Winner]) -> Iterator[Winner]:
    """Winners with 同, 同上 and 同都 written out from the address before."""
    before: str | None = None
    for winner in winners:
        address = winner.address
        if address and before:
            address = written_out(address, before)
        before = address or before
        yield replace(winner, address=address)


def _without_notes(text: str) -> str:
    return _NOTE.sub("", text)
