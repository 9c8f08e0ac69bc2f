"""A reader's own additions to the tables: a TOML file that ``--tables`` or the environment variable TSUKITOME_TABLES names.

    [short_names]                 # how the news calls a buyer = its formal name
    "港湾機構" = "独立行政法人港湾整備機構"
    [synonyms]                    # a word of news = the word of titles
    "ガバクラ" = "ガバメントクラウド"
    [places]                      # a nickname = the place it means, or { place = "…", weight = 0.8 }
    "アキバ" = "東京都千代田区"
    [eras]
    "新元" = { first = 2040-05-01, letter = "N" }
    [value_words.after]           # a word before or behind an amount = a rule of [factors]
    "見当" = "around"
    [factors.around]              # how far a rule lets the true value lie; see clues/tables/value_bounds.toml
    core_low = { u = -0.25, x = -0.05 }

Sections and keys are those above. What is written wrongly is refused with the file and the key; nothing is skipped.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tsukitome.errors import UnreadableError
from tsukitome.packaged import packaged_toml
from tsukitome.small_files import read_small

VARIABLE = "TSUKITOME_TABLES"
_SECTIONS = ("short_names", "synonyms", "places", "eras", "value_words", "factors")
_BOUNDS = ("core_low", "core_high", "hard_low", "hard_high")


def use_tables(file: str | os.PathLike[str] | None) -> None:
    """Reads with the tables of ``file`` from now on, in this process; None: only with those of the package.

    Raises UnreadableError for a file that can't be read or holds what no table has, and then changes nothing.
    """
    before = os.environ.get(VARIABLE)
    _set(None if file is None else os.fspath(file))
    try:
        _told()
    except UnreadableError:
        _set(before)
        raise


def _set(file: str | None) -> None:
    if file is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = file
    _forget()


def _forget() -> None:
    """Empties what the package has read of its tables so far."""
    for name, module in list(sys.modules.items()):
        if name == "tsukitome" or name.startswith("tsukitome."):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear) and getattr(value, "__module__", "").startswith("tsukitome"):
                    clear()


def own_rows(name: str) -> list[dict[str, str]]:
    """The reader's additions to one table of the package, as rows of it; most have none."""
    if not os.environ.get(VARIABLE) or name not in _READERS:
        return []
    section, read = _READERS[name]
    file, told = _told()
    return [row for key, value in told.get(section, {}).items() for row in read(file, f"[{section}] {key}", key, value)]


def own_factors() -> dict[str, dict[str, Any]]:
    """The reader's rules of how far a stated value reaches, by name."""
    return dict(_told()[1].get("factors", {})) if os.environ.get(VARIABLE) else {}


@cache
def _told() -> tuple[str, dict[str, Any]]:
    """The file's name and its contents, with sections and factors looked over."""
    file = os.environ.get(VARIABLE, "")
    if not file:
        return "", {}
    import tomllib  # few readers have tables of their own

    try:
        told = tomllib.loads(read_small(Path(file), file).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError(file, "is no UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError(file, f"is no TOML: {error}") from None
    for section, rows in told.items():
        if section not in _SECTIONS:
            raise UnreadableError(file, f"no table is called so. There are {', '.join(_SECTIONS)}.", f"[{section}]")
        if not isinstance(rows, dict):
            raise UnreadableError(file, "it is to be a section with keys.", f"[{section}]")
    for rule, bounds in told.get("factors", {}).items():
        _look_over(file, rule, bounds)
    for section, read in _READERS.values():
        for key, value in told.get(section, {}).items():
            for row in read(file, f"[{section}] {key}", key, value):
                if section == "value_words" and row["gives"] not in _rules(told):
                    reason = f"{row['gives']!r} is no rule. There are {', '.join(_rules(told))}."
                    raise UnreadableError(file, reason, f"[{section}.{key}] {row['word']}")
    return file, told


def _look_over(file: str, rule: str, bounds: Any) -> None:
    if not isinstance(bounds, dict):
        raise UnreadableError(
            file, "a rule has bounds, such as core_low with a number for u, for x, or for both.", f"[factors] {rule}"
        )
    for name, offset in bounds.items():
        place = f"[factors.{rule}] {name}"
        if name not in _BOUNDS:
            raise UnreadableError(file, f"a bound is one of {', '.join(_BOUNDS)}.", place)
        numbers = offset if isinstance(offset, dict) else {}
        if not numbers or any(key not in ("u", "x") or not _is_number(value) for key, value in numbers.items()):
            raise UnreadableError(file, "a bound has a number for u, for x, or for both.", place)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _words(file: str, place: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnreadableError(file, "it is to be a text in quotation marks.", place)
    return value.strip()


def _short_name(file: str, place: str, key: str, value: Any) -> list[dict[str, str]]:
    return [{"short": key, "formal": _words(file, place, value)}]


def _synonym(file: str, place: str, key: str, value: Any) -> list[dict[str, str]]:
    return [{"news": key, "title": _words(file, place, value)}]


def _place(file: str, place: str, key: str, value: Any) -> list[dict[str, str]]:
    from tsukitome.normalize.place import known_codes  # it stands on the tables

    told = value if isinstance(value, dict) else {"place": value}
    unknown = set(told) - {"place", "weight"}
    if unknown:
        raise UnreadableError(file, f"{sorted(unknown)[0]!r} is no key of a place. There are place, weight.", place)
    weight = told.get("weight", 0.9)
    if not _is_number(weight) or not 0 < weight <= 1:
        raise UnreadableError(file, "a weight is a number above 0 and up to 1.", place)
    words = _words(file, place, told.get("place"))
    codes = known_codes(words)
    if not codes:
        raise UnreadableError(file, f"{words!r} is no municipality. Example: 東京都千代田区, or 13101", place)
    return [{"name": key, "reading": "", "codes": " ".join(codes), "weight": str(weight), "note": "own table"}]


def _era(file: str, place: str, key: str, value: Any) -> list[dict[str, str]]:
    told = value if isinstance(value, dict) else {"first": value}
    first, letter = told.get("first"), told.get("letter", key)
    if isinstance(first, str):
        try:
            first = dt.date.fromisoformat(first)
        except ValueError:
            first = None
    if not isinstance(first, dt.date) or not isinstance(letter, str) or not letter:
        raise UnreadableError(file, "an era has first, its first day (2040-05-01), and letter.", place)
    return [{"era": key, "letter": letter, "first": f"{first:%Y-%m-%d}"}]


def _value_word(file: str, place: str, key: str, value: Any) -> list[dict[str, str]]:
    if key not in ("before", "after") or not isinstance(value, dict):
        raise UnreadableError(file, "words stand in [value_words.before] or [value_words.after].", place)
    rows = []
    for word, rule in value.items():
        own = f"[value_words.{key}] {word}"
        rows.append({"word": word, "side": key, "kind": "bounds", "gives": _words(file, own, rule)})
    return rows


def _rules(told: dict[str, Any]) -> list[str]:
    """The names of the rules that a word of an amount can follow: the package's and the reader's."""
    return sorted({*packaged_toml("tsukitome.clues", "tables", "value_bounds.toml"), *told.get("factors", {})})


_Reader = Callable[[str, str, str, Any], list[dict[str, str]]]
_READERS: dict[str, tuple[str, _Reader]] = {
    "buyer_names": ("short_names", _short_name),
    "synonyms": ("synonyms", _synonym),
    "neighbourhoods": ("places", _place),
    "eras": ("eras", _era),
    "value_words": ("value_words", _value_word),
}
