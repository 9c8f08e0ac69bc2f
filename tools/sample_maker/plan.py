"""Which awards there are, and in which files each appears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log
from random import Random
from typing import Any

from .firms import drawn_firms, near_miss_firms
from .model import Award, Buyer, Firm, Place, UnitPrice
from .spelling import fiscal_year
from .vocab import table

GAZETTE_ISSUES = (
    date(2017, 1, 16), date(2017, 2, 20), date(2017, 4, 17), date(2017, 5, 29), date(2017, 6, 26), date(2017, 8, 21),
    date(2017, 10, 2), date(2017, 11, 6), date(2017, 12, 18), date(2018, 2, 5), date(2018, 3, 19),
)  # fmt: skip
PDF_MONTH = (2017, 8)
MISSING_MONTH = (2017, 5)
THOUSANDS_MONTH = (2017, 10)  # its table is in 千円
MONTHS = tuple((2016 + (11 + n) // 12, (11 + n) % 12 + 1) for n in range(16))  # 2016-12 to 2018-03
NENKIN_PDF = "nenkin/contracts-2017-08.pdf"
MHLW_OPEN = "mhlw/contracts-fy2017.csv"
MHLW_LIMITED = "mhlw/contracts-fy2017-negotiated.csv"
PORTAL = "portal/successful_bid_record_info_2017.csv"
MHLW_BUYERS = ("mhlw", "tokyo_labour", "osaka_labour", "aichi_labour", "fukuoka_labour")
GAZETTE_FLOOR = 16_000_000  # yen: the gazette holds the large contracts under the WTO agreement
GAZETTE_BUYERS = ("nta", "tokyo_tax", "stat_bureau", "stat_center", "kanto_mlit", "justice", "tokyo_metro")
REASONS = ("ａ「特許権等の排他的権利」", "ｂ「互換性」", "ｄ「緊急性」")


def gazette_file(issue: date) -> str:
    return f"gazette/gazette-{issue}.txt"


def nenkin_file(year: int, month: int) -> str:
    ending = "pdf" if (year, month) == PDF_MONTH else "xlsx"
    return f"nenkin/contracts-{year}-{month:02}.{ending}"


@dataclass(frozen=True)
class Plan:
    """All awards, in the order in which they were drawn, and the random source that the writers go on with."""

    awards: tuple[Award, ...]

    def files(self) -> dict[str, list[Award]]:
        """The awards of each file, by date."""
        found: defaultdict[str, list[Award]] = defaultdict(list)
        for award in self.awards:
            for file in award.files:
                found[file].append(award)
        return {file: sorted(awards, key=lambda one: one.awarded) for file, awards in sorted(found.items())}


def make_plan(seed: int) -> Plan:
    """The plan of a seed: the real award, the near-misses, and what is drawn around them."""
    rng = Random(seed)
    draw = _Draw(rng)
    awards = [_real_award(), *_near_misses()]
    draw.taken = {(award.buyer.key, award.title) for award in awards}
    awards += draw.of_nenkin()
    awards += draw.of_mhlw()
    awards += draw.for_gazette()
    awards += draw.for_portal()
    return Plan(tuple(awards))


def buyers() -> dict[str, Buyer]:
    return {
        key: Buyer(
            key, entry["name"], entry["role"], tuple(entry["posts"]), entry["address"], entry["organ"],
            entry["location"], entry.get("portal", ""), entry.get("reserve", False),
        )
        for key, entry in table("vocab.toml")["buyers"].items()
    }  # fmt: skip


def _real_award() -> Award:
    both, first, second = (table("real_records.toml")[key] for key in ("both", "R1", "R2"))
    firm = Firm(both["supplier"], "", Place("東京都", "豊島区", "東池袋1-48-10"), "", "entry")
    return Award(
        both["title"], buyers()["nenkin"], "entry", (firm,), both["awarded"], None, (first["file"], second["file"]),
        real=True, trap="the real award (R1, R2)",
    )  # fmt: skip


def _near_misses() -> Iterator[Award]:
    firms, known = near_miss_firms(), buyers()
    for entry in table("near_misses.toml")["award"]:
        fields: dict[str, Any] = dict(entry)
        fields["buyer"] = known[entry["buyer"]]
        fields["firms"] = tuple(firms[key] for key in entry["firms"])
        fields.setdefault("noticed", None)
        if "unit" in entry:
            fields["unit"] = UnitPrice(*entry["unit"])
        for key in ("files", "lots", "prices"):
            fields[key] = tuple(entry.get(key, ()))
        yield Award(**fields)


class _Draw:
    """Draws awards; never two of one buyer and title."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.vocab = table("vocab.toml")
        self.buyers = buyers()
        self.firms = drawn_firms(rng)
        self.taken: set[tuple[str, str]] = set()

    def of_nenkin(self) -> Iterator[Award]:
        """The agency's months; large contracts are in the gazette too where an issue follows in time."""
        for year, month in MONTHS:
            if (year, month) == MISSING_MONTH:
                continue
            busy = {3: 12, 4: 14, 8: 15, 12: 8}.get(month, 8)
            for _ in range(busy):
                method = "随意" if self.rng.random() < 0.12 and (year, month) != PDF_MONTH else "一般"
                award = self.award("nenkin", _workday(self.rng, year, month), method)
                if (year, month) == THOUSANDS_MONTH:
                    award = _in_thousands(award)
                yield self._published(replace(award, files=(nenkin_file(year, month),)), 0.62)

    def of_mhlw(self) -> Iterator[Award]:
        """The ministry's tables of fiscal 2017, some of them also in the gazette and in the portal."""
        for number in range(82):
            year, month = MONTHS[4 + self.rng.choice((0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))]
            negotiated = number >= 67
            buyer = "mhlw" if self.rng.random() < 0.45 else self.rng.choice(MHLW_BUYERS)
            award = self.award(buyer, _workday(self.rng, year, month), "随意" if negotiated else "一般")
            award = self._published(replace(award, files=(MHLW_LIMITED if negotiated else MHLW_OPEN,)), 0.5)
            if self.rng.random() < 0.2 and award.price is not None:
                award = replace(award, files=(*award.files, PORTAL))
            yield award

    def for_gazette(self) -> Iterator[Award]:
        """Large awards of other bodies, three or four an issue."""
        for issue in GAZETTE_ISSUES:
            for buyer in self.rng.sample(GAZETTE_BUYERS, 3):
                for _ in range(self.rng.choice((1, 2, 2))):
                    day = issue - timedelta(days=self.rng.randint(25, 70))
                    method = self.rng.choices(("一般", "指名", "随意"), (82, 4, 14))[0]
                    award = self.award(buyer, _weekday(day), method, GAZETTE_FLOOR)
                    in_portal = award.buyer.portal and award.price and day >= date(2017, 4, 1)
                    also = (PORTAL,) if in_portal and self.rng.random() < 0.3 else ()
                    yield replace(award, files=(gazette_file(issue), *also))

    def for_portal(self) -> Iterator[Award]:
        """Awards that only 調達ポータル has."""
        keys = [key for key, buyer in self.buyers.items() if buyer.portal]
        for _ in range(84):
            year, month = MONTHS[4 + self.rng.randrange(12)]
            method = self.rng.choices(("一般", "指名", "随意"), (85, 3, 12))[0]
            award = self.award(self.rng.choice(keys), _workday(self.rng, year, month), method)
            yield replace(award, files=(PORTAL,))

    def award(self, buyer_key: str, day: date, method: str, floor: int = 0) -> Award:
        """One award of a buyer on a day, its total at least `floor` yen."""
        rng = self.rng
        buyer = self.buyers[buyer_key]
        trade, title = self._title(buyer_key, day)
        words = self.vocab["trades"][trade]
        least = floor * rng.uniform(1.05, 3)
        price: int | None = _with_tax(max(_between(rng, *words["price"]), least))
        estimated = unit = None
        if "unit" in words and method == "一般" and rng.random() < words["unit"]["share"]:
            each = _between(rng, *words["unit"]["price"]) * 1.08
            quantity = round(_between(rng, *words["unit"]["quantity"]), -3)
            shown = f"{each:.2f}" if each < 1000 else f"{round(each):,}"
            estimated = round(each * max(quantity, round(least / each, -3)))
            price, unit = None, UnitPrice(shown, words["unit"]["of"])
        rate = rng.choices((rng.uniform(0.55, 0.8), rng.uniform(0.8, 0.97), rng.uniform(0.97, 1.0)), (3, 5, 4))[0]
        value = price if price is not None else estimated
        assert value is not None
        reserve = max(_with_tax(value / rate), value)
        return Award(
            title, buyer, trade, (rng.choice(self.firms[trade]),), day,
            None if method == "随意" else _weekday(day - timedelta(days=rng.randint(35, 62))), (),
            price=price, unit=unit, estimated=estimated,
            reserve=reserve if buyer.prints_reserve or rng.random() < 0.55 else None,
            method=method,
            decided="総合評価" if method == "一般" and trade in ("system", "research", "works") and rng.random() < 0.5
            else "最低価格",
            reason=rng.choice(REASONS) if method == "随意" else "",
            bidders=1 if method == "随意" else rng.randint(1, 7),
            official=rng.randrange(5),
        )  # fmt: skip

    def _published(self, award: Award, share: float) -> Award:
        """The award, also in the gazette for a share of the large ones where an issue comes 20 to 72 days after it."""
        issue = next((one for one in GAZETTE_ISSUES if 20 <= (one - award.awarded).days <= 72), None)
        if issue and (award.value or 0) >= GAZETTE_FLOOR and self.rng.random() < share:
            return replace(award, files=(*award.files, gazette_file(issue)))
        return award

    def _title(self, buyer_key: str, day: date) -> tuple[str, str]:
        fill = self.vocab["fill"]
        groups = [group for group in self.vocab["titles"] if buyer_key in group["buyers"]]
        weights = [len(group["templates"]) for group in groups]
        while True:
            group = self.rng.choices(groups, weights)[0]
            ahead = 60 if day.month in (2, 3) and self.rng.random() < 0.7 else 0  # contracts for the year to come
            title = self.rng.choice(group["templates"]).format(
                fy=fiscal_year(day + timedelta(days=ahead)),
                **{key: self.rng.choice(words) for key, words in fill.items()},
            )
            if (buyer_key, title) not in self.taken:
                self.taken.add((buyer_key, title))
                return group["trade"], title


def _between(rng: Random, low: float, high: float) -> float:
    """Evenly on a logarithmic scale: many small contracts, few large ones."""
    return exp(rng.uniform(log(low), log(high)))


def _with_tax(amount: float) -> int:
    """A price as bidders make it: thousands of yen, and 8% consumption tax."""
    return round(round(amount / 1.08, -3) * 1.08)


def _in_thousands(award: Award) -> Award:
    """Prices that a table in 千円 shows without loss."""
    price = None if award.price is None else round(award.price, -3)
    return replace(award, price=price, reserve=None if award.reserve is None else round(award.reserve, -3) + 1000)


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _workday(rng: Random, year: int, month: int) -> date:
    """A weekday of the month; in April often the first (contracts for the fiscal year)."""
    if month == 4 and rng.random() < 0.6:
        return date(year, 4, 3 if year == 2017 else 2)
    day = date(year, month, rng.randint(4, 28))
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 and day.day < 26 else _weekday(day)
