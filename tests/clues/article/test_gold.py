"""The clue language, held against phrases and articles with their right readings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from clues.article.gold import (
    SETS,
    articles,
    phrase_holds,
    phrases,
    phrases_in,
    read,
    same_reading,
    score_articles,
    score_phrases,
)

AGREED = 0.95  # precision and recall by kind


BESIDE = Path(__file__).resolve().parents[4] / "shared" / "gold" / "clue_phrases.jsonl"
GIVEN = Path(os.environ.get("TSUKITOME_AGREED_PHRASES", BESIDE))


@pytest.mark.skipif(not GIVEN.exists(), reason="the agreed phrases are not here (TSUKITOME_AGREED_PHRASES)")
@pytest.mark.parametrize("gold", phrases_in(GIVEN) if GIVEN.exists() else [], ids=lambda gold: gold["id"])
def test_every_agreed_phrase_is_read_right(gold: dict) -> None:
    assert phrase_holds(gold, read(gold)), read(gold)


def test_there_are_enough_phrases_and_articles() -> None:
    assert len(phrases()) >= 600
    assert len(articles()) >= 60


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("score", [score_phrases, score_articles])
def test_precision_and_recall_by_kind(score, name: str) -> None:
    measured = score([name])
    low = [kind for kind in measured.kinds if min(measured.precision(kind), measured.recall(kind)) < AGREED]
    assert low == [], measured.misses


@pytest.mark.parametrize("gold", articles(), ids=lambda gold: gold["id"])
def test_gold_quotations_stand_at_their_offsets(gold: dict) -> None:
    assert all(gold["text"][clue["start"] : clue["end"]] == clue["quote"] for clue in gold["clues"])


@pytest.mark.parametrize("gold", articles(), ids=lambda gold: gold["id"])
def test_clues_stand_where_the_gold_says(gold: dict) -> None:
    clues = read(gold)
    for wanted in gold["clues"]:
        alike = [clue for clue in clues if same_reading(wanted, clue)]
        at_place = [clue for clue in alike if max(clue["start"], wanted["start"]) < min(clue["end"], wanted["end"])]
        assert at_place or not alike, (wanted, alike)
