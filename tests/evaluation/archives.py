"""A synthetic archive for the evaluation: some hundred awards of made-up firms with known places, months and totals."""

from __future__ import annotations

import random

from builders import award, coverage, supplier, total

from tsukitome.awards import Award
from tsukitome.matching.prepared import Prepared

PLACES = (
    "東京都豊島区東池袋",
    "東京都千代田区霞が関",
    "大阪府大阪市北区梅田",
    "愛知県名古屋市中区栄",
    "北海道札幌市北区北七条",
)
THINGS = ("庁舎", "研究所", "図書館", "体育館", "空港", "港湾", "道路", "森林", "病院", "学校")
WORKS = (
    "清掃業務",
    "警備業務",
    "設備の保守点検業務",
    "改修工事",
    "実態調査に係る委託事業",
    "データ入力業務",
    "機器の購入",
)
BUYERS = ("厚生労働省", "国土交通省近畿地方整備局", "日本年金機構", "文部科学省")


def synthetic_records(count: int = 150, seed: int = 7) -> list[Award]:
    rng = random.Random(seed)
    records = []
    for number in range(count):
        year, month = rng.randint(2015, 2018), rng.randint(1, 12)
        firm = supplier(f"株式会社第{rng.randint(1, 60)}商会", f"{rng.choice(PLACES)}{rng.randint(1, 9)}-1")
        title = f"平成{year - 1988}年度{rng.choice(THINGS)}及び{rng.choice(THINGS)}の{rng.choice(WORKS)}"
        yen = round(10 ** rng.uniform(6, 9))
        awarded = f"{year}-{month:02}-{rng.randint(1, 28):02}"
        records.append(
            award(title, firm, buyer=rng.choice(BUYERS), awarded=awarded, amounts=(total(yen),), line=number + 1)
        )
    return records


def prepared(count: int = 150, seed: int = 7) -> Prepared:
    records = synthetic_records(count, seed)
    return Prepared.of(records, coverage(records))
