"""What a firm is asked for by: a corporate number, or a name in any spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tsukitome.errors import ClueError
from tsukitome.normalize.corporate_number import read_corporate_number
from tsukitome.normalize.firm import core_key, form_of, read_firm, spelled_key
from tsukitome.normalize.text import fold, squeeze

EXAMPLE = "tsukitome firm 株式会社SAY企画"
_NUMBER = re.compile(r"(?:法人番号[:：]?)?(?P<number>T?[0-9][0-9-]{9,18})")


@dataclass(frozen=True, slots=True)
class FirmQuery:
    """A question for a firm: its number, or the ``key`` of its name and the legal form that was given with it.

    ``form`` is the legal form and whether it stands first; None where none was given, so that any fits.
    """

    text: str
    number: str | None = None
    key: str = ""
    spelled: str = ""
    form: tuple[str, bool] | None = None

    def has_form_of(self, name: str) -> bool:
        """Whether a name's legal form is not another one than the one given."""
        return one_form(self.form, form_of(name))


def read_query(text: str) -> FirmQuery:
    """The question in a user's words; raises ClueError for a number that names no firm, and for words without a name."""
    if match := _NUMBER.fullmatch(squeeze(fold(text))):
        number, _ = read_corporate_number(match["number"])
        if number is None:
            reason = f"corporate number {match['number']!r} does not have 13 digits with the right check digit."
            raise ClueError("firm", text, reason, "tsukitome firm 4013301020174")
        return FirmQuery(text, number)
    name = read_firm(text).name
    if not name or not re.search(r"\w", name):
        raise ClueError("firm", text, "it holds no name.", EXAMPLE)
    return FirmQuery(text, None, core_key(name), spelled_key(name), form_of(name))


def one_form(one: tuple[str, bool] | None, other: tuple[str, bool] | None) -> bool:
    """Whether two legal forms may be those of one firm: equal, or one is not printed. 株式会社A and A株式会社 are two."""
    return one is None or other is None or one == other
