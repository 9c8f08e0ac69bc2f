"""Firm names: forms written out, representatives cut off, branches and joint ventures told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.firm import core_key, is_joint_venture, read_firm, spelled_key, write_out_forms
from tsukitome.normalize.text import table


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("(株)SAY企画", "株式会社SAY企画"),
        ("㈱ＳＡＹ企画", "株式会社SAY企画"),
        ("（ 株 ） S A Y 企 画", "株式会社SAY企画"),
        ("株式会社 SAY企画", "株式会社SAY企画"),
        ("SAY企画　株式会社", "SAY企画株式会社"),
        ("(有)見本", "有限会社見本"),
        ("（公財）見本", "公益財団法人見本"),
        ("（一社）見本", "一般社団法人見本"),
        ("見本（同）", "見本合同会社"),
        ("株式会社見本　代表取締役　架空　太郎", "株式会社見本"),
        ("株式会社見本 代表取締役社長 架空太郎", "株式会社見本"),
        ("髙﨑見本株式会社", "髙﨑見本株式会社"),
        ("株式会社見本（架空）", "株式会社見本(架空)"),
    ],
)
def test_name(printed: str, name: str) -> None:
    assert read_firm(printed).name == name


@pytest.mark.parametrize(
    ("printed", "branch"),
    [
        ("株式会社見本 池袋支店", "池袋支店"),
        ("株式会社見本池袋支店", "池袋支店"),
        ("見本株式会社池袋支店", "池袋支店"),
        ("見本株式会社東京営業所", "東京営業所"),
        ("株式会社難波見本池袋支店", "池袋支店"),
        ("株式会社ABC大阪支店", "大阪支店"),
        ("見本建設大阪支店", "大阪支店"),
        ("ABC建設東京支店", "東京支店"),
        ("見本トラック協会豊島支部", "豊島支部"),
        ("ABC広島中央支店", "広島中央支店"),
        ("見本赤十字社東京都支部", "東京都支部"),
        ("株式会社見本", None),
        ("株式会社支店経営研究所", None),
    ],
)
def test_branch(printed: str, branch: str | None) -> None:
    firm = read_firm(printed)
    assert firm.branch == branch
    assert branch is None or firm.name.endswith(branch)


@pytest.mark.parametrize(
    ("printed", "form", "first"),
    [
        ("株式会社見本", "株式会社", True),
        ("見本㈱", "株式会社", False),
        ("一般社団法人見本", "一般社団法人", True),
        ("見本", None, False),
    ],
)
def test_form(printed: str, form: str | None, first: bool) -> None:
    firm = read_firm(printed)
    assert (firm.form, firm.form_first) == (form, first)


@pytest.mark.parametrize(
    ("printed", "members"),
    [
        ("鹿見本・霧見本特定建設工事共同企業体", ("鹿見本", "霧見本")),
        ("鹿見本・霧見本JV", ("鹿見本", "霧見本")),
        ("株式会社甲・株式会社乙共同企業体", ("株式会社甲", "株式会社乙")),
        ("見本共同企業体", ()),
        ("株式会社甲・乙", ()),
    ],
)
def test_joint_venture(printed: str, members: tuple[str, ...]) -> None:
    assert read_firm(printed).members == members
    assert is_joint_venture(printed) is ("共同企業体" in printed or "JV" in printed)


def test_keys() -> None:
    assert core_key("株式会社SAY企画") == core_key("SAY企画株式会社") == core_key("(株)ＳＡＹ企画")
    assert core_key("株式会社セイ企画") != core_key("株式会社SAY企画")
    # What looks like a form and a branch only is the name.
    assert core_key("株式会社大阪支店") != core_key("株式会社東京支社")
    assert spelled_key("株式会社SAY企画") == spelled_key("株式会社エスエーワイ企画")


@pytest.mark.parametrize("row", table("company_forms"), ids=lambda row: row["form"])
def test_every_short_form_is_written_out(row: dict[str, str]) -> None:
    for short in row["short"].split():
        assert write_out_forms(f"({short})見本") == f"{row['form']}見本"
        assert read_firm(f"（{short}）見本").name == f"{row['form']}見本"


names = st.text("見本鹿霧SAYアイ企画", min_size=2, max_size=8)


@given(names, st.sampled_from(["株式会社", "有限会社", "合同会社"]), st.booleans())
def test_a_name_read_twice_is_the_same(name: str, form: str, first: bool) -> None:
    once = read_firm(form + name if first else name + form)
    assert read_firm(once.name) == once
    assert once.form == form


@given(st.text())
def test_any_text_gives_an_answer(text: str) -> None:
    firm = read_firm(text)
    assert firm.branch is None or firm.name.endswith(firm.branch)
