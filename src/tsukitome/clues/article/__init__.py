"""Clues from the news itself: an article read into clues with their quotations, offsets and readings."""

from __future__ import annotations

from tsukitome.clues.article.article_clues import ArticleClue, ArticleClues, to_clues
from tsukitome.clues.article.merging import MergedClue, MergedClues, merge_clues, merged_to_clues
from tsukitome.clues.article.reading import read_article

__all__ = [
    "ArticleClue",
    "ArticleClues",
    "MergedClue",
    "MergedClues",
    "merge_clues",
    "merged_to_clues",
    "read_article",
    "to_clues",
]
