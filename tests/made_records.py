"""Random records of every sort for property tests: winners, bidders, joint ventures, silent and odd values, control characters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import award, supplier
from hypothesis import strategies as st

from tsukitome.awards import Amount, Award, FromRegister

PLACES = ["東京都豊島区東池袋1-48-10", "東京都北区王子2-1", "東京都", None]
NAMES = ["株式会社SAY企画", "有限会社SAY企画", "A・B共同企業体", 'かぎ"括弧\\商会']
TITLES = ["データ入力業務一式", "平成28年度庁舎清掃業務", "庁舎清掃業務", "第2回\x1d庁舎清掃", "業"]
DAYS = ["2016-02-29", "2017-08-01", "2017-08-09", None]
YEN = [14.9, 0.1 + 0.2, 1e-7, 1_000_000, 12_000_000, 9e16, 2**53 + 1]
ROLES: list[Any] = ["contract_price", "unit_price", "reserve_price", "estimated_total", "paid_total", "bid"]


@st.composite
def archives(draw: st.DrawFn, largest: int = 8) -> list[Award]:
    def one(*values: Any) -> Any:
        return draw(st.sampled_from(values))

    found = []
    for line in range(draw(st.integers(0, largest))):
        firms = [
            supplier(
                one(*NAMES), one(*PLACES), role=one("awarded", "awarded", "jv_member", "bidder"),
                corporate_number=one(None, None, "4013301020174"), printed=one(None, "㈱SAY企画"),
                register=one(None, None, FromRegister(("address",))),
            )
            for _ in range(draw(st.integers(0, 3)))
        ]  # fmt: skip
        amounts = [
            Amount(one(*ROLES), one(*YEN), "…", one(None, "included", "excluded"), one(None, *range(len(firms))))
            for _ in range(draw(st.integers(0, 3)))
        ]
        made = award(
            one(*TITLES), buyer=one("日本年金機構", "厚生労働省", None), awarded=one(*DAYS), contracted=one(None, *DAYS),
            noticed=one(None, *DAYS), amounts=tuple(amounts), file=one("a", "b"), line=line, method=one("open", "limited", None),
        )  # fmt: skip
        found.append(replace(made, suppliers=tuple(firms)))
    return found
