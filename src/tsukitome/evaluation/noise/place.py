"""Places as news names them: right, coarse, or wrong."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

from tsukitome.evaluation.noise.table import draw, evenly, mixture, noise_table
from tsukitome.normalize.borders import neighbours_of
from tsukitome.normalize.municipality import codes_in_prefecture, municipality, prefecture, prefectures, same_city


@cache
def said_places(code: str) -> dict[str, float]:
    """The codes that may be said of a supplier in municipality ``code``: five digits, or two for a prefecture."""
    shares = noise_table()["place"]
    others = [other for other in codes_in_prefecture(code[:2]) if other != code and not same_city(code, other)]
    around = sorted(other for other in neighbours_of(code) if municipality(other).valid(None))
    return mixture(
        [
            (shares["right"], {code: 1.0}),
            (shares["city"], {_city(code): 1.0}),
            (shares["prefecture"], {code[:2]: 1.0}),
            (shares["neighbour"], evenly(around) or {code: 1.0}),
            (shares["same_prefecture"], evenly(others) or {code: 1.0}),
            (shares["elsewhere"], evenly(one.code for one in prefectures() if one.code != code[:2])),
        ]
    )


def place_words(said: str, on: dt.date, rng: random.Random) -> str:
    """A code in words, as on a day."""
    if len(said) == 2:
        one = prefecture(said)
        return rng.choice([one.name, f"{one.short}都内" if said == "13" else f"{one.name}内", one.short])
    place = municipality(said, on)
    one = prefecture(said[:2])
    return {
        "name": place.name,
        "with_prefecture": place.full_name,
        "news": f"{one.short}・{place.name}",
    }[draw(noise_table()["place_words"], rng)]


def _city(code: str) -> str:
    """The designated city of a ward; any other municipality itself."""
    place = municipality(code)
    if not (place.city and place.ward):
        return code
    inside = codes_in_prefecture(code[:2])
    return next((other for other in inside if not municipality(other).ward and same_city(code, other)), code)
