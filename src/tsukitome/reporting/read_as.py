"""What a clue of an article was read as, in few words: core and hard bounds, days, places, roles."""

from __future__ import annotations

from tsukitome.clues.article.candidate import Readable
from tsukitome.clues.article.descriptions import ArticleTitleReading
from tsukitome.clues.article.methods import BiddersReading
from tsukitome.clues.article.quantities import QuantityReading
from tsukitome.clues.buyer import BuyerReading
from tsukitome.clues.method import MethodReading
from tsukitome.clues.month import MonthReading
from tsukitome.clues.place import PlaceReading
from tsukitome.clues.value import Bounds, ValueReading
from tsukitome.language import Language
from tsukitome.reporting.inert import visible
from tsukitome.wording import Phrase, phrase

_SHOWN_PLACES = 4


def reading_in_words(reading: Readable, language: Language) -> str:
    """The reading in the reader's language; empty where it says no more than its quotation."""
    match reading:
        case ValueReading():
            return _value(reading).say(language)
        case MonthReading():
            return _days(reading).say(language)
        case PlaceReading():
            more = len(reading.names) - _SHOWN_PLACES
            shown = ("、" if language == "ja" else ", ").join(reading.names[:_SHOWN_PLACES])
            return shown + (f" … ({len(reading.names)})" if more > 0 else "")
        case QuantityReading():
            if reading.core[0] is not None and reading.core[1] == reading.core[0] + 1:
                return f"{reading.core[0]:,} {reading.unit}"
            low, high = (f"{bound:,}" if bound is not None else "" for bound in reading.core)
            return phrase("article_count", low=low, high=high, unit=reading.unit).say(language)
        case ArticleTitleReading():
            if reading.quoted:
                return ""
            also = phrase("article_also", words=visible(reading.also)).say(language) if reading.also else ""
            return "; ".join(part for part in (phrase("article_description").say(language), also) if part)
        case MethodReading():
            return phrase(f"method_{reading.method}").say(language)
        case BiddersReading():
            return str(reading.number)
        case BuyerReading():
            return visible(reading.name)
    return visible(str(reading.to_dict().get("name", "")))


def _value(reading: ValueReading) -> Phrase:
    core, hard = _yen(reading.core), _yen(reading.hard)
    said = core if reading.core == reading.hard else phrase("article_core_and_hard", core=core, hard=hard)
    if reading.per:
        said = phrase(f"article_per_{reading.per}", value=said)
    if reading.years:
        said = phrase("article_years", value=said, years=reading.years)
    extra = [phrase(f"article_role_{reading.role}")] if reading.role else []
    extra += [phrase(f"article_tax_{reading.tax}")] if reading.tax else []
    return phrase("article_mention", quote=said, source=extra) if extra else said


def _yen(bounds: Bounds) -> Phrase:
    """Half-open bounds as a person says them: [x, x + 1) is x yen."""
    low, high = bounds
    if high is None:
        return phrase("article_at_least", low=f"{low or 0:,}")
    if not low:
        return phrase("article_below", high=f"{high:,}")
    if high - low <= 1:
        return phrase("article_exactly", low=f"{low:,}")
    return phrase("article_yen", low=f"{low:,}", high=f"{high:,}")


def _days(reading: MonthReading) -> Phrase:
    days = phrase("article_days", first=reading.first, last=reading.last)
    if reading.first == reading.last:
        days = phrase("article_day", first=reading.first)
    return phrase("article_fuzzy", days=days, number=reading.fuzzy_days) if reading.fuzzy_days else days
