"""The members of a joint venture that bids, out of its name.

Bureaus print ventures by their full names, which begin with the contract's title, and cut them off at a fixed width:
``Ｈ３０下館管内維持管理検討業務河川財団・エコー・建設技術研究所設計共同``.
"""

from __future__ import annotations

import re

from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.supplier_address import has_form

_WIDTHS = frozenset({25, 35})  # characters at which the lists of the 近畿 and 関東 地方整備局 cut names off
_KIND = r"(?:特定|経常|地域維持型|復旧・復興)(?:建設?)?(?:工事?)?"
_SUFFIX = re.compile(rf"(?:{_KIND}|設計|業務)?(?:共同(?:企業体|事業体|体)|\(共\)|コンソーシアム|JV)$")
_CUT_SUFFIX = re.compile(rf"(?:特|{_KIND}|(?<!建)設計?)(?:共(?:同企?業?)?)?$")
_BEHIND_TITLE = re.compile(r"^.*(?:工事|業務|作業)(?:\([^()]*\))?[0-9A-Z]*(?=.+・)")
_ROLE = re.compile(r"(?:代表(?:構成員|企業|会社|者)|構成(?:員|企業|会社))[0-9０-９]?[)）\]】:：\s]*")
_AROUND = " \u3000\n、,・"
_ALIKE = 6  # characters that a venture's name shares with the title, to begin with it in a changed form


def members_named(printed: str) -> tuple[str, tuple[str, ...]]:
    """A venture's name, and the members that its cell names behind it: 架空・見本共同企業体 代表構成員 株式会社架空 構成員 ….

    The cell as it is, and ``()``, where it is no such list of firms.
    """
    if "構成" not in printed and "代表" not in printed:
        return printed, ()
    name, *members = [_bare(part) for part in _ROLE.split(printed)]
    if members and is_joint_venture(fold(name)) and all(map(has_form, members)):
        return name, tuple(members)
    return printed, ()


def _bare(part: str) -> str:
    """A name without the bracket that opens before the next role, or that closes behind the last name."""
    part = part.rstrip(f"{_AROUND}(（[【").strip(_AROUND)
    folded = fold(part)
    return part[:-1].rstrip(_AROUND) if folded.count(")") > folded.count("(") and folded.endswith(")") else part


def members_of(printed: str, title: str) -> tuple[tuple[str, ...], str | None]:
    """The members named in a venture's printed name, and a warning where the name is cut off.

    A member whose own name may be cut off is left out. ``((), None)`` for a name that is no venture's.
    """
    name = squeeze(fold(printed))
    if "・" not in name:
        return (), None
    title = squeeze(fold(title))
    whole = is_joint_venture(name) or name.endswith("(共)")
    if not (whole or _is_cut(printed, name, title)):
        return (), None
    parties = _without_title(name, title)
    stem = (_SUFFIX if whole else _CUT_SUFFIX).sub("", parties)
    members = stem.split("・")
    if not whole and stem == parties:
        members = members[:-1]  # no beginning of 設計共同体 is left: the last member may be cut off too
    named = tuple(members) if members and min(map(len, members)) > 1 and (len(members) > 1 or not whole) else ()
    warning = f"the name of the joint venture is cut off in the source: {printed.strip()!r}"
    return named, None if whole else warning


def _is_cut(printed: str, name: str, title: str) -> bool:
    """Whether a name is a venture's although its end is missing."""
    if re.search(r"\([株有同資名]\)", name):
        return False
    return len(printed.strip()) in _WIDTHS or (len(name) > len(title) > _ALIKE and name.startswith(title))


def _without_title(name: str, title: str) -> str:
    if name.startswith(title) and len(title) > _ALIKE:
        return name.removeprefix(title)
    if name[:_ALIKE] in title:
        return _BEHIND_TITLE.sub("", name, count=1) or name
    return name
