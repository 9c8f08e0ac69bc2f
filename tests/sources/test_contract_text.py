"""Contract lists as text of fixed width: each column where the header has it, or a refusal; never a name of two columns.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.forms import BUILD, CLEAN, FONT, POWER, SOFT, firms, read

from tsukitome.documents.file import File
from tsukitome.documents.fixed_width import Heading, cut, gutters, ink_of, untabbed
from tsukitome.documents.spaced_text import width_of
from tsukitome.sources.bid_names import names_too_much
from tsukitome.sources.reading import Reading

HEADER = ["件名", "契約日", "契約相手方", "所在地", "契約金額"]
OTHER_HEADERS = [
    ["契約件名", "契約年月日", "契約の相手方の名称", "契約の相手方の住所", "契約金額（円）"],
    ["品名", "契約を締結した日", "商号又は名称", "住所", "落札金額"],
    ["業　務　名", "締結日", "契約者", "住　所", "契約金額（税込）"],
]
ROWS = [
    ["架空庁舎清掃業務", "平成29年4月1日", *CLEAN[:2], "12,345,678円"],
    ["架空電算機 賃貸借", "平成29年8月9日", "架空ソフト 株式会社", SOFT[1], "1,080,000円"],
    ["架空警備業務一式", "平成29年9月1日", *POWER[:2], "980,000円"],
    ["架空改修工事", "平成29年10月2日", "株式会社　架空建設", BUILD[1], "5,400,000円"],
    ["架空印刷 10,000部", "H29.11.6", "（株）架空 大阪支店", "大阪府 大阪市北区梅田1-1", "756,000円"],
    ["架空設備保守", "2017/12/1", "架空・見本共同企業体", "東京都北区王子1-1", "23,000,000円"],
]


def fixed(rows: Sequence[Sequence[str]], *, gap: int = 2, wide: bool = False, right: Sequence[int] = ()) -> str:
    """Rows as lines of text, each column as wide as its longest cell; ``wide`` fills up with white space of full width."""
    widths = [max(width_of(row[at]) for row in rows) for at in range(len(rows[0]))]
    between = "　" * (gap // 2) if wide else " " * gap

    def filled(text: str, at: int) -> str:
        left = widths[at] - width_of(text)
        white = " " * (left % 2) + "　" * (left // 2) if wide else " " * left
        return white + text if at in right else text + white

    return "\n".join(between.join(filled(text, at) for at, text in enumerate(row)).rstrip() for row in rows)


def text(printed: str, encoding: str = "cp932") -> File:
    return File.of_bytes("keiyaku.txt", printed.encode(encoding))


def told(reading: Reading) -> list[tuple[str, str, str, str | None, int | float | None]]:
    """Title, supplier as printed, day, address and price of each award, white space left out."""
    found = []
    for award in reading.awards:
        supplier = award.suppliers[0]
        yen = next((amount.yen for amount in award.amounts if amount.role == "contract_price"), None)
        names = (award.title, supplier.printed or "", str(award.dates.contract))
        address = "".join(supplier.address.split()) if supplier.address else None
        found.append((*("".join(name.split()) for name in names), address, yen))
    return found  # type: ignore[return-value]


DAYS = ["2017-04-01", "2017-08-09", "2017-09-01", "2017-10-02", "2017-11-06", "2017-12-01"]


def expected(rows: Sequence[Sequence[str]]) -> list[tuple[str, str, str, str | None, int | None]]:
    found = []
    for title, _, name, address, price in rows:
        at = next(at for at, row in enumerate(ROWS) if row[0] == title)
        yen = int(price.strip("円").replace(",", "")) if price else None
        found.append(("".join(title.split()), "".join(name.split()), DAYS[at], "".join(address.split()) or None, yen))
    return found


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("header", [HEADER, *OTHER_HEADERS])
@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_columns_stand_below_the_words_of_the_header(header: list[str], count: int, wide: bool) -> None:
    reading = read(text(fixed([header, *ROWS[:count]], wide=wide)))
    assert (reading.kind, reading.refusals) == ("contract_table", ())
    assert told(reading) == expected(ROWS[:count])


@pytest.mark.parametrize("gap", [2, 3, 8])
def test_sums_and_days_may_stand_to_the_right_of_their_columns(gap: int) -> None:
    reading = read(text(fixed([HEADER, *ROWS], gap=gap, right=(1, 4))))
    assert (reading.refusals, told(reading)) == ((), expected(ROWS))


def test_a_name_and_its_address_in_one_column() -> None:
    header = ["物品役務等の名称及び数量", "契約を締結した日", "契約の相手方の商号又は名称及び住所", "契約金額"]
    rows = [[row[0], row[1], f"{row[2]}　{row[3]}", row[4]] for row in ROWS[:4]]
    for wide in (False, True):
        reading = read(text(fixed([header, *rows], wide=wide)))
        assert not reading.refusals
        assert [firms(award)[0][:2] for award in reading.awards] == [
            CLEAN[:2], SOFT[:2], POWER[:2], BUILD[:2],
        ]  # fmt: skip


def test_a_row_on_two_lines() -> None:
    rows = [
        HEADER,
        ROWS[0],
        ["架空電算機", "平成29年8月9日", "架空ソフト", "東京都豊島区", "1,080,000円"],
        ["賃貸借 （再リース）", "", "株式会社", "東池袋1-48-10", "（税込）"],
        ROWS[2],
    ]
    reading = read(text(fixed(rows)))
    assert not reading.refusals
    assert [(award.title, firms(award)) for award in reading.awards] == [
        (ROWS[0][0], [CLEAN]),
        ("架空電算機 賃貸借 （再リース）", [SOFT]),
        (ROWS[2][0], [POWER]),
    ]


def test_empty_cells_stay_empty() -> None:
    rows = [[*row] for row in ROWS[:4]]
    rows[1][3], rows[2][4] = "", ""
    reading = read(text(fixed([HEADER, *rows])))
    assert (reading.refusals, told(reading)) == ((), expected(rows))


def test_what_stands_above_and_below_the_list() -> None:
    head = "平成29年度　契約一覧\n架空市契約課\n" + " " * 60 + "1 / 2 ページ\n\n"
    foot = "\n合計　6件　43,561,678円\n（注）金額は税込\n\f" + head
    reading = read(text(head + fixed([HEADER, *ROWS]) + foot + fixed([HEADER, *ROWS[:2]])))
    assert (reading.refusals, told(reading)) == ((), expected([*ROWS, *ROWS[:2]]))


def test_a_rule_below_the_header_and_between_rows() -> None:
    first, *lines = fixed([HEADER, *ROWS]).split("\n")
    ruled = "\n".join(f"{'-' * 80}\n{line}" for line in lines)
    assert told(read(text(f"{first}\n{ruled}"))) == expected(ROWS)


def test_a_header_of_two_lines() -> None:
    upper = ["件名", "契約を", "契約の相手方", "所在地", "契約金額"]
    lower = ["", "締結した日", "の名称", "", "（円）"]
    reading = read(text(fixed([upper, lower, *ROWS[:4]])))
    assert (reading.refusals, told(reading)) == ((), expected(ROWS[:4]))


@pytest.mark.parametrize("ruled", ["│{}│", "|{}|"])
def test_a_list_ruled_with_bars(ruled: str) -> None:
    bar = ruled[0]
    lines = [ruled.format(bar.join(row)) for row in [HEADER, *ROWS[:3]]]
    reading = read(text("\n".join([lines[0], "├──┼──┼──┤", *lines[1:]])))
    assert (reading.kind, told(reading)) == ("contract_table", expected(ROWS[:3]))


def test_a_list_in_the_text_of_a_page() -> None:
    page = f"<html><body><pre>{fixed([HEADER, *ROWS])}</pre></body></html>"
    assert told(read(File.of_bytes("keiyaku.html", page.encode()))) == expected(ROWS)


def test_a_list_on_the_pages_of_a_pdf_without_rules() -> None:
    if not FONT.is_file():
        pytest.skip("the font of the made pages is missing")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("IPA", str(FONT)))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for rows in ([HEADER, *ROWS[:3]], ROWS[3:]):  # the header stands on the first page alone
        canvas.setFont("IPA", 9)
        for nth, row in enumerate(rows):
            for x, printed in zip((30, 150, 240, 350, 500), row, strict=True):
                canvas.drawString(x, 800 - 16 * nth, printed)
        canvas.showPage()
    canvas.save()
    reading = read(File.of_bytes("keiyaku.pdf", stream.getvalue()))
    assert (reading.refusals, told(reading)) == ((), expected(ROWS))
    assert [award.source.page for award in reading.awards] == [1, 1, 1, 2, 2, 2]


# What can't be told is said with its line.


def refused(printed: str) -> list[tuple[str | None, str]]:
    return [(refusal.place, refusal.reason) for refusal in read(text(printed)).refusals]


def test_columns_that_no_white_parts_are_refused_at_the_header() -> None:
    lines = [fixed([HEADER]), *("  ".join(row) for row in ROWS[:2])]
    reading = read(text("平成29年度の契約\n" + "\n".join(lines)))
    assert (reading.kind, [*reading.awards]) == ("contract_table", [])
    assert str(reading.refusals[0]).startswith("keiyaku.txt, line 2: the columns of this list can't be told apart")


def test_a_row_that_reaches_over_its_columns_is_refused_at_its_line() -> None:
    lines = fixed([HEADER, *ROWS]).split("\n")
    lines[3] = "架空のとても長い件名の業務" + lines[3]
    reading = read(text("\n".join(lines)))
    assert told(reading) == expected([*ROWS[:2], *ROWS[3:]])
    assert [refusal.place for refusal in reading.refusals] == ["line 4"]


def test_rows_whose_day_stands_on_their_second_line_are_refused() -> None:
    rows = [HEADER, ["架空電算機", "", "架空ソフト", "", ""], ["賃貸借", *ROWS[1][1:2], "株式会社", *ROWS[1][3:]]]
    ((place, reason),) = refused(fixed(rows))
    assert (place, "which of them begins a row" in reason) == ("line 2", True)


def test_a_row_is_refused_with_the_line_that_may_be_its_rest() -> None:
    rows = [HEADER, ROWS[0], ["架空電算機", *ROWS[1][1:]], ["賃貸借", "", "", "", ""], ROWS[2]]
    reading = read(text(fixed(rows)))
    assert told(reading) == expected([ROWS[0], ROWS[2]])
    assert sorted(refusal.place or "" for refusal in reading.refusals) == ["line 3", "line 4"]


def test_bids_below_a_list_of_contracts_are_refused_at_their_header() -> None:
    bids = fixed([["業者名", "入札金額", "結果"], [CLEAN[0], "1,000,000", "落札"]])
    reading = read(text(f"{fixed([HEADER, *ROWS[:2]])}\n\n{bids}"))
    assert told(reading) == expected(ROWS[:2])
    assert ("line 5", "lists bids, below a list of contracts: give the two in files of their own.") in refused(
        f"{fixed([HEADER, *ROWS[:2]])}\n\n{bids}"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["案　件", "年月", "相手", "場所", "額"], *ROWS],  # a header of other words
        ROWS,
        [[row[0], row[2], row[4]] for row in ROWS],
        [["契約相手方", "契約金額"], *([row[2], row[4]] for row in ROWS)],
    ],
)
def test_lines_of_contracts_without_a_header_that_tells_them_are_no_bids(rows: list[list[str]]) -> None:
    for head in ("", "件名　架空庁舎清掃業務\n入札日　平成29年4月1日\n\n", "架空庁舎清掃業務\n\n"):
        reading = read(text(head + fixed(rows)))
        assert [*reading.awards] == []
        assert reading.refusals


def test_a_bidder_with_its_address_is_no_name() -> None:
    head = "件名　架空清掃業務\n開札日　令和5年6月8日\n業者名及び入札金額（税抜）\n"
    lines = fixed([["1", CLEAN[0], "8,700,000円"], ["2", BUILD[0], "8,450,000円"]])
    reading = read(text(f"{head}{lines}\n3  {POWER[0]}  {POWER[1]}  8,000,000円　落札", "utf-8"))
    assert [one.name for award in reading.awards for one in award.suppliers] == [CLEAN[0], BUILD[0]]
    assert [refusal.reason for refusal in reading.refusals] == ["a row that names no bidder."]


@pytest.mark.parametrize(
    ("name", "too_much"),
    [
        (CLEAN[0], False), ("架空ソフト 株式会社", False), ("株式会社架空・有限会社見本共同企業体", False), ("(株)架空21", False),
        ("株式会社架空\n有限会社見本", False), ("架空第2119・見本JV", False),
        ("架空業務 平成29年4月1日 株式会社架空", True), ("株式会社架空 H29.4.1", True), ("株式会社架空 12,345,678円", True),
        ("株式会社架空　有限会社見本", True), ("株式会社架空 ¥980", True),
        ("株式会社架空2017/4/1", False), ("株式会社架空 2017/4/1", True),
    ],
)  # fmt: skip
def test_what_is_more_than_the_name_of_a_firm(name: str, too_much: bool) -> None:
    assert names_too_much(name) is too_much


# Whatever the widths: what comes out is a row as it was written, or it is refused.

TITLES = st.sampled_from(
    ["架空庁舎清掃業務", "架空電算機 賃貸借", "架空印刷 10,000部", "架空　設備保守業務（平成29年度）", "A4コピー用紙"]
)
NAMES = st.sampled_from(
    [
        CLEAN[0],
        "架空ソフト 株式会社",
        "有限会社 架空警備",
        "（株）　架空商会",
        "架空・見本共同企業体",
        "株式会社架空 東京支店",
    ]
)
PLACES = st.sampled_from(["", SOFT[1], "大阪府 大阪市北区梅田1-1", "東京都 新宿区西新宿2-8-1 架空ビル3階"])
SUMS = st.sampled_from(["", "12,345,678円", "980,000", "¥756,000", "1,000円"])
DATES = st.sampled_from(["平成29年4月1日", "H29.8.9", "2017/9/1", "平成29年 4月 1日", ""])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(TITLES, DATES, NAMES, PLACES, SUMS), min_size=1, max_size=6),
    st.sampled_from([HEADER, *OTHER_HEADERS]),
    st.permutations(range(5)),
    st.lists(st.sampled_from("lcr"), min_size=5, max_size=5),
    st.lists(st.sampled_from("lcr"), min_size=5, max_size=5),
    st.integers(1, 4),
    st.tuples(st.integers(0, 4), st.integers(0, 8)),
)
def test_no_row_comes_out_other_than_it_was_written(
    rows: list[tuple[str, ...]],
    header: list[str],
    order: list[int],
    sides: list[str],
    heads: list[str],
    gap: int,
    cramped: tuple[int, int],
) -> None:
    widths = [max(width_of(one[at]) for one in [header, *rows]) for at in range(5)]
    if gap > 1:  # longer cells push the rest on
        widths[cramped[0]] = max(width_of(header[cramped[0]]), widths[cramped[0]] - cramped[1])

    def put(cell: str, at: int, side: str) -> str:
        left = max(widths[at] - width_of(cell), 0)
        before = {"l": 0, "c": left // 2, "r": left}[side]
        return " " * before + cell + " " * (left - before)

    lines = [(" " * gap).join(put(header[at], at, heads[at]) for at in order)]
    lines += [(" " * gap).join(put(row[at], at, sides[at]) for at in order) for row in rows]
    reading = read(text("\n".join(lines), "utf-8"))
    assert reading.kind == "contract_table" or not reading.awards  # the words of a header may touch
    assert len(reading.awards) == len(rows) or reading.refusals
    written = {tuple("".join(cell.split()) for cell in (row[0], row[2])) for row in rows}
    for title, name, _, _, _ in told(reading):
        assert (title.replace("(", "（").replace(")", "）"), name) in written


@given(st.text(st.sampled_from("架空 　a1\tｱ"), max_size=40), st.lists(st.integers(0, 60), max_size=3).map(sorted))
def test_ink_and_cuts_are_those_of_the_letters_one_by_one(line: str, places: list[int]) -> None:
    line = untabbed(line)
    places_of = []  # the slow way: where each letter stands
    at = 0
    for letter in line:
        places_of.append((at, letter))
        at += width_of(letter)
    inked = {place + half for place, letter in places_of if letter.strip() for half in range(width_of(letter))}
    assert {place for start, end in ink_of(line) for place in range(start, end)} == inked
    bounds = [0, *places, 10_000]
    parts = ["".join(letter for place, letter in places_of if low <= place < high) for low, high in pairwise(bounds)]
    assert cut(line, places) == [part.strip() for part in parts]


def test_the_white_that_the_fewest_lines_cross() -> None:
    left, right = Heading(0, 4, "件名"), Heading(12, 16, "契約")
    inks = [ink_of("架空業務　　清掃"), ink_of("架空　　　　清掃"), ink_of("架空の長い件名　清掃")]
    assert [tuple(one) for one in gutters(left, right, inks[:2])] == [(8, 12, 0)]
    assert [tuple(one) for one in gutters(left, right, inks)] == [(8, 12, 1)]
