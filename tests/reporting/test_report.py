"""The report in each of its forms: the same facts, nothing in them alive, sole proprietors masked, the same bytes again."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from builders import supplier
from casework.cases import TWO_FILES, run, seed_case
from casework.hostile import FIRM, HOME, PERSON, TITLE, write_case

from tsukitome.normalize.printed import span_of
from tsukitome.reporting.masking import Mask, personal_part
from tsukitome.reporting.report.pieces import in_its_sentence, marked


@pytest.fixture(scope="module")
def seed(folder: Path) -> Path:
    case = seed_case(folder / "seed", "--data", *TWO_FILES)
    with case.open("a", encoding="utf-8") as stream:
        stream.write('[[corroboration]]\nquote = "契約金額 一億八千二百五十四万七千円"\nsupports = "金額"\n')
    return case


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Path:
    return write_case(folder / "hostile")


def report(case: Path, form: str, *more: str) -> str:
    done = run("report", case, "--format", form, "--lang", "en", *more)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["html", "md", "json", "csv"])
def test_each_form_tells_the_firm_its_chances_and_the_words_of_the_record(seed: Path, form: str) -> None:
    text = report(seed, form)
    for fact in ("株式会社SAY企画", "182,547,000円", "contracts-2017-08.pdf"):
        assert fact in text.replace("\\_", "_")
    if form != "csv":
        for fact in ("182,547,000 / 242,143,560", "75.38792%", "一億八千二百五十四万七千円", "情報公開請求書"):
            assert fact in text


@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "xlsx"])
def test_the_same_case_gives_the_same_bytes(seed: Path, folder: Path, form: str) -> None:
    out = folder / f"again.{form}"
    written = []
    for _ in range(2):
        assert run("report", seed, "-o", out, "--lang", "ja").exit_code == 0
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_the_bytes_do_not_depend_on_where_the_command_is_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, hostile: Path
) -> None:
    written = []
    for where, case in ((hostile.parent, hostile.name), (folder, f"hostile/{hostile.name}"), (folder.parent, hostile)):
        monkeypatch.chdir(where)
        assert run("report", case, "-o", folder / "somewhere.html", "--lang", "en").exit_code == 0
        written.append((folder / "somewhere.html").read_bytes())
    assert written[0] == written[1] == written[2]


def test_the_page_needs_nothing_else(seed: Path) -> None:
    page = report(seed, "html")
    assert page.startswith("<!DOCTYPE html>")
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", page)
    assert not re.search(r"url\(|@import|style=\"", page)
    assert "default-src 'none'" in html.unescape(page)


def test_a_row_of_a_pdf_is_shown_as_a_picture_without_the_officer(seed: Path) -> None:
    page = report(seed, "html")
    assert page.count('src="data:image/png;base64,') >= 1
    assert "painted over" in page


def test_every_quotation_of_a_number_is_in_the_records_own_words(seed: Path) -> None:
    told = json.loads(report(seed, "json"))
    quotes = {source["sha256"]: source["quote"] for source in told["sources"]}
    assert quotes
    for calculation in told["check"]["arithmetic"]:
        for record in calculation["records"]:
            assert record["words"] is not None
            assert span_of(record["words"], record["quote"])


# Inert


def test_markup_is_text_in_the_page(hostile: Path) -> None:
    page = report(hostile, "html")
    assert "&lt;script&gt;window.broken=1&lt;/script&gt;" in page
    assert page.count("<script") == 1
    assert not re.search(r"<img src=x|<b class=evil|javascript:alert\(3\)\"", page)
    assert "\x1b" not in page


def test_markup_is_text_in_markdown(hostile: Path) -> None:
    text = report(hostile, "md")
    prose = re.sub(r"^    (?:tsukitome|identify) .*$", "", text, flags=re.M)
    assert not re.search(r"<(?!br>|https://)", prose)  # the commands stand in a block of code
    assert "\x1b" not in text
    assert "[bold]" not in re.sub(r"\\\[bold\\\]", "", text)


def test_formulas_are_text_in_csv_and_workbook(hostile: Path, folder: Path) -> None:
    for row in csv.reader(io.StringIO(report(hostile, "csv"))):
        assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and not re.fullmatch(r"-?[0-9.]+", cell) and cell]
    out = folder / "hostile.xlsx"
    assert run("report", hostile, "-o", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == FIRM or str(cell.value).startswith("=cmd") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert any(TITLE in str(cell.value) for cell in cells)


def test_the_terminal_gets_no_control_codes(hostile: Path) -> None:
    done = run("check", hostile, "--lang", "en")
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout


def test_csv_has_its_mark_in_a_file_and_none_on_stdout(seed: Path, folder: Path) -> None:
    out = folder / "evidence.csv"
    assert run("report", seed, "-o", out).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not report(seed, "csv").startswith("\ufeff")


def test_a_workbook_needs_a_file(seed: Path) -> None:
    assert run("report", seed, "--format", "xlsx").exit_code == 2
    assert run("report", seed, "--claim-review").exit_code == 2


def test_a_rating_is_a_persons_or_none(seed: Path, folder: Path) -> None:
    told = json.loads(report(seed, "json", "--claim-review"))
    assert told["claim_review"]
    assert not any("reviewRating" in one for one in told["claim_review"])
    rated = folder / "seed" / "RATED.toml"
    text = seed.read_text(encoding="utf-8")
    rated.write_text(
        text + '[[claims]]\ntext = "1億8千万円で契約した"\nrating = "正確"\nrated_by = "山田"\n', encoding="utf-8"
    )
    (review,) = [
        one for one in json.loads(report(rated, "json", "--claim-review"))["claim_review"] if "reviewRating" in one
    ]
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "正確"}
    assert review["author"]["name"] == "山田"


# Sole proprietors


@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "xlsx"])
def test_a_sole_proprietor_is_masked_in_every_form(hostile: Path, folder: Path, form: str) -> None:
    shown = {}
    for more in ((), ("--unmask",)):
        out = folder / f"masked.{form}"
        assert run("report", hostile, "-o", out, *more).exit_code == 0
        if form == "xlsx":
            book = openpyxl.load_workbook(out)
            shown[more] = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
        else:
            shown[more] = out.read_text(encoding="utf-8-sig")
    for secret in (PERSON, PERSON.replace(" ", ""), HOME):
        assert secret not in shown[()]
    assert "●●" in shown[()]
    assert re.search("山田 ?太郎", shown[("--unmask",)])
    assert run("check", hostile, "--format", "json").stdout.count("山田") == 0


@pytest.mark.parametrize(
    "name",
    ["山田太郎", "山田 太郎", "山田　太郎", "佐々木 一", "小野寺 さくら", "弁護士 山田太郎", "山田太郎税理士事務所",
     "個人（山田太郎）", "山田 太郎（個人事業主）", "John Smith", "田中商店（田中一郎）"],
)  # fmt: skip
def test_a_person_is_told(name: str) -> None:
    assert personal_part(supplier(name, None)), name


@pytest.mark.parametrize(
    "name",
    ["株式会社山田太郎", "大成建設", "東京都", "豊島区", "日本赤十字社", "中央労働災害防止協会", "山田商店", "三菱電機",
     "有限会社 佐藤", "社団法人 日本水道協会", "ABC123", "みずほ銀行", "国立国会図書館",
     "法人番号 4013301020174", "株式会社SAY企画（架空）"],
)  # fmt: skip
def test_a_firm_is_no_person(name: str) -> None:
    assert personal_part(supplier(name, None)) is None, name


def test_a_corporate_number_makes_it_a_firm() -> None:
    assert personal_part(supplier("山田太郎", None, corporate_number="4013301020174")) is None


def test_the_mask_keeps_lengths_and_finds_letter_spacing() -> None:
    mask = Mask([PERSON, f"池袋{HOME}"])
    text = "⑥ 山 田 太 郎 東京都豊島区池袋3-4-\n5 ⑦"
    hidden = mask.text(text)
    assert len(hidden) == len(text)
    assert hidden == "⑥ ● ● ● ● 東京都豊島区●●●●●●\n● ⑦"
    assert mask.hides(text)
    assert not mask.hides(hidden)


# Pieces


def test_spans_that_overlap_are_marked_once_and_nothing_is_lost() -> None:
    pieces = marked("abcdefgh", [(1, 3), (2, 5), (7, 99)])
    assert pieces == [("a", False), ("bcde", True), ("fgh"[:2], False), ("h", True)]
    assert "".join(text for text, _ in pieces) == "abcdefgh"


def test_a_clue_is_shown_in_its_sentence() -> None:
    text = "前の文。機構は昨年8月に契約した。次の文。"
    assert in_its_sentence(text, 7, 11) == [("機構は", False), ("昨年8月", True), ("に契約した。", False)]
