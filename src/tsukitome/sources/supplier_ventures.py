"""The lines of a joint venture in a supplier's cell: its name, its representative, its members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tsukitome.sources.supplier_address import has_form, starts_address

MEMBER = re.compile(
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
_INCLUDING = re.compile(r"^\((?P<name>.*?)を?含む\)$")


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


def venture_lines(lines: list[str]) -> Iterator[str]:
    """The lines with a venture's name parted from its representative's: 共同企業体代表者 株式会社A → two lines."""
    role = ""  # one that stands on a line of its own: (構成員), with the firm on the next
    for line in lines:
        if role and has_form(line):
            line, role = f"{role} {line}", ""
        if match := _VENTURE_HEAD.match(line):
            yield match["venture"]
            rest = MEMBER.sub("", match["rest"]).lstrip(") ")
            role = "" if has_form(rest) else "代表者"
            if not role:
                yield f"代表者 {rest}"
        elif (own := MEMBER.match(line)) and starts_address(line[own.end() :]):
            yield line[own.end() :]  # (代表者)東京都豊島区…
        elif MEMBER.fullmatch(line):
            role = "構成員"
        elif including := _INCLUDING.match(line):
            yield "構成員 " + including["name"]
        else:
            yield line


def is_member(line: str) -> bool:
    """Whether a line of a cell names a member of a venture, its part first: 代表者 株式会社A, (構成員)㈱B."""
    return MEMBER.match(line) is not None and has_form(line)
