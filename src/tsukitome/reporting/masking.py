"""Sole proprietors masked in what leaves the newsroom: their name and the part of their address that is their home.

A sole proprietor is a supplier whose name has no legal form, who has no corporate number, and whose name looks like a
person's. Each letter is replaced by ●, so that lengths, offsets and layout stay; the municipality stays readable. When in
doubt a name is masked: a firm that is hidden can be shown with ``--unmask``, a person who was shown can't be hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tsukitome.awards import Award, Supplier
from tsukitome.normalize.firm import form_of
from tsukitome.normalize.place import municipality_of
from tsukitome.normalize.text import fold, fold_with_offsets, squeeze, table
from tsukitome.reporting.texts import Shown, changed

MASK = "●"
_KANJI, _KANA = "一-鿿々〆", "ぁ-ゖァ-ヺー"
_PERSON = rf"(?:[{_KANJI}{_KANA}]{{1,4}} [{_KANJI}{_KANA}]{{1,5}}|[{_KANJI}]{{2,6}}|[{_KANJI}]{{1,3}}[{_KANA}]{{1,4}})"
_LATIN = r"[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+"
_IN_BRACKETS = re.compile(
    rf"\((?:代表者?)?[ :]?(?P<person>[{_KANJI}]{{1,3}} [{_KANJI}{_KANA}]{{1,4}}|[{_KANJI}]{{3,5}})\)"
)


@cache
def _words(kind: str) -> str:
    found = [row["word"] for row in table("personal_names", "tsukitome.reporting") if row["kind"] == kind]
    return "|".join(sorted(map(re.escape, found), key=len, reverse=True))


@cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    profession = _words("profession")
    person = re.compile(
        rf"(?:(?:{profession}) ?)?(?P<person>{_PERSON}|{_LATIN})(?: ?(?:{profession})(?:事務所|オフィス)?)?"
    )
    return person, re.compile(rf"(?:{_words('organization')})$"), re.compile(rf"\(?(?:{_words('alone')})\)?")


def personal_part(supplier: Supplier) -> str | None:
    """The part of a supplier's name that is a person's; None where the supplier is no sole proprietor."""
    name = " ".join(fold(supplier.name).split())
    if supplier.corporate_number or form_of(name):
        return None
    person, organization, alone = _shapes()
    plain = alone.sub("", name).strip()
    if inner := _IN_BRACKETS.search(plain):
        return None if organization.search(inner["person"]) else inner["person"]
    match = person.fullmatch(plain)
    if match is None:
        return plain or None if plain != name else None  # 個人 says it, whatever the name looks like
    return match["person"] if plain != name or not organization.search(match["person"]) else None


class Mask:
    """What is hidden, wherever it is printed; made from the suppliers of the records that are shown."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = sorted({squeeze(fold(secret)) for secret in secrets} - {""}, key=lambda one: (-len(one), one))
        self._pattern = re.compile("|".join(map(_spaced, self._secrets))) if self._secrets else None

    @classmethod
    def of(cls, records: Iterable[Award]) -> Mask:
        """A mask of all sole proprietors among the suppliers and bidders of records."""
        return cls(secret for record in records for one in record.suppliers for secret in _secrets(one))

    def __bool__(self) -> bool:
        return self._pattern is not None

    def hides(self, text: str) -> bool:
        """Whether a text prints anything that is hidden."""
        return self._pattern is not None and self._pattern.search(fold_with_offsets(text).text) is not None

    def text(self, text: str) -> str:
        """``text`` with every hidden letter replaced."""
        if self._pattern is None or not text:
            return text
        folded = fold_with_offsets(text)
        letters = list(text)
        for match in self._pattern.finditer(folded.text):
            start, end = folded.span(match.start(), match.end())
            letters[start:end] = [char if char.isspace() else MASK for char in letters[start:end]]
        return "".join(letters)

    def apply(self, shown: Shown) -> Shown:
        """The same, with every text in it masked."""
        return changed(shown, self.text) if self else shown


def _secrets(supplier: Supplier) -> Iterator[str]:
    person = personal_part(supplier)
    if person is None:
        return
    yield person
    if supplier.address:
        place = municipality_of(supplier.address)
        known = place.name if place else None
        folded = squeeze(fold(supplier.address))
        at = folded.find(known) if known else -1
        yield folded[at + len(known) :] if known and at >= 0 else folded


def _spaced(secret: str) -> str:
    """A pattern for a secret in a folded text, letter-spaced or broken over lines; two letters only where they stand alone."""
    spaced = r"\s*".join(map(re.escape, secret))
    return rf"(?<![{_KANJI}]){spaced}(?![{_KANJI}])" if len(secret) == 2 else spaced
