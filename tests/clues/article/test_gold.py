"""The clue language, held against phrases and articles with their right readings."""

from __future__ import annotations

import pytest
from clues.article.gold import GOLD, articles, phrase_holds, phrases, read, same_reading, score_articles, score_phrases

AGREED = 0.95  # precision and recall by kind


@pytest.mark.parametrize("gold", phrases(GOLD / "agreed_phrases.jsonl"), ids=lambda gold: gold["id"])
def test_every_agreed_phrase_is_read_right(gold: dict) -> None:
    assert phrase_holds(gold, read(gold)), read(gold)


def test_there_are_enough_phrases_and_articles() -> None:
    assert len(phrases()) >= 150
    assert len(articles()) >= 12


@pytest.mark.parametrize("score", [score_phrases, score_articles])
def test_precision_and_recall_by_kind(score) -> None:
    measured = score()
    low = [kind for kind in measured.kinds if min(measured.precision(kind), measured.recall(kind)) < AGREED]
    assert low == [], measured.misses


@pytest.mark.parametrize("gold", articles(), ids=lambda gold: gold["id"])
def test_gold_quotations_stand_at_their_offsets(gold: dict) -> None:
    assert all(gold["text"][clue["start"] : clue["end"]] == clue["quote"] for clue in gold["clues"])


@pytest.mark.parametrize("gold", articles(), ids=lambda gold: gold["id"])
def test_clues_stand_where_the_gold_says(gold: dict) -> None:
    clues = read(gold)
    for wanted in gold["clues"]:
        for clue in clues:
            if same_reading(wanted, clue):
                assert max(clue["start"], wanted["start"]) < min(clue["end"], wanted["end"]), (wanted, clue)
