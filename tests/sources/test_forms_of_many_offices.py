"""Forms as offices publish them (made, 架空): each of these was refused, lost or read wrongly when it was first met."""

from __future__ import annotations

import csv
import io

import pytest
from tests.sources.forms import (
    BUILD,
    CLEAN,
    HEADER,
    POWER,
    ROW,
    SOFT,
    Rows,
    bids,
    day,
    delimited,
    firms,
    money,
    only,
    page,
    read,
    workbook,
)

from tsukitome.documents.file import File


def lines_of(title: str, date: str, firm: tuple[str, str, str], price: str) -> list[str]:
    labels = ("件名", "契約締結日", "契約の相手方", "所在地", "契約金額")
    return [f"{label}：{value}" for label, value in zip(labels, (title, date, *firm[:2], price), strict=True)]


def test_headers_in_english() -> None:
    rows: Rows = [
        [
            "No.",
            "Contract Title",
            "Supplier",
            "Supplier Address",
            "Award Date",
            "Contract Amount (JPY thousand)",
            "Method",
        ],
        [1, "Cleaning of Kakuu Building", *CLEAN[:2], "April 1, 2023", 8800, "Selective tender"],
    ]
    award = only(workbook(rows))
    assert (award.title, firms(award), day(award), money(award), award.procurement_method) == (
        "Cleaning of Kakuu Building", [CLEAN], "2023-04-01", [("contract_price", 8800000, None)], "selective",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("架空川流域治水対策に係る", "調査検討業務"),
        ("架空システム賃貸借（長期", "継続契約）"),
        ("架空道路", "及び架空橋補修工事"),
    ],
)
def test_a_title_that_goes_on_in_the_row_below(upper: str, lower: str) -> None:
    award = only(delimited([HEADER, [upper, *ROW[1:]], [lower, "", "", "", ""]]))
    assert award.title == f"{upper} {lower}"


def test_beside_a_number_what_stands_alone_below_a_title_is_its_rest() -> None:
    rows: Rows = [["番号", *HEADER], ["1", *ROW], ["", "（第2期）追加分冊", "", "", "", ""]]
    assert only(delimited(rows)).title == "架空広報誌印刷 （第2期）追加分冊"


def test_a_heading_in_the_titles_column_is_no_rest_of_the_title_above() -> None:
    reading = read(delimited([HEADER, ROW, ["架空県教育委員会", "", "", "", ""], ROW]))
    assert [(award.title, award.buyer) for award in reading.awards] == [
        (ROW[0], None), (ROW[0], "架空県教育委員会"),
    ]  # fmt: skip


def test_offices_that_head_the_parts_of_a_table_are_the_buyers() -> None:
    rows: Rows = [["令和3年度 架空県 契約一覧"], HEADER, ["架空県総務部"], ROW, ["教育委員会"], ROW, ["総務課"], ROW]
    assert [award.buyer for award in read(workbook(rows)).awards] == ["架空県総務部", "架空県 教育委員会", "架空県"]


def test_a_page_of_tables_laid_out_in_tables_of_one_cell() -> None:
    cell = "<table><tr><td>{}</td></tr></table>"
    body = (
        "<table><tr><td>メニュー</td><td><h2>契約一覧</h2><table><tr><th>件名</th><th>契約日</th><th>契約の相手方</th><th>金額</th></tr>"
        f"<tr><td>架空清掃</td><td>R4.4.1</td><td>{cell.format('<br>'.join(CLEAN[:2]))}</td><td>{cell.format('1,100,000円')}</td></tr>"
        "</table></td></tr></table>"
    )
    award = only(page(body))
    assert (firms(award), money(award)) == ([CLEAN], [("contract_price", 1100000, None)])


def test_readings_over_words_and_notes_on_links_are_no_part_of_a_title() -> None:
    title = (
        "<a href='x.pdf'>架空<ruby>斎場<rp>(</rp><rt>さいじょう</rt><rp>)</rp></ruby>運営業務</a>［PDFファイル／102KB］"
    )
    table = "<table><tr>" + "".join(f"<th>{header}</th>" for header in HEADER) + f"</tr><tr><td>{title}</td>"
    award = only(page(table + "".join(f"<td>{value}</td>" for value in ROW[1:]) + "</tr></table>"))
    assert award.title == "架空斎場運営業務"


TOLD = lines_of("架空国道舗装補修工事", "令和3年10月4日", BUILD, "104,500,000円")


@pytest.mark.parametrize(
    "file",
    [
        workbook([[line] for line in TOLD]),
        File.of_bytes("form.txt", "\n".join(["契約情報の公表", "", *TOLD]).encode("cp932")),
        page("<h1>入札結果</h1>" + "".join(f"<p>{line}</p>" for line in TOLD)),
        File.of_bytes("form.txt", "\n".join(line.replace("：", "　　") for line in TOLD).encode()),
    ],
    ids=["sheet", "text", "page", "spaced text"],
)
def test_lines_of_labels(file: File) -> None:
    award = only(file)
    assert (award.title, firms(award), day(award), money(award)) == (
        "架空国道舗装補修工事", [BUILD], "2021-10-04", [("contract_price", 104500000, None)],
    )  # fmt: skip


def test_cards_whose_heading_is_the_title() -> None:
    def card(title: str, firm: tuple[str, str, str]) -> str:
        terms = (("契約締結日", "令和5年5月1日"), ("契約の相手方", "<br>".join(firm[:2])), ("契約金額", "1,870,000円"))
        return f"<h3>{title}</h3><dl>" + "".join(f"<dt>{term}</dt><dd>{said}</dd>" for term, said in terms) + "</dl>"

    reading = read(page("<h1>随意契約の結果</h1>" + card("架空機器保守", SOFT) + card("架空装置点検", BUILD)))
    assert [(award.title, firms(award)) for award in reading.awards] == [
        ("架空機器保守", [SOFT]),
        ("架空装置点検", [BUILD]),
    ]


def test_two_pairs_of_label_and_value_share_a_row() -> None:
    rows: Rows = [
        ["件　名", "架空床改修工事", None, "契約番号", "第12号"],
        ["契約者", BUILD[0], None, "契約日", "令和元年7月8日"],
        ["住所", BUILD[1], None, "契約金額", "14,040,000円"],
    ]
    award = only(workbook(rows))
    assert (award.title, firms(award), day(award)) == ("架空床改修工事", [BUILD], "2019-07-08")


def test_covers_and_keys_to_signs_are_no_gaps() -> None:
    cover: Rows = [["令和4年度"], ["契約の状況"], ["架空独立行政法人"]]
    key: Rows = [["区分", "意味"], ["公財", "公益財団法人"], ["随", "随意契約"]]
    counts: Rows = [["区分", "件数", "金額"], ["競争", 1, 2750000]]
    rest: Rows = [["架空業務", SOFT[0], "令和4年4月1日", "1,000,000円"]]
    reading = read(workbook(cover, key, [HEADER, ROW], counts, rest))
    assert len(reading.awards) == 1
    assert [refusal.is_gap for refusal in reading.refusals] == [False, False, False, True]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [["令和5年度 発注見通しの公表"], ["工事名", "工事場所", "発注予定時期"], ["架空橋架替工事", "架空町", "第3四半期"]],
            "lists orders that are planned (発注見通し): it holds no awards.",
        ),
        (
            [["公告日", "件名", "入札書提出期限", "開札日"], ["2023/4/3", "架空システム更改", "2023/4/20", "2023/4/27"]],
            "lists tenders that are announced, without anyone who won: it holds no awards.",
        ),
    ],
)  # fmt: skip
def test_plans_and_open_tenders_are_said_to_hold_no_awards(rows: list[list[str]], reason: str) -> None:
    for file in (workbook(rows), delimited(rows), page(rows)):
        reading = read(file)
        assert ([*reading.awards], [(one.reason, one.is_gap) for one in reading.refusals]) == ([], [(reason, False)])


def test_a_heading_printed_again_on_each_page() -> None:
    top = ["架空町 契約一覧（令和3年度）", None, None, None, "1 / 2 ページ"]
    again = [*top[:4], "2 / 2 ページ"]
    reading = read(workbook([top, HEADER, ROW, again, HEADER, ROW]))
    assert (len(reading.awards), reading.refusals) == (2, ())


def test_an_era_in_the_header() -> None:
    header = ["件名", "契約締結日\n（令和　年　月　日）", *HEADER[2:]]
    assert day(only(workbook([header, ["架空調査", "6.4.1", *SOFT[:2], 1000000]]))) == "2024-04-01"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("契約金額（円）\n予定価格（円）", "4,620,000\n（5,000,000）"),
        ("契約金額／予定価格", "4,620,000円／5,000,000円"),
        ("契約金額（予定価格）", "4,620,000円（5,000,000円）"),
    ],
)
def test_two_amounts_in_one_cell(header: str, cell: str) -> None:
    rows: Rows = [
        ["件名", "契約の相手方\n所在地", "契約日", header],
        ["架空保守", "\n".join(POWER[:2]), "R3.4.1", cell],
    ]
    award = only(workbook(rows))
    assert firms(award) == [POWER]
    assert money(award) == [("contract_price", 4620000, None), ("reserve_price", 5000000, None)]


def test_remarks_over_two_lines_are_no_header_of_two() -> None:
    rows: Rows = [[*HEADER, "備考"], [*ROW[:4], "@14.90円ほか", "単価契約\n調達見込総額 57,296,911円"]]
    assert money(only(workbook(rows))) == [("unit_price", 14.9, None), ("estimated_total", 57296911, None)]


def test_an_amount_with_a_word_on_tax_stays_one() -> None:
    rows: Rows = [
        ["件名", "契約日", "契約の相手方", "契約金額（予定価格）"],
        ["架空保守", "R3.4.1", POWER[0], "4,620,000円（税込）"],
    ]
    assert money(only(workbook(rows))) == [("contract_price", 4620000, None)]


def test_a_number_in_the_remarks_is_the_suppliers_only_where_it_stands_alone() -> None:
    number = "7000012050002"  # 国税庁
    rows: Rows = [
        [*HEADER, "備考"],
        [*ROW, f"法人番号：{number}"],
        [*ROW, f"現在は独立行政法人架空機構　法人番号{number}"],
    ]
    reading = read(workbook(rows))
    assert [award.suppliers[0].corporate_number for award in reading.awards] == [number, None]


def test_the_mark_of_a_note_is_no_part_of_a_name() -> None:
    reading = read(
        workbook([HEADER, *[[*ROW[:2], f"{SOFT[0]}{mark}", *ROW[3:]] for mark in ("※3", "(注1)", "＊", "")]])
    )
    assert {award.suppliers[0].name for award in reading.awards} == {SOFT[0]}


def test_tables_beside_each_other_with_headers_of_their_own() -> None:
    rows: Rows = [
        ["競争入札", None, None, None, None, None, "随意契約"],
        ["件名", "落札者", "住所", "契約日", "契約金額", None, "件名", "契約の相手方", "住所", "契約日", "契約金額", "理由"],
        ["架空机購入", *SOFT[:2], "R3.5.10", 1430000, None, "架空警報器点検", *BUILD[:2], "R3.4.1", 264000, "少額"],
    ]  # fmt: skip
    reading = read(workbook(rows))
    assert [(award.title, firms(award), award.procurement_method) for award in reading.awards] == [
        ("架空机購入", [SOFT], "open"), ("架空警報器点検", [BUILD], "limited"),
    ]  # fmt: skip


@pytest.mark.parametrize("remark", ["予定価格超過のため不落", "応札者なし", "入札取りやめ"])
def test_remarks_may_say_that_nobody_won(remark: str) -> None:
    reading = read(workbook([[*HEADER, "備考"], ["架空砕石購入", "令和4年9月8日", "－", "", "－", remark], [*ROW, ""]]))
    assert [award.title for award in reading.awards] == [ROW[0]]
    assert [refusal.is_gap for refusal in reading.refusals] == [False]


def test_quotes_in_numbered_columns_are_each_firms_own() -> None:
    header = ["見積日", "品名", "決定業者", "決定金額", "見積業者1", "見積金額1", "見積業者2", "見積金額2"]
    award = only(
        delimited([header, ["R4.5.11", "架空トナー", SOFT[0], "214,500", SOFT[0], "214,500", BUILD[0], "231,000"]])
    )
    assert bids(award) == {SOFT[0]: [214500], BUILD[0]: [231000]}


def test_a_numbered_heading_above_a_further_header() -> None:
    rows: Rows = [HEADER, ROW, ["２　委託"], ["委託業務名", "契約締結日", "受託者名", "受託者所在地", "委託料"], ROW]
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    reading = read(File.of_bytes("form.csv", stream.getvalue().encode()))
    assert (len(reading.awards), reading.refusals) == (2, ())


@pytest.mark.parametrize("separator", ["　", "\n", "、"])
def test_several_labels_in_one_cell(separator: str) -> None:
    texts = [separator.join(lines_of(f"架空修繕{n}", "令和5年5月8日", BUILD, "132,000円")) for n in (1, 2)]
    for file in (workbook([[text] for text in texts]), page("".join(f"<ul><li>{text}</li></ul>" for text in texts))):
        if separator == "\n" and file.suffix == ".html":
            continue  # a line break of the source is none of the page
        reading = read(file)
        assert [(award.title, firms(award), money(award)) for award in reading.awards] == [
            (f"架空修繕{n}", [BUILD], [("contract_price", 132000, None)]) for n in (1, 2)
        ]


def test_headings_of_tables_and_names_of_sheets_name_the_buyers() -> None:
    reading = read(
        page(
            "<h1>架空県 契約一覧</h1>", "<h2>架空県土木部</h2>", [HEADER, ROW], "<h2>架空県警察本部</h2>", [HEADER, ROW]
        )
    )
    assert [award.buyer for award in reading.awards] == ["架空県土木部", "架空県警察本部"]


def test_days_below_the_month_that_heads_them() -> None:
    rows: Rows = [
        ["令和5年度 契約一覧"],
        HEADER,
        ["４月"],
        [ROW[0], "3日", *ROW[2:]],
        ["１月分"],
        [ROW[0], "15日", *ROW[2:]],
    ]
    assert [day(award) for award in read(workbook(rows)).awards] == ["2023-04-03", "2024-01-15"]


def test_bids_in_english() -> None:
    rows: Rows = [
        ["Tender Title", "Opening Date", "Bidder", "Bid Amount (JPY)", "Result"],
        ["Kakuu vessel repair", "2023-06-14", BUILD[0], 5500000, "Awarded"],
        ["Kakuu vessel repair", "2023-06-14", POWER[0], 6000000, "Not awarded"],
    ]
    award = only(workbook(rows))
    assert (award.title, bids(award)) == ("Kakuu vessel repair", {BUILD[0]: [5500000], POWER[0]: [6000000]})
    assert [one.role for one in award.suppliers] == ["awarded", "bidder"]


@pytest.mark.parametrize("marks", [("不調（予定価格超過）", ""), ("辞退", "辞退"), ("無効", "入札取りやめ")])
def test_a_tender_without_a_winner_is_no_award(marks: tuple[str, str]) -> None:
    header = ["入札日", "工事名", "業者名", "入札金額", "結果"]
    failed = [
        ["R3.5.13", "架空農道舗装工事", firm[0], "", mark] for firm, mark in zip((BUILD, POWER), marks, strict=True)
    ]
    reading = read(delimited([header, ["R3.5.12", "架空堰改修工事", BUILD[0], "30,000,000", "落札"], *failed]))
    assert [award.title for award in reading.awards] == ["架空堰改修工事"]
    assert [(refusal.place, refusal.is_gap) for refusal in reading.refusals] == [("row 3", False)]


def test_the_agency_whose_name_and_number_share_a_column() -> None:
    rows: Rows = [["独立行政法人の名称及び法人番号", *HEADER], ["独立行政法人架空機構\n法人番号7000012050002", *ROW]]
    assert only(workbook(rows)).buyer == "独立行政法人架空機構"


def test_a_line_set_in_goes_on_with_the_label_above_it() -> None:
    lines = ["１　契約件名　　架空検測業務", "２　契約年月日　令和４年６月１３日", f"３　契約相手方　{BUILD[0]}"]
    lines += [f"　　　　　　　　{BUILD[1]}", "４　契約金額　　６，０５０，０００円（税込）"]
    award = only(File.of_bytes("form.txt", "\n".join(lines).encode("cp932")))
    assert (award.title, firms(award), money(award)) == ("架空検測業務", [BUILD], [("contract_price", 6050000, None)])


def test_bids_per_unit_by_the_header() -> None:
    rows: Rows = [["開札日", "件名", "入札者名", "入札単価（円）", "結果"]]
    rows = [*rows, ["R5.3.10", "架空軽油", POWER[0], 128.5, "落札"], ["R5.3.10", "架空軽油", BUILD[0], 131, ""]]
    award = only(workbook(rows))
    assert money(award) == [("unit_price", 128.5, 0), ("bid", 131, 1)]


def test_rounds_named_by_what_they_are_of() -> None:
    rows: Rows = [["件名", "執行日", "業者名", "入札1回目", "入札2回目", "見積", "結果"]]
    rows = [*rows, ["架空器具更新", "R4.2.3", POWER[0], 5500000, 5300000, 4950000, "随意契約により決定"]]
    rows = [*rows, ["架空器具更新", "R4.2.3", BUILD[0], 5800000, 5600000, "辞退", ""]]
    assert bids(only(workbook(rows))) == {POWER[0]: [4950000, 5500000, 5300000], BUILD[0]: [5800000, 5600000]}
