"""The money columns: the quick way for plain cells gives what the slow way gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.awards import Amount, AmountRole
from tsukitome.documents.table import cell_of_text
from tsukitome.normalize.money import read_money_with_warnings
from tsukitome.sources.contract_amounts import _column
from tsukitome.sources.unit_contracts import title_estimates

ROLES: list[AmountRole] = ["contract_price", "unit_price", "reserve_price", "estimated_total", "paid_total"]
digits = st.integers(0, 10**13).flatmap(lambda yen: st.sampled_from([str(yen), f"{yen:,}", f"{yen:,}円", f"{yen}円"]))
junk = st.text("0123456789,.円 \n@¥年月日ほか/-千万", max_size=14)


@given(
    st.one_of(digits, digits.map(lambda text: f" {text}\n"), junk), st.sampled_from(ROLES), st.sampled_from([1, 1000])
)
def test_a_plain_sum_is_read_as_money_is(text: str, role: AmountRole, unit: int) -> None:
    warnings: list[str] = []
    reading = read_money_with_warnings(text, role, unit)
    slow = [Amount(mention.role, mention.yen, mention.quote, mention.tax) for mention in reading.mentions]
    if role == "reserve_price":  # one per unit stays one
        slow = [replace(amount, role=role) if amount.role == "unit_price" else amount for amount in slow]
    assert _column(cell_of_text(text), role, unit, None, (), warnings) == slow
    assert warnings == list(reading.warnings)


@pytest.mark.parametrize("label", ["予定総価", "調達見込総額", "単価契約 ", "限度額", "庁舎", "契約金額", "予定 総 額"])
@given(st.text("平成29年度庁舎清掃0123456789,.円 ()単価契約一式", max_size=30), st.text("0123456789,円", max_size=12))
def test_titles_without_a_word_for_it_give_no_estimate(label: str, before: str, behind: str) -> None:
    title = f"{before}{label}{behind}"
    mentions = read_money_with_warnings(title, None, 1).mentions
    slow = tuple(Amount(m.role, m.yen, m.quote, m.tax) for m in mentions if m.role == "estimated_total")
    assert title_estimates(title) == slow
