"""Text from documents, made harmless before it is shown: no control codes, no formulas, no markup."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from tsukitome.pattern import pattern

if TYPE_CHECKING:
    import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Controls, halves of characters, and what reorders or hides text (bidirectional and zero-width characters, tags); separators of
# lines and paragraphs. Variation selectors are no such thing: names of people and places are printed with them.
_INVISIBLE = frozenset({"Cc", "Cs", "Cf", "Zl", "Zp"})
# Characters of JSON that are looked at one by one: all but those of ordinary Japanese.
_LOOKED_AT = pattern(r"[^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u3000-\ud7ff\ue000-\uf8ff\uff01-\uffef]")


def visible(text: str) -> str:
    """``text`` with its control characters shown as escapes (ESC as ``\\x1b``); line breaks become spaces."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\n\t\r":
        return " "
    if unicodedata.category(char) not in _INVISIBLE:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON that can be printed: what a terminal would obey or not show is escaped, which changes nothing for a reader
    of JSON; everything else stands as it is.
    """
    return _LOOKED_AT.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return json.dumps(char)[1:-1] if unicodedata.category(char) in _INVISIBLE else char


def csv_cell(value: object) -> str:
    """A value as a CSV cell: None is empty; a text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    shown = visible(value)
    return f"'{shown}" if value.startswith(_FORMULA) or shown.startswith(_FORMULA) else shown
