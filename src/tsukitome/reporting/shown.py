"""Facts of an answer in few words of the reader's language: a clue's reading, a source's place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tsukitome.awards import Source
from tsukitome.language import Language
from tsukitome.reporting.inert import visible
from tsukitome.wording import phrase


def reading_of(clue: Mapping[str, Any], language: Language) -> str:
    """What a clue was read as, where that says more than its quotation; else empty."""
    reading = clue["reading"]
    match clue["name"]:
        case "ward":
            names = reading["names"]
            return ", ".join(names[:3]) + (f" … ({len(names)})" if len(names) > 3 else "")
        case "month":
            return f"{reading['from']} – {reading['to']}"
        case "value":
            low, high = (f"{bound:,}" if bound is not None else "" for bound in reading["core"])
            return f"{low}–{high}"
        case "method":
            return phrase(f"method_{reading['procurement_method']}").say(language)
        case "buyer" | "firm":
            return "" if reading["name"] == clue["quote"] else visible(reading["name"])
    return ""


def place_of(source: Source, language: Language) -> str:
    """The place inside a file: ``page 1, row 5``."""
    parts = (("page", source.page), ("sheet", source.sheet), ("row", source.row), ("line", source.line))
    shown = [phrase(f"place_{name}", at=visible(str(at))).say(language) for name, at in parts if at is not None]
    return ("、" if language == "ja" else ", ").join(shown)
