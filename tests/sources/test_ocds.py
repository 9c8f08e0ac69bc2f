"""OCDS: release and record packages, JSON and JSON Lines."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError
from tsukitome.sources.ocds import looks_like_ocds, ocds_items, read_ocds
from tsukitome.sources.reading import Reading

SEED_FIRM = "4013301020174"
PARTY = {
    "id": "JP-JCN-" + SEED_FIRM, "name": "株式会社ＳＡＹ企画", "identifier": {"scheme": "JP-JCN", "id": SEED_FIRM},
    "address": {"streetAddress": "東池袋1-48-10", "locality": "豊島区", "region": "東京都"},
    "contactPoint": {"name": "架空 太郎"},
}  # fmt: skip
AWARD = {
    "id": "a1", "title": "データ入力業務", "date": "2017-08-09T00:00:00+09:00", "value": {"amount": 182547000, "currency": "JPY"},
    "suppliers": [{"id": PARTY["id"], "name": "(株)ＳＡＹ企画"}],
    "items": [{"id": "1", "unit": {"name": "件", "value": {"amount": 14.90, "currency": "JPY"}}}],
}  # fmt: skip
RELEASE = {
    "ocid": "ocds-213czf-1", "id": "r1", "date": "2017-10-02T00:00:00+09:00", "tag": ["award"], "parties": [PARTY],
    "buyer": {"id": "B", "name": "日本年金機構"}, "tender": {"title": "入札", "procurementMethod": "open"}, "awards": [AWARD],
}  # fmt: skip


def read(thing: Any) -> Reading:
    text = thing if isinstance(thing, str) else json.dumps(thing, ensure_ascii=False)
    assert looks_like_ocds(text)
    return read_ocds(File.of_bytes("o.json", text.encode()), text)


def one(release: dict[str, Any] | None = None, **award: Any) -> Award:
    reading = read({"releases": [{**RELEASE, **(release or {}), "awards": [{**AWARD, **award}]}]})
    assert reading.refusals == ()
    return reading.awards[0]


def test_the_number_of_tenderers() -> None:
    tender = {"title": "入札"}
    assert one().tenderers is None
    assert one({"tender": {**tender, "numberOfTenderers": 1}}).tenderers == 1
    assert one({"tender": {**tender, "tenderers": [{"id": "A"}, {"id": "B"}, {"id": "A"}]}}).tenderers == 2
    assert one({"tender": {**tender, "numberOfTenderers": 0}}).tenderers is None
    lots = {**RELEASE, "tender": {**tender, "numberOfTenderers": 3}, "awards": [AWARD, {**AWARD, "id": "a2"}]}
    assert {award.tenderers for award in read({"releases": [lots]}).awards} == {
        None
    }  # each may have had bids of its own


def test_a_release() -> None:
    award = one()
    assert (award.title, award.buyer, award.procurement_method) == ("データ入力業務", "日本年金機構", "open")
    assert (award.dates.award, award.dates.published) == (dt.date(2017, 8, 9), dt.date(2017, 10, 2))
    (firm,) = award.suppliers
    assert (firm.name, firm.address, firm.municipality_code, firm.corporate_number) == (
        "株式会社SAY企画", "東京都豊島区東池袋1-48-10", "13116", SEED_FIRM,
    )  # fmt: skip
    assert [(amount.role, amount.yen, amount.quote) for amount in award.amounts] == [
        ("contract_price", 182_547_000, "182547000"), ("unit_price", 14.9, "14.9"),
    ]  # fmt: skip
    assert (award.source.kind, award.source.row, award.warnings) == ("ocds", 1, ())
    assert "架空" not in json.dumps(award.to_dict(), ensure_ascii=False)


@pytest.mark.parametrize("shape", ["package", "list", "alone", "record", "linked record", "lines"])
def test_every_packing_gives_the_same_award(shape: str) -> None:
    record = {"ocid": RELEASE["ocid"], "releases": [RELEASE]}
    things: dict[str, Any] = {
        "package": {"uri": "x", "releases": [RELEASE]}, "list": [RELEASE], "alone": RELEASE,
        "record": {"records": [record]},
        "linked record": {"records": [{**record, "compiledRelease": RELEASE, "releases": [{"url": "x"}]}]},
        "lines": json.dumps(RELEASE) + "\n" + json.dumps({**RELEASE, "ocid": "ocds-2", "awards": []}) + "\n",
    }  # fmt: skip
    (award,) = read(things[shape]).awards
    assert award.title == "データ入力業務"
    assert award.source.line == (1 if shape == "lines" else None)
    assert award.dates.published == (None if shape == "linked record" else dt.date(2017, 10, 2))


def test_a_record_falls_back_on_its_releases_where_the_compiled_one_tells_of_no_award() -> None:
    for compiled in ({}, None, {"tender": {"title": "入札"}}, 7):
        record = {"ocid": RELEASE["ocid"], "compiledRelease": compiled, "releases": [RELEASE]}
        assert [award.title for award in read({"records": [record]}).awards] == ["データ入力業務"]


@pytest.mark.parametrize(
    ("thing", "place", "words"),
    [
        ({"records": [{"ocid": "x", "releases": [{"url": "https://example.org/1", "date": "2017"}]}]}, "records[0].releases[0]",
         "links to a release elsewhere"),
        ({"records": [{"ocid": "x", "versionedRelease": {"tag": []}}]}, "records[0]", "has a versioned release only"),
        ({"records": [{"ocid": "x"}, RELEASE]}, "records[0]", "is a record without a release"),
        ({"releases": [RELEASE, 7]}, "releases[1]", "is no JSON object where a release should stand"),
        ({"releases": [RELEASE, {"ocid": "2", "tag": ["tender"]}]}, "releases[1]", "1 releases tell of a plan"),
        ([RELEASE, {"ocid": "2", "awards": [None]}], "[1].awards[0]", "is no JSON object where an award should stand"),
    ],
)  # fmt: skip
def test_what_gives_no_award_is_named_by_its_path(thing: Any, place: str, words: str) -> None:
    (refusal,) = [one for one in read(thing).refusals if words in one.reason]
    assert refusal.place == place


@pytest.mark.parametrize(
    "printed",
    [
        "2017-08-08T15:00:00Z",
        "2017-08-08t15:00:00.5z",
        "2017-08-08T18:00:00+03:00",
        "2017-08-09T23:59:59+09:00",
        "2017-08-09",
    ],
)
def test_a_point_in_time_is_the_day_in_japan(printed: str) -> None:
    assert one(date=printed).dates.award == dt.date(2017, 8, 9)


def test_the_latest_release_is_told_in_one_zone() -> None:
    early = {**RELEASE, "date": "2018-01-01T08:00:00+09:00", "awards": [{**AWARD, "title": "初報"}]}
    late = {**RELEASE, "date": "2018-01-01T00:30:00Z", "awards": [{**AWARD, "title": "訂正後"}]}
    for told in ([early, late], [late, early]):
        for thing in ({"releases": told}, "\n".join(map(json.dumps, told))):
            reading = read(thing)
            assert [award.title for award in reading.awards] == ["訂正後"]
            assert [refusal.reason[:27] for refusal in reading.refusals] == ["1 awards are told again by "]


def test_an_award_that_a_later_release_cancels_was_won_by_nobody() -> None:
    later = {**RELEASE, "date": "2018-01-01T00:00:00Z", "awards": [{**AWARD, "status": "cancelled"}]}
    reading = read({"releases": [RELEASE, later]})
    assert reading.awards == ()
    assert ["nobody won it" in refusal.reason for refusal in reading.refusals] == [True, False]


def test_parties_by_their_roles_where_award_and_release_name_nobody() -> None:
    parties = [{**PARTY, "roles": ["supplier", "tenderer"]}, {"id": "B", "name": "見本市", "roles": ["buyer"]}]
    award = one({"parties": parties, "buyer": None}, suppliers=None)
    assert (award.suppliers[0].name, award.suppliers[0].municipality_code, award.buyer) == (
        "株式会社SAY企画",
        "13116",
        "見本市",
    )
    assert any("party with that role" in warning for warning in award.warnings)


def test_a_supplier_embedded_as_in_version_1_0_needs_no_parties() -> None:
    supplier = {key: PARTY[key] for key in ("name", "identifier", "address")}
    (firm,) = one({"parties": None}, suppliers=[supplier]).suppliers
    assert (firm.municipality_code, firm.corporate_number) == ("13116", SEED_FIRM)


def test_several_awards_keep_their_own_suppliers_and_prices() -> None:
    other = {**AWARD, "id": "a2", "title": "第二の業務", "value": {"amount": 5, "currency": "USD"}, "items": [],
             "suppliers": [{"name": "株式会社見本"}, 3]}  # fmt: skip
    first, second = read({"releases": [{**RELEASE, "awards": [AWARD, other]}]}).awards
    assert [firm.name for award in (first, second) for firm in award.suppliers] == ["株式会社SAY企画", "株式会社見本"]
    assert second.amounts == ()
    assert [warning[:20] for warning in second.warnings] == ["suppliers[1] is no J", "amount '5' is in USD"]


def test_the_tenders_value_is_the_upper_estimate_and_never_the_price() -> None:
    tender = {"title": "入札", "value": {"amount": 242143560, "currency": "JPY"}}
    assert [(a.role, a.yen, a.supplier) for a in one({"tender": tender}, items=[]).amounts] == [
        ("contract_price", 182_547_000, 0), ("reserve_price", 242_143_560, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tender", "method"),
    [
        (
            {"procurementMethod": "limited", "procurementMethodDetails": "随意契約（企画競争）"},
            ("limited", "随意契約(企画競争)"),
        ),
        ({"procurementMethodDetails": "一般競争入札（総合評価）"}, ("open", "一般競争入札(総合評価)")),
        ({"procurementMethod": "framework"}, (None, "framework")),
        ({}, (None, None)),
    ],
)
def test_the_method_by_code_or_by_its_details(tender: dict[str, Any], method: tuple[str | None, str | None]) -> None:
    award = one({"tender": tender})
    assert (award.procurement_method, award.procurement_method_details) == method


def test_an_award_not_yet_in_force_says_so() -> None:
    assert one(status="pending").warnings == ("its status is 'pending': it is proposed and not yet in force",)


def test_the_latest_release_counts() -> None:
    later = {**RELEASE, "date": "2018-01-01T00:00:00Z", "awards": [{**AWARD, "title": "訂正後"}]}
    reading = read({"releases": [RELEASE, later]})
    assert [award.title for award in reading.awards] == ["訂正後"]
    assert "1 awards are told again" in reading.refusals[0].reason


def test_other_currencies_are_not_yen() -> None:
    for value, words in (({"amount": 5, "currency": "USD"}, "in USD"), ({"amount": 5}, "in no stated currency")):
        award = one(value=value, items=[])
        assert award.amounts == ()
        assert words in award.warnings[0]


@pytest.mark.parametrize(
    "amount", ["NaN", "Infinity", "-Infinity", "1e30", "-5", "1e999999999", "9" * 5000, '"abc"', "0"]
)
def test_amounts_that_are_none_are_said(amount: str) -> None:
    text = json.dumps(
        {"releases": [{**RELEASE, "awards": [{**AWARD, "items": [], "value": {"amount": "@", "currency": "JPY"}}]}]}
    )
    (award,) = read(text.replace('"@"', amount)).awards
    assert award.amounts == ()
    assert award.warnings


def test_a_value_without_a_currency_of_its_own_is_no_yen() -> None:
    award = one(value=182547000, items=[])
    assert award.amounts == ()
    assert award.warnings == ("value '182547000' is no JSON object with a currency, so it was left out",)


def test_two_suppliers_share_a_total() -> None:
    award = one(suppliers=[{"name": "株式会社見本"}, {"name": "株式会社架空"}])
    assert [firm.name for firm in award.suppliers] == ["株式会社見本", "株式会社架空"]
    assert award.amounts[0].supplier is None


def test_what_an_award_lacks_is_taken_from_tender_and_contract() -> None:
    contract = {"awardID": "a1", "dateSigned": "2017-08-20", "value": {"amount": 7000000, "currency": "JPY"}}
    tender = {"title": "入札", "procuringEntity": {"name": "見本市"}, "procurementMethod": "direct"}
    award = one({"contracts": [contract], "buyer": None, "tender": tender},
                title=None, value=None, date=None, items=None)  # fmt: skip
    assert (award.title, award.buyer, award.procurement_method) == ("入札", "見本市", "limited")
    assert (award.dates.award, award.dates.contract, award.amounts[0].yen) == (None, dt.date(2017, 8, 20), 7_000_000)
    assert award.warnings == ("the award bears no title, so it is that of the tender", "the award has no date")


def test_cancelled_and_nameless_awards_are_refused() -> None:
    reading = read(
        {
            "releases": [
                {
                    **RELEASE,
                    "tender": {},
                    "awards": [{**AWARD, "status": "cancelled"}, {**AWARD, "id": "a2", "title": ""}],
                }
            ]
        }
    )
    assert reading.awards == ()
    assert ["cancelled" in reading.refusals[0].reason, reading.refusals[1].reason] == [True, "names no contract."]


def test_a_line_that_is_no_json_is_refused_by_its_number() -> None:
    reading = read(json.dumps(RELEASE) + "\n{cut\n" + json.dumps({**RELEASE, "ocid": "ocds-2"}) + "\n")
    assert len(reading.awards) == 2
    assert reading.refusals[0].place == "line 2"


@pytest.mark.parametrize("text", ['{"releases": [{"ocid": "x", ', '{"ocid": ' + "[" * 100_000])
def test_json_that_is_cut_off_or_too_deep_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        list(ocds_items(File.of_bytes("o.json", text.encode()), text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*AWARD, *RELEASE, "amount"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*AWARD]), JSON), st.dictionaries(st.sampled_from([*RELEASE]), JSON))
def test_whatever_stands_under_a_key_nothing_is_raised(award: dict[str, Any], release: dict[str, Any]) -> None:
    reading = read({"releases": [{**RELEASE, **release, "ocid": "x", "awards": [{**AWARD, **award}]}]})
    for found in reading.awards:
        assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["award_id"] == found.award_id


@pytest.mark.parametrize("text", ["", "ocid", '{"a": 1}', '{"records": []}'])
def test_other_json_is_not_taken_for_ocds(text: str) -> None:
    assert not looks_like_ocds(text)
