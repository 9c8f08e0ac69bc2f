"""What only the look of a workbook's cells says."""

from __future__ import annotations

import io
import zipfile

import pytest

from tsukitome.documents.file import File
from tsukitome.documents.xlsx_looks import formatted, shown_otherwise

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="契約" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/one.xml"/></Relationships>',
    "xl/styles.xml": (
        f'<styleSheet {MAIN}><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>'
    ),
    "xl/sharedStrings.xml": (
        f"<sst {MAIN}><si><t>件名</t></si><si><r><rPr><strike/></rPr><t>880,000</t></r><r><t> 770,000</t></r></si>"
        "<si><r><rPr><strike/></rPr><t>\n</t></r><r><t>架空</t></r></si></sst>"
    ),
    "xl/worksheets/one.xml": (
        f'<worksheet {MAIN}><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="AA1" s="1"><v>5</v></c><c r="AB1" s="1"/><c r="AC1" s="2"><v>5</v></c></row></sheetData></worksheet>'
    ),
}


def packed(parts: dict[str, str]) -> File:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return File.of_bytes("book.xlsx", stream.getvalue())


def test_struck_out_parts_and_cells() -> None:
    assert shown_otherwise(packed(PARTS)) == {"契約": {(0, 1): "770,000", (0, 26): ""}}


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_shared_texts_are_counted_with_those_that_are_empty_or_hold_several_struck_parts(prefix: str) -> None:
    struck = "<r><rPr><strike/></rPr><t>{}</t></r>"
    texts = (
        f"<sst {MAIN}><si/><si><t>件名</t></si>"
        f"<si xml:space='preserve'>{struck.format('1')}{struck.format('2')}<r><t>3</t></r></si>"
        f"<si>{struck.format('4')}</si><si><size/></si></sst>"
    )
    cells = "".join(f'<c r="{column}1" t="s"><v>{at}</v></c>' for at, column in enumerate("ABCDE"))
    parts = {
        "xl/sharedStrings.xml": texts.replace("<", f"<{prefix}")
        .replace(f"<{prefix}/", f"</{prefix}")
        .replace("xmlns=", f"xmlns{prefix and ':x'}="),
        "xl/worksheets/one.xml": f"<worksheet {MAIN}><sheetData><row>{cells}</row></sheetData></worksheet>",
    }
    assert shown_otherwise(packed({**PARTS, **parts})) == {"契約": {(0, 2): "3", (0, 3): ""}}


@pytest.mark.parametrize("style", ["", ' s="0"', ' s="1"'])
def test_a_struck_out_style_is_seen_where_no_text_is_struck_and_where_it_is_the_one_of_cells_that_print_none(
    style: str,
) -> None:
    fonts = (
        "<fonts><font><strike/></font><font/></fonts>"
        if "1" not in style
        else "<fonts><font/><font><strike/></font></fonts>"
    )
    looks = f'<styleSheet {MAIN}>{fonts}<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    cells = f'<row><c r="A1" s="{0 if "1" in style else 1}"><v>7</v></c><c r="B1"{style}><v>5</v></c></row>'
    sheet = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    texts = f"<sst {MAIN}><si><t>件名</t></si></sst>"
    parts = {"xl/styles.xml": looks, "xl/worksheets/one.xml": sheet, "xl/sharedStrings.xml": texts}
    assert shown_otherwise(packed({**PARTS, **parts})) == {"契約": {(0, 1): ""}}


@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_part_is_left_to_the_reader_of_the_cells(part: str) -> None:
    shown = shown_otherwise(packed({**PARTS, part: PARTS[part][:40]}))
    assert shown.keys() <= {"契約"}


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('#,##0"千円"', "1,980千円"),
        ('"@"#,##0.00', "@1,980"),
        ("[$$-409]#,##0", "$1,980"),
        ('#,##0,"千円"', None),
        ('"合計"#,##0', None),
        ('ggge"年"m"月"d"日"', None),
        ("yyyy/m/d", None),
        ("# ?/?", None),
        ("@", None),
    ],
)
def test_words_of_number_formats(code: str, shown: str | None) -> None:
    assert formatted(1980, code) == shown
