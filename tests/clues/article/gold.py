"""The gold phrases and articles, and how an output is held against them: used by the tests here and by benchmarks/clues.py."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsukitome.clues.article import read_article
from tsukitome.normalize.text import key

GOLD = Path(__file__).resolve().parents[2] / "gold"
SETS = tuple(sorted(path.parent.name for path in GOLD.glob("*/phrases.jsonl")))
Told = Mapping[str, Any]
_NAMES = {"date": "month", "place": "ward", "procedure": "method"}
_ROLES: dict[str | None, tuple[str | None, ...]] = {
    "total": (None, "contract_price"),
    "annual": (None,),
    "planned_price": ("reserve_price",),
    # 落札, 契約額 and で契約 may say the contract's price or leave the role open.
    None: (None, "contract_price"),
    "contract_price": (None, "contract_price"),
}


@dataclass
class Score:
    """How many clues of a kind were found, missed and given too much, with the misses in words."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def recall(self, kind: str) -> float:
        return self.found[kind] / ((self.found[kind] + self.missed[kind]) or 1)

    def precision(self, kind: str) -> float:
        return self.found[kind] / ((self.found[kind] + self.extra[kind]) or 1)

    @property
    def kinds(self) -> list[str]:
        return sorted({*self.found, *self.missed})


def phrases_in(path: Path) -> list[dict[str, Any]]:
    """The phrases of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def phrases(sets: Sequence[str] = SETS) -> list[dict[str, Any]]:
    return [phrase for name in sets for phrase in phrases_in(GOLD / name / "phrases.jsonl")]


def articles(sets: Sequence[str] = SETS) -> list[dict[str, Any]]:
    paths = [path for name in sets for path in sorted((GOLD / name / "articles").glob("*.json"))]
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def read(gold: Told) -> list[dict[str, Any]]:
    return read_article(gold["text"], dt.date.fromisoformat(gold["article_date"])).to_dict()


def same_reading(gold: Told, clue: Told) -> bool:
    """Whether a clue reads as the gold one. A description of the work may be longer or shorter by a modifier or 業務."""
    if gold["name"] != clue["name"]:
        return False
    wanted, got = gold["reading"], clue["reading"]
    if gold["name"] == "title" and not wanted["quoted"]:
        ours, theirs = key(wanted["text"]), key(got["text"])
        return not got["quoted"] and (ours in theirs or theirs in ours)
    told = {name: value for name, value in wanted.items() if name != "role"}
    role = gold["name"] != "value" or got["role"] in _ROLES.get(wanted["role"], (wanted["role"],))
    return role and all(got.get(name) == value for name, value in told.items())


def phrase_holds(gold: Told, clues: list[dict[str, Any]]) -> bool:
    """Whether the clues of a phrase give its one right reading, and nothing at all where it is no clue."""
    kind, reading = gold["kind"], gold["reading"]
    if kind in ("none", "industry"):
        return not clues
    of_kind = [clue["reading"] for clue in clues if clue["name"] == _NAMES.get(kind, kind)]
    return len(of_kind) == 1 and _holds(kind, reading, of_kind[0])


def _holds(kind: str, reading: Told, got: Told) -> bool:
    match kind:
        case "value":
            role = got["role"] in _ROLES.get(reading["measure"], (reading["measure"],))
            bounds = got["core"] == reading["core"] and got["hard"] == reading.get("hard", got["hard"])
            return role and bounds and all(got.get(name) == reading[name] for name in ("tax", "per") if name in reading)
        case "date":
            return [got["from"], got["to"]] == reading["interval"]
        case "place":
            level = reading.get("level", "municipality")
            return got["municipality_codes"] == reading["candidates"] and got["level"] == level
        case "title":
            return (got["text"], got["quoted"]) == (reading["title"], reading["quoted"])
        case "buyer":
            return bool(got["name"] == reading.get("buyer", reading.get("parent")))
        case "procedure":
            return bool(got["procurement_method"] == reading["procedure"])
    return all(got.get(name) == value for name, value in reading.items())


def score_articles(sets: Sequence[str] = SETS) -> Score:
    """Every article's clues against its gold, by kind. What the gold calls optional may be given and may be left out."""
    score = Score()
    for gold in articles(sets):
        clues = read(gold)
        for wanted in gold["clues"]:
            hit = any(same_reading(wanted, clue) for clue in clues)
            if wanted.get("optional"):
                continue
            (score.found if hit else score.missed)[wanted["name"]] += 1
            if not hit:
                score.misses.append(f"{gold['id']}: missed {wanted['name']} {wanted['quote']!r}")
        for clue in clues:
            if not any(same_reading(wanted, clue) for wanted in gold["clues"]):
                score.extra[clue["name"]] += 1
                score.misses.append(f"{gold['id']}: extra {clue['name']} {clue['quote']!r} {clue['reading']}")
    return score


def score_phrases(sets: Sequence[str] = SETS) -> Score:
    """Every phrase's clue of its kind against its gold; ``none`` counts what should not be taken."""
    score = Score()
    for gold in phrases(sets):
        clues = read(gold)
        if phrase_holds(gold, clues):
            score.found[gold["kind"]] += 1
            continue
        score.missed[gold["kind"]] += 1
        score.extra[gold["kind"]] += len(clues) > 0
        score.misses.append(f"{gold['id']}: {gold['text']} gave {clues}")
    return score


def lines(score: Score) -> Iterator[str]:
    """A table of precision and recall by kind, and the misses."""
    yield f"{'kind':<11}{'gold':>6}{'precision':>11}{'recall':>8}"
    for kind in score.kinds:
        number = score.found[kind] + score.missed[kind]
        yield f"{kind:<11}{number:>6}{score.precision(kind):>11.1%}{score.recall(kind):>8.1%}"
    yield from score.misses
