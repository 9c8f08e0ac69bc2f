"""Firm names: legal forms written out, representatives cut off, branches told apart, keys for comparing.

A name keeps every kanji as printed; only :func:`core_key` folds variants. Equal keys do not make two firms one: a
number or an address has to agree too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tsukitome.dataclass import dataclass
from tsukitome.normalize.text import close_up, fold, key, table
from tsukitome.pattern import pattern

_BRANCH_WORDS = (
    "支店", "支社", "営業所", "事業所", "出張所", "支所", "支部", "支局", "営業部", "事業部",
    "サービスセンター", "サービスステーション",
)  # fmt: skip
_BRANCH_WORD = f"(?:{'|'.join(_BRANCH_WORDS)})"
_BEFORE_PLACES = ("", *"新東西南北中")
_SPACED_BRANCH = pattern(rf"\s(?P<branch>\S*{_BRANCH_WORD})$")
# Without a space the branch begins where the script changes (ABC池袋支店) or at a place's name (大成建設大阪支店).
_SCRIPT_BRANCH = pattern(rf"(?<=[ァ-ヺーa-zA-Z0-9ぁ-ん)])(?P<branch>[一-鿿]{{2,6}}{_BRANCH_WORD})$")
# Only behind a form that follows the name (見本株式会社池袋支店): behind one that begins it stands the name itself.
_AFTER_FORM_BRANCH = pattern(rf"(?<=.株式会社|.有限会社|.合同会社)(?P<branch>[一-鿿ァ-ヺー]{{2,6}}?{_BRANCH_WORD})$")
_JV = pattern(
    r"(?:(?:特定|経常)?(?:建設|設計|業務)?(?:工事|業務)?共同(?:企業体|事業体|体|提案体)|コンソーシアム|\bJV|(?<=[^A-Za-z])JV)\s*$"
)


@dataclass(frozen=True, slots=True)
class FirmName:
    """A firm's printed name as read.

    ``name`` has its legal form written out, its width folded and no representative; a branch stays in it and stands in
    ``branch`` too. ``form`` and ``form_first`` say which legal form is printed and whether before the name.
    """

    name: str
    form: str | None
    form_first: bool
    branch: str | None
    members: tuple[str, ...] = ()


@cache
def _forms() -> tuple[tuple[str, ...], re.Pattern[str], dict[str, str]]:
    rows = table("company_forms")
    by_short = {short: row["form"] for row in rows for short in row["short"].split()}
    shorts = "|".join(sorted(map(re.escape, by_short), key=len, reverse=True))
    longest_first = tuple(sorted((row["form"] for row in rows), key=len, reverse=True))
    return longest_first, re.compile(rf"\(\s*({shorts})\s*\)"), by_short


@cache
def _posts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = sorted(table("representative_posts"), key=lambda row: -len(row["post"]))
    always = "|".join(row["post"] for row in rows if row["alone"])
    spaced = "|".join(row["post"] for row in rows)
    return re.compile(rf"\s*(?:{always})(?:社長|会長|兼.*)?(?=\s|[:：]|[一-鿿]|$).*$", re.S), re.compile(
        rf"[\s\u3000]+(?:\S{{0,8}}?)(?:{spaced})[\s\u3000]+\S.*$", re.S
    )


@cache
def _post_ends() -> re.Pattern[str]:
    """The last characters of all posts: most names have none of them."""
    return re.compile(f"[{''.join(sorted({row['post'][-1] for row in table('representative_posts')}))}]")


def write_out_forms(name: str) -> str:
    """``(株)SAY企画`` → ``株式会社SAY企画``; a form is written out where it stands. ``name`` must be folded."""
    if "(" not in name:
        return name
    _, short, by_short = _forms()
    return short.sub(lambda match: by_short[match[1]], name)


@lru_cache(maxsize=1 << 14)
def cut_representative(name: str) -> str:
    """``name`` without a representative's post and personal name behind it."""
    if not _post_ends().search(name):
        return name.strip()
    always, spaced = _posts()
    shorter = always.sub("", name)
    return (spaced.sub("", shorter) or shorter).strip() or name.strip()


@lru_cache(maxsize=1 << 14)  # a firm is printed many times
def read_firm(printed: str) -> FirmName:
    """The firm behind a printed name (the name alone, without its address)."""
    folded = cut_representative(fold(printed).strip())
    name = close_up(write_out_forms(close_up(folded))).strip(" 、,・:;")
    branch = _branch(name)
    if " " in name:
        name = re.sub(r"(?<=社|人|合) (?=\S)|(?<=\S) (?=株式会社|有限会社|合同会社)", "", name)
    form, first = _form(name if branch is None else name.removesuffix(branch).strip())
    return FirmName(name, form, first, branch, _members(name))


def _form(name: str) -> tuple[str | None, bool]:
    for form in _forms()[0]:
        if name.startswith(form):
            return form, True
        if name.endswith(form):
            return form, False
    for form in _forms()[0]:
        if form in name:  # in the middle: 株式会社 before a branch or behind a department
            return form, False
    return None, False


def _branch(name: str) -> str | None:
    if not name.endswith(_BRANCH_WORDS):
        return None
    if match := _SPACED_BRANCH.search(name) or _AFTER_FORM_BRANCH.search(name):
        return match["branch"]
    by_place, by_script = _branch_after_place(name), _SCRIPT_BRANCH.search(name)
    if by_script is None:
        return by_place
    branch = by_script["branch"]
    # 新大阪支店 and 広島中央支店 are whole; ABC建設東京支店 is the branch of ABC建設.
    before = branch.removesuffix(by_place) if by_place else ""
    return branch if before in _place_names() or before in _BEFORE_PLACES else by_place


def _branch_after_place(name: str) -> str | None:
    """The branch that begins at the last place name before the branch word: 大成建設大阪支店 → 大阪支店."""
    before = next(name.removesuffix(word) for word in _BRANCH_WORDS if name.endswith(word))
    for length in range(min(5, len(before) - 1), 1, -1):
        if before[-length:] in _place_names():
            return name[len(before) - length :]
    return None


@cache
def _place_names() -> frozenset[str]:
    """Names that branches bear: prefectures and municipalities with and without 県 or 市, and regions."""
    names: set[str] = {
        "東日本",
        "西日本",
        "関東",
        "関西",
        "東北",
        "中部",
        "中国",
        "四国",
        "九州",
        "北陸",
        "近畿",
        "東海",
        "首都圏",
    }
    for row in table("municipalities"):
        for name in (row["prefecture"], row["city"], row["ward"]):
            if len(name) > 2 or name.endswith(("市", "町", "村")):
                names.update((name, re.sub(r"(?<=.)[都府県市区町村]$", "", name)))
    names.update(row["name"] for row in table("neighbourhoods"))
    names.discard("")
    return frozenset(names | {"北海道"})


def _members(name: str) -> tuple[str, ...]:
    """The members named inside a joint venture's name (``A・B共同企業体``), or none.

    A name is split only where every part has at least two characters, since ・ also stands inside names.
    """
    match = _JV.search(name)
    if not match:
        return ()
    parts = [part.strip() for part in re.split(r"[・、,/&＆]", name[: match.start()]) if part.strip()]
    return tuple(parts) if len(parts) > 1 and all(len(part) > 1 for part in parts) else ()


@lru_cache(maxsize=1 << 16)
def form_of(name: str) -> tuple[str, bool] | None:
    """The legal form in a name that is written out, and whether it stands first; None where there is none."""
    branch = _branch(name)
    form, first = _form(name.removesuffix(branch).strip() if branch else name)
    return (form, first) if form else None


def is_joint_venture(name: str) -> bool:
    """Whether a name is that of a joint venture (共同企業体, JV, コンソーシアム)."""
    return _JV.search(name) is not None


@lru_cache(maxsize=1 << 16)  # the same names come again and again, and a key is asked for at every comparison
def core_key(name: str) -> str:
    """The key of a name without its legal form and branch: what two printings of one firm share."""
    branch = _branch(name)
    own = _without_form(name.removesuffix(branch)) if branch else ""
    own = own or _without_form(name)  # 株式会社大阪支店 has no other name than its branch's
    return key(own) or own


def _without_form(name: str) -> str:
    name = write_out_forms(fold(name))
    for form in _forms()[0]:
        name = name.replace(form, "")
    return name


_LETTERS = str.maketrans(
    dict(
        zip(
            "abcdefghijklmnopqrstuvwxyz",
            [
                "エー",
                "ビー",
                "シー",
                "ディー",
                "イー",
                "エフ",
                "ジー",
                "エイチ",
                "アイ",
                "ジェー",
                "ケー",
                "エル",
                "エム",
                "エヌ",
                "オー",
                "ピー",
                "キュー",
                "アール",
                "エス",
                "ティー",
                "ユー",
                "ブイ",
                "ダブリュー",
                "エックス",
                "ワイ",
                "ゼット",
            ],
            strict=True,
        )
    )
)


def spelled_key(name: str) -> str:
    """:func:`core_key` with Latin letters spelled in kana (SAY企画 → エスエーワイ企画): it suggests, it never merges."""
    return core_key(name).translate(_LETTERS)
