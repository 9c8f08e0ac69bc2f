"""The sample data: what is in it, read with nothing of the project's own, and that its generator still makes it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pdfplumber
import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data"
GENERATOR = ROOT / "tools" / "make_sample_data.py"
FONT = Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf")
REAL = "株式会社SAY企画"
R1 = """\
② 扶 養 親 族 等 申 告 書 ・ 個 人 番 号 申 出 書 デ
ー タ 入 力 及 び 画 像 化 業 務 一式 ③購入等 ④ 一般 ⑤ 2
9.8.9 ⑥ ( 株 ) S A Y 企 画 東京都豊島区 東 池 袋 1 -
48-10 ⑦ 1 4 .9 0 円( 他 複 数 単 価 契 約 ) ⑧ 29.
6.29 ⑪ 最 低 価 格 ⑫ 2 4 2 , 1 4 3 , 5 6 0
"""
WORKBOOKS = sorted((SAMPLE / "nenkin").glob("*.xlsx"))
GAZETTES = sorted((SAMPLE / "gazette").glob("*.txt"))


def generator(*options: str) -> str:
    command = [sys.executable, str(GENERATOR), *options]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8", cwd=ROOT).stdout


@pytest.fixture(scope="module")
def listed() -> list[dict[str, str]]:
    """The generator's own list: one line for each award in each file."""
    return list(csv.DictReader(io.StringIO(generator("--list"))))


@pytest.fixture(scope="module")
def pdf_tables() -> list[list[list[str | None]] | None]:
    with pdfplumber.open(SAMPLE / "nenkin" / "contracts-2017-08.pdf") as pdf:
        return [page.extract_table() if page.chars else None for page in pdf.pages]


def squashed(text: str) -> str:
    return re.sub(r"\s", "", normalize("NFKC", text))


def portal_rows() -> list[list[str]]:
    text = (SAMPLE / "portal" / "successful_bid_record_info_2017.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def ministry_rows(name: str) -> list[list[str]]:
    text = (SAMPLE / "mhlw" / name).read_bytes().decode("cp932")
    return list(csv.reader(io.StringIO(text, newline="")))[4:]


def test_every_listed_file_is_there_and_no_other(listed: list[dict[str, str]]) -> None:
    there = {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file()}
    assert there == {row["file"] for row in listed} | {"README.md"}
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*")) < 1_500_000


def test_there_are_over_300_fictional_awards_by_over_110_firms(listed: list[dict[str, str]]) -> None:
    awards = {(row["buyer"], row["title"], row["suppliers"], row["awarded"]) for row in listed}
    firms = {name for row in listed for name in row["suppliers"].split(" / ")}
    assert len(listed) >= 320
    assert len(awards) >= 350
    assert 110 <= len(firms) <= 140


def test_only_the_real_firm_has_no_mark(listed: list[dict[str, str]]) -> None:
    unmarked = {name for row in listed for name in row["suppliers"].split(" / ") if "（架空）" not in name}
    assert unmarked == {REAL}


def test_some_awards_stand_in_two_files(listed: list[dict[str, str]]) -> None:
    files = Counter((row["buyer"], row["title"], row["suppliers"], row["awarded"]) for row in listed)
    assert sum(count > 1 for count in files.values()) >= 10


def test_several_firms_of_toshima_won_in_august(listed: list[dict[str, str]]) -> None:
    firms = {row["suppliers"] for row in listed if "豊島区" in row["addresses"] and row["awarded"][:7] == "2017-08"}
    assert 4 <= len(firms) <= 6
    assert REAL in firms


@pytest.mark.parametrize(
    "trap",
    [
        "same month, other ward", "same ward, other month", "award in June, gazette in August",
        "東京都北区", "横浜市中区",
        "same title, other year (2016-12)", "same title, other year (2018-02)", "checking, not entering",
        "reserve price", "千円", "joint venture", "branch", "two winners at one unit price", "第2区分",
        "next year's contract",
    ],
)  # fmt: skip
def test_each_near_miss_is_in_the_data(trap: str, listed: list[dict[str, str]]) -> None:
    assert any(trap in row["trap"] for row in listed)


def test_the_gazette_holds_the_real_notice_verbatim() -> None:
    assert R1 in (SAMPLE / "gazette" / "gazette-2017-10-02.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GAZETTES, ids=lambda path: path.stem)
def test_a_gazette_holds_its_listed_firms(path: Path, listed: list[dict[str, str]]) -> None:
    text = path.read_text(encoding="utf-8")
    assert "次のとおり落札者等について公示します。" in text
    body = squashed(re.sub(r"^（号外政府調達第\d+号） .*\n", "", text, flags=re.MULTILINE))
    for row in listed:
        if row["file"] == f"gazette/{path.name}":
            for name in row["suppliers"].split(" / "):
                stem = re.sub(r"株式会社|有限会社|合同会社|一般社団法人|（架空）.*", "", name)
                assert re.search(
                    re.escape(squashed(stem)) + r"(\(株\))?(株式会社)?" + ("" if name == REAL else r"\(架空\)"), body
                )


def test_one_legend_has_another_order_and_one_leaves_numbers_out() -> None:
    texts = {path.stem: squashed(path.read_text(encoding="utf-8")) for path in GAZETTES}
    swapped = [stem for stem, text in texts.items() if "1調達件名及び数量2品目分類番号" in text]
    assert swapped == ["gazette-2017-11-06"]
    assert any("[掲載順序]2調達件名及び数量" in text for text in texts.values())


def test_the_ministry_tables_are_cp932_and_name_fictional_firms() -> None:
    competitive, negotiated = ministry_rows("contracts-fy2017.csv"), ministry_rows("contracts-fy2017-negotiated.csv")
    assert len(competitive) >= 70
    assert len(negotiated) == 15
    assert all("（架空）" in row[3] for row in competitive + negotiated)


def test_the_portal_file_has_the_shape_of_the_open_data() -> None:
    data = (SAMPLE / "portal" / "successful_bid_record_info_2017.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    rows = portal_rows()
    assert len(rows) >= 100
    assert {len(row) for row in rows} == {8}
    assert all(re.fullmatch(r"\d{19}", row[0]) and re.fullmatch(r"(\d+\.00)?", row[3]) for row in rows)
    assert [row[6] for row in rows].count("") == 1
    assert all("（架空）" in row[6] for row in rows if row[6])
    assert [row[3] for row in rows].count("0.00") == 1


def test_corporate_numbers_are_nobodys_and_have_the_right_check_digit() -> None:
    for number in {row[7] for row in portal_rows()}:
        assert number[1:5] == "9999"
        total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number[1:])))
        assert int(number[0]) == 9 - total % 9


def test_may_2017_is_missing_and_no_other_month() -> None:
    months = {path.stem.removeprefix("contracts-") for path in (SAMPLE / "nenkin").iterdir()}
    span = {f"{2016 + n // 12}-{n % 12 + 1:02}" for n in range(11, 27)}
    assert span - months == {"2017-05"}
    assert months <= span


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_workbook_has_its_awards_and_marks_every_firm(path: Path, listed: list[dict[str, str]]) -> None:
    names = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        assert str(sheet["A1"].value).startswith("日本年金機構会計規程第24条に基づく")
        head = [str(cell.value).replace("\n", "") for cell in sheet[3]]
        column = next(index for index, text in enumerate(head) if "商号又は名称" in text)
        names += [str(row[column]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[column]]
    assert all("（架空）" in name for name in names)
    assert len(names) == sum(row["file"] == f"nenkin/{path.name}" for row in listed)


def test_the_table_in_thousands_says_so() -> None:
    book = openpyxl.load_workbook(SAMPLE / "nenkin" / "contracts-2017-10.xlsx")
    assert "単位：千円" in str(book.worksheets[0]["A2"].value)
    assert any(180_300 in row for row in book.worksheets[0].iter_rows(values_only=True))


def test_one_page_of_the_pdf_has_no_text(pdf_tables: list[list[list[str | None]] | None]) -> None:
    assert len(pdf_tables) >= 4
    assert [number for number, table in enumerate(pdf_tables, start=1) if table is None] == [3]


def test_the_pdf_holds_the_real_row_among_fictional_ones(pdf_tables: list[list[list[str | None]] | None]) -> None:
    rows = [[squashed(cell or "") for cell in row] for table in pdf_tables if table for row in table[1:]]
    assert len(rows) == 24
    real = [row for row in rows if "架空" not in row[3]]
    assert real == [[
        "扶養親族等申告書・個人番号申出書データ入力及び画像化業務一式",
        "日本年金機構理事長代理人年金給付部給付業務調整室長(氏名略)東京都杉並区高井戸西3-5-24",
        "平成29年8月9日", "株式会社SAY企画東京都豊島区東池袋1-48-10", "一般競争入札",
        "242,143,560", "@14.90他複数単価契約", "75.39%",
        "調達見込総額182,547,000円",
    ]]  # fmt: skip


def test_the_generator_makes_the_committed_text_files(tmp_path: Path) -> None:
    generator("--seed", "20180319", "--out", str(tmp_path), "--text-only")
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == len(GAZETTES) + 3
    for path in made:
        assert path.read_bytes() == (SAMPLE / path.relative_to(tmp_path)).read_bytes(), path.name


def test_the_generator_makes_the_committed_tables(
    tmp_path: Path, pdf_tables: list[list[list[str | None]] | None]
) -> None:
    pytest.importorskip("reportlab")
    pytest.importorskip("PIL")
    if not FONT.exists():
        pytest.skip("needs Debian's fonts-ipafont-gothic")
    generator("--out", str(tmp_path))
    for path in WORKBOOKS:
        assert cells(tmp_path / "nenkin" / path.name) == cells(path)
    with pdfplumber.open(tmp_path / "nenkin" / "contracts-2017-08.pdf") as pdf:
        assert [page.extract_table() if page.chars else None for page in pdf.pages] == pdf_tables


def cells(path: Path) -> list[list[tuple[object, ...]]]:
    return [list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(path).worksheets]
