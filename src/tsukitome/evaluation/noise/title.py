"""Titles as news gives them: quoted, trimmed, in part, in other words, and typed in another width or kana."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import lru_cache
from itertools import combinations

import jaconv

from tsukitome.evaluation.noise.table import draw, evenly, mixture, noise_table

_YEAR = re.compile(
    r"(?P<era>平成|令和)(?P<number>元|[0-9]{1,2})(?P<unit>年度|年)|(?P<west>20[0-9]{2})(?P<west_unit>年度|年)"
)
_BRACKETS = re.compile(r"\([^()]*\)|【[^】]*】|〔[^〕]*〕")
_SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")  # その11 1式 is not その111式
_CUT = re.compile(
    r"(?<=に関する)|(?<=に係る)|(?<=における)|(?<=及び)|(?<=並びに)|(?<=の)|(?<=・)|(?<=[、,／/()「」『』~])"
)
_JOINTS = re.compile(r"(?:に関する|に係る|における|及び|並びに|の|・|[、,／/()「」『』~])+$")
_MOST = 12  # pieces and pairs of words that are told apart


@lru_cache(maxsize=1 << 16)
def said_titles(title: str) -> dict[str, float]:
    """The titles that may be said of a contract, before they are typed one way or another."""
    shares = noise_table()["title"]
    whole = _SPACE.sub("", unicodedata.normalize("NFKC", title).strip())
    trimmed = _trimmed(whole)
    phrases = [phrase for phrase in _CUT.split(trimmed) if phrase]
    return mixture(
        [
            (shares["whole"], {whole: 1.0}),
            (shares["trimmed"], {trimmed: 1.0}),
            (shares["piece"], evenly(_pieces(phrases, len(trimmed))) or {trimmed: 1.0}),
            (shares["paraphrase"], evenly(_paraphrases(trimmed)) or {trimmed: 1.0}),
            (shares["words"], evenly(_pairs(phrases)) or {trimmed: 1.0}),
            (shares["other_year"], evenly(_other_years(whole)) or {whole: 1.0}),
        ]
    )


def _trimmed(whole: str) -> str:
    """Without year, brackets and the last formula; as it is where too little would be left."""
    text = _BRACKETS.sub("", _YEAR.sub("", whole, count=1))
    for ending in noise_table()["words"]["endings"]:
        if text.endswith(ending) and len(text) - len(ending) >= 6:
            text = text.removesuffix(ending)
            break
    text = text.strip("、・「」の")
    return text if len(text) >= 6 else whole


def _pieces(phrases: list[str], length: int) -> list[str]:
    """Runs of neighbouring phrases that hold at least 40% of the characters, and not all."""
    runs = [
        _JOINTS.sub("", "".join(phrases[start:end]))
        for start, end in combinations(range(len(phrases) + 1), 2)
        if end - start < len(phrases)
    ]
    return sorted({run for run in runs if len(run) >= max(4, 0.4 * length)}, key=lambda run: (-len(run), run))[:_MOST]


def _paraphrases(text: str) -> list[str]:
    return [text.replace(word, other, 1) for word, other in noise_table()["words"]["synonyms"] if word in text]


def _pairs(phrases: list[str]) -> list[str]:
    words = [word for phrase in phrases if len(word := _JOINTS.sub("", phrase)) >= 3]
    return [f"{one} {other}" for one, other in combinations(words, 2)][:_MOST]


def _other_years(whole: str) -> list[str]:
    match = _YEAR.search(whole)
    if match is None or match["number"] == "元":
        return []
    year = int(match["west"] or match["number"])
    era, unit = match["era"] or "", match["unit"] or match["west_unit"]
    return [whole.replace(match.group(), f"{era}{other}{unit}", 1) for other in (year - 1, year + 1) if other > 0]


def title_words(said: str, rng: random.Random) -> str:
    """A title as it is typed."""
    form = draw(noise_table()["title_form"], rng)
    if form == "wide":
        return str(jaconv.h2z(said, kana=False, ascii=True, digit=True))
    if form == "half_kana":
        return str(jaconv.z2h(said, kana=True, ascii=False, digit=False))
    if form == "hiragana":
        return str(jaconv.kata2hira(said))
    return str(jaconv.hira2kata(said)) if form == "katakana" else said
