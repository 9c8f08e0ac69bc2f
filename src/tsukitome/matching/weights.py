"""The weights of the model, read from ``weights.toml``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from tsukitome.clues.query import CLUE_NAMES

LevelOutcome = Literal["agree", "near", "contradict"]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a comparison: its outcome, and ``m``, its probability when the record is the contract in the news."""

    outcome: LevelOutcome
    m: float


@dataclass(frozen=True, slots=True)
class PriorWeights:
    """The prior that the data holds the contract, the factors that lower it, and how often a contract that the data lacks has
    a ``sister`` in it (same firm, buyer and work, another year), of a like value too (``sister_value``).
    """

    in_data: float
    month_not_covered: float
    buyer_not_covered: float
    small_data: float
    sister: float
    sister_value: float


@dataclass(frozen=True, slots=True)
class VerdictRules:
    """The thresholds of the verdicts; see ``weights.toml``."""

    not_found_none: float
    identified_first: float
    identified_ratio: float
    identified_none: float
    shortlist_firms: int
    shortlist_share: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The whole table. ``name`` says which one it is: its version and the first digits of its hash."""

    name: str
    pseudo_count: float
    prior: PriorWeights
    verdict: VerdictRules
    levels: Mapping[str, Mapping[str, Level]]


@cache
def weights() -> Weights:
    """The table that ships with the package."""
    text = (files("tsukitome.matching") / "weights.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Weights(
        name=f"{raw['version']}+{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        pseudo_count=raw["pseudo_count"],
        prior=PriorWeights(**raw["prior"]),
        verdict=VerdictRules(**raw["verdict"]),
        levels={
            clue: {name: Level(cast(LevelOutcome, row["outcome"]), row["m"]) for name, row in raw[clue].items()}
            for clue in (*CLUE_NAMES, "title_words", "firm_words")
        },
    )
