"""Values as news states them: rounded to some figures, with the words that say so, or wrong."""

from __future__ import annotations

import datetime as dt
import random
from functools import lru_cache

from tsukitome.awards import Tax
from tsukitome.evaluation.noise.table import draw, evenly, mixture, noise_table
from tsukitome.normalize.tax import consumption_tax

SaidValue = tuple[str, int]  # the words with {} for the amount, and the stated yen
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@lru_cache(maxsize=1 << 16)
def said_values(yen: int, tax: Tax | None, reserve: int | None, day: dt.date) -> dict[SaidValue, float]:
    """The values that may be said of a contract of ``yen``, with its reserve price and the day that tells the tax."""
    shares = noise_table()["value"]
    taxed = round(yen * (1 + consumption_tax(day)))
    with_tax = shares["taxed"] if tax == "excluded" else 0.0
    total = mixture([(1 - with_tax, _said_of(yen)), (with_tax, _said_of(taxed))] if with_tax else [(1, _said_of(yen))])
    return mixture(
        [
            (shares["total"], total),
            (shares["reserve"], _said_of(reserve) if reserve else total),
            (shares["slip"], evenly(("約{}", slip) for slip in _wrong(yen))),
        ]
    )


def _said_of(yen: int) -> dict[SaidValue, float]:
    parts = []
    for figures, share in noise_table()["value_figures"].items():
        if figures == "all":
            parts.append((share, {("{}", yen): 1.0}))
            continue
        nearest, down, up = _rounded(yen, int(figures))
        for direction, part in noise_table()["value_direction"].items():
            stated = {"nearest": nearest, "down": down, "up": up}[direction]
            far = yen > 1.2 * down if direction == "down" else yen < 0.9 * up
            if direction != "nearest" and far:
                direction, stated = "nearest", nearest
            words = noise_table()["value_words"]["exact" if stated == yen else direction]
            parts.append((share * part, {(word, stated): weight for word, weight in words.items()}))
    return mixture(parts)


def _rounded(yen: int, figures: int) -> tuple[int, int, int]:
    """To so many figures: the nearest, the one below, the one above."""
    place = 10 ** max(len(str(yen)) - figures, 0)
    down = yen // place * place
    up = down if down == yen else down + place
    return (up if 2 * yen >= down + up else down), down, up


def _wrong(yen: int) -> list[int]:
    """The round figures from half of an amount to twice it."""
    place: int = 10 ** (len(str(yen)) - 2)
    return [figures * place for figures in range(yen // place // 2 + 1, 2 * yen // place + 1)]


def value_words(said: SaidValue, rng: random.Random) -> str:
    """A stated value in words."""
    words, yen = said
    style = draw(noise_table()["value_style"], rng)
    if style == "decimal" and yen >= 10**8 and yen % 10**7 == 0 and yen < 10**11:
        return words.format(f"{yen / 10**8:g}億円")
    if yen % 1000:
        return words.format(f"{yen:,}円")
    text = words.format(f"{_mixed(yen)}円")
    return text.translate(_WIDE) if style == "wide" else text


def _mixed(yen: int) -> str:
    text = ""
    for unit, name in ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        if part := yen // unit:
            text += f"{part}{name}"
        yen %= unit
    return text
