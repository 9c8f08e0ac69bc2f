"""Public bodies named in a text, by their formal names, and the words that refer back to them (同機構, 市教委)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tsukitome.clues.article.events import PACKAGE, longest_first
from tsukitome.clues.article.place_names import PlaceName
from tsukitome.clues.article.sentences import ArticleText
from tsukitome.normalize.text import table

_RUN = r"[一-龥々ァ-ヴーA-Za-z0-9・]"
_LEGAL = (
    r"(?:(?:地方)?独立行政法人|国立研究開発法人|国立大学法人|公立大学法人|特殊法人|認可法人"
    r"|一般財団法人|公益財団法人|一般社団法人|公益社団法人)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A public body's name at [start, end), and its formal name. ``tokyo``: the bare 都."""

    start: int
    end: int
    formal: str


@cache
def _known() -> dict[str, str]:
    rows = [*table("buyer_names", "tsukitome.clues"), *table("buyer_short_names", PACKAGE)]
    found = {row["formal"]: row["formal"] for row in rows} | {row["short"]: row["formal"] for row in rows}
    return {words: formal for words, formal in found.items() if words != "都"}


@cache
def _known_pattern() -> re.Pattern[str]:
    ministry = (
        r"(?:地方整備局|開発局|労働局|厚生局|運輸局|経済産業局|農政局|国税局|財務局|法務局"
        r"|総合通信局|防衛局|航空局|局|事務所|センター)"
    )
    return re.compile(
        rf"(?<![A-Za-z])(?P<name>{longest_first(sorted(_known()))})(?![A-Za-z])(?P<bureau>(?:[一-龥]{{1,8}}?{ministry})?)"
    )


@cache
def _ends() -> dict[str, dict[str, str]]:
    rows = table("buyer_bodies", PACKAGE)
    return {kind: {row["end"]: row["formal"] for row in rows if row["kind"] == kind} for kind in ("local", "body")}


@cache
def _body_pattern() -> re.Pattern[str]:
    ends = longest_first(sorted(_ends()["body"]))
    return re.compile(
        rf"(?P<legal>{_LEGAL}?)(?P<stem>{_RUN}{{2,18}}?)(?P<end>{ends})(?:(?!{_RUN})|(?=[一-龥]{{1,6}}[部課室](?!{_RUN})))"
    )


@cache
def _local_pattern() -> re.Pattern[str]:
    ends = longest_first(sorted(end for end in _ends()["local"] if end != "大"))
    return re.compile(rf"{ends}|大(?=[がはでにのとへも、。(]|から|など|$)")  # 北海道大


_UNIVERSITY = re.compile(r"大(?=[がはでにのとへも、。(]|から|など|$)")
_ACTS = re.compile(r"が|は|から|より|発注|役所|との?契約")
_TOKYO = re.compile(r"(?<![一-龥々ァ-ヴー])都(?=[がはのでと、]|から|より|発注)")


# 県立中央病院, 市立図書館: established by one that the name alone need not say.
_ESTABLISHED = re.compile(
    rf"(?<![一-龥])[一-龥]{{0,5}}[都道府県市区町村国]立{_RUN}{{1,14}}?(?:病院|センター|大学|美術館|博物館|図書館|研究所|学園|高校|高等学校)(?!{_RUN})"
)
_NO_STEM = re.compile(
    r"(?:各|同|両|当該|全国の|県内の|独立|行政|国立|私立|公立|水道|広域|一部|地方|関係|所管|担当|監督|本|他の|別の|年金|政府|関係各)+"
)


def bodies(article: ArticleText, found: list[PlaceName]) -> list[Body]:
    """Every public body that is named, in order, none inside another."""
    text = article.text
    named: list[Body] = []
    for name in found:
        whole = name.level in ("municipality", "prefecture") and name.words[-1] in "都道府県市区町村"
        if not whole and not (name.level in ("prefecture", "stem", "region") and _UNIVERSITY.match(text, name.end)):
            continue
        if text[max(0, name.start - 1) : name.start] == "(" and text[name.end : name.end + 1] == ")":
            continue  # 北辰大学 (札幌市北区): an address, no body
        end = _local_pattern().match(text, name.end)
        formal = re.sub(r"[\s・]", "", name.words)
        if name.level == "municipality":
            formal = formal.removeprefix(name.prefecture) or formal
        ward_of_city = name.city and name.words.endswith("区") and formal.startswith(name.city) and formal != name.city
        if ward_of_city and end is None and not _ACTS.match(text, name.end):
            stop = name.start + name.words.index(name.city) + len(name.city)  # 静岡市葵区の市道: the city's
            named.append(Body(name.start, stop, name.city))
            continue
        if end is not None:
            named.append(Body(name.start, end.end(), formal + _ends()["local"][end.group()]))
        else:
            named.append(Body(name.start, name.end, formal))
    for match in _known_pattern().finditer(text):
        formal = _known()[match["name"]] + match["bureau"]
        named.append(Body(match.start(), match.end(), formal))
    named += [Body(match.start(), match.end(), match.group()) for match in _ESTABLISHED.finditer(text)]
    for match in _body_pattern().finditer(text):
        stem = match["stem"]
        if _NO_STEM.fullmatch(stem):
            continue
        named.append(Body(match.start(), match.end(), match["legal"] + stem + _ends()["body"][match["end"]]))
    named += [Body(match.start(), match.end(), "東京都") for match in _TOKYO.finditer(text)]
    return _longest(named)


_REFERENCE = re.compile(
    r"(?<![一-龥々ァ-ヴーA-Za-z0-9])同?(?P<kind>機構|省|庁|[市県区町村府都道]教委|教委|市|町|村|区|県|府|道|局|整備局|国税局|地裁|裁判所|病院|研究所|庁|院|労働局|広域連合|連合"
    r"|企業団|組合|公社|センター|大学|大|協会|委員会|事業団|基金)(?=[がはにとのへもで、]|から|より|側)"
)
_WRITTEN_OUT = {"大": "大学"}


def references(article: ArticleText, named: list[Body], suppliers: set[int]) -> list[Body]:
    """同機構, 市, 市教委: the last body of that kind named before. They speak for it, and are never its first mention."""
    by_kind: dict[str, list[Body]] = {}
    found = []
    waiting = iter(sorted(named, key=lambda one: one.end))
    body = next(waiting, None)
    for match in _REFERENCE.finditer(article.text):
        while body is not None and body.end <= match.start():
            if body.start not in suppliers:
                for length in range(1, min(len(body.formal), 7) + 1):
                    by_kind.setdefault(body.formal[-length:], []).append(body)
            body = next(waiting, None)
        kind = match["kind"].replace("教委", "教育委員会")
        meant = by_kind.get(_WRITTEN_OUT.get(kind, kind))
        if meant:
            found.append(Body(match.start(), match.end(), meant[-1].formal))
    return found


def _longest(named: list[Body]) -> list[Body]:
    """Of names that overlap, the one that reaches furthest; of equal ones, the one known by the table."""
    kept: list[Body] = []
    for body in sorted(named, key=lambda one: (one.start, -one.end)):
        if not kept or body.start >= kept[-1].end:
            kept.append(body)
    return kept
