"""What the agency's table holds, whether printed as PDF or as a workbook: headers and cells."""

from __future__ import annotations

from random import Random

from .model import Award
from .spelling import OFFICIALS, address, supplier_name, supplier_place, yen

TITLE = "日本年金機構会計規程第24条に基づく競争入札に係る情報の公表(物品役務等)"
TITLE_NEGOTIATED = "日本年金機構会計規程第24条に基づく随意契約に係る情報の公表(物品役務等)"
HEAD = (
    "物品・役務等の名称及び\n数量", "契約責任者の氏名並びに\nその所属する部署の名称\n及び所在地", "契約締結日",
    "契約の相手方の商号\n又は名称及び住所", "一般競争入札・指名競争入札等の別\n(総合評価の実施)", "予定価格\n(円)",
    "契約金額\n(円)", "落札率", "備考",
)  # fmt: skip


def officer(award: Award) -> str:
    buyer = award.buyer
    return f"{buyer.name}\n{buyer.posts[award.official % 4]}\n{OFFICIALS[award.official]}\n{buyer.address}"


def supplier(award: Award, rng: Random, separator: str = "\n", representative: bool = False) -> str:
    """Name and address in one cell, with a line break, a full-width space or nothing between."""
    name = supplier_name(award, 0, rng.choice(("full", "full", "full", "short", "wide_short", "ligature")))
    where = address(supplier_place(award), rng.choice(("plain", "plain", "wide", "kanji", "chome")))
    between = f"\n代表取締役　{OFFICIALS[award.official - 1]}\n" if representative else separator
    return name + between + where


def unit_price(award: Award, rng: Random) -> str:
    """A unit price as it stands in 契約金額."""
    assert award.unit is not None
    return rng.choice(("@{}円ほか", "@{}円", "＠{}円ほか", "@{}他\n複数単価契約")).format(award.unit.yen)


def remarks(award: Award) -> str:
    return f"単価契約\n調達見込総額\n{yen(award.estimated)}円" if award.estimated else ""


def shows_reserve(award: Award, rng: Random) -> bool:
    """Whether 予定価格 is printed: always where a trap depends on it."""
    return award.reserve is not None and (bool(award.trap) or rng.random() < 0.8)
