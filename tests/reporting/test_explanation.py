"""The whole sum: every figure follows from the ones above it."""

from __future__ import annotations

import io
import math
import re
from typing import Any

import pytest
from builders import award, coverage, supplier, total
from rich.cells import cell_len
from rich.console import Console

from tsukitome.clues.query import Clues
from tsukitome.findings import Findings
from tsukitome.matching.identify import identify
from tsukitome.reporting.terminal import print_findings

RECORDS = [
    award(amounts=(total(182_547_000, "estimated_total"),), file="seed"),
    award(awarded="2016-08-10", amounts=(total(151_200_000),), file="the year before"),
    *(
        award(f"清掃業務{n}", supplier(f"株式会社第{n}商会", f"大阪府大阪市北区梅田{n}-1"), file="archive", line=n)
        for n in range(1, 40)
    ),
]
CLUES = {"ward": "豊島区", "month": "2017-08", "value": "約1億8000万円", "title": RECORDS[0].title}


def asked(**clues: str) -> Findings:
    return identify(
        Clues(**(clues or CLUES)), RECORDS, coverage(RECORDS), version="0", data_sha256="0" * 64, command=""
    )


def drawn(findings: Findings, language: Any = "en") -> str:
    console = Console(width=100, file=io.StringIO(), highlight=False)
    print_findings(findings, language, console, explain=True)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def the_sum(text: str) -> str:
    return text[text.index("The whole sum") :]


def test_the_evidence_adds_up_to_the_total_exactly() -> None:
    said = the_sum(drawn(asked()))
    bits = [line.split()[-1] for line in said.splitlines() if re.search(r"^(?:month|place|title|value) ", line)]
    (whole,) = [line.split()[-1] for line in said.splitlines() if line.startswith("sum ")]
    assert len(bits) == 4
    assert f"{sum(round(1000 * float(piece)) for piece in bits) / 1000:+.3f}" == whole


def test_bits_follow_from_m_and_u_and_probabilities_from_bits() -> None:
    found = asked()
    assert found.best
    for piece in found.best.evidence:
        if piece.weighing:
            assert piece.bits == pytest.approx(math.log2(piece.weighing.m / piece.weighing.u), abs=0.0006)
    prior, best = found.replay.prior, found.best.awards[0]
    weights = [
        prior.in_data / prior.alternatives * 2**one.bits for candidate in found.candidates for one in candidate.awards
    ]
    none = (1 - prior.in_data) * prior.absent
    assert best.probability == pytest.approx(max(weights) / (sum(weights) + none), rel=1e-3)
    assert found.none_probability == pytest.approx(none / (sum(weights) + none), rel=1e-3)


def test_what_kin_adds_to_none_of_these_is_said() -> None:
    found = asked()
    kin = found.replay.prior.kin
    assert max(kin, key=lambda kind: kin[kind]) == "year"
    assert f"another year {kin['year']:.4g}" in " ".join(the_sum(drawn(found)).split())


def test_what_the_record_does_not_say_weighs_nothing_and_has_no_figures() -> None:
    silent = next(
        piece for piece in asked(value="約2億円", ward="大阪市").candidates[0].evidence if piece.clue == "value"
    )
    assert (silent.outcome, silent.weighing) == ("record_silent", None)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_keeps_to_100_columns(language: str) -> None:
    assert max(cell_len(line.rstrip()) for line in drawn(asked(), language).splitlines()) <= 100


def test_without_any_record_there_is_still_a_sum() -> None:
    nothing = identify(Clues(ward="豊島区"), [], coverage([]), version="0", data_sha256="0" * 64, command="")
    assert "100.0%" in the_sum(drawn(nothing))
