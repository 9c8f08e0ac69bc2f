"""An award goes into its JSON form and comes back whole."""

import datetime as dt
import json

import pytest
from builders import award, supplier, total

from tsukitome.awards import Amount, Award, FromRegister

MARK = FromRegister(("name", "address"), dt.date(2023, 4, 19), dt.date(2015, 10, 5))


def test_an_award_comes_back_from_its_json_form() -> None:
    whole = award("入力業務", supplier(), supplier("株式会社見本", register=MARK), amounts=(total(1_000, supplier=1),))
    assert Award.from_dict(json.loads(json.dumps(whole.to_dict()))) == whole


@pytest.mark.parametrize(
    ("quote", "yen", "shown"),
    [
        ("182,547,000", 182_547_000, "契約金額 182,547,000"),
        ("1,200", 1_200_000, "契約金額 1,200,000円"),  # the column counts in thousands
        ("182547000", 182_547_000, "契約金額 182,547,000円"),
        ("１，２００円", 1_200, "契約金額 1,200円"),
        ("28.5", 28_500_000, "契約金額 28,500,000円"),
        ("182,547,000円（税込）", 182_547_000, "182,547,000円（税込）"),
    ],
)
def test_an_amount_is_shown_in_yen_whatever_its_cell_counts_in(quote: str, yen: int, shown: str) -> None:
    assert Amount("contract_price", yen, quote).shown == shown


def test_the_mark_of_the_register_is_shown_beside_the_address() -> None:
    shown = supplier(register=MARK).to_dict()
    assert shown["register"] == {
        "fields": ["name", "address"],
        "date": "2023-04-19",
        "since": "2015-10-05",
        "moved": False,
        "name_since": None,
        "renamed": False,
    }
    assert supplier().to_dict()["register"] is None


def test_where_an_address_comes_from() -> None:
    assert supplier().address_source == "award"
    assert supplier(register=MARK).address_source == "register"
    assert supplier(register=FromRegister(("corporate_number",))).address_source == "award"
    assert supplier(address=None).address_source is None
