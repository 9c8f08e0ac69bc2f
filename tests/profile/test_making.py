"""A profile adds up, names its sources, and counts nothing twice."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from builders import award, stored, supplier, total

from tsukitome.awards import Amount, Award, FromRegister
from tsukitome.clues.month import read_month
from tsukitome.profile.asking import read_query
from tsukitome.profile.making import ask_firm
from tsukitome.profile.profile import NotOneFirmError, Profile, Replay
from tsukitome.registrations import Registration
from tsukitome.reporting.firm_view import FirmView

NUMBER = "4013301020174"


def profile(records: list[Award], question: str = "株式会社SAY企画", **options: Any) -> Profile:
    store = stored(records)
    asked = {"coverage": store.coverage(), "replay": Replay("0", "0" * 64, "tsukitome firm …"), **options}
    return ask_firm(store, read_query(question), **asked)


def payment(year: int, yen: int, title: str = "データ入力", line: int = 1) -> Award:
    record = award(
        title,
        supplier(),
        awarded=None,
        kind="review",
        file="payees.csv",
        line=line,
        amounts=(total(yen, "paid_total"),),
    )
    return replace(record, warnings=(f"only the fiscal year is known: FY{year}",), procurement_method=None)


GAZETTE = award(published="2017-10-02", amounts=(Amount("unit_price", 14.9, "14.90円(他複数単価契約)", None, 0),))
TABLE = award(
    awarded=None, contracted="2017-08-09", file="b.pdf", kind="contract_table",
    amounts=(total(242_143_560, "reserve_price"), total(182_547_000, "estimated_total")),
)  # fmt: skip


def test_two_sources_of_one_award_are_one_award_with_both() -> None:
    found = profile([GAZETTE, replace(TABLE, award_rate=0.7539)])
    (one,) = found.awards
    assert [source.file for source in one.sources] == ["b.pdf", "a.txt"]
    assert (found.whole.awards, found.whole.total, found.entry.records) == (1, 182_547_000, 2)
    assert one.rate == (0.7539, "printed")
    assert found.unit_price_contracts == (1,)


def test_a_rate_is_computed_only_from_two_totals() -> None:
    (one,) = profile([TABLE]).awards
    assert one.rate == (182_547_000 / 242_143_560, "computed")
    unit_only = replace(TABLE, amounts=(TABLE.amounts[0], Amount("unit_price", 14.9, "14.90円", None, 0)))
    assert profile([unit_only]).awards[0].rate is None
    assert profile([replace(TABLE, amounts=(TABLE.amounts[1], total(1_000, "reserve_price")))]).awards[0].rate is None


def test_years_are_fiscal_and_payments_are_never_added_to_awards() -> None:
    march = award("印刷", awarded="2018-03-30", file="c.txt", amounts=(total(1_000_000),))
    found = profile([march, payment(2017, 3_000_000)])
    (year,) = found.by_fiscal_year
    assert (year.heading, year.awards, year.total, year.payments, year.paid) == (2017, 1, 1_000_000, 1, 3_000_000)
    assert year.numbers == (1, 2)


def test_a_payment_counts_for_no_month() -> None:
    found = profile([GAZETTE, payment(2017, 3_000_000)], around=("2017-08", read_month("2017-08")))
    assert found.around is not None
    assert (found.around.first, found.around.last) == (dt.date(2017, 7, 1), dt.date(2017, 9, 30))
    assert [found.award(number).basis for number in found.around.numbers] == ["award"]
    assert found.around.undated == 0


def test_around_december_reaches_into_the_next_year() -> None:
    found = profile([GAZETTE], around=("2017-12", read_month("2017-12")))
    assert found.around is not None
    assert (found.around.first, found.around.last) == (dt.date(2017, 11, 1), dt.date(2018, 1, 31))


def test_one_sum_for_several_winners_is_nobodys() -> None:
    both = award("清掃", supplier(), supplier("株式会社B", "東京都北区王子1-1-1"), amounts=(total(5_000_000),))
    found = profile([both])
    assert (found.whole.awards, found.whole.summed, found.whole.total) == (1, 0, 0)
    shares = replace(both, amounts=(total(2_000_000, supplier=0), total(3_000_000, supplier=1)))
    assert profile([shares]).whole.total == 2_000_000


def test_ventures_and_lost_bids_stand_in_no_sum() -> None:
    venture = award(
        "工事", supplier("A・SAY共同企業体", None), supplier(role="jv_member"), amounts=(total(9_000_000, supplier=0),)
    )
    lost = award(
        "警備", supplier("株式会社B", "東京都北区王子1-1-1"), supplier(role="bidder"), file="bids.xlsx", kind="bid_results",
        amounts=(total(4_000_000, supplier=0),),
    )  # fmt: skip
    found = profile([venture, lost])
    assert (found.whole.awards, found.whole.total) == (0, 0)
    assert len(found.with_role("jv_member")) == len(found.with_role("bidder")) == 1


def test_one_bidder_is_said_only_where_bidders_are_listed() -> None:
    alone = award("警備", supplier(), file="bids.xlsx", kind="bid_results", awarded="2017-09-01")
    contested = award(
        "清掃", supplier(), supplier("株式会社B", None, role="bidder"), file="more.xlsx", kind="bid_results"
    )
    found = profile([alone, contested, replace(GAZETTE, title="印刷")])
    assert [found.award(number).title for number in found.one_bidder] == ["警備"]
    assert len(found.bidders_known) == 2


def test_one_bidder_is_counted_from_printed_numbers_too() -> None:
    alone = replace(TABLE, title="警備", tenderers=1)
    contested = replace(TABLE, title="清掃", tenderers=3, award_id="b:l2")
    found = profile([alone, contested, replace(GAZETTE, title="印刷")])
    assert [found.award(number).title for number in found.one_bidder] == ["警備"]
    assert {found.award(number).bidders for number in found.bidders_known} == {1, 3}


def test_records_that_print_different_numbers_of_tenderers_count_for_neither() -> None:
    (one,) = profile([replace(GAZETTE, tenderers=1), replace(TABLE, title=GAZETTE.title, tenderers=2)]).awards
    assert len(one.award.records) == 2
    assert (one.award.tenderers, one.bidders) == ((1, 2), None)
    assert "the records print different numbers of tenderers: 1, 2" in one.warnings
    (agreed,) = profile([GAZETTE, replace(TABLE, title=GAZETTE.title, tenderers=2)]).awards
    assert agreed.bidders == 2


def test_buyers_are_organizations_with_their_bureaus() -> None:
    bureau = award("印刷", buyer="厚生労働省東京労働局", file="c.txt", amounts=(total(2_000_000),))
    ministry = award("清掃", buyer="厚生労働省", file="d.txt", amounts=(total(1_000_000),))
    found = profile([bureau, ministry, GAZETTE])
    assert [(one.heading, one.total) for one in found.by_buyer] == [("厚生労働省", 3_000_000), ("日本年金機構", 0)]


def test_addresses_over_time_and_names_as_printed() -> None:
    moved = supplier("株式会社SAY企画", "東京都北区王子1-1-1", corporate_number=NUMBER, printed="㈱ＳＡＹ企画")
    first = supplier(corporate_number=NUMBER, printed="(株)SAY企画")
    found = profile([award("印刷", moved, awarded="2019-01-01", file="c.txt"), award("清掃", first)], NUMBER)
    assert [(seen.text, str(seen.first)) for seen in found.addresses] == [
        ("東京都豊島区東池袋1-48-10", "2017-08-09"),
        ("東京都北区王子1-1-1", "2019-01-01"),
    ]
    assert {seen.text: seen.source.file for seen in found.names_seen} == {
        "㈱ＳＡＹ企画": "c.txt",
        "(株)SAY企画": "a.txt",
    }


def test_several_firms_are_listed_and_one_is_picked() -> None:
    records = [
        award("印刷", supplier("株式会社A", "東京都北区王子1-1-1")),
        award("清掃", supplier("株式会社A", "東京都港区芝1-1-1"), file="c.txt"),
        award("警備", supplier("株式会社A", "東京都港区芝1-1-1"), file="d.txt"),
    ]
    with pytest.raises(NotOneFirmError) as raised:
        profile(records, "株式会社A")
    assert [(entry.pick, entry.records) for entry in raised.value.firms.entries] == [(1, 2), (2, 1)]
    one = profile(records, "株式会社A", pick=[1])
    assert (one.whole.awards, one.entry.identity) == (2, "name_and_address")
    assert [entry.addresses for entry in one.like_names] == [("東京都北区王子1-1-1",)]
    both = profile(records, "株式会社A", pick=[1, 2])
    assert (both.whole.awards, both.entry.identity) == (3, "chosen")
    with pytest.raises(ValueError, match="pick 3"):
        profile(records, "株式会社A", pick=[3])


def test_every_figure_names_awards_and_every_award_its_sources() -> None:
    found = profile([GAZETTE, TABLE, payment(2016, 1_000_000)]).to_dict()
    numbers = {one["number"] for one in found["awards"]}
    for name in ("by_fiscal_year", "by_buyer", "by_kind_of_work"):
        assert {number for row in found[name] for number in row["numbers"]} == numbers
    assert all(one["sources"] and one["sources"][0]["file"] for one in found["awards"])


def test_the_registers_entries_have_their_source() -> None:
    class Register:
        def history(self, number: str) -> tuple[Registration, ...]:
            entry = Registration(
                number, "株式会社SAY企画", "セイキカク", closed=dt.date(2023, 4, 10), file="nta.csv", row=7
            )
            return (entry,) if number == NUMBER else ()

        def with_reading(self, reading: str) -> tuple[Registration, ...]:  # noqa: ARG002
            return ()

    found = profile([award("印刷", supplier(corporate_number=NUMBER))], NUMBER, register=Register())
    (told,) = found.to_dict()["registrations"]
    assert (told["closed"], told["source"]) == ("2023-04-10", {"file": "nta.csv", "row": 7})
    (section,) = [one for one in FirmView("en").of(found) if one.anchor == "registration"]
    assert section.lines[0].endswith("closed 2023-04-10 [nta.csv, row 7]")


def test_an_address_of_the_register_is_told_from_a_printed_one() -> None:
    copied = replace(
        supplier(address="東京都港区芝1-1-1", corporate_number=NUMBER), register=FromRegister(("address",))
    )
    found = profile(
        [award("印刷", supplier(corporate_number=NUMBER)), award("清掃", copied, file="g.csv", kind="gbizinfo")], NUMBER
    )
    assert [(seen.text, seen.registered) for seen in found.addresses] == [
        ("東京都港区芝1-1-1", True),
        ("東京都豊島区東池袋1-48-10", False),
    ]
