"""What readers and clues say in English, shown in Japanese: sentences that are stored are data, and so stay as they were written.

``translations_ja.toml`` pairs templates. A hole of an English one is ``{name}`` (translated too where it is a known
sentence or word), ``{name!s}`` (a piece of a source, kept as it is), ``{name!r}`` (the same between Python's quotation
marks, which 「」 of the Japanese replaces) or ``{name!d}`` (a number). A sentence that no template fits stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from string import Formatter

from tsukitome.dataclass import dataclass
from tsukitome.language import Language
from tsukitome.packaged import packaged_toml

_HOLES = {
    None: r"(?P<{name}>.+?)",
    "s": r"(?P<{name}>.*?)",
    "d": r"(?P<{name}>-?[0-9][0-9,.]*)",
    "r": r"(?P<{name}>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")",
}
# Sections of the catalogue that are no sentences: words count only inside a hole or before a colon, places behind a file.
_WORDS, _PLACES = "words", "places"
_COLONS_TRIED = 20  # of a sentence: file names and quotations hold some


def translate(sentence: str, language: Language) -> str:
    """The sentence in a language; in English, and where no template fits, as it is.

    ``FILE, PLACE: reason``, as refusals and errors print themselves, and a place alone (``page 1, line 12``) are known too.
    """
    if language != "ja":
        return sentence
    return _japanese(sentence) or sentence


def untranslated(sentences: Iterable[str]) -> list[str]:
    """The sentences that no template fits, each once, in their order."""
    return [sentence for sentence in dict.fromkeys(sentences) if _japanese(sentence) is None]


@dataclass(frozen=True, slots=True)
class Template:
    """A pair of templates. ``anchor`` is the longest literal piece of the English one, ``literal`` the length of all of them."""

    english: str
    japanese: str
    anchor: str
    literal: int
    begins_with_hole: bool

    @classmethod
    def of(cls, english: str, japanese: str) -> Template:
        pieces = [literal for literal, _, _, _ in Formatter().parse(english)]
        return cls(english, japanese, max(pieces, key=len), sum(map(len, pieces)), not pieces[0])

    def fill(self, sentence: str) -> str | None:
        """The Japanese for a sentence; None where it is another one."""
        if self.anchor not in sentence:
            return None
        match = _pattern(self.english).fullmatch(sentence)
        if match is None:
            return None
        holes = {name: kind for _, name, _, kind in Formatter().parse(self.english) if name}
        return self.japanese.format(**{name: _filling(match[name], kind) for name, kind in holes.items()})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All templates: ``fixed`` without holes, ``open`` with them, the most specific first."""

    fixed: dict[str, str]
    open: tuple[Template, ...]
    words: dict[str, str]
    places: tuple[Template, ...]
    between_places: re.Pattern[str]


@cache
def catalogue() -> Catalogue:
    """The catalogue of the package, read once and only when somebody asks for Japanese."""
    told = packaged_toml("tsukitome", "translations_ja.toml")
    words, places = told.pop(_WORDS), _sorted(told.pop(_PLACES))
    pairs = {english: japanese for section in told.values() for english, japanese in section.items()}
    fixed = {english: japanese for english, japanese in pairs.items() if "{" not in english}
    opened = {english: japanese for english, japanese in pairs.items() if english not in fixed}
    first_words = "|".join(sorted({place.english.split()[0] for place in places}))
    return Catalogue(fixed, _sorted(opened), words, places, re.compile(f", (?=(?:{first_words}) )"))


def _sorted(pairs: dict[str, str]) -> tuple[Template, ...]:
    templates = [Template.of(english, japanese) for english, japanese in pairs.items()]
    return tuple(sorted(templates, key=lambda template: (-template.literal, template.english)))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(
        "".join(
            re.escape(literal) + (_HOLES[kind].format(name=name) if name else "")
            for literal, name, _, kind in Formatter().parse(english)
        ),
        re.DOTALL,
    )


def _filling(text: str, kind: str | None) -> str:
    if kind == "r":
        return text[1:-1].replace("\\" + text[0], text[0])
    if kind is None:
        return catalogue().words.get(text) or _japanese(text) or text
    return text


@lru_cache(1 << 12)  # warnings repeat from record to record
def _japanese(sentence: str) -> str | None:
    """The Japanese for a sentence; None for an unknown one.

    A template that begins with a hole comes last, for it would take a file's name for a part of the sentence.
    """
    return (
        _sentence(sentence, begins_with_hole=False)
        or _placed(sentence)
        or _sentence(sentence)
        or _place_alone(sentence)
    )


def _sentence(sentence: str, *, begins_with_hole: bool = True) -> str | None:
    known = catalogue()
    if sentence in known.fixed:
        return known.fixed[sentence]
    for template in known.open:
        if template.begins_with_hole and not begins_with_hole:
            continue
        if found := template.fill(sentence):
            return found
    return None


def _placed(sentence: str) -> str | None:
    """``FILE, PLACE: reason`` or ``FILE: reason``; a file's name may hold colons, so the first known reason counts."""
    start = 0
    for _ in range(_COLONS_TRIED):
        colon = sentence.find(": ", start)
        if colon < 0:
            return None
        if reason := _sentence(sentence[colon + 2 :]):
            return f"{_where(sentence[:colon])}: {reason}"
        start = colon + 2
    return None


def _where(text: str) -> str:
    known = catalogue()
    if alone := known.words.get(text) or _place_alone(text):
        return alone
    for comma in known.between_places.finditer(text):
        if place := _place_alone(text[comma.end() :]):
            return f"{text[: comma.start()]}（{place}）"
    return text


def _place_alone(text: str) -> str | None:
    """``page 1, line 12``: the parts of a place, each known."""
    known = catalogue()
    parts = [
        next((found for template in known.places if (found := template.fill(part))), None)
        for part in known.between_places.split(text)
    ]
    return "、".join(part for part in parts if part) if all(parts) else None
