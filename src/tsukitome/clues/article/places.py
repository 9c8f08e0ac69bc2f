"""The supplier's place in an article: a place beside words for a firm, with the text around it settling bare wards.

Not taken: the buyer's place, the place of the work, and other firms' towns (``tables/supplier_words.csv``,
``tables/other_firm_after.csv``).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from functools import cache

from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import PACKAGE
from tsukitome.clues.article.place_names import PlaceName
from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.clues.place import PlaceReading, read_place
from tsukitome.errors import ClueError
from tsukitome.normalize.municipality import Municipality
from tsukitome.normalize.place import latest_of_each, names, place_key
from tsukitome.normalize.text import table

_CONTEXT = 300  # places before and behind that can settle a bare ward
_REACH = 60  # characters in which a firm's noun follows its place
_ANAPHORA = re.compile(
    r"(?<![一-龥])(?:同(?P<same>[市区町村県府])(?:内)?|(?P<inside>[市区町村県府])内)(?=の|に本社|に本店|にある)"
)
_IN_PARENTHESES = re.compile(r"(?:本社|本店|所在地|住所)?[・:=は、 ]?$")
_SEAT_BEFORE = re.compile(
    r"(?:業者|受注者|受託者|請負者|相手方|委託先|落札者|会社)(?:名|の所在地|の住所)?(?::|\s)+$|(?:本社|本店|所在地|住所|拠点)(?:が|は|・|:|を|=|、|\(|\s)+(?:同じく)?$"
)
_FIRM_BEFORE = re.compile(
    r"(?:会社|社|業者|企業|法人|組合|事業者|[ァ-ヴーA-Za-z]{2,}|」)(?:\(|、)(?:本社|本店|所在地)?[・:=は、 ]?$"
)


_PASSED_ON = re.compile(r"(?:など)?(?:に|へ)[^。]{0,20}(?:任せ|委ね|頼ん|頼み|依頼)")
_TOOK = re.compile(r"(?:会社|業者|企業|同社)(?:が|は)[^。]*(?:受注|落札|受託|請け負|契約)")


@cache
def _patterns() -> dict[str, str]:
    kinds: dict[str, list[str]] = {}
    for row in table("supplier_words", PACKAGE):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: "|".join(patterns) for kind, patterns in kinds.items()}


@cache
def _firm() -> re.Pattern[str]:
    """What follows a firm's place, up to the noun of the firm."""
    told = _patterns()
    between = r"(?P<between>(?:「[^」]{1,24}」|[^。、「」をがはでにとへもやから\n(（]|から(?=くり)){0,22}?)"
    town = r"(?:(?!役所|役場|教育|警察|消防|水道|職員|発注|[長議民立内庁])(?:[一-龥々ヶァ-ヴー0-9-]{1,12}?|[ぁ-ん]{4,8}?))??"
    return re.compile(rf"(?:内|{town})(?:\([^)]{{1,14}}\))?(?:{told['link']})(?:、)?{between}(?P<firm>{told['firm']})")


@cache
def _seat() -> re.Pattern[str]:
    return re.compile(_patterns()["seat"])


@cache
def _other() -> re.Pattern[str]:
    return re.compile(_patterns()["other"])


@cache
def _not_seat() -> re.Pattern[str]:
    return re.compile(_patterns()["not_seat"])


@cache
def _other_after() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("other_firm_after", PACKAGE)))


def places(
    article: ArticleText, found: list[PlaceName], bodies: set[tuple[int, int]], article_date: dt.date | None
) -> list[Candidate]:
    """The places that are a supplier's. ``bodies`` are the spans of public bodies' names, whose places are no supplier's."""
    candidates = []
    ordered = sorted(bodies)
    ends = {end for _, end in bodies}
    for index, name in enumerate(found):
        index_of_body = bisect_right(ordered, (name.start, len(article.text))) - 1
        if index_of_body >= 0 and ordered[index_of_body][1] > name.end:
            continue  # 横浜市教育委員会
        if not _of_supplier(article, name, ends):
            continue
        reading = _reading(name, found, index, article_date)
        if reading is not None:
            candidates.append(Candidate("ward", name.start, name.end, reading, reading.weight))
    return candidates + _anaphora(article, found, article_date)


def _of_supplier(article: ArticleText, name: PlaceName, ends: set[int]) -> bool:
    text = article.text
    sentence = article.sentence_at(name.start)
    if _not_seat().match(text, name.end):
        return False
    if _SEAT_BEFORE.search(text, max(sentence.start, name.start - 10), name.start):
        return not _tells_of_other(text, sentence, name.start, name.end)
    if _bracketed(text, sentence, name, ends):
        return True
    seat = _seat().match(text, name.end)
    firm = _firm().match(text, name.end, min(sentence.end, name.end + _REACH))
    if firm is not None and _passed_on(article, sentence, name, firm.end()):
        return False
    if firm is not None:
        spoken_of = text[name.end : firm.end()]
        return not (_other().search(spoken_of) or _tells_of_other(text, sentence, name.start, firm.end()))
    if seat is not None:
        return not _tells_of_other(text, sentence, name.start, seat.end())
    return article.is_fragment and text.strip(" 。、") == name.words


def _passed_on(article: ArticleText, sentence: Sentence, name: PlaceName, end: int) -> bool:
    """東京の会社に撮影を任せていた, said right behind a contractor's taking the work: whom the contractor gave it to."""
    text = article.text
    number = article.index_at(sentence.start)
    if number == 0 or _PASSED_ON.match(text, end, sentence.end) is None:
        return False
    before = article.sentences[number - 1]
    return (
        before.paragraph == sentence.paragraph
        and text[sentence.start : name.start].strip() == ""
        and _TOOK.search(text, before.start, before.end) is not None
    )


def _bracketed(text: str, sentence: Sentence, name: PlaceName, ends: set[int]) -> bool:
    """株式会社○○ (東京都豊島区): in parentheses behind a firm, not behind a public body."""
    before = _FIRM_BEFORE.search(text, max(sentence.start, name.start - 24), name.start)
    if before is None or "(" not in before.group():
        return False
    return (
        text.rfind("(", sentence.start, name.start) not in ends
        and re.match(r"[^)。]{0,16}\)", text[name.end : name.end + 20]) is not None
    )


def _tells_of_other(text: str, sentence: Sentence, start: int, end: int) -> bool:
    before = re.split(r"[、。\s「」]", text[max(sentence.start, start - 8) : start])[-1]
    return _other().search(before) is not None or _other_after().match(text, end, sentence.end) is not None


def _reading(name: PlaceName, found: list[PlaceName], index: int, article_date: dt.date | None) -> PlaceReading | None:
    try:
        reading = read_place(re.sub(r"\s", "", name.words), article_date)
    except ClueError:
        return None
    if reading.ambiguous and reading.level == "municipality" and name.level == "municipality":
        return _by_context(name, found, index, article_date) or reading
    return reading


def _by_context(
    name: PlaceName, found: list[PlaceName], index: int, article_date: dt.date | None
) -> PlaceReading | None:
    """A bare ward takes the city named in the same text that has it, the nearest before it first; else the prefecture."""
    known = names().get(place_key(name.words), ())
    valid = latest_of_each([place for place in known if place.valid(article_date)] or known)
    around = [*reversed(found[max(0, index - _CONTEXT) : index]), *found[index + 1 : index + _CONTEXT]]
    for city in dict.fromkeys(other.city for other in around if other.city):
        if fitting := [place for place in valid if place.city == city]:
            return _exactly(fitting)
    for one in dict.fromkeys(other.prefecture for other in around if other.prefecture):
        if fitting := [place for place in valid if place.prefecture == one]:
            return _exactly(fitting)
    return None


def _exactly(fitting: list[Municipality]) -> PlaceReading:
    ordered = sorted(fitting, key=lambda place: place.code)
    codes, shown = tuple(place.code for place in ordered), tuple(place.full_name for place in ordered)
    return PlaceReading(codes, "municipality", 1.0, len(ordered) > 1, shown)


def _anaphora(article: ArticleText, found: list[PlaceName], article_date: dt.date | None) -> list[Candidate]:
    """同市の会社, 市内の業者: the last place of that kind that was named before."""
    candidates = []
    starts = [name.start for name in found]
    for match in _ANAPHORA.finditer(article.text):
        kind = match["same"] or match["inside"]
        before = [
            name
            for name in found[
                max(0, bisect_right(starts, match.start()) - _CONTEXT) : bisect_right(starts, match.start())
            ]
            if name.end <= match.start()
            and (
                name.words[-1] == kind
                or (kind in "県府" and name.prefecture.endswith(kind))
                or (kind == "市" and name.city)
            )
        ]
        if not before:
            continue
        meant = before[-1]
        words = meant.prefecture if kind in "県府" else meant.city if kind == "市" and meant.city else meant.words
        moved = PlaceName(
            match.start(), match.end(), words, "prefecture" if kind in "県府" else "municipality", meant.prefecture
        )
        if not _of_supplier(article, moved, set()):
            continue
        reading = _reading(moved, [*found, moved], len(found), article_date)
        if reading is not None:
            candidates.append(Candidate("ward", match.start(), match.end(), reading, 0.8))
    return candidates
