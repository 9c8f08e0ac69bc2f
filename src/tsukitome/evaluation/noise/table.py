"""The stated probabilities of the noise, read from ``noise.toml``, and how they are drawn from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from tsukitome.packaged import packaged_toml

T = TypeVar("T", bound=Hashable)


@cache
def noise_table() -> dict[str, Any]:
    """The table that ships with the package."""
    return packaged_toml("tsukitome.evaluation.noise", "noise.toml")


def draw(shares: Mapping[T, float], rng: random.Random) -> T:
    """One key of a distribution, as likely as its share."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def mixture(parts: Iterable[tuple[float, Mapping[T, float]]]) -> dict[T, float]:
    """The distribution that is each of ``parts`` with its probability."""
    mixed: dict[T, float] = defaultdict(float)
    for share, part in parts:
        for key, probability in part.items():
            mixed[key] += share * probability
    return dict(mixed)


def evenly(keys: Iterable[T]) -> dict[T, float]:
    """Each of the keys as likely; a key named twice is twice as likely. Empty for none."""
    found = list(keys)
    return mixture((1 / len(found), {key: 1.0}) for key in found)
