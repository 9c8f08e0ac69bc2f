"""Notes beside a supplier: what the firm was called before, mergers, moves, shares in a venture, a trader's own name."""

from __future__ import annotations

import pytest

from tsukitome.sources.supplier_cell import read_suppliers

ADDRESS = "東京都豊島区東池袋1-48-10"


@pytest.mark.parametrize(
    "printed",
    [
        "架空ソフト株式会社（旧社名：架空システム株式会社）",
        "架空ソフト㈱（旧：架空システム㈱）",
        "架空ソフト㈱（旧架空システム㈱）",
        "架空ソフト株式会社\n（令和3年10月1日付けで架空システム株式会社から社名変更）",
        "架空ソフト株式会社\n※令和3年10月1日 架空システム株式会社を吸収合併",
    ],
)
def test_a_former_name_is_no_part_of_the_name_and_is_said(printed: str) -> None:
    for parties in (read_suppliers(printed, ADDRESS), read_suppliers(f"{printed}\n{ADDRESS}")):
        assert [(firm.name, firm.address) for firm in parties.suppliers] == [("架空ソフト株式会社", ADDRESS)]
        assert any("no part of its name" in warning for warning in parties.warnings)


def test_a_former_address_is_no_part_of_the_address() -> None:
    (firm,) = read_suppliers("架空ソフト株式会社", f"{ADDRESS}（旧：千葉県千葉市中央区中央1-1）").suppliers
    assert (firm.address, firm.municipality_code) == (ADDRESS, "13116")


@pytest.mark.parametrize("name", ["旧架空城管理株式会社", "株式会社架空(旧居留地支店)"])
def test_what_is_no_such_note_stays(name: str) -> None:
    assert read_suppliers(name, ADDRESS).suppliers[0].name == name


@pytest.mark.parametrize(
    "printed",
    ["架空ソフト㈱（一者応札）", "架空ソフト㈱【電子契約】", "（落札者）架空ソフト㈱", "架空ソフト㈱（委任先：同社大阪支店）",
     "★架空ソフト㈱", "1.架空ソフト㈱", "架空ソフト㈱　様", "架空ソフト㈱ 御中", "架空ソフト㈱ TEL03-0000-0000",
     "架空ソフト㈱ 代表清算人 山田太郎"],
)  # fmt: skip
def test_marks_and_manners_are_no_part_of_the_name(printed: str) -> None:
    assert [firm.name for firm in read_suppliers(printed, ADDRESS).suppliers] == ["架空ソフト株式会社"]


@pytest.mark.parametrize("name", ["2.5架空企画株式会社", "架空様式株式会社", "架空組合(中小企業団体)"])
def test_names_that_only_look_like_it_stay(name: str) -> None:
    assert [firm.name for firm in read_suppliers(name, ADDRESS).suppliers] == [name]


@pytest.mark.parametrize(
    "printed", ["（非公表）", "個人", "個人につき非公表", "個人情報のため非公開", "別紙のとおり", "別表参照", "*"]
)
def test_where_a_name_is_not_told_there_is_no_supplier(printed: str) -> None:
    assert read_suppliers(printed, "-").suppliers == ()


def test_further_suppliers_that_are_not_counted_are_said() -> None:
    for printed in ("架空ソフト㈱ほか（別紙のとおり）", "架空ソフト㈱ 外", "架空ソフト㈱他（別紙）"):
        parties = read_suppliers(printed, ADDRESS)
        assert [firm.name for firm in parties.suppliers] == ["架空ソフト株式会社"]
        assert any("further suppliers are not named" in warning for warning in parties.warnings)


@pytest.mark.parametrize("printed", ["架空県知事　架空　太郎", "架空県 知事 架空太郎", "架空県"])
def test_the_head_of_a_prefecture_is_named_nowhere(printed: str) -> None:
    (supplier,) = read_suppliers(printed, ADDRESS).suppliers
    assert (supplier.name, supplier.printed) == ("架空県", "架空県")


def test_an_address_in_brackets_of_any_kind() -> None:
    for opening, closing in ("（）", "【】", "〔〕", "［］"):
        (supplier,) = read_suppliers(f"架空ソフト㈱{opening}{ADDRESS}{closing}").suppliers
        assert (supplier.name, supplier.address) == ("架空ソフト株式会社", ADDRESS)


def test_an_address_after_a_change_is_no_part_of_the_one_at_the_contract() -> None:
    (supplier,) = read_suppliers(f"架空ソフト㈱\n{ADDRESS}\n変更後：大阪府大阪市北区梅田1-2-3").suppliers
    assert supplier.address == ADDRESS


def test_shares_in_a_venture_are_no_part_of_the_names() -> None:
    venture = "架空特定建設工事共同企業体\n代表構成員：株式会社架空建設（60％）\n構成員：架空電設工業株式会社（出資比率 40.0%）"
    names = [firm.name for firm in read_suppliers(venture, "").suppliers]
    assert names == ["架空特定建設工事共同企業体", "株式会社架空建設", "架空電設工業株式会社"]


def test_a_trader_s_own_name_behind_the_name_of_the_business() -> None:
    assert [firm.name for firm in read_suppliers("架空造園　代表　山田　太郎", "").suppliers] == ["架空造園"]
    venture = [firm.name for firm in read_suppliers("架空JV　代表　株式会社架空建設", "").suppliers]
    assert venture == ["架空JV", "株式会社架空建設"]
