"""Buyers as news names them."""

from __future__ import annotations

import pytest

from tsukitome.clues.buyer import read_buyer


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("年金機構", "日本年金機構"),
        ("厚労省", "厚生労働省"),
        ("厚労省東京労働局", "厚生労働省東京労働局"),
        ("国交省関東地方整備局", "国土交通省関東地方整備局"),
        ("国交省 近畿地整 大阪国道事務所", "国土交通省近畿地方整備局大阪国道事務所"),
        ("関東地整", "国土交通省関東地方整備局"),
        ("近畿地整大阪国道事務所", "国土交通省近畿地方整備局大阪国道事務所"),
        ("財務省 関税局", "財務省関税局"),
        ("経産省資源エネルギー庁", "経済産業省資源エネルギー庁"),
        ("都", "東京都"),
        ("東京都庁", "東京都"),
        ("大阪府庁", "大阪府"),
        ("豊島区役所", "豊島区"),
        ("葛巻町役場", "葛巻町"),
        ("都教育庁", "東京都教育庁"),
        ("警視庁", "警視庁"),
        ("架空機構", "架空機構"),
    ],
)
def test_short_names_are_written_out(text: str, name: str) -> None:
    assert read_buyer(text).name == name
