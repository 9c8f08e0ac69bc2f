"""Made-up awards of any number straight into an archive, whose values repeat as in life; the same for the same seed.

Firms, buyers and the parts of titles follow Zipf's law, firms sit where people do business (a third in Tokyo), the year
begins with April's contracts, prices are log-normal, one award in thirty has several winners. All names are invented; only
municipalities are real.
"""

from __future__ import annotations

import datetime as dt
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from tsukitome.archive.columns import PARTY_COLUMNS, RECORD_COLUMNS, Row
from tsukitome.archive.rows import Covered, Rows
from tsukitome.archive.store import Store
from tsukitome.normalize.municipality import Municipality, municipalities
from tsukitome.normalize.organization import buyer_key

BATCH = 20_000
_FIRST = dt.date(2014, 4, 1)
_DAYS = 2_190


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BEGIN = _words(
    "見本 例示 架空 仮称 山川 青空 ミホン ハナミズ アルファ サンプル 日の出 東雲 緑風 大和路 白樺 若竹 双葉 光陽"
)
_MIDDLE = _words("電子 建設 情報 設備 商事 印刷 警備 運輸 データ テクノ 環境 企画 計測 システム 測量 土木 医療 食品")
_END = ("", *_words("工業 サービス センター 産業 ソリューションズ 開発 興業 ホールディングス 技研 事務所"))
_MINISTRIES = _words(
    "総務省 法務省 外務省 財務省 文部科学省 厚生労働省 農林水産省 経済産業省 国土交通省 環境省 防衛省 国税庁 警察庁"
)
_BUREAUS = _words(
    "大臣官房 東京労働局 大阪労働局 関東地方整備局 近畿地方整備局 北海道開発局 九州農政局 東京国税局 統計局"
)
_BODIES = _words("見本機構 例示研究所 架空事業団 仮称センター 見本大学 例示振興会 架空公社 仮称基金")
_THINGS = _words(
    "庁舎 宿舎 電子計算機 複写機 自動車 空調設備 通信回線 研修 申告書 統計調査 健康診断 図書 河川 道路 橋梁 港湾 学校給食 公園"
    " 上水道 下水道 ごみ"
    " 介護保険 住民税 個人番号 被扶養者 年金受給者 広報紙 防災無線 監視カメラ 会議録 議会 選挙 医薬品 検査試薬 顕微鏡 測定装置"
    " 実験動物 被服"
)
_WORKS = _words(
    "清掃 警備 保守 賃貸借 購入 データ入力 印刷 運送 点検 改修設計 改修工事 借入 製造 廃棄 運用支援 調査研究 翻訳 収集運搬"
    " 補修 測量 画像化 封入封緘 システム開発 管理 更新 移設"
)
_KINDS = ("業務", "業務委託", "業務一式", "（単価契約）", "（その2）", "等業務", "に係る請負", "の調達")
_METHODS = (("open", "一般競争入札"), ("limited", "随意契約（企画競争）"), ("selective", "指名競争入札"))


@dataclass
class Made:
    """An award as it was made, to ask for it: what the archive holds of its first winner."""

    title: str
    buyer: str
    firm: str
    place: Municipality
    day: dt.date
    yen: int | None
    method: str
    award_id: str


@dataclass
class Maker:
    """Makes awards. ``kept`` fills with every n-th of them, about ``keep`` in all."""

    number: int
    seed: int = 20170809
    keep: int = 2_000
    kept: list[Made] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        places = [place for place in municipalities() if place.valid_to is None]
        weights = [30 if place.code.startswith("131") else 6 if place.ward else 1 for place in places]
        self.places = places
        self.firms = self._firms(places, weights)
        self.buyers = self._buyers(places)
        self.firm_weights = list(accumulate(1 / (place + 20) ** 0.9 for place in range(len(self.firms))))
        self.buyer_weights = list(accumulate(1 / (place + 10) for place in range(len(self.buyers))))

    def _firms(self, places: list[Municipality], weights: list[int]) -> list[tuple[str, str, Municipality]]:
        chance, found = self.chance, []
        for place in chance.choices(places, weights, k=max(self.number // 16, 200)):
            name = chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END)
            name += "" if chance.random() < 0.2 else str(chance.randrange(self.number))
            form = chance.choice(("株式会社", "株式会社", "株式会社", "有限会社", "合同会社", "一般財団法人"))
            name = form + name if chance.random() < 0.7 else name + form
            block = f"{chance.randint(1, 9)}-{chance.randint(1, 40)}-{chance.randint(1, 30)}"
            found.append(
                (name, f"{place.full_name}{chance.choice(('本町', '中央', '栄', '緑', '大手'))}{block}", place)
            )
        return found

    def _buyers(self, places: list[Municipality]) -> list[str]:
        chance = self.chance
        state = [ministry + bureau for ministry in _MINISTRIES for bureau in ("", *chance.sample(_BUREAUS, 4))]
        local = [f"{place.prefecture}{place.city}" for place in places if place.city.endswith(("市", "町"))]
        bodies = [f"{body}{number or ''}" for body in _BODIES for number in range(12)]
        rest = [*dict.fromkeys(local), *bodies]
        chance.shuffle(rest)
        return [*_MINISTRIES, *state, *rest][: max(self.number // 300, 60)]

    def batches(self) -> Iterator[Rows]:
        """All awards as rows of the archive."""
        for begin in range(0, self.number, BATCH):
            rows = Rows("mapped")
            amount = min(BATCH, self.number - begin)
            firms = self.chance.choices(range(len(self.firms)), cum_weights=self.firm_weights, k=amount)
            buyers = self.chance.choices(self.buyers, cum_weights=self.buyer_weights, k=amount)
            for line, (firm, buyer) in enumerate(zip(firms, buyers, strict=True), begin + 1):
                self._add(rows, line, self.firms[firm], buyer)
            yield rows

    def _title(self, place: Municipality, day: dt.date) -> str:
        """A title: most contracts come back, some of them with the year in their titles."""
        chance = self.chance
        if len(self.titles) < 50 or chance.random() < 0.35:
            self.titles.append(self._new_title(place))
        place_in_pool = int(len(self.titles) * chance.random() ** 2)
        year = f"平成{day.year - 1988}年度" if place_in_pool % 3 == 0 else ""
        return year + self.titles[place_in_pool]

    def _new_title(self, place: Municipality) -> str:
        chance = self.chance
        place_name = place.name if chance.random() < 0.5 else ""
        things = "・".join(chance.sample(_THINGS, 2)) if chance.random() < 0.3 else chance.choice(_THINGS)
        number = f"第{chance.randint(1, 400)}号" if chance.random() < 0.12 else ""
        return f"{place_name}{things}{chance.choice(_WORKS)}{chance.choice(_KINDS)}{number}"

    def _add(self, rows: Rows, line: int, firm: tuple[str, str, Municipality], buyer: str) -> None:
        chance, record = self.chance, len(rows.records)
        day = _FIRST + dt.timedelta(days=chance.randrange(_DAYS))
        if chance.random() < 0.2:
            day = dt.date(day.year, 4, 1)
        contract = (day + dt.timedelta(days=chance.randint(0, 20))).isoformat() if chance.random() < 0.4 else None
        notice = (day - dt.timedelta(days=chance.randint(20, 70))).isoformat() if chance.random() < 0.4 else None
        method, details = chance.choices(_METHODS, (55, 40, 5))[0]
        title = self._title(chance.choice(self.places), day)
        yen: int | None = round(8_000_000 * chance.lognormvariate(0, 1.79))
        award_id = f"{self.seed:016x}:l{line}"
        rows.records.append(
            _row(RECORD_COLUMNS, award_id=award_id, title=title, buyer=buyer, award_date=day.isoformat(),
                 contract_date=contract, notice_date=notice, procurement_method=method, procurement_method_details=details,
                 row=line, quote=f"{title} {firm[0]} {yen}", warnings="[]")
        )  # fmt: skip
        winners = [firm]
        if chance.random() < 1 / 30:
            winners += chance.choices(self.firms, cum_weights=self.firm_weights, k=chance.randint(1, 3))
        for position, (name, address, place) in enumerate(winners):
            rows.suppliers.append((record, position, len(rows.parties)))
            rows.parties.append(
                _row(
                    PARTY_COLUMNS,
                    name=name,
                    printed=name,
                    address=address,
                    municipality_code=place.code,
                    role="awarded",
                )
            )
        if len(winners) > 1 or chance.random() < 0.08:
            rows.amounts.append((record, 0, "unit_price", chance.randint(10, 9000), None, None, "単価"))
            yen = None
        else:
            rows.amounts.append((record, 0, "contract_price", yen, None, 0, f"{yen:,}円"))
        if chance.random() < 0.45:
            reserve = round((yen or 1_000_000) / chance.uniform(0.6, 1))
            rows.amounts.append((record, 1, "reserve_price", reserve, None, None, f"{reserve:,}"))
        month = day.isoformat()[:7]
        rows.decided.add(month)
        rows.coverage.setdefault((buyer_key(buyer).head, month), Covered()).add(day.isoformat(), published=False)
        if line % max(self.number // self.keep, 1) == 0:
            self.kept.append(Made(title, buyer, firm[0], firm[2], day, yen, method, award_id))


def _row(columns: Sequence[str], **facts: Any) -> Row:
    """A row of these columns; what is not among the facts is empty."""
    return tuple(map(facts.get, columns))


def fill(path: Path, number: int, seed: int = 20170809) -> list[Made]:
    """Writes an archive of made awards; returns some of them, to be asked for."""
    maker = Maker(number, seed)
    store = Store(path)
    with store.transaction():
        store.add(maker.batches(), file="made.csv", path="made.csv", sha256=f"{number:064x}", size=0)
    store.settle()
    store.close()
    return maker.kept


def kept_of(path: Path, number: int) -> list[Made]:
    """What :func:`fill` gives, of an archive that it made before where there is one."""
    beside = path.with_name(f"{path.name}.kept")
    if not beside.exists():
        beside.write_bytes(pickle.dumps(fill(path, number)))
    found: list[Made] = pickle.loads(beside.read_bytes())
    return found
