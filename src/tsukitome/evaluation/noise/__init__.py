"""The blur of news as a stated random process: what may be said of each fact, how likely, and in which words.

What is said (a *statement*) depends on the fact alone, and its words on the statement alone; so the likelihood of a clue is
that of its statement, which is what the oracle knows.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from tsukitome.evaluation.facts import Facts
from tsukitome.evaluation.noise.buyer import method_words, said_buyers, said_methods
from tsukitome.evaluation.noise.month import said_times, time_words
from tsukitome.evaluation.noise.place import place_words, said_places
from tsukitome.evaluation.noise.title import said_titles, title_words
from tsukitome.evaluation.noise.value import said_values, value_words

FACETS = ("ward", "month", "value", "title", "buyer", "method")


def statements(facet: str, facts: Facts) -> Mapping[Any, float]:
    """What may be said of one facet of a contract, with probabilities that sum to one; empty where nothing is known."""
    if facet == "ward":
        return said_places(facts.place)
    if facet == "month":
        return said_times(facts.days, facts.notice)
    if facet == "value":
        return said_values(facts.yen, facts.tax, facts.reserve, facts.days[0])
    if facet == "title":
        return said_titles(facts.title)
    if facet == "buyer":
        return said_buyers(facts.buyer)
    return said_methods(facts.method) if facts.method else {}


def words(facet: str, said: Any, facts: Facts, rng: random.Random) -> str:
    """A statement in the words of news."""
    if facet == "ward":
        return place_words(said, facts.days[0], rng)
    if facet == "month":
        return time_words(said, rng)
    if facet == "value":
        return value_words(said, rng)
    if facet == "title":
        return title_words(said, rng)
    return str(said) if facet == "buyer" else method_words(said, rng)
