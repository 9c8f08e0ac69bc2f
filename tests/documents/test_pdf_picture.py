"""Pictures of what was read: the row itself, and nothing beside it that the quotation does not hold."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tsukitome.documents.file import File
from tsukitome.documents.pdf_picture import Picture, row_picture, text_picture

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "nenkin" / "contracts-2017-08.pdf"
QUOTE = (
    "扶養親族等申告書・個人番号申出書\nデータ入力及び画像化業務 一式 | 平成29年8月9日 |"
    " 株式会社SAY企画\n東京都豊島区東池袋1-48-10 | 一般競争入札 |"
    " 242,143,560 | @14.90他\n複数単価契約 | 75.39% | 調達見込総額\n182,547,000円"
)


@pytest.fixture(scope="module")
def file() -> File:
    return File.read(SAMPLE)


def greys(picture: Picture) -> list[int]:
    return list(Image.open(io.BytesIO(picture.png)).getdata())


def test_the_row_is_shown_and_the_officers_cell_painted_over(file: File) -> None:
    picture = row_picture(file, 1, None, 5, QUOTE)
    assert picture is not None
    assert picture.painted
    assert (picture.width > 600, 40 < picture.height < 200) == (True, True)
    officer = "日本年金機構 理事長代理人 年金給付部給付業務調整室長 （氏名略） 東京都杉並区高井戸西3-5-24"
    whole = row_picture(file, 1, None, 5, QUOTE + officer)
    assert whole is not None
    assert sum(grey < 100 for grey in greys(picture)) < sum(grey < 100 for grey in greys(whole))


def test_what_is_not_there_has_no_picture(file: File) -> None:
    assert row_picture(file, 1, None, 999, QUOTE) is None
    assert row_picture(file, 99, None, 1, QUOTE) is None
    assert row_picture(file, 1, "table 9", 1, QUOTE) is None
    assert text_picture(file, 1, "どこにも書かれていない文の始まりと終わり") is None
    assert row_picture(File.of_bytes("x.pdf", b"%PDF-1.7 broken"), 1, None, 1, QUOTE) is None


def test_lines_are_found_by_their_beginning_and_end_and_the_rest_is_painted(file: File) -> None:
    picture = text_picture(file, 1, "扶養親族等申告書・個人番号申出書データ入力及び画像化業務 一式")
    assert picture is not None
    assert picture.height < 100
