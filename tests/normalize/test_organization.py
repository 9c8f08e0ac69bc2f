"""Buyers as keys."""

import pytest

from tsukitome.normalize.organization import buyer_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("厚生労働省", "厚生労働省東京労働局"),
        ("厚生労働省", "東京労働局総務部"),
        ("愛知労働局", "愛知労働局総務部"),
        ("東京国税局総務部", "国税庁"),
        ("財務省国税庁", "国税庁"),
        ("国土交通省 関東地方整備局", "国土交通省"),
        ("関東地方整備局", "国土交通省関東地方整備局"),
        ("（独）統計センター", "独立行政法人統計センター"),
        ("日本年金機構", "日本年金機構 本部"),
        ("東京都財務局経理部", "東京都"),
    ],
)
def test_one_buyer_under_two_names(one: str, other: str) -> None:
    assert buyer_key(one).may_be(buyer_key(other)) or buyer_key(one).head == buyer_key(other).head


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("東京労働局", "愛知労働局"),
        ("東京都財務局", "財務省"),
        ("厚生労働省", "日本年金機構"),
        ("国立病院機構", "地域医療機能推進機構"),
        ("北海道労働局", "北海道"),
        ("神奈川県", "神奈川労働局"),
    ],
)
def test_two_buyers(one: str, other: str) -> None:
    assert not buyer_key(one).may_be(buyer_key(other))


def test_a_part_and_the_whole() -> None:
    assert buyer_key("愛知労働局").relation(buyer_key("厚生労働省")) == "part"
    assert buyer_key("厚生労働省").relation(buyer_key("愛知労働局")) == "whole"
    assert buyer_key("東京労働局").relation(buyer_key("愛知労働局")) == "other"
