from __future__ import annotations

import pytest

from tsukitome.documents import html as documents_html
from tsukitome.documents.file import File
from tsukitome.documents.html import read_html
from tsukitome.documents.table import Table, Tables, too_many_cells
from tsukitome.errors import UnreadableError
from tsukitome.sources.recognize import read_file


def read(html: str, encoding: str = "utf-8") -> Tables:
    return read_html(File.of_bytes("a.html", html.encode(encoding)))


def only_table(html: str) -> Table:
    (table,) = read(html).tables
    return table


def test_line_breaks_and_commas_are_kept_and_source_line_breaks_are_not() -> None:
    table = only_table("<table><tr><td>㈱見本<br>東京都豊島区\n 池袋1-2-3</td><td>1,234,567</td></tr></table>")
    assert table.rows[0].texts == ("㈱見本\n東京都豊島区 池袋1-2-3", "1,234,567")
    assert only_table("<table><tr><td><p>一</p><p>二</p></td></tr></table>").rows[0].texts == ("一\n二",)


def test_spans_put_their_value_on_every_place() -> None:
    table = only_table(
        "<table><tr><th rowspan=2>件名</th><th colspan=2>相手方</th></tr><tr><th>名称</th><th>住所</th></tr>"
        "<tr><td>清掃</td><td>㈱見本</td><td>豊島区</td></tr></table>"
    )
    assert [row.texts for row in table.rows] == [
        ("件名", "相手方", "相手方"),
        ("件名", "名称", "住所"),
        ("清掃", "㈱見本", "豊島区"),
    ]
    assert [cell.covered for cell in table.rows[1].cells] == [True, False, False]


def test_the_declared_shift_jis_is_read_as_browsers_read_it() -> None:
    html = '<html><head><meta charset="Shift_JIS"></head><body><table><tr><td>①㈱髙見本</td></tr></table></body></html>'
    assert read(html, "cp932").tables[0].rows[0].texts == ("①㈱髙見本",)


def test_a_wrong_declaration_does_not_matter() -> None:
    html = '<html><head><meta charset="utf-8"></head><body><table><tr><td>清掃業務</td></tr></table></body></html>'
    assert read(html, "cp932").tables[0].rows[0].texts == ("清掃業務",)


def test_several_tables_are_told_apart_and_take_the_text_above_them() -> None:
    tables = read(
        "<html><head><title>契約情報</title></head><body><h1>平成29年度</h1><table><tr><td>a</td></tr></table>"
        "<p>随意契約</p><table><tr><td>b</td></tr></table></body></html>"
    ).tables
    assert [(table.sheet, table.heading) for table in tables] == [
        ("table 1", "契約情報\n平成29年度"),
        ("table 2", "随意契約"),
    ]


def test_layout_tables_around_a_table_are_left_out() -> None:
    assert only_table("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>").rows[0].texts == ("x",)


@pytest.mark.parametrize("html", ["<html><body><p>なし</p></body></html>", "<html></html>"])
def test_a_page_without_tables_is_refused(html: str) -> None:
    with pytest.raises(UnreadableError, match="holds no table"):
        read(html)


def test_a_table_whose_joined_cells_cover_more_than_a_page_can_hold_is_refused_and_the_others_read() -> None:
    wide = "<tr><td rowspan=1000 colspan=1000>一</td></tr>" * 1000
    other = "<table><tr><td>件名</td></tr></table>"
    read_too = read(f"<table>{wide}</table>{other}")
    assert [table.sheet for table in read_too.tables] == ["table 2"]
    assert read_too.unreadable == (("sheet table 1", too_many_cells()),)
    refusals = read_file(File.of_bytes("a.html", f"<table>{wide}</table>".encode())).refusals
    assert f"a.html, sheet table 1: {too_many_cells()}" in map(str, refusals)


def test_cells_side_by_side_and_the_empty_ones_beside_them_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_html, "MOST_CELLS", 100)
    for rows in ("<tr>" + "<td colspan=10>一</td>" * 11, "<tr><td colspan=10>一</td></tr>" + "<tr></tr>" * 10):
        assert read(f"<table>{rows}</table>") == Tables((), (("sheet table 1", too_many_cells()),))
    assert read(f"<table><tr>{'<td colspan=10>一</td>' * 10}</tr></table>").tables


def test_a_table_too_large_to_be_held_is_refused_on_a_page_that_is_read_by_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents_html, "MOST_CELLS", 100)
    notice = "① 78 ② 甲業務 ③ 購入等 ④ 一般 ⑤ 29.8.9 ⑥ ㈱甲（東京都港区芝1-2-3） ⑦ 12,345,678円"
    wide = "<table><tr><td rowspan=20 colspan=200>一</td></tr></table>"
    page = f"<html><body><p>次のとおり落札者等について公示します。<p>平成29年10月2日<p>{notice}{wide}</body></html>"
    read_too = read_file(File.of_bytes("a.html", page.encode()))
    assert [award.title for award in read_too.awards] == ["甲業務"]
    assert f"a.html, sheet table 1: {too_many_cells()}" in map(str, read_too.refusals)
