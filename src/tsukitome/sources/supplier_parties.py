"""The suppliers that one cell prints, as names with their addresses: line breaks, lists, ventures with their members."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.text import close_up, squeeze
from tsukitome.sources.supplier_address import (
    BEFORE_ADDRESS,
    address_start,
    clean_address,
    has_form,
    is_foreign_address,
    name_behind_address,
    prefecture_names,
    starts_address,
    unwrapped,
)
from tsukitome.sources.supplier_lists import CIRCLED, by_label, circled, enumerated
from tsukitome.sources.supplier_name import OTHERS, is_nobody, is_person, name_of, without_person_above
from tsukitome.sources.supplier_ventures import MEMBER, is_member, venture_lines

# A corporate number inside the cell becomes a line of its own, so that it stays with the name above it.
MARK = "\ue000"  # private use: no document prints it
_BARE_VENTURE = re.compile(r"(?:共同(?:企業|提案|事業)体|設計共同体|コンソーシアム|JV)")
_CITY_OR_PREFECTURE = re.compile(r"[^0-9\s]{1,6}[都道府県市区町村]")
CONTACT = re.compile(r"[(\[]?(?:TEL|Tel|tel|電話|℡|FAX|Fax|E-?mail|URL|https?)(?:番号)?\s?[:.)\]]?\s?[0-9(A-Za-z/]")


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier as printed: name and address folded and closed up, ``label`` its circled number in the cell."""

    name: str
    address: str | None = None
    number: str | None = None
    label: str | None = None
    member: bool = False


@dataclass(slots=True)
class _Block:
    """The lines of one supplier in a cell."""

    name: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    number: str | None = None
    member: bool = False


@dataclass(frozen=True, slots=True)
class SupplierCell:
    """How a cell is to be read: the day for place names, whether addresses stand in it, whether its lines are wrapped."""

    on: dt.date | None
    shared: bool
    wrapped: bool

    def parties(self, names: str, addresses: str) -> list[Party]:
        """The suppliers of a cell of whatever form."""
        names, addresses = circled(names), circled(addresses)
        labelled = by_label(names)
        if len(labelled) > 1:
            own = by_label(addresses)
            return [
                replace(party, label=label)
                for label, text in labelled.items()
                for party in self._plain(text, own.get(label, ""))
            ]
        return self._plain(CIRCLED.sub("", names), CIRCLED.sub("", addresses))

    def _plain(self, names: str, addresses: str) -> list[Party]:
        """The suppliers of a text without circled numbers: one, several each with its address, a venture with members."""
        printed = [stripped for line in names.split("\n") if not CONTACT.match(stripped := line.strip())]
        lines = [part for line in printed for part in enumerated(line, self.on) if squeeze(part)]
        blocks = self._listed(lines) or list(self._blocks(lines))
        if not self.shared and blocks:
            cells = [line.strip() for line in addresses.split("\n") if squeeze(line)]
            if len(cells) == len(blocks) > 1:
                for block, cell in zip(blocks, cells, strict=True):
                    block.address.append(cell)
            elif not is_nobody(addresses):
                blocks[0].address = cells
        return _dissolved([self._party(block) for block in blocks])

    def _listed(self, lines: list[str]) -> list[_Block]:
        """Suppliers of a cell that prints all names first and as many addresses below; [] for any other cell."""
        if not self.shared or sum(map(has_form, lines)) < 2:
            return []  # each name stands on a line of its own, and has a form
        lines = [part for line in lines for part in self._parted(line)]
        names = [line for line in lines if has_form(line) and not starts_address(line, self.on)]
        places = [line for line in lines if starts_address(line, self.on)]
        if len(names) < 2 or len(names) != len(places) or len(names) + len(places) != len(lines):
            return []
        if lines[: len(names)] != names:
            return []
        return [_Block([name], [place]) for name, place in zip(names, places, strict=True)]

    def _parted(self, line: str) -> list[str]:
        at = address_start(line, self.on) if has_form(line) else None
        return [line] if at is None else [line[:at].rstrip(BEFORE_ADDRESS), line[at:]]

    def _party(self, block: _Block) -> Party:
        address = clean_address("\n".join(block.address), wrapped=self.wrapped) or None
        return Party(name_of("\n".join(block.name)), address, block.number, member=block.member)

    def _blocks(self, lines: list[str]) -> Iterator[_Block]:
        """A cell's lines, one block a supplier: a line that begins an address ends a name."""
        block = _Block()
        for line in self._turned(list(venture_lines(lines))):
            if line.startswith(MARK):
                block.number = block.number or line.removeprefix(MARK)
            elif self.shared and block.name and not is_member(line) and starts_address(line, self.on):
                block.address.append(line)
            elif self._begins_new(line, block):
                yield block
                block = _Block(member=is_member(line) or block.member or _is_venture(block))
                self._add_name(block, MEMBER.sub("", line))
            elif block.address:
                block.address.append(line)
            elif block.name and is_person(line):
                continue
            elif self.shared and block.name and is_foreign_address(line, block.name[-1]):
                block.address.append(line)
            else:
                self._add_name(block, MEMBER.sub("", line) if is_member(line) else line)
        if block.name:
            yield block

    def _turned(self, lines: list[str]) -> list[str]:
        """The lines with the name first, where an address was printed above it or before it."""
        if not self.shared or not lines:
            return lines
        lines = without_person_above(_with_bare_prefectures_joined(lines))
        marks = [line for line in lines if line.startswith(MARK)]
        if len(marks) < 2 and not any(map(is_member, lines)):
            lines = [*unwrapped([line for line in lines if not line.startswith(MARK)], self.on), *marks]
        if not re.search("[0-9]", lines[0]):
            return lines
        line = lines[0].strip()
        if (at := name_behind_address(line)) and starts_address(line[:at], self.on):
            return [line[at:], line[:at].strip(), *lines[1:]]
        if not starts_address(line, self.on):
            return lines
        names = (at for at, line in enumerate(lines) if at and (has_form(line) or not starts_address(line, self.on)))
        end = next(names, None)
        return lines if end is None else [*lines[end:], *lines[:end]]

    def _begins_new(self, line: str, block: _Block) -> bool:
        """Whether a line is the next supplier's name: a member's, or one with a legal form below an address."""
        if not block.name:
            return False
        if is_member(line):
            return True
        if has_form(line):
            below = bool(block.address) or _is_venture(block) or block.number is not None
            own_line = has_form(block.name[-1]) and not self.shared
            return (below or own_line) and not re.search("ビル[0-9]*階?$|内$|[0-9]階$|F$", line)
        return bool(block.address) and _CITY_OR_PREFECTURE.fullmatch(line) is not None

    def _add_name(self, block: _Block, line: str) -> None:
        """Adds a name line, parted where an address begins inside it."""
        at = address_start(line, self.on) if self.shared else None
        if at is None:
            block.name.append(line)
            return
        name = line[:at].strip().rstrip(BEFORE_ADDRESS)
        block.name += [name] if name else []
        block.address.append(line[at:])


def _with_bare_prefectures_joined(lines: list[str]) -> list[str]:
    """The lines with a prefecture that stands alone put before the line below it: 東京都 / 豊島区東池袋 / 1-48-10."""
    joined: list[str] = []
    for line in lines:
        if len(joined) > 1 and prefecture_names().fullmatch(joined[-1]) and not starts_address(joined[-2]):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _is_venture(block: _Block) -> bool:
    return not block.address and is_joint_venture(OTHERS.sub("", close_up("\n".join(block.name))))


def _dissolved(parties: list[Party]) -> list[Party]:
    """Members said twice left out; a venture without a name of its own named after its first member."""
    kept: list[Party] = []
    for party in parties:
        if party.member and any(known.member and known.name == party.name for known in kept):
            kept = [_merged(known, party) if known.member and known.name == party.name else known for known in kept]
        else:
            kept.append(party)
    first = next((party for party in kept if party.member), None)
    return [
        replace(party, name=f"{first.name}ほか{party.name}")
        if first and not party.member and _BARE_VENTURE.fullmatch(party.name)
        else party
        for party in kept
    ]


def _merged(known: Party, again: Party) -> Party:
    return replace(known, address=known.address or again.address, number=known.number or again.number)
