"""Numbers as Japanese prints them: digits with commas, 億 and 万 mixed in, kanji numerals."""

from __future__ import annotations

from decimal import Decimal

from tsukitome.dataclass import dataclass
from tsukitome.normalize.text import fold
from tsukitome.pattern import pattern

# 10兆円: a tenth of a year's whole budget of the state, and no award comes near it; gBizINFO has orders of 9.0e16 yen.
CEILING = 10**13
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_PART = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[〇零一二三四五六七八九]+|[十百千万億兆]"
_TOKEN = pattern(_PART)
# The numerals of deeds (商業登記規則, 昭和39年法務省令第23号, Article 48, and their older forms): 金壱千弐百万円也.
_LEGAL_NUMERALS = str.maketrans("壱壹弐貳参參拾佰仟阡萬圓", "一一二二三三十百千千万円")
# A numeral: parts in a row. White space and commas between a unit and the next part are the printer's.
NUMERAL = pattern(rf"(?:{_PART})(?:\s?(?:(?<=[十百千万億兆]),)?\s?(?:{_PART}))*")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in a folded text: its value and its span [start, end) there."""

    value: Decimal
    start: int
    end: int
    text: str


def plain_numerals(text: str) -> str:
    """``text`` with the numerals of deeds (壱億弐千萬圓) as plain kanji numerals, character by character."""
    return text.translate(_LEGAL_NUMERALS)


def value_of(numeral: str) -> Decimal | None:
    """The value of a numeral such as ``1億8254万7000``, ``一億八千万``, ``182,547,000`` or ``14.90``; else None.

    None as well for what only looks like a numeral: units in rising order (``万億``), a unit with nothing to count
    (``億``), or two plain numbers side by side.
    """
    total, section, current = Decimal(0), Decimal(0), None
    last_large, last_small = None, None
    for token in _TOKEN.findall(fold(numeral).replace(" ", "")):
        if token in _SMALL:
            if last_small is not None and _SMALL[token] >= last_small:
                return None
            section += (Decimal(1) if current is None else current) * _SMALL[token]
            current, last_small = None, _SMALL[token]
        elif token in _LARGE:
            if current is None and section == 0:
                return None
            if last_large is not None and _LARGE[token] >= last_large:
                return None
            total += (section + (current or 0)) * _LARGE[token]
            section, current, last_small, last_large = Decimal(0), None, None, _LARGE[token]
        elif current is not None:
            return None
        else:
            current = _plain(token)
    return total + section + (current or 0)


def _plain(token: str) -> Decimal:
    if token[0] in _DIGITS:
        return Decimal("".join(str(_DIGITS[char]) for char in token))
    return Decimal(token.replace(",", ""))


def find_numerals(folded: str) -> list[Numeral]:
    """All numerals of a folded text, left to right, that have a value."""
    found = []
    for match in NUMERAL.finditer(folded):
        value = value_of(match.group())
        if value is not None:
            found.append(Numeral(value, match.start(), match.end(), match.group()))
    return found


def plain_number(value: Decimal) -> int | float:
    """``value`` as JSON prints it: an int where it is whole, else a float."""
    return int(value) if value == value.to_integral_value() else float(value)


def last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 180,000,000 → 10,000,000; 14.90 → 0.1; 0 → 1."""
    if value == 0:
        return Decimal(1)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # only NaN and infinity have another
    return Decimal(1).scaleb(exponent)
