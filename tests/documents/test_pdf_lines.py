"""PDF text by column: a gazette page set in two columns is read column by column."""

from __future__ import annotations

import io
import re

import pytest
from gazette_pages import NO_FONT, embedded_font, has_font

from tsukitome.documents.file import File
from tsukitome.documents.pdf_lines import read_pdf_lines
from tsukitome.errors import UnreadableError
from tsukitome.sources.recognize import read_file

needs_font = pytest.mark.skipif(not has_font(), reason=NO_FONT)
HEAD = "官 報 （号外政府調達第187号） 平成29年10月2日 月曜日 12"
LEFT = """次のとおり落札者等について公示します。
平成29年10月2日
契約責任者　日本年金機構　理事長代理人　架空　太郎
① 78 ② 庁舎清掃業務 ③ 購入等 ④ 一般
⑤ 29.8.9 ⑥ 株式会社見本（東京都港区芝
1-2-3） ⑦ 12,345,678円 ⑧ 29.6.29
① 71 ② 届書のデータ入力及び画像化""".splitlines()
RIGHT = """業務 一式 ③ 購入等 ④ 一般 ⑤ 29.8.10
⑥ 見本企画株式会社 東京都豊島区東池
袋1-48-10 ⑦ 14.90円（単価） ⑧ 29.6.30
① 78 ② 庁舎警備業務 ③ 購入等 ④ 一般
⑤ 29.8.11 ⑥ 株式会社見本（東京都港区芝
1-2-3） ⑦ 22,345,678円 ⑧ 29.6.29""".splitlines()


def pdf() -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("HeiseiMin-W3", 9)
    canvas.drawString(60, 800, HEAD)
    for x, lines in ((60, LEFT), (320, RIGHT)):
        for place, line in enumerate(lines):
            canvas.drawString(x, 770 - 14 * place, line)
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)  # a page that is a picture
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_columns_are_read_one_after_the_other() -> None:
    document = read_pdf_lines(File.of_bytes("g.pdf", pdf()))
    texts = [line.text.replace(" ", "") for line in document.lines]
    assert texts[0].startswith("官報")
    assert texts[1].startswith("次のとおり")
    assert texts.index("業務一式③購入等④一般⑤29.8.10") == 1 + len(LEFT)
    assert [page for page, _ in document.unread] == [2]


def test_gazette_in_a_pdf() -> None:
    reading = read_file(File.of_bytes("g.pdf", pdf()))
    assert reading.kind == "gazette"
    assert [award.title for award in reading.awards] == [
        "庁舎清掃業務",
        "届書のデータ入力及び画像化業務一式",
        "庁舎警備業務",
    ]
    assert reading.awards[1].suppliers[0].address == "東京都豊島区東池袋1-48-10"
    assert reading.awards[1].award_id.endswith(":p1-l8")
    assert [refusal.place for refusal in reading.refusals] == ["page 2"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"no pdf"])
def test_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_pdf_lines(File.of_bytes("g.pdf", data))


def drawn(font: str, *lines: tuple[float, float, float, str], compressed: bool = True) -> bytes:
    """A page of lines: where each begins, its size, and its text."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), pageCompression=compressed)
    for x, y, size, text in lines:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def shown(pdf: bytes) -> list[str]:
    return [line.text for line in read_pdf_lines(File.of_bytes("g.pdf", pdf)).lines]


def test_vertical_writing_is_read_from_the_right() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    font = UnicodeCIDFont("HeiseiMin-W3", isVertical=True)
    pdfmetrics.registerFont(font)
    lines = ["次のとおり落札者等について", "公示します。", "平成二十九年十月二日"]
    pdf = drawn(font.fontName, *((500 - 16 * at, 800, 9, line) for at, line in enumerate(lines)))
    assert shown(pdf) == lines


@needs_font
def test_readings_over_a_line_are_left_out_and_small_print_is_not() -> None:
    font = embedded_font().fontName
    base = [
        (60.0, 700.0, 9.0, "架空株式会社の届書"),
        (60.0, 684.0, 9.0, "データ入力"),
        (60.0, 660.0, 5.0, "かくうは架空である"),
    ]
    assert shown(drawn(font, *base, (69.0, 709.0, 4.0, "かくう"))) == [text for *_, text in base]


@needs_font
def test_a_font_that_names_no_characters_is_told() -> None:
    line = (60.0, 700.0, 9.0, "次のとおり落札者等について公示します")
    pdf = drawn(embedded_font().fontName, line, compressed=False)
    assert shown(pdf) == [line[-1]]
    nameless = re.sub(rb"/ToUnicode [0-9]+ 0 R", lambda found: b" " * len(found[0]), pdf)
    (unread,) = read_pdf_lines(File.of_bytes("g.pdf", nameless)).unread
    assert unread[0] == 1
    assert "ToUnicode" in unread[1]
