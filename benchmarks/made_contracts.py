"""A made-up contract table of any length, in the form 様式2-3, whose values repeat as in life; the same for the same seed.

Firms, offices and titles follow Zipf's law (few are met often, most hardly ever), prices and dates vary from row to row.
All names are invented; municipalities are real, so that addresses can be read.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from tsukitome.normalize.municipality import municipalities

FIRMS, OFFICES, TITLES = 40_000, 200, 300_000
HEADER = [
    "物品役務等の名称及び数量",
    "契約担当官等の氏名並びにその所属する部局の名称及び所在地",
    "契約を締結した日",
    "契約の相手方の商号又は名称及び住所",
    "法人番号",
    "一般競争入札・指名競争入札の別\n（総合評価の実施）",
    "予定価格\n（円）",
    "契約金額\n（円）",
    "落札率\n（％）",
    "公益法人の区分",
    "応札・応募者数",
    "備考",
]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FORMS = ("株式会社", "㈱", "（株）", "有限会社", "合同会社", "一般財団法人", "公益社団法人")
_BEGIN = _words("見本 例示 架空 仮称 山川 青空 みほん ハナミズ アルファ サンプル 日の出 東雲 緑風 大和路")
_MIDDLE = _words("電子 建設 情報 設備 商事 印刷 警備 運輸 データ テクノ 環境 企画 計測 システム")
_END = ("", *_words("工業 サービス センター 産業 ソリューションズ 開発 興業 池袋支店 ホールディングス"))
_BUREAUS = _words("労働局 地方整備局 国税局 財務局 農政局 法務局 運輸局 経済産業局 検察庁 年金事務所")
_THINGS = _words("庁舎 宿舎 電子計算機 複写機 自動車 空調設備 通信回線 研修 申告書 統計調査 健康診断 図書")
_WORKS = _words("清掃 警備 保守 賃貸借 購入 データ入力 印刷 運送 点検 改修設計 請負 借入 製造 廃棄")
_KINDS = ("", "　一式", "委託", "（その2）", "（単価契約）")
_METHODS = ("一般競争入札", "一般競争入札（総合評価方式）", "指名競争入札", "一般競争入札\n（最低価格）")
_NO_RESERVE = ("非公表", "－", "同種の他の契約の予定価格を類推されるおそれがあるため公表しない")
_NAMES = ("架空　太郎", "見本　花子", "例示　一郎", "仮名　次郎")


class Zipf:
    """Draws one of many, the n-th with a chance of 1/n."""

    def __init__(self, values: list[str], chance: random.Random) -> None:
        self.values, self.chance = values, chance
        self.weights = list(accumulate(1 / place for place in range(1, len(values) + 1)))

    def many(self, number: int) -> list[str]:
        return self.chance.choices(self.values, cum_weights=self.weights, k=number)


def made_firms(chance: random.Random) -> list[str]:
    """Firms as a cell prints them: the name, and below or behind it the address."""
    places = [place for place in municipalities() if place.valid_to is None]
    firms = []
    for number in range(FIRMS):
        name = (
            chance.choice(_BEGIN) + chance.choice(_MIDDLE) + (str(number) if number % 3 else "") + chance.choice(_END)
        )
        form = chance.choice(_FORMS)
        name = form + name if chance.random() < 0.7 else name + form
        place = chance.choice(places)
        town = chance.choice(("本町", "中央", "栄", "緑", "大手"))
        first, second, third = chance.randint(1, 9), chance.randint(1, 40), chance.randint(1, 30)
        block = f"{first}-{second}-{third}" if chance.random() < 0.6 else f"{first}丁目{second}番{third}号"
        gap = chance.choices(("\n", "\u3000", " ", "\n代表取締役　架空　三郎\n"), (70, 15, 10, 5))[0]
        firms.append(f"{name}{gap}{place.full_name}{town}{block}")
    return firms


def _offices(chance: random.Random) -> list[str]:
    places = [place for place in municipalities() if place.valid_to is None and place.city.endswith("市")]
    return [
        f"支出負担行為担当官\n{place.city.removesuffix('市')}{chance.choice(_BUREAUS)}長　{chance.choice(_NAMES)}\n"
        f"{place.full_name}中央{chance.randint(1, 9)}-1-1"
        for place in chance.sample(places, OFFICES)
    ]


def made_titles(chance: random.Random) -> list[str]:
    """Titles of contracts."""
    places = [place for place in municipalities() if place.valid_to is None]
    return [
        f"{chance.choice(('', '平成29年度', '平成３０年度', '令和元年度', '第2回'))}{chance.choice(places).name}"
        f"{chance.choice(_THINGS)}等{chance.choice(_WORKS)}業務{chance.choices(_KINDS, (5, 5, 5, 2, 1))[0]}"
        for _ in range(TITLES)
    ]


def _day(day: dt.date, chance: random.Random) -> str:
    era, year = ("令和", day.year - 2018) if day >= dt.date(2019, 5, 1) else ("平成", day.year - 1988)
    if chance.random() < 0.6:
        return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return day.isoformat() if chance.random() < 0.5 else f"{'R' if era == '令和' else 'H'}{year}.{day.month}.{day.day}"


def _money(chance: random.Random) -> tuple[str, str, str, str]:
    """The cells 予定価格, 契約金額, 落札率 and 備考."""
    yen = round(10 ** chance.uniform(5.8, 8.6))
    kind = chance.random()
    if kind < 0.06:
        remarks = chance.choice(("単価契約", f"調達見込総額\n{yen:,}円", f"単価契約\n予定総額{yen:,}円"))
        return "－", f"@{yen % 9000 + 10:,}円ほか", "－", remarks
    rate = chance.uniform(0.6, 1)
    reserve, shown = (
        (f"{round(yen / rate):,}", f"{rate:.1%}") if chance.random() < 0.6 else (chance.choice(_NO_RESERVE), "－")
    )
    price = f"{yen:,}円" if kind < 0.4 else str(yen) if kind < 0.5 else f"{yen:,}"
    return reserve, price, shown, "一括調達" if kind > 0.97 else ""


def rows(number: int, seed: int = 20170809) -> Iterator[list[str]]:
    """The rows of the body."""
    chance = random.Random(seed)
    firms, offices, titles = made_firms(chance), _offices(chance), made_titles(chance)
    numbers = {firm: "4013301020174" if at % 2 else "" for at, firm in enumerate(firms)}
    drawn = [Zipf(values, chance) for values in (firms, offices, titles)]
    first = dt.date(2016, 4, 1)
    for begin in range(0, number, 10_000):
        amount = min(10_000, number - begin)
        for firm, office, title in zip(*(each.many(amount) for each in drawn), strict=True):
            day = _day(first + dt.timedelta(days=chance.randrange(1461)), chance)
            reserve, price, rate, remarks = _money(chance)
            method, bidders = chance.choice(_METHODS), str(chance.randint(1, 9))
            yield [title, office, day, firm, numbers[firm], method, reserve, price, rate, "", bidders, remarks]


def write(path: Path, number: int) -> None:
    """Writes a table of ``number`` rows, in UTF-8 with its byte order mark and CRLF, as spreadsheets save it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["公共調達の適正化について（平成18年8月25日付財計第2017号）に基づく競争入札の公表（物品役務等）"]
        )
        writer.writerow(HEADER)
        for row in rows(number):
            writer.writerow(row)
