"""What the corporate register adds to a stated firm: names that are read as the clue says, and other names of the same firm.

A clue セイキカク, or セイ企画 with a part in kana, means firms whose reading (フリガナ) is or begins so; a clue that is a firm's
former name means its later names too. The register suggests them: the evidence says so, and no firm becomes another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby, islice
from typing import Protocol

from tsukitome.archive.register import name_key, reading_key
from tsukitome.clues.firm import FirmReading, KnownAs
from tsukitome.clues.query import Clues
from tsukitome.normalize.firm import core_key
from tsukitome.registrations import Registration

_KANA = re.compile("[ぁ-ゖァ-ヶー]")
_LIKE = 2_000  # names of the archive whose readings are looked up, at most
_TELLING = 2  # characters in kana from which a part of a reading tells anything
_FIRMS = 200  # firms of one name, or of one reading, beyond which it says nothing

# Gives the keys of the suppliers' names (:func:`core_key`) that hold some characters.
NamesHolding = Callable[[str], Iterable[str]]


class Names(Protocol):
    """What is asked of the register."""

    def with_name(self, name: str) -> tuple[Registration, ...]:
        """Every entry of a name."""

    def with_reading(self, reading: str) -> tuple[Registration, ...]:
        """Every entry of a reading."""

    def history(self, number: str) -> tuple[Registration, ...]:
        """All entries of a corporate number."""

    def __bool__(self) -> bool:
        """Whether it holds any firm."""


def with_other_names(clues: Clues, register: Names, holding: NamesHolding) -> Clues:
    """The clues with what the register adds to the firm that they name; themselves where it adds nothing."""
    asked = clues.asked.get("firm")
    if asked is None or not register:
        return clues
    assert isinstance(asked.reading, FirmReading)
    known = _known_as(asked.reading.name, register, holding)
    return clues.with_reading("firm", replace(asked.reading, known_as=known)) if known else clues


def _known_as(stated: str, register: Names, holding: NamesHolding) -> tuple[KnownAs, ...]:
    core = core_key(stated)
    named = {entry.corporate_number for entry in register.with_name(stated)}
    found: dict[str, KnownAs] = {}
    if len(named) <= _FIRMS:
        for number in sorted(named):
            for entry in register.history(number):
                found.setdefault(name_key(entry.name), KnownAs(entry.name, "name"))
    for entry in _read_as(core, register, holding):
        found.setdefault(name_key(entry.name), KnownAs(entry.name, "reading"))
    found.pop(core, None)
    return tuple(sorted(found.values(), key=lambda one: (one.why, one.name)))


def _read_as(core: str, register: Names, holding: NamesHolding) -> Iterable[Registration]:
    """The entries whose reading is what a clue says in kana."""
    runs = [(kana, "".join(run)) for kana, run in groupby(core, lambda char: bool(_KANA.match(char)))]
    if max((len(run) for kana, run in runs if kana), default=0) < _TELLING:
        return
    if len(runs) == 1:
        entries = register.with_reading(core)
        if len({entry.corporate_number for entry in entries}) <= _FIRMS:
            yield from entries
        return
    # What is said in kana stands in the name in another script, and what is not stands in it as it is.
    name = re.compile("".join("(.+)" if kana else re.escape(run) for kana, run in runs))
    reading = re.compile("".join(re.escape(reading_key(run)) if kana else ".+" for kana, run in runs))
    longest = max((run for kana, run in runs if not kana), key=len)
    like = sorted(one for one in set(holding(longest)) if name.fullmatch(one))
    for one in islice(like, _LIKE):
        for entry in register.with_name(one):
            if entry.reading and reading.fullmatch(reading_key(entry.reading)):
                yield entry
