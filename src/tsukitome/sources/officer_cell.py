"""The officer's cell of a contract table: the organization is kept, the person never.

``分任支出負担行為担当官 沖縄総合事務局那覇港湾・空港整備事務所長 …`` gives 沖縄総合事務局那覇港湾・空港整備事務所.
A word counts only if it ends as organizations do or stands right before a post; whatever else stands there may be a
personal name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from tsukitome.normalize.place import municipality_of, split_prefecture
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.vocabulary import vocabulary

# How the names of organizations end. Sections (課, 室, 係) and departments (部) are inside one: they are cut off.
_BODY = (
    r"(?:センター|センタ-|研究所|事務所|機構|委員会|裁判所|検察庁|本部|支部|支社|支局|大学校?|学校|学院|病院|法人|財団|協会|振興会|公社|公団|"
    r"事業団|基金|銀行|博物館|美術館|図書館|開発建設部|業務隊|税関|(?<!本)省|庁|府|局|署|所|院|館|隊|校|場|県|市|区|町|村|都|道)"
)
# A chief is a unit + 長; 長 before these begins a place's name (局長岡…, 署長野…), and 長官官房 is a secretariat.
_CHIEF = re.compile(
    r"(?P<unit>.*?(?:センター|センタ-|グループ|チーム|機構|隊|[省庁府局部課室係所署院校館場区市町村県科]))(?:(?:副|次)?長官?|副(?:局|所|場|院|校|署|部)長)"
    r"(?!官房|野|崎|岡|浜|久手|門|井|泉|与|洲|瀞|生|和|沼|万部|島|柄|田|良|尾)"
)
_ENDS_AS_BODY = re.compile(rf".*{_BODY}")
_SHORTEST = 3
_SHORTEST_BARE = 4  # a word that no post bounds: 伊集院 is a person, 防衛省 is not
_SHORT_BODIES = re.compile(r"..[省庁]|.{1,3}[市区町村県]役所")
_POST_AND_NAME = re.compile(
    r"(?P<post>(?:[局部課室係所署院校館隊場都県市区町村]|センター|機構|グループ)(?:長|次長)|長官|知事|理事長|担当官|担当者|担当役|責任者"
    r"|参事官|総裁|学長|主任|主査|主事|技師|[店社支]長|取締役|代表(?:取締役|理事|社員|役員|執行役)(?:[\s\u3000]*(?:社長|会長|理事長|専務|常務))?)"
    r"(?P<name>(?:[\s\u3000]+|(?<=代表取締役)|(?<=代表理事)|(?<=代表取締役社長))[一-鿿々ヶ]{1,4}[\s\u3000]*[一-鿿々ぁ-んァ-ヺー]{1,4})(?=[\s\u3000、。)）]|$)"
)
_SUM = re.compile("[0-9,]+円")
_OFFICIALS_LABEL = re.compile(
    r"[(\[【※]?(?:入札|契約|事務|発注|工事)?(?:執行者|執行職員|立会人|立会者|立会職員|担当者|担当職員|担当官|責任者|検査員|監督員|記録者|作成者|問合せ先"
    r"|問い合わせ先|連絡先)(?:職氏名|氏名|名)?[)\]】]?(?:[:：].*)?$"
)
# The last characters of those words, and characters that fold may make one of them from: most cells have none.
_MAY_BE_LABEL = re.compile(
    "[者員人官先\u2e80-\u2fdf\u3190-\u319f\u3200-\u33ff\uf900-\ufaff\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f]"
)
_LONGEST_LABEL = 26  # characters of such a label without a colon, white space not counted: twice as many as it can have
_NAME_ALONE = re.compile(r"[一-鿿々ヶ]{1,4}[\s\u3000]+[一-鿿々ぁ-んァ-ヺー]{1,3}")
_REPRESENTATIVE = "代表(?:取締役|理事)"  # behind it a name needs no white space
_POST_ENDS = re.compile(
    f"[長官者役裁事任査師員][\\s\u3000]|{_REPRESENTATIVE}"
)  # the last characters of the posts above
_SIGNS = re.compile("担当[官者役職責理]|契約(?:責任|職|役|事務)")  # stands in every title of an officer who signs
# Either of the two. (A pattern that begins with a set of characters is found several times as quickly as one of several words.)
_MAY_NAME = re.compile(
    "[長官者役裁事任査師員担契代](?:(?<=[長官者役裁事任査師員])[\\s\u3000]|(?<=代)表(?:取締役|理事)|(?<=担)当[官者役職責理]|(?<=契)約(?:責任|職|役|事務))"
)
_SENTENCE_GOES_ON = re.compile("[等のがはにでをとも、。]|及び|又は|から")  # 契約担当官等の氏名: a header or a sentence
_MINISTRY = re.compile(r"(?:内閣官房|内閣府|.{2,6}?省)(?!庁)")
_SECTION = re.compile(r"(?:[課室係班部科]|グループ|チーム|担当)(?:\(.*\))?$")
MASK = "（氏名略）"


@cache
def _titles() -> re.Pattern[str]:
    words = sorted((row["title"] for row in vocabulary("gazette_officers")), key=len, reverse=True)
    # The first characters are looked at before the words: nearly everywhere there stands another one.
    first = "".join(sorted({word[0] for word in words}))
    return re.compile(rf"(?=[(（【\[{first}])[(（【\[]?(?:{'|'.join(words)})(?:代理)?[)）】\]:]?")


@cache
def _posts() -> re.Pattern[str]:
    words = sorted((row["post"] for row in vocabulary("official_posts")), key=len, reverse=True)
    return re.compile("|".join(words))


def organization_of(cell: str) -> str | None:
    """The organization in an officer's cell, with its regional office, without any post or person; None if none is sure."""
    found = ""
    for word in _titles().sub(" ", fold(cell)).split():
        if re.match(r"(?:ほか|他|外)[0-9一二三四五六七八九十]", word):
            break  # ほか1官署
        if _is_address(word):
            if found:
                break
            continue
        body, ended = _body(word)
        if body and not found.endswith(body):
            found += body
        if ended or (found and not body):
            break
    return found or None


def _body(word: str) -> tuple[str, bool]:
    """The organization's part of a word, and whether a post ends it: 福岡国税局総務部次長 → 福岡国税局, True."""
    chief, post = _CHIEF.match(word), _posts().search(word)
    if post and (chief is None or post.start() < chief.end("unit")):
        return _cut(word[: post.start()], _SHORTEST), True
    if chief:
        return _cut(chief["unit"], _SHORTEST), True
    whole = _ENDS_AS_BODY.fullmatch(word) is not None
    return (word if whole and (len(word) >= _SHORTEST_BARE or _SHORT_BODIES.fullmatch(word)) else ""), False


def _cut(text: str, shortest: int) -> str:
    match = _ENDS_AS_BODY.match(re.sub(r"(?<=センター)所$", "", text))
    return match.group() if match and len(match.group()) >= shortest else ""


def _is_address(word: str) -> bool:
    text = word.lstrip("(〒")
    if not re.search(r"[0-9一二三四五六七八九十]", text):
        return split_prefecture(text)[0] is not None and municipality_of(text) is not None and not _CHIEF.match(text)
    return re.match(r"[0-9-]+$", text) is not None or municipality_of(text) is not None


@lru_cache(maxsize=1 << 13)
def buyer_of(*, ministry: str | None, agency: str | None, officer: str | None, heading: str | None) -> str | None:
    """The buyer's name, from the columns that print it, else from the officer's cell, else from the table's heading.

    A ministry is followed by its bureau where the officer's cell names one. An agency stands alone.
    """
    if agency:
        return agency
    body = organization_of(officer) if officer else None
    if not ministry:
        return body or heading
    if not body or body == ministry:
        return ministry
    if body.startswith(ministry):
        return body
    # 宮内庁 in the 内閣府 is its bureau; another ministry's officer, lent for the purchase, is not.
    return ministry if _MINISTRY.match(body) else ministry + body


@lru_cache(maxsize=1 << 12)
def organization_in_cell(text: str) -> str | None:
    """The organization of a cell that holds nothing else (支出元府省, 支出元独立行政法人の名称): its corporate number dropped."""
    first = re.split(r"法人番号|[(（]?[0-9０-９]{9}", text.strip())[0]
    return re.sub(r"(?<=[ァ-ヺ])-(?![0-9A-Za-z])", "ー", squeeze(fold(first))).rstrip("(") or None


@lru_cache(maxsize=1 << 12)
def organization_in_bureau(text: str) -> str | None:
    """The organization of a cell that says which office buys; None for a section alone (総務課), which is a part of any."""
    name = organization_in_cell(text)
    return None if name and _SECTION.search(name) and not organization_of(text) else name


def mask_officials(text: str) -> str:
    """A text with the personal name behind an official's post replaced by （氏名略）.

    In a cell (between ``|``) that opens with the title of an officer who signs, only the organization is kept: all the rest
    may be a name.
    """
    if not _MAY_NAME.search(text):
        return text
    if not _SIGNS.search(text):
        return _without_names(text)
    return "|".join(_masked_cell(cell) or _without_names(cell) for cell in text.split("|"))


def _without_names(text: str) -> str:
    if not _POST_ENDS.search(text):
        return text
    return _POST_AND_NAME.sub(lambda match: match["post"] + MASK, text)


def _masked_cell(cell: str) -> str | None:
    """An officer's cell with its title and organization only; None for any other cell."""
    title = _titles().match(cell.strip())
    words = cell.strip()[title.end() :] if title else ""
    if title is None or not words.strip() or _SENTENCE_GOES_ON.match(words):
        return None
    body = organization_of(words)
    return cell.replace(cell.strip(), title.group() + (f" {body} " if body else "") + MASK)


def labels_official(text: str) -> bool:
    """Whether a cell is a label behind which an official stands: 入札執行者, 立会人：…, 契約担当者."""
    if (
        len(text) > _LONGEST_LABEL
        and ":" not in text
        and "：" not in text
        and len("".join(text.split())) > _LONGEST_LABEL
    ):
        return False  # nearly all cells
    return _MAY_BE_LABEL.search(text) is not None and _labels_official(text)


@lru_cache(maxsize=1 << 12)
def _labels_official(text: str) -> bool:
    words = fold(text).split()
    alone = len(words) > 1 and _OFFICIALS_LABEL.fullmatch(words[0])  # 入札執行者　総務課長　…
    return bool(alone or _OFFICIALS_LABEL.match("".join(words)))


@lru_cache(maxsize=1 << 12)
def without_name(text: str) -> str:
    """The text of a cell whose header says nothing known: a personal name, if that is all it can be, is masked."""
    return MASK if _NAME_ALONE.fullmatch(text.strip()) else text


def quotation(parts: Iterable[str]) -> str:
    """Cells as one line, parted by ``|``, officials' names masked. No name reaches over a bar, so each cell is masked alone."""
    return " | ".join(
        [part if part.isascii() or (part[-1] == "円" and _SUM.fullmatch(part)) else _mask(part) for part in parts]
    )


_mask = lru_cache(maxsize=1 << 15)(mask_officials)
