"""A place as a person writes it, read into codes: 豊島区, 東京・豊島区, 都内, 23区, 首都圏, 13116, Toshima Ward.

What could mean several places is kept as all of them and said to be ambiguous: the data decides. What stands behind a
place (東京の豊島区, 豊島区にある情報処理会社) narrows it, says nothing of places, or is refused: no half of a clue is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from tsukitome.clues.place_names import read_name
from tsukitome.clues.place_reading import PlaceReading, any_of, lifetime, prefecture_reading
from tsukitome.clues.place_romaji import read_romaji
from tsukitome.errors import ClueError
from tsukitome.normalize.municipality import covers, municipalities, municipality, prefecture, prefectures
from tsukitome.normalize.municipality_code import five_digits
from tsukitome.normalize.place import place_key
from tsukitome.normalize.text import fold_variants, table
from tsukitome.pattern import pattern

__all__ = ["EXAMPLE", "PlaceReading", "read_any_place", "read_place"]

EXAMPLE = "--ward 豊島区"
_CODE_EXAMPLE = "--ward 13116"
# What may follow a place in a news phrase. 内 alone belongs to it (豊島区内).
_SEAT = "所在|立地|本社|本店|本部|拠点|事務所|支店|営業所"
_VERB = "[をがにのも]|ある|する|置く|置いた|構える|構えた|持つ|もつ|おく|して|いる"
_TAIL = pattern(rf"内?(?:[にを](?:ある|{_SEAT})(?:{_SEAT}|{_VERB})*|の|(?:{_SEAT})の?|在住の?)?")
_LONGEST_NAME = 40
_PLACE_WORD = pattern(r"[^\s・、,の]{0,6}?(?:[区市町村県府]|(?<=東京)都)")


def read_place(text: str, on: date | None = None) -> PlaceReading:
    """The reading of a place clue: a name, a code, a reading in kana or romaji, or a phrase such as 豊島区にある会社.

    Names are those valid on ``on`` (an article's date or the clue's month), else today's; a name that was valid only
    at another time still counts where no other fits, with a note. Raises :class:`tsukitome.errors.ClueError`.
    """
    folded = unicodedata.normalize("NFKC", text).strip(" 。、,.")
    if re.fullmatch(r"[A-Za-zĀ-ž0-9 ,.'’-]*[A-Za-z][A-Za-zĀ-ž0-9 ,.'’-]*", folded):
        reading = read_romaji(folded, on)
        if reading is None:
            raise _refusal(text)
        return reading
    tight = re.sub(r"\s+", "", folded)
    if re.fullmatch(r"[0-9]+", tight):
        return _read_code(tight, text, on)
    reading = _read_phrase(tight, text, on)
    if reading is None:
        raise _elsewhere(tight, text, on) or _refusal(text)
    return reading


def read_any_place(text: str, on: date | None = None) -> PlaceReading:
    """The reading of places of which any will do (豊島区 / 新宿区), or of one. Raises ClueError."""
    readings = [read_place(part, on) for part in re.split(r"\s+[/／]\s+", text)]
    if len(readings) == 1:
        return readings[0]
    codes = {code for reading in readings for code in reading.codes}
    if len({reading.level for reading in readings}) > 1:  # 豊島区 / 埼玉県: the wider covers what it holds
        raise ClueError("ward", text, "places of one kind can stand side by side.", "--ward '豊島区 / 新宿区'")
    return any_of(codes, min(reading.weight for reading in readings))


def _read_phrase(phrase: str, text: str, on: date | None) -> PlaceReading | None:
    """A place and what follows it; None if it begins with no place."""
    for head, tail in _heads(phrase):
        reading = read_name(head, on)
        if reading is not None:
            behind = phrase[len(head) + len(tail) :]
            return _narrowed(reading, head, tail, behind, text, on) if behind else reading
    return None


def _heads(phrase: str) -> Iterator[tuple[str, str]]:
    """The phrase whole, then shorter and shorter, with the words that follow it: たつの市 must not become たつ."""
    yield phrase, ""
    for end in range(min(len(phrase) - 1, _LONGEST_NAME), 1, -1):
        tail = _TAIL.match(phrase, end)
        whole = tail is not None and tail.end() == len(phrase)
        # 内 ends a phrase, の needs something behind it.
        if tail and tail.group() not in (("の",) if whole else ("", "内")):
            yield phrase[:end], tail.group()


def _narrowed(outer: PlaceReading, head: str, tail: str, behind: str, text: str, on: date | None) -> PlaceReading:
    """``outer`` narrowed by what stands behind it, if that is a place; a noun that names none leaves it as it is."""
    inner = _read_phrase(behind, text, on)
    if inner is None:
        problem = _problem(behind, on)
        if problem is None:
            return outer
        inner = _begun_in_tail(outer, tail, behind, text, on)
        if inner is None:
            raise ClueError("ward", text, f"{problem.format(head=head)}.", EXAMPLE)
    kept = [place for place, code in enumerate(inner.codes) if covers(outer.codes, code) or code in outer.codes]
    if not kept:
        if all(covers(inner.codes, code) or code in inner.codes for code in outer.codes):
            return outer  # 豊島区の東京本社
        if inner.weight < 1 and outer.level == "municipality" and len(outer.codes) == 1:
            return outer  # 横浜市中区の池袋: quarters of one name are found in many places
        raise ClueError("ward", text, f"{head} and {inner.names[0]} contradict each other.", EXAMPLE)
    codes = tuple(inner.codes[place] for place in kept)
    if codes == outer.codes:
        return outer
    names = tuple(inner.names[place] for place in kept)
    return replace(inner, codes=codes, names=names, ambiguous=len(codes) > 1 and inner.ambiguous)


def _begun_in_tail(outer: PlaceReading, tail: str, behind: str, text: str, on: date | None) -> PlaceReading | None:
    """A place whose name begins with words that a tail may end with: 沖縄県にある本部町, 秋田県にあるにかほ市. One of ``outer``
    comes before others.
    """
    elsewhere = None
    for end in range(len(tail) - 1, 0, -1):
        if _TAIL.fullmatch(tail[:end]):
            inner = _read_phrase(tail[end:] + behind, text, on)
            if inner is not None and any(covers(outer.codes, code) for code in inner.codes):
                return inner
            elsewhere = elsewhere or inner
    return elsewhere


@cache
def _no_places() -> re.Pattern[str]:
    """Words of ``tables/place_fillers.csv``: they hold 市, 町 … and name no place."""
    words = sorted((row["word"] for row in table("place_fillers", "tsukitome.clues")), key=len, reverse=True)
    return re.compile("|".join(words))


def _problem(behind: str, on: date | None) -> str | None:
    """Why a phrase that begins with no place can't be left aside: it holds one further on, or a word that ends like one."""
    for part in re.split("[・、,/とや]", behind)[1:]:
        if len(part) > 1 and _read_phrase(part, part, on):
            return f"it names a second place, in {part!r}, beside {{head!r}}"
    match = _PLACE_WORD.search(_no_places().sub("、", behind))
    if match is None:
        return None
    if read_name(match.group(), on):
        return f"it names a second place, {match.group()!r}, beside {{head!r}}"
    return f"{match.group()!r} behind {{head!r}} is no place that is known"


def _read_code(digits: str, text: str, on: date | None) -> PlaceReading:
    if len(digits) == 2 or (len(digits) in (5, 6) and digits[2:5] == "000"):
        try:
            return prefecture_reading(prefecture(digits[:2]))
        except KeyError:
            raise ClueError("ward", text, f"{digits[:2]} is no prefecture's code (01 to 47).", EXAMPLE) from None
    try:
        code = five_digits(digits)
        place = municipality(code, on)
    except ValueError as problem:
        raise ClueError("ward", text, f"{problem}.", _CODE_EXAMPLE) from None
    except KeyError:
        raise ClueError("ward", text, f"{digits} is no municipality's code since 2006.", _CODE_EXAMPLE) from None
    note = None if place.valid(on) else lifetime(place, on)
    return PlaceReading((code,), "municipality", 1.0, False, (place.full_name,), note)


def _elsewhere(phrase: str, text: str, on: date | None) -> ClueError | None:
    """The error for a place written as one of a prefecture in which it is not: 大阪府豊島区."""
    outer = next((one.name for one in prefectures() if phrase.startswith(one.name)), "")
    inner = read_name(phrase[len(outer) :], on) if outer else None
    if inner is None:
        return None
    return ClueError("ward", text, f"{outer} and {inner.names[0]} contradict each other.", EXAMPLE)


def _refusal(text: str) -> ClueError:
    """The error for a text that names no place, with the known names that look like it."""
    phrase = place_key(text)
    if not phrase:
        return ClueError("ward", text, "it is empty.", EXAMPLE)
    if re.match(r"[県府市区町村]内", phrase):
        return ClueError("ward", text, f"{phrase[:2]} does not say which one is meant.", "--ward 大阪府")
    near = _near(phrase[:20])
    hint = f"; did you mean {' or '.join(near)}?" if near else "."
    return ClueError("ward", text, f"no place of that name is known{hint}", EXAMPLE)


def _near(phrase: str) -> list[str]:
    """At most three known names that look like the phrase, the nearest first."""
    from rapidfuzz import fuzz, process  # only here: most clues are understood

    shown = {one.name for one in prefectures()}
    for place in municipalities():
        shown.update((place.name, place.ward or place.name))
    keys = {name: fold_variants(place_key(name)) for name in sorted(shown)}
    found = process.extract(fold_variants(phrase), keys, scorer=fuzz.ratio, score_cutoff=60, limit=3)
    if found and found[0][1] == 100:
        return [str(found[0][2])]
    return [str(name) for _, _, name in found]
