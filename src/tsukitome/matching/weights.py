"""The weights of the model, read from ``weights.toml``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, cast

from tsukitome.clues.query import CLUE_NAMES
from tsukitome.dataclass import dataclass
from tsukitome.packaged import packaged, packaged_toml

LevelOutcome = Literal["agree", "near", "contradict"]
Kind = Literal["lot", "year", "peer", "series", "batch", "work", "office"]

# Kinds of kin, the closest first: the same work for one firm at one time, the same at another time, the same work for another
# firm; a work of the firm for the buyer at one time whose title begins alike, any other at one time, or at another; another work of
# the same office for another firm at one time.
KINDS: tuple[Kind, ...] = ("lot", "year", "peer", "series", "batch", "work", "office")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a comparison: its outcome, and either ``m``, its probability when the record is the contract in the news, or
    ``likely``: how much likelier the news would say this of a record at this level than of one at the best level.

    ``kin`` is its probability when the record is only kin of that contract, by the kind of kin.
    """

    outcome: LevelOutcome
    m: float
    likely: float | None
    kin: Mapping[Kind, float]


@dataclass(frozen=True, slots=True)
class KinRates:
    """How often a contract that the data lacks is kin of one that it holds ``alone``, without other such kin, and of one that it
    holds ``together`` with some; by the number of these contracts (at most 1 on average over all).
    """

    alone: float
    together: float


@dataclass(frozen=True, slots=True)
class PriorWeights:
    """The prior that the data holds the contract, the factors that lower it, and the rates of kin to begin with.

    ``least_absent`` and ``dependence``: see :func:`tsukitome.matching.probability.likeness_of_absent`.
    """

    in_data: float
    month_not_covered: float
    buyer_not_covered: float
    small_data: float
    least_absent: float
    dependence: float
    kin: Mapping[Kind, KinRates]


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
    """The whole table. ``name`` says which one it is: its version and the first digits of its hash.

    ``pseudo_count`` imagined records draw a frequency towards that at large; ``least`` of a record is how many others are taken
    to meet a level at the least. ``grounds`` tells for a table what else than print a fact may stand on, and how often it then lies
    at each level where the printed one lies at the best: see :mod:`tsukitome.matching.grounds`.
    """

    name: str
    pseudo_count: float
    least: float
    prior: PriorWeights
    verdict: VerdictRules
    levels: Mapping[str, Mapping[str, Level]]
    grounds: Mapping[str, Mapping[str, Mapping[str, float]]]

    def names(self, table: str) -> tuple[str, ...]:
        """Every level of a table from the best down, each followed by those of the same distance on other grounds."""
        return tuple(
            on_ground(level, ground) for level in self.levels[table] for ground in ("", *self.grounds.get(table, ()))
        )


def on_ground(level: str, ground: str) -> str:
    """The name of a level for a fact that stands on a ground; '' is print."""
    return f"{level}_{ground}" if ground else level


# The clues' tables, and those for what is stated in another way: a prefecture only, a time longer than a
# month, words of a title, a name without its form,
# values by precision and whether a word such as 約 stands beside a round one.
TABLES = (
    *CLUE_NAMES,
    "ward_wide",
    "month_wide",
    "title_numbered",
    "title_words",
    "title_words_numbered",
    "firm_words",
    "value_bare",
    "value_fine",
    "value_fine_bare",
    "value_round",
    "value_round_bare",
    "value_exact",
    "value_wide",
)


@cache
def weights() -> Weights:
    """The table that ships with the package."""
    name = "weights.toml"
    return _weights(packaged("tsukitome.matching", name), packaged_toml("tsukitome.matching", name))


def read_weights(text: str) -> Weights:
    """The table that a text in the form of ``weights.toml`` holds."""
    import tomllib

    return _weights(text, tomllib.loads(text))


def _weights(text: str, raw: Mapping[str, Any]) -> Weights:
    return Weights(
        name=f"{raw['version']}+{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        pseudo_count=raw["pseudo_count"],
        least=raw["least"],
        prior=PriorWeights(**raw["prior"], kin={kind: KinRates(**raw["kin"][kind]) for kind in KINDS}),
        verdict=VerdictRules(**raw["verdict"]),
        levels={clue: {name: _level(row) for name, row in raw[clue].items()} for clue in TABLES},
        grounds=raw["grounds"],
    )


def _level(row: Mapping[str, Any]) -> Level:
    kin = {kind: float(row[kind]) for kind in KINDS}
    return Level(cast(LevelOutcome, row["outcome"]), row.get("m", 0.0), row.get("likely"), kin)
