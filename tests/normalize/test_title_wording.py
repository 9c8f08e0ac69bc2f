"""How the words of one title stand in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.title import title_key, wording


def of(asked: str, found: str) -> str:
    words = [title_key(word).text for word in asked.split()]
    return wording(title_key(asked).text, words, title_key(found).text)[0]


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        ("国有林の境界調査", "平成29年度国有林の境界調査に係る業務委託", "held"),
        ("境界調査 国有林", "国有林の境界調査", "held"),  # a space: something may be left out, or stand elsewhere
        ("国有林境界調査業務", "国有林の境界調査に係る業務", "held"),  # what stands between is left out
        ("システム用サーバの調達", "システム用サーバの購入一式", "reworded"),
        ("庁舎の清掃についての業務", "庁舎の清掃に関する委託業務", "reworded"),
        ("中小企業相談支援事業（北見コーナー）", "中小企業相談支援事業（室蘭コーナー）", "varied"),
        ("船戸上流維持作業", "船戸下流維持作業", "opposed"),
        ("P12橋脚の補修", "D8橋脚の補修", "opposed"),
        ("庁舎清掃業務（新館）", "庁舎清掃業務", "left_out"),
        ("庁舎 宇宙船", "庁舎清掃業務", "left_out"),  # single words are in no one's place
    ],
)
def test_wordings(asked: str, found: str, expected: str) -> None:
    assert of(asked, found) == expected


def test_what_differs_is_told() -> None:
    assert wording("青森国道ノ点検", ["青森国道ノ点検"], "山形国道ノ点検")[1] == ("青森", "山形")


PIECES = st.text("国道点検業務一式の及び東京大阪1A", max_size=12)


@given(PIECES.filter(bool), PIECES)
def test_a_title_holds_each_of_its_pieces(piece: str, rest: str) -> None:
    assert wording(piece, [piece], rest + piece)[0] == wording(piece, [piece], piece + rest)[0] == "held"
