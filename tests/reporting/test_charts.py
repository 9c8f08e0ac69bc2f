"""Charts say what the answer says, and as pictures hold no script and ask no host."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from builders import award, coverage, stored, supplier, total

from tsukitome.clues.query import Clues
from tsukitome.findings import Findings
from tsukitome.matching.identify import identify
from tsukitome.profile.asking import read_query
from tsukitome.profile.making import ask_firm
from tsukitome.profile.profile import Replay
from tsukitome.reporting.charts import (
    answer_chart,
    can_draw,
    candidates_chart,
    narrowing_chart,
    svg,
    waterfall_chart,
    years_chart,
)

pytestmark = pytest.mark.skipif(not can_draw(), reason="the extra notebook is not installed")
HOSTILE = supplier("<script>alert(1)</script>\x1b[31m", "東京都豊島区池袋2-2-2")
RECORDS = [
    award(amounts=(total(182_547_000, "estimated_total"),)),
    award("清掃", HOSTILE, file="b.txt"),
    award("印刷", supplier("株式会社別", "東京都北区王子1-1-1"), file="c.txt", awarded="2017-02-01"),
]


@pytest.fixture(scope="module")
def answer() -> Findings:
    clues = Clues(ward="豊島区", month="2017-08", value="約1億8000万円")
    return identify(clues, RECORDS, coverage(RECORDS), version="0", data_sha256="0" * 64, command="identify …")


def values(chart: Any) -> list[dict[str, Any]]:
    """The rows of a chart, wherever Altair keeps them."""
    told = chart.to_dict()
    found: list[dict[str, Any]] = (told.get("data") or told["layer"][0]["data"])["values"]
    return found


def test_the_bars_of_the_candidates_sum_to_one(answer: Findings) -> None:
    rows = values(candidates_chart(answer))
    assert abs(sum(row["share"] for row in rows) - 1) < 1e-6
    assert rows[-1]["share"] == answer.none_probability


def test_the_waterfall_ends_at_the_bits_of_the_award(answer: Findings) -> None:
    assert answer.best is not None
    *steps, whole = values(waterfall_chart(answer.best))
    assert all(one["to"] == other["from"] for one, other in pairwise(steps))
    assert round(steps[-1]["to"], 3) == round(whole["to"], 3) == round(answer.best.awards[0].bits, 3)


def test_the_narrowing_has_its_counts(answer: Findings) -> None:
    assert [row["records"] for row in values(narrowing_chart(answer))] == [step.records for step in answer.narrowing]


def test_a_firms_years_keep_payments_apart() -> None:
    store = stored(RECORDS)
    firm = ask_firm(store, read_query("SAY企画"), coverage=store.coverage(), replay=Replay("0", "0" * 64, ""))
    (bar,) = values(years_chart(firm))
    assert (bar["year"], round(bar["millions"], 3), bar["count"]) == ("FY2017", 182.547, 1)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_picture_is_inert_and_stands_alone(answer: Findings, language: Any) -> None:
    drawn = svg(answer_chart(answer, language))
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "<script" not in drawn
    assert "\x1b" not in drawn
    assert not re.search(r"https?://(?!www\.w3\.org)", drawn)
    assert "株式会社SAY企画" in drawn
