"""The register joined to awards: names, addresses and numbers that an award does not print, and why some stay without."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest

from tsukitome.api import Archive
from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.joining import join
from tsukitome.archive.register import Register
from tsukitome.archive.store import Store
from tsukitome.awards import FromRegister, Supplier
from tsukitome.clues.query import Clues
from tsukitome.registrations import Registration

NUMBER = "4013301020174"  # of the seed's firm; the other numbers are made up, their check digits are right
REGISTER = (
    '1,4013301020174,01,0,2015-11-13,2015-10-05,"株式会社ＳＡＹ企画",,301,"東京都","豊島区","東池袋１丁目４８番１０号",'
    ',13,116,1700013,,,,,,,2015-10-05,1,,,,,"セイキカク",0\n'
    '2,7000000000002,01,0,2015-11-13,2015-10-05,"株式会社架空双子",,301,"東京都","北区","豊島１丁目１番１号",'
    ",13,117,1140003,,,,,,,2015-10-05,1,,,,,,0\n"
    '3,6000000000003,01,0,2015-11-13,2015-10-05,"株式会社架空双子",,301,"東京都","北区","豊島１丁目１番１号",'
    ",13,117,1140003,,,,,,,2015-10-05,1,,,,,,0\n"
)
CLOSING = (
    '1,4013301020174,21,0,2023-04-19,2023-04-10,"株式会社ＳＡＹ企画",,301,"東京都","豊島区","東池袋１丁目４８番１０号",'
    ',13,116,1700013,,,2023-04-10,01,,,2015-10-05,1,,,,,"セイキカク",0\n'
)
MOVED = (
    '1,4013301020174,12,0,2019-06-10,2019-06-03,"株式会社ＳＡＹ企画",,301,"東京都","豊島区","東池袋１丁目４８番１０号",'
    ',13,116,1700013,,,,,,,2015-10-05,1,,,,,"セイキカク",0\n'
)
GBIZINFO = (
    "date_of_order,title,amount,government_departments,joint_signatures,corporate_number\n"
    f"2017-08-09,データ入力及び画像化業務,182547000,日本年金機構,,{NUMBER}\n"
    "2017-08-09,清掃業務,1000000,日本年金機構,,5000000000004\n"
)
TABLE = (
    "物品役務等の名称及び数量,契約担当官等の氏名並びにその所属する部局の名称及び所在地,契約を締結した日,"
    "契約の相手方の商号又は名称及び住所,契約金額\n"
    'データ入力及び画像化業務,日本年金機構,2017-08-09,株式会社ＳＡＹ企画　東京都豊島区東池袋1-48-10,"182,547,000"\n'
    '双子の業務,日本年金機構,2017-08-09,株式会社架空双子　東京都北区豊島1-1-1,"1,000,000"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name, text in (("g.csv", GBIZINFO), ("n.csv", REGISTER), ("t.csv", TABLE)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def imported(target: Path, *files: Path) -> Store:
    store = Store(target)
    for file in files:
        import_files(store, files_under([file]))
    return store


def told(store: Store) -> list[tuple[object, ...]]:
    """What is known of every supplier, whatever the order of reading."""
    return sorted(
        (award.source.file.rpartition("/")[2], award.title, supplier.name, supplier.address, supplier.corporate_number,
         supplier.register, award.warnings)
        for award in store.awards() for supplier in award.suppliers
    )  # fmt: skip


def test_the_order_of_import_makes_no_difference(folder: Path, tmp_path: Path) -> None:
    files = [folder / name for name in ("g.csv", "n.csv", "t.csv")]
    orders = list(itertools.permutations(files))
    stores = [imported(tmp_path / f"{n}.sqlite", *order) for n, order in enumerate(orders)]
    first, *others = ((told(store), store.count_awards(), store.register_joins()) for store in stores)
    assert all(other == first for other in others)
    assert first[1] == 3  # gBizINFO's order and the table's row are one award, now that both have a name


def test_a_number_gives_the_name_and_the_address_with_their_date(folder: Path) -> None:
    records = {award.title: award for award in Archive.open(folder).records if award.source.kind == "gbizinfo"}
    (firm,) = records["データ入力及び画像化業務"].suppliers
    assert (firm.name, firm.address, firm.municipality_code) == (
        "株式会社SAY企画", "東京都豊島区東池袋1丁目48番10号", "13116",
    )  # fmt: skip
    first = dt.date(2015, 10, 5)
    assert firm.register == FromRegister(("name", "address"), dt.date(2015, 11, 13), first, name_since=first)
    assert firm.address_source == "register"
    (unknown,) = records["清掃業務"].suppliers
    assert (unknown.name, unknown.address, unknown.register) == ("法人番号 5000000000004", None, None)


def test_name_and_address_give_the_number_and_a_tie_gives_none(folder: Path) -> None:
    records = {award.title: award for award in Archive.open(folder).records if award.source.kind == "contract_table"}
    (firm,) = records["データ入力及び画像化業務"].suppliers
    assert (firm.corporate_number, firm.address_source) == (NUMBER, "award")
    (twin,) = records["双子の業務"].suppliers
    assert twin.corporate_number is None
    assert records["双子の業務"].warnings == (
        "the corporate register has 2 firms named 株式会社架空双子 at this address, so none was taken",
    )


def test_what_was_missing_what_was_found_and_why_the_rest_was_not(folder: Path) -> None:
    joins = Archive.open(folder).register_joins
    assert joins is not None
    assert (joins.names.winners, joins.names.found, joins.names.without) == (2, 1, {"unknown_number": 1})
    assert (joins.wards.winners, joins.wards.found, joins.wards.without) == (2, 1, {"unknown_number": 1})
    assert (joins.numbers_found, joins.ties) == (1, 1)


def test_daily_changes_update_and_a_file_taken_out_takes_back_what_it_gave(folder: Path, tmp_path: Path) -> None:
    store = imported(tmp_path / "a.sqlite", folder / "g.csv", folder / "n.csv")
    assert store.register().find(number=NUMBER)[0].closed is None
    daily = folder / "diff_20230419.csv"
    daily.write_text(CLOSING, encoding="utf-8")
    import_files(store, files_under([daily]))
    (last,) = store.register().find(number=NUMBER)
    assert (last.closed, last.close_cause, last.file, last.row) == (
        dt.date(2023, 4, 10), "清算の結了等", daily.as_posix(), 1,
    )  # fmt: skip
    # An award of 2017 has the entry that was in force then.
    (award, _) = store.awards()
    first = dt.date(2015, 10, 5)
    mark = FromRegister(("name", "address"), dt.date(2015, 11, 13), first, name_since=first)
    assert award.suppliers[0].register == mark
    with store.transaction():
        for file in ("n.csv", daily.name):
            store.remove(str((folder / file).resolve()))
    store.settle()
    assert next(award.suppliers[0].name for award in store.awards()) == f"法人番号 {NUMBER}"
    assert store.register_joins() is None


def test_an_address_of_the_register_weighs_less_than_a_printed_one_and_less_still_after_a_move(folder: Path) -> None:
    """The same award three times: printed with its address, joined to the entry of its day, and to a later move."""
    printed, registered, moved = (folder / name for name in ("1", "2", "3"))
    for case, files in ((printed, {"t.csv": TABLE}), (registered, {"g.csv": GBIZINFO, "n.csv": REGISTER}),
                        (moved, {"g.csv": GBIZINFO, "n.csv": MOVED})):  # fmt: skip
        case.mkdir()
        for name, text in files.items():
            (case / name).write_text(text, encoding="utf-8")
    bits = {}
    for ward in ("豊島区", "大阪市北区"):
        for case in (printed, registered, moved):
            found = Archive.open(case).identify(Clues(ward=ward, firm="SAY企画"), top=0)
            (evidence,) = [piece for piece in found.best.evidence if piece.clue == "ward"]
            bits[ward, case.name] = evidence.bits
            note = evidence.note.say("en") if evidence.note else ""
            assert ("as of 2015-11-13" in note, "moved there on 2019-06-03" in note) == (
                case is registered,
                case is moved,
            )
    assert bits["豊島区", "1"] > bits["豊島区", "2"] > bits["豊島区", "3"] > 0
    assert bits["大阪市北区", "1"] < bits["大阪市北区", "2"] < bits["大阪市北区", "3"] <= 0


def entry(number: str, process: str, changed: str, name: str = "株式会社架空商事", town: str = "東池袋１丁目４８番１０号",
          closed: str = "", successor: str = "", updated: str = "") -> str:  # fmt: skip
    cause = "11" if successor else "01" if closed else ""
    return (
        f'1,{number},{process},0,{updated or changed},{changed},"{name}",,301,"東京都","豊島区","{town}",,13,116,1700013,,,'
        f'{closed},{cause},{successor},,2015-10-05,1,,,,,"",0\n'
    )


TWIN = "7000000000002"
ORDERS = "date_of_order,title,amount,government_departments,joint_signatures,corporate_number\n" + "".join(
    f"{day},業務 {day},5000000,日本年金機構,,{NUMBER}\n"
    for day in ("2016-04-01", "2018-04-01", "2020-04-01", "2022-04-01", "2024-04-01")
)


def test_awards_have_the_firm_as_it_was_on_their_day_through_daily_changes(tmp_path: Path) -> None:
    """Entered in 2015, renamed on 2018-04-01, moved in 2019, renamed again in 2021, merged into another firm in 2023."""
    (tmp_path / "g.csv").write_text(ORDERS, encoding="utf-8")
    changes = {
        "all_20151130.csv": entry(NUMBER, "01", "2015-10-05"),
        "diff_20180410.csv": entry(NUMBER, "11", "2018-04-01", "株式会社架空新商事"),
        "diff_20190610.csv": entry(NUMBER, "12", "2019-06-03", "株式会社架空新商事", "池袋２丁目１番１号"),
        "diff_20210610.csv": entry(NUMBER, "11", "2021-06-03", "株式会社架空三商事", "池袋２丁目１番１号"),
        "diff_20230410.csv": entry(
            NUMBER, "21", "2023-04-01", "株式会社架空三商事", "池袋２丁目１番１号", "2023-04-01", TWIN
        ),
    }
    for name, text in changes.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for names in (list(changes), list(reversed(changes))):  # the order of reading makes no difference
        store = imported(tmp_path / f"{names[0]}.sqlite", tmp_path / "g.csv", *(tmp_path / name for name in names))
        found = {award.dates.contract.year: award for award in store.awards() if award.dates.contract}
        assert {year: (award.suppliers[0].name, (award.suppliers[0].address or "")[6:8]) for year, award in found.items()} == {
            2016: ("株式会社架空商事", "東池"), 2018: ("株式会社架空新商事", "東池"), 2020: ("株式会社架空新商事", "池袋"),
            2022: ("株式会社架空三商事", "池袋"), 2024: ("株式会社架空三商事", "池袋"),
        }  # fmt: skip
        marks = {year: award.suppliers[0].register for year, award in found.items()}
        assert {year: mark and (str(mark.since), str(mark.name_since)) for year, mark in marks.items()} == {
            2016: ("2015-10-05", "2015-10-05"), 2018: ("2015-10-05", "2018-04-01"), 2020: ("2019-06-03", "2018-04-01"),
            2022: ("2019-06-03", "2021-06-03"), 2024: ("2019-06-03", "2021-06-03"),
        }  # fmt: skip
        assert {year: award.warnings for year, award in found.items() if award.warnings} == {
            2024: (f"the corporate register closed {NUMBER} on 2023-04-01, before this award; taken over by {TWIN}",)
        }


def test_a_correction_takes_the_place_of_what_it_corrects_and_a_deletion_takes_the_number_back(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text(ORDERS, encoding="utf-8")
    files = {
        "1": entry(NUMBER, "01", "2015-10-05"),
        "2": entry(NUMBER, "01", "2015-10-05", "株式会社架空正商事", updated="2016-01-05"),
        "3": f"1,{NUMBER},99,,2017-08-21" + "," * 25 + "\n",
    }
    names = []
    for number in range(1, 4):
        (tmp_path / f"{number}.csv").write_text(files[str(number)], encoding="utf-8")
        store = imported(
            tmp_path / f"{number}.sqlite", tmp_path / "g.csv", *(tmp_path / f"{n}.csv" for n in range(1, number + 1))
        )
        names.append({award.suppliers[0].name for award in store.awards()})
        joins = store.register_joins()
    assert names == [{"株式会社架空商事"}, {"株式会社架空正商事"}, {f"法人番号 {NUMBER}"}]
    assert joins
    assert joins.names.without == {"taken_back": 5}


def test_a_firm_that_took_over_a_namesake_at_its_address_is_found_after_the_merger_and_a_tie_before(
    tmp_path: Path,
) -> None:
    row = '業務 {0},日本年金機構,{0},株式会社架空商事　東京都豊島区東池袋1-48-10,"1,000,000"\n'
    table = TABLE.splitlines()[0] + "\n" + row.format("2017-08-09") + row.format("2024-08-09")
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    register = entry(NUMBER, "01", "2015-10-05") + entry(TWIN, "01", "2015-10-05")
    (tmp_path / "n.csv").write_text(
        register + entry(TWIN, "21", "2023-04-01", closed="2023-04-01", successor=NUMBER), encoding="utf-8"
    )
    store = imported(tmp_path / "a.sqlite", tmp_path / "t.csv", tmp_path / "n.csv")
    before, after = sorted(store.awards(), key=lambda award: award.title)
    assert (before.suppliers[0].corporate_number, after.suppliers[0].corporate_number) == (None, NUMBER)
    assert before.warnings == (
        "the corporate register has 2 firms named 株式会社架空商事 at this address, so none was taken",
    )


def test_the_registers_address_of_the_awards_day_stands_before_todays_of_gbizinfo(tmp_path: Path) -> None:
    header, today = "法人番号,商号または名称,登記住所,受注日,件名,落札価格,組織名,備考\n", "大阪府大阪市北区梅田1-1"
    firms = ((NUMBER, "株式会社架空商事"), (TWIN, "株式会社架空商店"))
    orders = "".join(f"{number},{name},{today},2017-08-09,{name}の業務,5000000,総務省,\n" for number, name in firms)
    (tmp_path / "g.csv").write_text(header + orders, encoding="utf-8")
    (tmp_path / "n.csv").write_text(entry(NUMBER, "01", "2015-10-05"), encoding="utf-8")
    archive = Archive.open(tmp_path)
    found, other = archive.records
    assert (found.suppliers[0].municipality_code, found.suppliers[0].register) == (
        "13116", FromRegister(("address",), dt.date(2015, 10, 5), dt.date(2015, 10, 5)),
    )  # fmt: skip
    assert (other.suppliers[0].municipality_code, other.suppliers[0].register) == ("27127", FromRegister(("address",)))
    assert ([len(award.warnings) for award in (found, other)]) == [0, 1]
    candidates = archive.identify(Clues(ward="豊島区"), top=0).to_dict()["candidates"]
    assert [one["firm"]["addresses"][0][:6] for one in candidates] == ["東京都豊島区", "大阪府大阪市"]


def test_an_address_of_gbizinfo_that_is_the_registers_gets_its_day(tmp_path: Path) -> None:
    header = "法人番号,商号または名称,登記住所,受注日,件名,落札価格,組織名,備考\n"
    order = f"{NUMBER},株式会社架空商事,東京都豊島区東池袋１丁目４８番１０号,2017-08-09,業務,5000000,総務省,\n"
    (tmp_path / "g.csv").write_text(header + order, encoding="utf-8")
    (tmp_path / "n.csv").write_text(entry(NUMBER, "01", "2015-10-05"), encoding="utf-8")
    (award,) = Archive.open(tmp_path).records
    assert award.suppliers[0].register == FromRegister(("address",), dt.date(2015, 10, 5), dt.date(2015, 10, 5))


def test_an_archive_taken_over_keeps_its_register_and_what_was_printed(folder: Path, tmp_path: Path) -> None:
    first = imported(tmp_path / "a.sqlite", folder)
    first.close()
    second = imported(tmp_path / "b.sqlite", tmp_path / "a.sqlite")
    assert told(second) == told(imported(tmp_path / "c.sqlite", folder))
    with second.transaction():
        second.remove(str((folder / "n.csv").resolve()))
    second.settle()
    assert f"法人番号 {NUMBER}" in {award.suppliers[0].name for award in second.awards()}


def test_a_firm_is_found_by_number_by_name_and_by_reading(folder: Path) -> None:
    register = Archive.open(folder).register
    by_number = register.find(number=NUMBER)
    assert by_number == register.find(name="(株)ＳＡＹ企画") == register.find(name="SAY企画")
    assert by_number == register.find(reading="せいきかく") == register.find(reading="カブシキガイシャ セイキカク")
    assert len(register.find(name="架空双子")) == 2
    assert register.find(name="架空双子", number=NUMBER) == ()
    assert register.find(name="有限会社SAY企画") == ()
    assert register.find(number="９") == ()
    with pytest.raises(ValueError, match="give a number"):
        register.find()


def test_a_place_clue_is_answered_by_the_registered_address(folder: Path) -> None:
    found = Archive.open(folder / "g.csv", folder / "n.csv").identify(Clues(ward="豊島区", month="2017-08"))
    assert found.candidates[0].firm.name == "株式会社SAY企画"
    assert found.candidates[0].firm.addresses == ("東京都豊島区東池袋1丁目48番10号",)


@pytest.mark.parametrize("firm", ["セイキカク", "せい企画"])
def test_a_firm_is_found_by_its_reading_in_the_register(folder: Path, firm: str) -> None:
    found = Archive.open(folder).identify(Clues(firm=firm, month="2017-08"))
    evidence = next(one for one in found.candidates[0].awards[0].evidence if one.clue == "firm")
    assert (found.candidates[0].firm.name, evidence.outcome) == ("株式会社SAY企画", "near")
    assert found.to_dict()["clues"][-1]["reading"]["known_as"] == [{"name": "株式会社SAY企画", "why": "reading"}]


def test_a_profile_stands_on_what_the_register_adds(folder: Path) -> None:
    archive = Archive.open(folder / "g.csv", folder / "n.csv")
    for asked in ("株式会社SAY企画", "せいきかく", NUMBER):
        profile = archive.firm(asked)
        assert [award.title for award in profile.awards] == ["データ入力及び画像化業務"]
        assert [entry.reading for entry in profile.registrations] == ["セイキカク"]


def test_coverage_counts_no_register_among_the_sources(folder: Path) -> None:
    archive = Archive.open(folder)
    assert archive.coverage().sources == 2
    assert archive.without_awards == []
    assert [(source.kind, source.registrations) for source in archive.sources] == [
        ("gbizinfo", 0), ("register", 3), ("contract_table", 0),
    ]  # fmt: skip


ENTRY = Registration(
    NUMBER,
    "株式会社SAY企画",
    address="東京都豊島区東池袋1丁目48番10号",
    municipality_code="13116",
    changed=dt.date(2015, 10, 5),
)


@pytest.mark.parametrize(
    ("supplier", "outcome"),
    [
        (Supplier(f"法人番号 {NUMBER}", corporate_number=NUMBER), "number"),
        (Supplier("株式会社SAY企画池袋支店", corporate_number=NUMBER, branch="企画池袋支店"), "number"),
        (Supplier("株式会社別名", corporate_number=NUMBER), "other_name"),
        (Supplier("株式会社SAY企画", corporate_number="5000000000004"), "unknown_number"),
        (Supplier("株式会社SAY企画", "東京都豊島区東池袋1-48-10 3階"), "name_and_address"),
        (Supplier("株式会社SAY企画", "豊島区東池袋一丁目48番10号"), "name_and_address"),
        (Supplier("株式会社SAY企画", "東京都豊島区東池袋1-48-1"), "no_such_firm"),
        (Supplier("株式会社SAY企画", "東京都豊島区"), "no_such_firm"),
        (Supplier("SAY企画株式会社", "東京都豊島区東池袋1-48-10"), "no_such_firm"),
        (Supplier("SAY企画・見本共同企業体", "東京都豊島区東池袋1-48-10"), "no_such_firm"),
        (Supplier("株式会社SAY企画"), "no_number_or_address"),
    ],
)
def test_how_a_supplier_is_looked_up(supplier: Supplier, outcome: str) -> None:
    assert join(supplier, dt.date(2017, 8, 9), Register([ENTRY])).outcome == outcome


def test_a_number_taken_back_and_a_firm_closed_before_the_award() -> None:
    deleted = Register([ENTRY, Registration(NUMBER, "", process="99")])
    assert join(Supplier("株式会社SAY企画", corporate_number=NUMBER), None, deleted).outcome == "taken_back"
    assert deleted.find(number=NUMBER) == ()
    closed = Register(
        [ENTRY, Registration(NUMBER, ENTRY.name, closed=dt.date(2016, 1, 1), changed=dt.date(2016, 1, 1))]
    )
    printed = Supplier("株式会社SAY企画", "東京都豊島区東池袋1-48-10")
    assert join(printed, dt.date(2017, 8, 9), closed).outcome == "no_such_firm"
    assert join(printed, dt.date(2015, 12, 1), closed).outcome == "name_and_address"


def test_a_name_that_the_register_has_of_later_only_is_said_to_be_so(tmp_path: Path) -> None:
    """The first entry there is tells of another name: what the firm was called before is in no file."""
    (tmp_path / "g.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "n.csv").write_text(entry(NUMBER, "11", "2019-04-01", "株式会社架空新商事"), encoding="utf-8")
    store = imported(tmp_path / "a.sqlite", tmp_path / "g.csv", tmp_path / "n.csv")
    said = {award.dates.contract.year: award for award in store.awards() if award.dates.contract}
    assert {year: award.suppliers[0].register.renamed for year, award in said.items() if award.suppliers[0].register} == {
        2016: True, 2018: True, 2020: False, 2022: False, 2024: False,
    }  # fmt: skip
    assert said[2018].warnings == (
        "the corporate register has the name 株式会社架空新商事 since 2019-04-01 only, after this award: the firm was called "
        "otherwise then",
    )
    mark = said[2018].suppliers[0].register
    assert mark is not None
    assert not mark.moved
    assert FromRegister.from_dict(mark.to_dict()) == mark
