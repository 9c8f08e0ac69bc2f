"""Files that are damaged, hostile or something else than their name says, made on the spot. A new one is one line."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import openpyxl
from reportlab.pdfgen.canvas import Canvas

HEADER = (
    "物品役務等の名称及び数量",
    "契約担当官等の氏名並びにその所属する部局の名称及び所在地",
    "契約を締結した日",
    "契約の相手方の商号又は名称及び住所",
    "契約金額",
)
GOOD = ("清掃業務", "日本年金機構", "2017-08-09", "株式会社架空見本　東京都豊島区東池袋1-2-3", "1000000")
NOTICE = "① 78 ② 甲業務 ③ 購入等 ④ 一般 ⑤ 29.8.9 ⑥ ㈱架空（東京都港区芝1-2-3） ⑦ 12,345,678円"
GAZETTE = f"次のとおり落札者等について公示します。\n平成29年10月2日\n{NOTICE}\n"
PORTAL = '"0000000000000012345","清掃業務","2017-08-09","1000000.00","P1","8002010","架空商事","4013301020174"\r\n'


def table(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *(rows or (GOOD,))])
    return text.getvalue().encode("utf-8", "surrogatepass")


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    for cells in (HEADER, *(rows or (GOOD,))):
        book.active.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def open_document(*rows: tuple[str, ...], before: str = "") -> bytes:
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in one)}"
        "</table:table-row>"
        for one in (HEADER, *(rows or (GOOD,)))
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="s">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content.encode()))


def page(*rows: tuple[str, ...], before: str = "") -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in one)}</tr>\n" for one in (HEADER, *(rows or (GOOD,))))
    return f"{before}<html><body><table>{cells}</table></body></html>".encode()


def pdf(password: str | None = None, text: str = "award 12345") -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=password, invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()
    return stream.getvalue()


def entities(levels: int = 9) -> str:
    """A document type whose entity ``&e9;`` stands for a thousand million words, and ``&x;`` for a file of this machine."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1))
    return f'<!DOCTYPE a [<!ENTITY e0 "lol">{steps}<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def with_entities(book: bytes) -> bytes:
    """A workbook whose shared strings are such a document."""
    with zipfile.ZipFile(io.BytesIO(book)) as read:
        members = [(name, read.read(name)) for name in read.namelist()]
    bomb = entities().encode()
    return zipped(
        *(
            (name, data.replace("清掃業務".encode(), b"&e9;&x;").replace(b"<sst", bomb + b"<sst", 1))
            for name, data in members
        )
    )


def zeros(mebibytes: int) -> bytes:
    """What so many MiB of nothing deflate to, made without deflating them: one piece, over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * mebibytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def zip_of_zeros(*members: tuple[str, int], checksum: int = 0) -> bytes:
    """A zip archive whose members inflate to so many MiB of nothing each; their checksums are wrong."""
    local, central, number = b"", b"", len(members)
    for name, mebibytes in members:
        packed, known = zeros(mebibytes), name.encode()
        sizes = struct.pack("<LLL", checksum, len(packed), mebibytes << 20)
        head = struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(known), 0)
        central += b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHLL", 0, 0, 0, 0, len(local)) + known
        local += b"PK\3\4" + head + known + packed
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, number, number, len(central), len(local), 0)
    return local + central + end


def gzip_of_zeros(mebibytes: int) -> bytes:
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + zeros(mebibytes) + struct.pack("<LL", 0, mebibytes << 20)


def locked_zip() -> bytes:
    """A zip archive whose only member says that it is encrypted."""
    data = bytearray(zipped(("a.csv", table())))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def compound(stream: str = "", size: int = 4096) -> bytes:
    """The head of a compound file (old workbooks, locked new ones) with the name of a stream in it, and nothing behind."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    return (head + bytes(400) + stream.encode("utf-16-le")).ljust(size, b"\xff")


WHOLE: dict[str, bytes] = {
    "csv": table(*((f"業務その{n}", *GOOD[1:]) for n in range(40))),
    "xlsx": workbook(),
    "ods": open_document(),
    "html": page(*((f"業務その{n}", *GOOD[1:]) for n in range(40))),
    "pdf": pdf(),
    "zip": zipped(("a.csv", table())),
    "csv.gz": gzip.compress(table(), mtime=0),
    "json": json.dumps({"releases": [{"ocid": "1", "awards": [{"id": "1", "title": "業務"}]}]}).encode(),
    "jsonl": b'{"ocid":"1","awards":[]}\n' * 9,
    "txt": (GAZETTE * 3).encode(),
}
SUFFIXES = (*WHOLE, "xls", "tsv", "gz", "xml", "dat", "docx", "xlsb", "toml", "sqlite", "lock")
STRANGE = {
    "newline": "架\n空",
    "return": "架\r空",
    "nul": "架\0空",
    "ansi": "\x1b[31m架空\x1b[0m",
    "window-title": "\x1b]0;架空\x07",
    "c1": "\x9b31m架空",
    "markup": "[red]架空[/red]",
    "link": "[link=http://e.example]架空[/link]",
    "script": "<script>alert(1)</script>架空",
    "image": "\"'><img src=x onerror=alert(1)>架空",
    "formula": "=cmd|'/C calc'!A0架空",
    "plus": "+架空",
    "minus": "-架空",
    "at": "@SUM(1)架空",
    "tab": "\t=架空",
    "bidi": "\u202e架空",
    "bidi-2": "\u2067架空\u061c",
    "zero-width": "\u200b架空\u200d",
    "separator": "\u2028架空",
    "tag": "\U000e0041架空",
    "backspace": "架\x08空",
    "delete": "架\x7f空",
    "template": "{{7*7}}{% raw %}架空",
    "markdown": "[架空](javascript:alert(1))|`a`",
    "percent": "%s%n{0}架空",
    "toml": '"""架空\n[[clues]]',
}
AMOUNTS = ("NaN", "inf", "-inf", "1e30", "1e999", "-5", "0x10", "9" * 400, "∞", "①", "", "1,2,3,4")
DAYS = (
    "0000-00-00", "0000年1月1日", "2910-01-01", "9999-12-31", "2017-13-45", "令和9999年1月1日", "平成0年1月1日", "-1-1-1",
)  # fmt: skip


def _zipped_of(name: str, *members: tuple[str, bytes]) -> tuple[str, bytes]:
    return name, zipped(*members)


def bad_files() -> Iterator[tuple[str, bytes]]:
    """Files that give no award, each with its name."""
    for suffix in SUFFIXES:
        yield f"empty.{suffix}", b""
        yield f"blank.{suffix}", b" \n" * 300
        yield f"nul.{suffix}", b"\0" * 3000
        yield f"random.{suffix}", random.Random(suffix).randbytes(3000)
    for suffix in ("xlsx", "ods", "zip", "pdf"):
        for share in (0.02, 0.3, 0.7, 0.95):
            yield f"cut-{share}.{suffix}", WHOLE[suffix][: int(len(WHOLE[suffix]) * share)]
    yield "cut.csv.gz", WHOLE["csv.gz"][:-10]
    yield "cut.json", WHOLE["json"][:-10]
    yield "locked.xlsx", compound("EncryptedPackage")
    yield "locked.pdf", pdf(password="secret")
    yield "locked.zip", locked_zip()
    yield "broken.xls", compound("Workbook")
    yield "broken-chain.xls", compound("Workbook", 1 << 16)
    yield _zipped_of(
        "outside.zip", ("../../outside.csv", table()), ("/outside.csv", table()), ("C:\\outside.csv", table())
    )
    yield _zipped_of("nested.zip", ("inner.zip", zipped(("a.csv", table()))))
    yield _zipped_of("nested-gz.zip", ("inner.csv.gz", gzip.compress(table(), mtime=0)))
    yield "zip.gz", gzip.compress(zipped(("a.csv", table())), mtime=0)
    yield "inflating.zip", zip_of_zeros(*((f"{n}.csv", 200) for n in range(6)))
    yield "inflating.csv.gz", gzip_of_zeros(1100)
    yield "inflating.xlsx", zip_of_zeros(("xl/workbook.xml", 1), ("xl/sharedStrings.xml", 1100))
    yield "wrong-sum.zip", zip_of_zeros(("a.csv", 1), checksum=7)
    yield "entities.ods", open_document(("&e9;&x;", *GOOD[1:]), GOOD, before=entities())
    yield "entities.xml", f'<?xml version="1.0"?>{entities()}<a>&e9;&x;</a>'.encode()
    yield "deep.json", b"[" * 100_000 + b"]" * 100_000
    yield "deep-object.json", b'{"releases":' * 50_000
    yield "deep.html", b"<div>" * 100_000
    yield "deep.xml", b"<?xml version='1.0'?>" + b"<a>" * 100_000
    yield "deep.toml", b"a = " + b"[" * 100_000
    yield "one-line.csv", b"a" * 2_000_000
    yield "one-line.html", b"<p>" + b"a" * 2_000_000
    yield "quotes.csv", b'"' * 200_001
    yield "magic.sqlite", b"SQLite format 3\0" + bytes(2000)
    yield "magic-random.sqlite", b"SQLite format 3\0" + random.Random(9).randbytes(4080)
    yield "wrong.map.toml", b"files = 1"
    yield "binary.toml", b"\xff\xfe\0"


def half_good_files() -> Iterator[tuple[str, bytes]]:
    """Files with something strange in them beside an award 清掃業務, which is read; each has a price of its own."""
    good = ((*GOOD[:4], str(price)) for price in count(1_000_000))
    for name, text in STRANGE.items():
        yield f"in-title-{name}.csv", table((f"{text}の業務", *GOOD[1:]), next(good))
        yield f"in-firm-{name}.csv", table((*GOOD[:3], f"{text}株式会社　東京都豊島区東池袋1-2-3", GOOD[4]), next(good))
        yield f"in-buyer-{name}.csv", table((GOOD[0], f"{text}省", *GOOD[2:]), next(good))
    for number, yen in enumerate(AMOUNTS):
        yield f"yen-{number}.csv", table((*GOOD[:4], yen), next(good))
    for number, day in enumerate(DAYS):
        yield f"day-{number}.csv", table((*GOOD[:2], day, *GOOD[3:]), next(good))
    for column in range(5):
        yield f"long-cell-{column}.csv", table((*GOOD[:column], "あ" * 1_000_000, *GOOD[column + 1 :]), next(good))
    yield "long-cell.html", page(("あ" * 1_000_000, *GOOD[1:]), next(good))
    yield "entities.html", page(("&e9;&x;", *GOOD[1:]), GOOD, before=entities())
    yield "entities.xlsx", with_entities(workbook(next(good), (*GOOD[:1], "国土交通省", *GOOD[2:])))
    yield _zipped_of("one-outside.zip", ("../x.csv", table()), ("fine.csv", table(next(good))))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    held = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)  # an address of more than about 100 bytes is refused
    try:
        held.bind(path.name)
    finally:
        os.chdir(here)
        held.close()


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _broken(path: Path) -> None:
    path.symlink_to("nowhere")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _above(path: Path) -> None:
    path.symlink_to(".")


def _unreadable(path: Path) -> None:
    path.write_bytes(table())
    path.chmod(0)


# What stands at a path and is no file that can be read: its name, and how it is made.
TRAPS: dict[str, Callable[[Path], None]] = {
    "pipe.csv": _pipe,
    "socket.csv": _socket,
    "loop.csv": _loop,
    "above.csv": _above,
    "broken.csv": _broken,
    "device.csv": _device,
    "folder.csv": Path.mkdir,
}
if os.geteuid() != 0:  # root may read everything
    TRAPS["unreadable.csv"] = _unreadable
# Names of files that are read like any other.
NAMES = (
    "a\nb.csv",
    "a\x1b[31mb.csv",
    "a[red]b.csv",
    "<script>alert(1)<script>.csv",
    "=cmd|' '!A0.csv",
    "a\u202eb.csv",
    "-o.csv",
    "a b.csv",
    "a\\b.csv",
    os.fsdecode(b"a\xff\xfeb.csv"),
    "あ" * 83 + ".csv",
    "%s%n.csv",
    "~.csv",
    "$(id).csv",
    "a\tb.csv",
    "a'b\"c.csv",
)


def place(folder: Path, *files: tuple[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files:
        (folder / name).write_bytes(data)
    return folder


def far_cells(row: int = 1_048_576, column: str = "XFD") -> bytes:
    """A workbook of a few hundred bytes with two cells, so far apart that the area they span has thousands of millions."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as read:
        members = [(name, read.read(name)) for name in read.namelist()]
    cell = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'.encode()
    return zipped(*((name, data.replace(b"</sheetData>", cell)) for name, data in members))
