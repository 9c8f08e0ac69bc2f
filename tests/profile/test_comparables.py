"""Which awards are set beside which: only what can be compared, and never an award beside itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import award, stored, supplier, total
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.archive.opening import open_paths
from tsukitome.archive.store import Store
from tsukitome.awards import Amount, Award
from tsukitome.profile.comparables import Comparables, Comparison
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.pool import all_awards, comparables_of
from tsukitome.profile.unit import unit_of

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
FIRMS = [supplier(f"株式会社{name}", f"東京都北区王子{n}-1-1") for n, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)]


def year(number: int, yen: int, title: str = "庁舎清掃業務", firm: int = 0, **more: Any) -> Award:
    day = f"{number}-04-01"
    return award(
        f"{number}年度{title}", FIRMS[firm], awarded=day, file=f"{number}-{title}.txt", amounts=(total(yen),), **more
    )


def compared(records: list[Award]) -> dict[str, tuple[Comparison, ...]]:
    awards = all_awards(stored(records))
    comparables = Comparables(awards)
    return {one.title: comparables.of(one) for one in awards}


def test_one_contract_year_by_year() -> None:
    years = [year(number, 10_000_000 + number) for number in range(2012, 2018)]
    found = compared([*years, year(2018, 4_000_000)])
    (low,) = found["2018年度庁舎清掃業務"]
    assert (low.position.likeness, low.position.count, low.position.unusual) == ("series", 6, True)
    assert [example.award.title for example in low.examples] == [f"{n}年度庁舎清掃業務" for n in (2012, 2015, 2017)]
    assert not any(one.position.unusual for one in found["2015年度庁舎清掃業務"])


def test_lots_of_one_year_are_of_other_sizes_and_are_not_judged() -> None:
    lots = [
        award(f"住宅調査（その{n}）", FIRMS[n], file=f"{n}.txt", amounts=(total(1_000_000 * 4**n),)) for n in range(9)
    ]
    assert not any(one.position.unusual for several in compared(lots).values() for one in several)


def test_an_award_in_two_sources_is_not_beside_itself() -> None:
    records = [year(number, 10_000_000) for number in range(2012, 2017)]
    table = replace(records[0], source=replace(records[0].source, file="t.xlsx", sha256="b" * 64), award_id="b:1")
    found = compared([*records, table])
    assert not found["2012年度庁舎清掃業務"]  # four others are too few to say anything


def rate(number: int, share: float, **more: Any) -> Award:
    one = award(
        f"調査業務{number}", FIRMS[number % 10], awarded=f"2017-05-{number + 1:02}", file=f"r{number}.txt", **more
    )
    amounts = (total(round(1_000_000 * share)), total(1_000_000, "reserve_price"))
    return replace(one, award_rate=share, amounts=amounts)


def test_rates_are_compared_within_one_method() -> None:
    open_ones = [rate(number, 0.9) for number in range(9)]
    found = compared([*open_ones, rate(20, 0.3), rate(21, 0.3, method="limited")])
    assert [
        (one.position.measure, one.position.unusual) for one in found["調査業務20"] if one.position.measure == "rate"
    ] == [("rate", True)]
    assert not [one for one in found["調査業務21"] if one.position.measure == "rate"]


def test_shares_of_one_tender_have_no_rate_of_their_own() -> None:
    others = [rate(number, 0.95) for number in range(9)]
    shares = [
        replace(rate(15, share), title="共同調査", suppliers=(FIRMS[n],), award_id=f"s:{n}")
        for n, share in enumerate((0.03, 0.4))
    ]
    found = compared([*others, *shares])
    assert not [one for one in found["共同調査"] if one.position.measure == "rate"]


def test_a_payment_is_no_price() -> None:
    payment = replace(year(2018, 1), source=replace(year(2018, 1).source, kind="review"))
    found = compared([*(year(number, 10_000_000) for number in range(2012, 2018)), payment])
    assert "2018年度庁舎清掃業務" not in found


def test_the_other_bids_of_one_tender() -> None:
    bids = tuple(Amount("bid", yen, f"{yen}", None, n) for n, yen in enumerate((20_000_000, 21_000_000, 22_000_000), 1))
    losers = [replace(firm, role="bidder") for firm in FIRMS[1:4]]
    one = award("警備", FIRMS[0], *losers, kind="bid_results", amounts=(total(9_000_000, supplier=0), *bids))
    (found,) = compared([one])["警備"]
    assert (found.position.measure, found.position.count, found.position.unusual) == ("bids", 3, True)
    assert round(found.position.ratio, 2) == 0.43


def test_unit_prices_meet_by_their_unit() -> None:
    def hour(n: int, quote: str, yen: float) -> Award:
        one = award(f"通訳業務{n}", FIRMS[n % 10], file=f"u{n}.txt", buyer=f"機関{n}", awarded=f"2017-05-{n + 1:02}")
        return replace(one, amounts=(Amount("unit_price", yen, quote, None, 0),))

    hours = [hour(n, f"{8000 + n:,}円/時間", 8000 + n) for n in range(8)]
    found = compared(
        [*hours, hour(10, "20,000円／時間", 20_000), hour(11, "20,000円/件", 20_000), hour(12, "@20,000ほか", 20_000)]
    )
    (high,) = found["通訳業務10"]
    assert (high.position.likeness, high.position.unusual) == ("kind_and_unit", True)
    assert not found["通訳業務11"]
    assert not found["通訳業務12"]  # nobody knows of what


@pytest.mark.parametrize(
    ("quote", "unit"),
    [
        ("単価60,000円／時間", "時間"),
        ("1件につき10円", "件"),
        ("350円/台", "台"),
        ("21,000円/1台\u3000他", "台"),
        ("月額1,207,500", "月"),
        ("1,500円/人他", "人"),
        ("1人当たり9,000円", "人"),
        ("229,000円\n/回他", "回"),
        ("14.90円(他複数単価契約)", None),
        ("@15,666円ほか", None),
        ("@6,000円/ほか", None),
        ("714", None),
    ],
)
def test_the_unit_where_it_is_printed(quote: str, unit: str | None) -> None:
    assert unit_of(quote) == unit


def of_firm(store: Store, name: str) -> list[FirmAward]:
    return [one for one in all_awards(store) if one.award.suppliers[one.index].name == name]


def test_the_quick_way_finds_what_reading_everything_finds() -> None:
    store = open_paths([SAMPLE]).store
    everything = Comparables(all_awards(store))
    names = sorted({one.award.suppliers[one.index].name for one in all_awards(store)})
    for name in (*names[::12], "株式会社SAY企画"):
        awards = of_firm(store, name)
        quick = comparables_of(store, awards)
        assert [quick.of(one) for one in awards] == [everything.of(one) for one in awards]


MADE = st.builds(
    lambda n, buyer, title, yen, reserve, unit, day: replace(
        award(title, FIRMS[n], buyer=buyer, awarded=f"2017-{day:02}-01"),
        amounts=(
            total(yen),
            total(reserve, "reserve_price"),
            *((Amount("unit_price", 10.0, unit, None, 0),) if unit else ()),
        ),
        award_rate=yen / reserve,
    ),
    st.integers(0, 9),
    st.sampled_from(["厚生労働省", "東京労働局", "厚生労働省東京労働局", "日本年金機構", None]),
    st.sampled_from(["ﾃﾞｰﾀ入力", "データ 入力", "庁舎清掃", "ＯＣＲ入力", "ocr入力", "業務"]),
    st.integers(1, 40).map(lambda n: n * 100_000),
    st.integers(1, 40).map(lambda n: n * 200_000),
    st.sampled_from([None, "10円/件", "@10"]),
    st.integers(1, 12),
)


@given(st.lists(MADE, min_size=8, max_size=25))
def test_the_quick_way_is_right_for_any_archive(records: list[Award]) -> None:
    numbered = [replace(one, award_id=f"x:{n}") for n, one in enumerate(records)]
    store = stored(numbered)
    awards = of_firm(store, numbered[0].suppliers[0].name)
    everything, quick = Comparables(all_awards(store)), comparables_of(store, awards)
    told = [[found.to_dict() for found in way.of(one)] for way in (quick, everything) for one in awards]
    assert told[: len(awards)] == told[len(awards) :]
