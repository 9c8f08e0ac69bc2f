"""How well and how fast articles are read into clues: precision and recall by kind with the misses, and time by length.

    python benchmarks/clues.py

The gold stands in tests/gold. Exits 1 below 95% in any kind of any set, or above 50 ms per 1,000 characters, also for texts
that no one writes: one character over and over.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

# Instead of this folder, in which this file would stand for the package of tests that it needs.
sys.path[0] = str(Path(__file__).resolve().parents[1] / "tests")

from clues.article.gold import SETS, articles, lines, score_articles, score_phrases  # noqa: E402

from tsukitome.clues.article import read_article  # noqa: E402

GOAL = 0.95
MOST = 50.0  # milliseconds per 1,000 characters
TIMES = (1, 4, 16)
ODD = (
    "「",
    "」",
    "(",
    "億",
    "月",
    "9",
    "数",
    "の",
    "、",
    "。",
    "都",
    "区",
    "機構",
    "1億円",
    "去年8月",
    "「」",
    "同",
    "から",
    "は会社に委託",
)
LENGTHS = (25_000, 100_000)


def speed() -> list[tuple[int, float]]:
    """(characters, milliseconds per 1,000 characters) of the gold articles one after another, ever more often."""
    text = "\n".join(gold["text"] for gold in articles())
    day = dt.date(2018, 3, 19)
    read_article(text, day)  # the tables are loaded once
    found = []
    for times in TIMES:
        began = time.process_time()
        read_article(text * times, day)
        length = len(text) * times
        found.append((length, (time.process_time() - began) * 1_000_000 / length))
    return found


def odd() -> list[tuple[str, int, float]]:
    """(scrap, characters, milliseconds per 1,000 characters) of scraps repeated: what grows faster than its length shows."""
    found = []
    for scrap in ODD:
        for length in LENGTHS:
            text = scrap * (length // len(scrap))
            began = time.process_time()
            read_article(text, dt.date(2018, 3, 19))
            found.append((scrap, length, (time.process_time() - began) * 1_000_000 / length))
    return found


def main() -> int:
    holds = True
    for name in SETS:
        for kind_of_text, score in (("phrases", score_phrases([name])), ("articles", score_articles([name]))):
            print(f"{name}: {kind_of_text}", *lines(score), "", sep="\n")
            holds &= all(min(score.precision(kind), score.recall(kind)) >= GOAL for kind in score.kinds)
    print(f"{'characters':>10} {'ms per 1,000':>13}")
    for length, milliseconds in speed():
        print(f"{length:>10,} {milliseconds:>13.1f}")
        holds &= milliseconds <= MOST
    for scrap, length, milliseconds in odd():
        print(f"{length:>10,} {milliseconds:>13.1f}  {scrap}")
        holds &= milliseconds <= MOST
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
