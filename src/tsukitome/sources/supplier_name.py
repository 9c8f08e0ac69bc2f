"""A supplier's name as its lines print it: what is no part of it, and the lines that are a person's."""

from __future__ import annotations

import re
from functools import cache

from tsukitome.normalize.firm import cut_representative
from tsukitome.normalize.text import close_up, fold, squeeze, table
from tsukitome.sources.supplier_address import has_form

OTHERS = re.compile(
    r"[\s(、]*(?:ほか|他|外)\s*(?P<count>[0-9一二三四五六七八九十]+)\s*(?:社|者|名|先|法人|団体)\s*[)]?"
)
OTHER = re.compile("[ほ他外]")  # with which each of these begins
_NOTE_MARK = re.compile(
    r"\s*(?:[※*][0-9]{0,2}|[(\[]?[※*]?注[0-9]{0,2}[)\]]?|[(\[][※*][0-9]{0,2}[)\]])$"
)  # of a note below the table
_MARK_ENDS = frozenset("※*注)]0123456789")
_NAME_WORDS = r"(?:名称|氏名|商号(?:又は名称)?|(?:会社|法人|業者|事業者)名)"
_NAME_LABEL = re.compile(rf"^(?:[(\[【]{_NAME_WORDS}[)\]】][:\s]*|{_NAME_WORDS}[:\s]\s*)")
_ADDRESS_LABEL_BEHIND = re.compile(r"\s*[(\[【](?:住所|所在地)[)\]】]?:?$|\s(?:住所|所在地):?$")
_PERSON = re.compile(r"^\S{1,12}長[\s\u3000]+\S{1,6}(?:[\s\u3000]\S{1,4})?$")
_CHIEF = re.compile(r"(?<=所)所長\s*[一-鿿]{2,6}$|(?<=院)院長\s*[一-鿿]{2,6}$|(?<=館)館長\s*[一-鿿]{2,6}$")
_LEADER = re.compile(
    r"\s代表\s+(?P<person>[一-鿿々]{1,4}\s*[一-鿿々ぁ-んァ-ヺー]{1,5})$"
)  # of a trader: 架空造園 代表 山田 太郎
_SHARE = re.compile(r"\s*[(\[]?(?:出資|持分|比率|割合|:|\s)*[0-9]{1,3}(?:\.[0-9]+)?%[)\]]?$")  # a member's in a venture
_CONTACT = re.compile(r"[\s(]*(?:TEL|Tel|tel|電話|FAX|Fax)(?:番号)?[:.\s]*[0-9(].*$")
_MARKED = re.compile(r"[★☆○◯●◎■□◆◇▲△→]\s*|[0-9]{1,2}[.)](?![0-9])\s*")  # before a name in a list
_POLITE = re.compile(r"(?:\s+(?:様|殿)|\s*御中)$")
# 架空ソフト株式会社ほか（別紙のとおり）
_LONGEST_NOBODY = 24
UNCOUNTED = re.compile(
    r"(?m)(?<=[社人合会)])[ \u3000(、]*(?:ほか|他|外)[ \u3000]*(?:\(?別[紙添表][^\n)]*\)?)?[ \u3000]*$"
)
# What stands where a name is not told: 非公表, 個人につき非公表, 別紙のとおり.
_NOBODY = re.compile(
    r"[-ー*]*|(?:該当)?なし|無し|同左|(?:個人(?:事業[主者]|情報|名)?(?:に?つき|の?ため|であるため|により|に該当するため)?[、(]?)?"
    r"(?:非公[表開]|不開示|省略|公表しない|掲載しない)|個人(?:事業[主者])?|別[紙添表](?:一覧)?(?:の?とおり|の?通り|参照|記載|に記載)?"
)
_MAYOR = re.compile(
    r"(?P<body>\S{1,10}?[都道府県市区町村])\s*(?:知事|長)\s+[一-鿿々]{1,4}\s*[一-鿿々ぁ-んァ-ヺー]{1,5}$"
)


def name_of(text: str) -> str:
    """A name's lines as one line: representatives and what follows them left out, 他2者 cut off."""
    lines = [_line(line) if len(line) > 4 else line for line in _NAME_LABEL.sub("", text).split("\n")]
    name = _ADDRESS_LABEL_BEHIND.sub("", close_up("\n".join(lines)))
    name = (UNCOUNTED.sub("", OTHERS.sub("", name)) if OTHER.search(name) else name).strip(" 、,/")
    if name[-1:] in _MARK_ENDS:
        name = _NOTE_MARK.sub("", name)
    if name.count(")") > name.count("("):
        name = name.rstrip(")")  # what a venture's name opened: 共同事業体(代表者 …)
    # 診療所所長高橋利通: a chief's post is said with the unit's own last character, so it can't be part of the name.
    return _CHIEF.sub("", name) if "長" in name else name


def _line(line: str) -> str:
    """A line of a name without the person, or the share in a venture, behind it."""
    if "代表" in line and (leader := _LEADER.search(line)) and not has_form(leader["person"]):
        line = line[: leader.start()]
    if "長" in line or "知事" in line:
        line = mayor["body"] if (mayor := _MAYOR.fullmatch(line.strip())) else line
    if "%" in line:
        line = _SHARE.sub("", line)
    if marked := _MARKED.match(line):
        line = line[marked.end() :]
    if line[-1:] in "様殿中":
        line = _POLITE.sub("", line)
    if _CONTACT.search(line):
        line = _CONTACT.sub("", line)
    return cut_representative(line)


def is_nobody(text: str) -> bool:
    """Whether a text stands where a name or an address is not told."""
    return len(text) <= _LONGEST_NOBODY and _NOBODY.fullmatch(squeeze(fold(text)).strip("()[]【】。")) is not None


@cache
def _post_words() -> re.Pattern[str]:
    words = "|".join(sorted((row["post"] for row in table("representative_posts")), key=len, reverse=True))
    return re.compile(rf"^\(?(?:\S{{0,8}}?)(?:{words})(?:社長|会長)?\)?(?:[\s\u3000:]+|$)")


def is_person(line: str) -> bool:
    """Whether a line below a firm's name is its representative's: a post, with a personal name or alone."""
    text = line.strip()
    return not has_form(text) and (_post_words().match(text) is not None or _PERSON.match(text) is not None)


def without_person_above(lines: list[str]) -> list[str]:
    """The lines without a representative's that stands above the firm's name."""
    if len(lines) < 2 or has_form(lines[0]) or not has_form(lines[1]):
        return lines
    post = _post_words().match(lines[0])
    return lines[1:] if post and post.end() < len(lines[0]) else lines
