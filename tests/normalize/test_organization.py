"""Buyers as keys."""

import pytest

from tsukitome.normalize.organization import buyer_key, heads_of_time, relation_by_time
from tsukitome.normalize.text import table


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


@pytest.mark.parametrize(
    ("found", "asked", "relation"),
    [
        ("防衛庁", "防衛省", ("same", "2007-01-09")),
        ("防衛省", "防衛庁", ("same", "2007-01-09")),
        (
            "独立行政法人石油天然ガス・金属鉱物資源機構",
            "独立行政法人エネルギー・金属鉱物資源機構",
            ("same", "2022-11-14"),
        ),
        ("独立行政法人交通安全環境研究所", "独立行政法人自動車技術総合機構", ("part", "2016-04-01")),
        ("独立行政法人自動車技術総合機構", "独立行政法人交通安全環境研究所", ("whole", "2016-04-01")),
        ("社会保険庁", "日本年金機構", ("part", "2010-01-01")),
        ("電子航法研究所", "港湾空港技術研究所", ("other", None)),  # both became parts of one body
        ("厚生労働省", "日本年金機構", ("other", None)),
    ],
)
def test_bodies_that_were_renamed_or_merged(found: str, asked: str, relation: tuple[str, str | None]) -> None:
    assert relation_by_time(buyer_key(found), buyer_key(asked)) == relation


def test_the_names_of_all_times_are_those_of_the_table() -> None:
    for row in table("buyer_successors"):
        former, successor = buyer_key(row["former"]), buyer_key(row["successor"])
        assert {former.head, successor.head} <= heads_of_time(former) & heads_of_time(successor)
        assert relation_by_time(former, successor)[1] == row["since"]
