"""The officer who signs for a buyer: the organization is kept, the person never.

``契約責任者　日本年金機構　理事長代理人　調達管理部長　架空　太郎`` gives 日本年金機構. A name can't be told from a word by its
characters, so the organization is what stands before the first post, and nothing is kept where no post is found
and nothing else says where the organization ends.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.gazette.layout import DATE
from tsukitome.sources.vocabulary import vocabulary

# Units whose chief is unit + 長 (会計課長, 関東地方整備局長). 長 that begins a place's name or 長官官房 is no post.
_UNIT = (
    "センター|プロジェクト|グループ|チーム|オフィス|[省庁府局部課室係所署院校園館会社店場団隊群科処党構学校市区町村]"
)
_NOT_POST = "官官房|野|崎|岡|浜|久手|門|井|泉|与|洲|瀞|生|和|沼|万部|島|柄|田|良|尾"
_CHIEF = re.compile(rf"(?P<unit>.*?(?:{_UNIT}))(?:副|次)?長(?:官(?!官房))?(?!{_NOT_POST})")
_CHIEF_AT_END = re.compile(rf"(?P<unit>.*(?:{_UNIT}))(?:副|次)?長(?:官)?(?:代理|心得|事務代理|事務取扱)?")
_BARE_UNIT = re.compile("(?:[支本][社店所部]|事務[局所]|事業所|センター|研究所|病院|機構|[局部課室所署院校社会])")
_DUTY = re.compile(r"(?:財務|会計|経理|総務|契約|調達|人事|管理|支出|事業)?(?:担当|部門)$")
_LONGEST_FRAGMENT = 3  # characters of a piece of a word that white space takes apart
_ADDRESS = re.compile(r"[(（][^()（）]*[)）]")
# Where an organization's name ends when no post follows: only words that end nothing else.
_ORGANIZATION = re.compile(
    r".*?(?:法人(?=\S)[^\s]*?(?:機構|研究所|センター|大学|学園|病院|協会|振興会|基金|公社|事業団|局|館|院)|機構|裁判所|大学(?!共同利用)|公社|事業団|基金|銀行|株式会社|"
    r"[省庁局](?=$|[\s]))"
)

# A name of an organization and of nobody: what stands alone before an officer's title.
_NAMES_ONE = re.compile(
    r"[^0-9。、]{0,30}(?:法人[^0-9。、]{2,30}|機構|研究所|センター|大学|学園|病院|協会|公社|事業団|基金|株式会社|支社|本部|会議|[省庁院局都道府県市区町村])"
)


@cache
def titles() -> re.Pattern[str]:
    """An officer's title (契約責任者, 支出負担行為担当官 …), in a text without white space."""
    return re.compile("|".join(sorted((row["title"] for row in vocabulary("gazette_officers")), key=len, reverse=True)))


@cache
def _posts() -> re.Pattern[str]:
    return re.compile("|".join(sorted((row["post"] for row in vocabulary("official_posts")), key=len, reverse=True)))


@lru_cache(maxsize=1 << 10)  # the same office gives many sections of an issue
def organization_of(printed: str) -> str | None:
    """The organization, with its bureau where one is printed, in an officer's block; None where no post bounds it.

    ``printed`` is the block as it stands: title, organization, post, personal name, perhaps an address in parentheses.
    White space parts them unless the line is letter-spaced; line ends part nothing.
    """
    if before := _named_before_title(printed):
        return before
    words = _words(printed)
    found = ""
    for index, word in enumerate(words):
        before, ended = _before_post(word, first=not found)
        if ended:
            found = _joined(found, before)
            return found if len(found) > 1 else None
        if index and not _may_go_on(word):
            break
        found = _joined(found, word)
    if len(words) == 1 and _NAMES_ONE.fullmatch(words[0]):
        return words[0]  # on a line of its own
    match = _ORGANIZATION.match(words[0]) if words else None
    return match.group() if match else None


def _named_before_title(printed: str) -> str | None:
    """The organization that stands before the officer's title (国立大学法人… 契約担当者 …), where one does."""
    text = squeeze(_ADDRESS.sub(" ", fold(printed))).lstrip("○◯〇◎")
    title = titles().search(text, 1)
    before = text[: title.start()] if title else ""
    return before if _NAMES_ONE.fullmatch(before) else None


def _words(printed: str) -> list[str]:
    text = _ADDRESS.sub(" ", fold(re.sub(r"[\r\n]+", "", printed)))
    words = text.split()
    if len(words) > 3 and sum(len(word) == 1 for word in words) >= 0.6 * len(words):
        words = ["".join(words)]
    joined = " ".join(words)
    joined = re.sub(rf"^[\s○◯〇◎]*(?:{DATE})?\s*", "", joined)
    title = re.match(r"\s*".join(["", *_spaced_title(joined)]), joined)
    return _closed_up(joined[title.end() :].split() if title else joined.split())


def _closed_up(words: list[str]) -> list[str]:
    """Words with those that white space took apart in one: 関 東地方 整 備 局 → 関東地方整備局."""
    closed: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if 0 < len(word) <= _LONGEST_FRAGMENT:
            run.append(word)
            continue
        # Two single characters are no accident: an organization's and a post's words have more.
        closed += ["".join(run)] if sum(len(one) == 1 for one in run) > 1 else run
        closed += [word] if word else []
        run = []
    return closed


def _spaced_title(text: str) -> list[str]:
    """The characters of the title with which a text begins, if it does: titles may be letter-spaced."""
    match = titles().match(squeeze(text))
    return [re.escape(char) for char in match.group()] if match else []


def _before_post(word: str, *, first: bool) -> tuple[str, bool]:
    """What of a word belongs to the organization, and whether a post ends it there."""
    post = _posts().search(word)
    chief = _CHIEF_AT_END.fullmatch(word) or _CHIEF.match(word)
    if post and (chief is None or post.start() < len(chief["unit"]) or post.start() == 0):
        # A post on its own word takes the word with it (財務担当理事); glued to the organization it ends the name.
        return (_DUTY.sub("", word[: post.start()]) if first else "", True)
    if chief is None:
        return word, False
    unit = chief["unit"]
    unit = re.sub(r"(.{1,4})\1$", r"\1", unit)  # 会計課課長, 関東支社支社長
    if not first and _BARE_UNIT.fullmatch(unit):
        return "", True  # 関東支社 支社長
    return unit, True


def _joined(found: str, word: str) -> str:
    return found if found.endswith(word) else found + word


def _may_go_on(word: str) -> bool:
    """Whether a word behind the organization's first may still be part of it: it ends as bureaus do, not as names."""
    return len(word) > 2 and re.search(rf"(?:{_UNIT}|官房|本部|支社|法人|機構|[都道府県])$", word) is not None
