"""Buyers and methods as news names them."""

from __future__ import annotations

import random
from functools import cache

from tsukitome.awards import ProcurementMethod
from tsukitome.evaluation.noise.table import evenly, mixture, noise_table
from tsukitome.normalize.organization import buyer_key

METHODS: tuple[ProcurementMethod, ...] = ("open", "selective", "limited")


@cache
def said_buyers(buyer: str) -> dict[str, float]:
    """The names that may be said of a buyer: its own, its head's, or another ministry's."""
    shares, words = noise_table()["buyer"], noise_table()["words"]
    key = buyer_key(buyer)
    head = key.head if key.bureau and buyer.startswith(key.head) else buyer
    short = dict(words["short"]).get(head, head)
    return mixture(
        [
            (shares["whole"], {buyer: 1.0}),
            (shares["head"], evenly([head, short])),
            (shares["other"], evenly(words["ministries"])),
        ]
    )


@cache
def said_methods(method: ProcurementMethod) -> dict[str, float]:
    """The methods that may be said of a contract."""
    shares = noise_table()["method"]
    return mixture(
        [(shares["right"], {method: 1.0}), (shares["other"], evenly(other for other in METHODS if other != method))]
    )


def method_words(said: str, rng: random.Random) -> str:
    """A method in words."""
    return str(rng.choice(noise_table()["method_words"][said]))
