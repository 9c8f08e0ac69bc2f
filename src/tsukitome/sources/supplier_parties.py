"""The suppliers that one cell prints, as names with their addresses: line breaks, lists, ventures with their members."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import zip_longest

from tsukitome.normalize.firm import cut_representative, is_joint_venture
from tsukitome.normalize.text import close_up, squeeze, table
from tsukitome.sources.supplier_address import (
    address_start,
    clean_address,
    has_form,
    name_behind_address,
    prefecture_names,
    starts_address,
    unwrapped,
)

_LETTERED = re.compile(r"(?m)(?:^|(?<=[\s\u3000]))([A-T])社[:\s]\s*")
CIRCLED = re.compile("[①-⑳]")
_CIRCLES = 20
# A corporate number inside the cell becomes a line of its own, so that it stays with the name above it.
MARK = "\ue000"  # private use: no document prints it
_MEMBER = re.compile(
    r"^[(\[【・\s]*(?:代表(?:者|構成員|企業|会社|法人|団体|機関)?|幹事会社|その他の?構成員|構成(?:員|企業|会社|団体|機関)|代)(?:[0-9一二三四](?![0-9]))?[)\]】:]*\s*"
)
_VENTURE_HEAD = re.compile(
    r"^(?P<venture>.*?(?:共同(?:企業|提案|事業)体|設計共同体|コンソーシアム|JV))\s*(?P<rest>[(\[]?(?:代表(?:者|企業|法人)?|代)[)\]]?.*)$"
)
_GROUPED = re.compile(
    r"(?P<venture>[^\n(]*(?:共同(?:企業|提案|事業)?体|コンソーシアム|JV))\s*"
    r"\((?P<members>(?:代表|幹事|構成)(?:[^()]|\([^()]*\))*)\)\s*(?P<behind>[^\n]*)"
)
_ROLE = re.compile(
    r"((?:代表(?:者|構成員|企業|会社|法人|団体|機関)?|幹事会社|その他の?構成員|構成(?:員|企業|会社|団体|機関)))(?=[\s:])"
)
_BARE_VENTURE = re.compile(r"(?:共同(?:企業|提案|事業)体|設計共同体|コンソーシアム|JV)")
OTHERS = re.compile(
    r"[\s(、]*(?:ほか|他|外)\s*(?P<count>[0-9一二三四五六七八九十]+)\s*(?:社|者|名|先|法人|団体)\s*[)]?"
)
OTHER = re.compile("[ほ他外]")  # with which each of these begins
_INCLUDING = re.compile(r"^\((?P<name>.*?)を?含む\)$")
_NOTE_MARK = re.compile(
    r"\s*(?:[※*][0-9]{0,2}|[(\[]?[※*]?注[0-9]{0,2}[)\]]?|[(\[][※*][0-9]{0,2}[)\]])$"
)  # of a note below the table
_MARK_ENDS = frozenset("※*注)]0123456789")
_NAME_WORDS = r"(?:名称|氏名|商号(?:又は名称)?|(?:会社|法人|業者|事業者)名)"
_NAME_LABEL = re.compile(rf"^(?:[(\[【]{_NAME_WORDS}[)\]】][:\s]*|{_NAME_WORDS}[:\s]\s*)")
_ADDRESS_LABEL_BEHIND = re.compile(r"\s*[(\[【](?:住所|所在地)[)\]】]?:?$|\s(?:住所|所在地):?$")
_PERSON = re.compile(r"^\S{1,12}長[\s\u3000]+\S{1,6}(?:[\s\u3000]\S{1,4})?$")
_CHIEF = re.compile(r"(?<=所)所長\s*[一-鿿]{2,6}$|(?<=院)院長\s*[一-鿿]{2,6}$|(?<=館)館長\s*[一-鿿]{2,6}$")
_CITY_OR_PREFECTURE = re.compile(r"[^0-9\s]{1,6}[都道府県市区町村]")
_CONTACT = re.compile(r"[(\[]?(?:TEL|Tel|tel|電話|℡|FAX|Fax|E-?mail|URL|https?)(?:番号)?\s?[:.)\]]?\s?[0-9(A-Za-z/]")
NO_NAME = frozenset({"", "-", "ー", "該当なし", "なし", "無し", "非公表", "同左"})
_ENUMERATED = re.compile(r"(?m)(?:^|(?<=[\s\u3000]))\(?([0-9]{1,2})(?:\)|[.．](?![0-9]))[ \u3000]*")


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
        labelled = _by_label(names)
        if len(labelled) > 1:
            own = _by_label(addresses)
            return [
                replace(party, label=label)
                for label, text in labelled.items()
                for party in self._plain(text, own.get(label, ""))
            ]
        return self._plain(CIRCLED.sub("", names), CIRCLED.sub("", addresses))

    def _plain(self, names: str, addresses: str) -> list[Party]:
        """The suppliers of a text without circled numbers: one, several each with its address, a venture with members."""
        printed = [stripped for line in names.split("\n") if not _CONTACT.match(stripped := line.strip())]
        lines = [part for line in printed for part in _enumerated(line, self.on) if squeeze(part)]
        blocks = self._listed(lines) or list(self._blocks(lines))
        if not self.shared and blocks:
            cells = [line.strip() for line in addresses.split("\n") if squeeze(line)]
            if len(cells) == len(blocks) > 1:
                for block, cell in zip(blocks, cells, strict=True):
                    block.address.append(cell)
            elif squeeze(addresses) not in NO_NAME:
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
        return [line] if at is None else [line[:at].rstrip(" \u3000/,、(:"), line[at:]]

    def _party(self, block: _Block) -> Party:
        address = clean_address("\n".join(block.address), wrapped=self.wrapped) or None
        return Party(name_of("\n".join(block.name)), address, block.number, member=block.member)

    def _blocks(self, lines: list[str]) -> Iterator[_Block]:
        """A cell's lines, one block a supplier: a line that begins an address ends a name."""
        block = _Block()
        for line in self._turned(list(_venture_lines(lines))):
            if line.startswith(MARK):
                block.number = block.number or line.removeprefix(MARK)
            elif self.shared and block.name and not _is_member(line) and starts_address(line, self.on):
                block.address.append(line)
            elif self._begins_new(line, block):
                yield block
                block = _Block(member=_is_member(line) or block.member or _is_venture(block))
                self._add_name(block, _MEMBER.sub("", line))
            elif block.address:
                block.address.append(line)
            elif block.name and is_person(line):
                continue
            else:
                self._add_name(block, _MEMBER.sub("", line) if _is_member(line) else line)
        if block.name:
            yield block

    def _turned(self, lines: list[str]) -> list[str]:
        """The lines with the name first, where an address was printed above it or before it."""
        if not self.shared or not lines:
            return lines
        lines = _without_person_above(_with_bare_prefectures_joined(lines))
        marks = [line for line in lines if line.startswith(MARK)]
        if len(marks) < 2 and not any(map(_is_member, lines)):
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
        if _is_member(line):
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
        name = line[:at].strip().rstrip(" \u3000/,、(:")
        block.name += [name] if name else []
        block.address.append(line[at:])


@lru_cache(maxsize=1 << 12)
def circled(text: str) -> str:
    """A folded text with the numbers of a list, (1) …, 1. … or A社: …, as circled ones; any other text as it is."""
    letters = _LETTERED.findall(text) if "A社" in text else []
    if len(letters) > 1 and "".join(letters) == "ABCDEFGHIJKLMNOPQRST"[: len(letters)]:
        return _LETTERED.sub(lambda mark: chr(ord("①") + ord(mark[1]) - ord("A")), text)
    if "1)" not in text and "1." not in text:
        return text
    numbers = [int(number) for number in _ENUMERATED.findall(text)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or len(numbers) > _CIRCLES:
        return text
    return _ENUMERATED.sub(lambda mark: chr(ord("①") + int(mark[1]) - 1), text)


def _enumerated(line: str, on: dt.date | None) -> list[str]:
    """The firms or addresses that one line parts by 、: A株式会社、B株式会社 → two; any other line stays one."""
    if "、" not in line:
        return [line]
    parts = [part.strip() for part in line.split("、")]
    firms = len(parts) > 1 and all(map(has_form, parts)) and not is_joint_venture(line)
    return parts if firms or (len(parts) > 1 and all(starts_address(part, on) for part in parts)) else [line]


def _by_label(text: str) -> dict[str, str]:
    """The text behind each circled number; a number that occurs twice (names first, addresses below) joins its texts."""
    found: dict[str, str] = {}
    marks = list(CIRCLED.finditer(text))
    for mark, behind in zip_longest(marks, marks[1:]):
        piece = text[mark.end() : behind.start() if behind else None].strip()
        found[mark.group()] = f"{found[mark.group()]}\n{piece}" if mark.group() in found else piece
    return found


def venture_in_lines(text: str) -> str:
    """The cell of a venture that names its members in parentheses, (代表者:A、構成員:B) 住所, with each on a line of its own.

    The address behind the parentheses is the representative's: a venture has no other.
    """
    match = _GROUPED.fullmatch(text.strip())
    if match is None:
        return text
    parts = _ROLE.split(match["members"])
    named = [
        (role, name)
        for role, names in zip(parts[1::2], parts[2::2], strict=True)
        for name in names.strip(": \u3000、,;/\n").split("、")
    ]
    leaders = [f"代表者 {name}" for role, name in named if role.startswith(("代", "幹"))]
    others = [f"構成員 {name}" for role, name in named if not role.startswith(("代", "幹"))]
    if not leaders or not all(name for _, name in named):
        return text
    lines = [match["venture"], leaders[0], match["behind"], *leaders[1:], *others]
    return "\n".join(filter(None, lines))


def _venture_lines(lines: list[str]) -> Iterator[str]:
    """The lines with a venture's name parted from its representative's: 共同企業体代表者 株式会社A → two lines."""
    role = ""  # one that stands on a line of its own: (構成員), with the firm on the next
    for line in lines:
        if role and has_form(line):
            line, role = f"{role} {line}", ""
        if match := _VENTURE_HEAD.match(line):
            yield match["venture"]
            rest = _MEMBER.sub("", match["rest"]).lstrip(") ")
            role = "" if has_form(rest) else "代表者"
            if not role:
                yield f"代表者 {rest}"
        elif _MEMBER.fullmatch(line):
            role = "構成員"
        elif including := _INCLUDING.match(line):
            yield "構成員 " + including["name"]
        else:
            yield line


def _with_bare_prefectures_joined(lines: list[str]) -> list[str]:
    """The lines with a prefecture that stands alone put before the line below it: 東京都 / 豊島区東池袋 / 1-48-10."""
    joined: list[str] = []
    for line in lines:
        if len(joined) > 1 and prefecture_names().fullmatch(joined[-1]) and not starts_address(joined[-2]):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _without_person_above(lines: list[str]) -> list[str]:
    """The lines without a representative's that stands above the firm's name."""
    if len(lines) < 2 or has_form(lines[0]) or not has_form(lines[1]):
        return lines
    post = _post_words().match(lines[0])
    return lines[1:] if post and post.end() < len(lines[0]) else lines


def _is_member(line: str) -> bool:
    return _MEMBER.match(line) is not None and has_form(line)


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


def name_of(text: str) -> str:
    """A name's lines as one line: representatives and what follows them left out, 他2者 cut off."""
    lines = [cut_representative(line) if len(line) > 4 else line for line in _NAME_LABEL.sub("", text).split("\n")]
    name = _ADDRESS_LABEL_BEHIND.sub("", close_up("\n".join(lines)))
    name = (OTHERS.sub("", name) if OTHER.search(name) else name).strip(" 、,/")
    if name[-1:] in _MARK_ENDS:
        name = _NOTE_MARK.sub("", name)
    if name.count(")") > name.count("("):
        name = name.rstrip(")")  # what a venture's name opened: 共同事業体(代表者 …)
    # 診療所所長高橋利通: a chief's post is said with the unit's own last character, so it can't be part of the name.
    return _CHIEF.sub("", name) if "長" in name else name


@cache
def _post_words() -> re.Pattern[str]:
    words = "|".join(sorted((row["post"] for row in table("representative_posts")), key=len, reverse=True))
    return re.compile(rf"^\(?(?:\S{{0,8}}?)(?:{words})(?:社長|会長)?\)?(?:[\s\u3000:]+|$)")


def is_person(line: str) -> bool:
    """Whether a line below a firm's name is its representative's: a post, with a personal name or alone."""
    text = line.strip()
    return not has_form(text) and (_post_words().match(text) is not None or _PERSON.match(text) is not None)
