"""Files that are damaged, hostile or something else than their name says: one clear sentence each, and all the rest is read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hostile.contents import far_cells

from tsukitome.cli import main
from tsukitome.documents import file as documents_file
from tsukitome.documents.file import File
from tsukitome.sources.recognize import read_file

HEADER = (
    "物品役務等の名称及び数量",
    "契約担当官等の氏名並びにその所属する部局の名称及び所在地",
    "契約を締結した日",
    "契約の相手方の商号又は名称及び住所",
    "契約金額",
)
SUFFIXES = (
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "xls",
    "pdf",
    "html",
    "json",
    "jsonl",
    "zip",
    "gz",
    "csv.gz",
    "xml",
    "dat",
    "docx",
)


def row(
    title: str = "清掃業務",
    day: str = "2017-08-09",
    firm: str = "株式会社見本　東京都港区芝1-2-3",
    yen: str = "1000000",
    buyer: str = "日本年金機構",
) -> tuple[str, ...]:
    return title, buyer, day, firm, yen


def table(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *rows])
    return text.getvalue().encode("utf-8", "surrogatepass")


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for cells in (HEADER, row()):
        book.active.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def page(title: str = "清掃業務", before: str = "") -> bytes:
    cells = "".join(f"<td>{cell}</td>" for cell in row(title))
    head = "".join(f"<th>{cell}</th>" for cell in HEADER)
    return f"{before}<html><table><tr>{head}</tr><tr>{cells}</tr></table></html>".encode()


def run(*arguments: str) -> Result:
    found = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exc_info
    return found


def refused(name: str, data: bytes) -> str:
    """The one sentence with which a file is refused as a whole."""
    reading = read_file(File.of_bytes(name, data))
    assert reading.awards == ()
    (refusal,) = reading.refusals
    assert refusal.file == name
    return refusal.reason


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 3000, b" \n" * 300, random.Random(1).randbytes(3000)], ids=["empty", "nul", "blank", "random"]
)
def test_nothing_and_noise_under_any_suffix(suffix: str, data: bytes) -> None:
    assert refused(f"a.{suffix}", data).endswith(".")


@pytest.mark.parametrize("share", [0.5, 0.7, 0.8, 0.9, 0.97])
@pytest.mark.parametrize("before", ["", "<!DOCTYPE html><body><div>"])
def test_a_page_that_is_cut_off_is_read_and_said_to_be_so(share: float, before: str) -> None:
    rows = [row(f"業務{number}", yen=f"{number},234,567") for number in range(1, 40)]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in one) + "</tr>\n" for one in [HEADER, *rows])
    whole = f"{before}<table>{cells}</table>" + ("</div></body></html>" if before else "")
    assert [refusal.reason for refusal in read_file(File.of_bytes("a.html", whole.encode())).refusals] == []
    reading = read_file(File.of_bytes("a.html", whole[: int(len(whole) * share)].encode()))
    assert 10 < len(reading.awards) < 39
    assert all(award.amounts[0].quote.endswith(",234,567") for award in reading.awards)  # no half of an amount
    assert any("cut off" in refusal.reason for refusal in reading.refusals)


def test_a_page_that_leaves_out_what_may_be_left_out_is_whole() -> None:
    head = "".join(f"<th>{cell}" for cell in HEADER)
    page = f"<!DOCTYPE html><title>契約</title><p>一覧<table><tr>{head}<tr><td>" + "<td>".join(row()) + "</table>"
    reading = read_file(File.of_bytes("a.html", page.encode()))
    assert (len(reading.awards), reading.refusals) == (1, ())


@pytest.mark.parametrize("column", ["XFD", "CV", "AAA"])
def test_a_workbook_whose_cells_stand_far_apart_is_refused_before_room_is_made_for_all_between(column: str) -> None:
    assert "nearly all of them empty" in refused("a.xlsx", far_cells(column=column))
    assert read_file(File.of_bytes("a.xlsx", far_cells(100, "CV"))).awards


def test_a_page_of_notices_that_is_cut_off() -> None:
    notice = "① 78 ② 甲業務 ③ 購入等 ④ 一般 ⑤ 29.8.9 ⑥ ㈱甲（東京都港区芝1-2-3） ⑦ 12,345,678円"
    page = f"<html><body><div><p>次のとおり落札者等について公示します。<p>平成29年10月2日<p>{notice}"
    for end, said in (("</div></body></html>", False), ("", True), ("<br><a hr", True)):
        reading = read_file(File.of_bytes("a.html", (page + end).encode()))
        assert len(reading.awards) == 1
        assert any("cut off" in refusal.reason for refusal in reading.refusals) is said


def test_files_that_are_cut_off() -> None:
    whole, packed = workbook(), zipped(("a.csv", table(row())))
    for share in (0.1, 0.5, 0.9, 0.99):
        assert "damaged" in refused("a.xlsx", whole[: int(len(whole) * share)])
        assert "damaged" in refused("a.zip", packed[: int(len(packed) * share)])
    assert "cut off" in refused("a.csv.gz", gzip.compress(table(row()))[:-10])
    assert "damaged" in refused("a.pdf", b"%PDF-1.7\n" + whole[:500])
    reading = read_file(File.of_bytes("a.csv", table(row(), row("警備業務", firm="株式会社架"))[:-10]))
    assert reading.awards[0].title == "清掃業務"
    assert any("cut off" in refusal.reason for refusal in reading.refusals)


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx", "a.txt", "a.pdf", "a.html"])
@pytest.mark.parametrize("data", [table(row()), workbook(), page(), table(row()).decode().encode("utf-16")])
def test_the_contents_decide_and_not_the_name(name: str, data: bytes) -> None:
    (award,) = read_file(File.of_bytes(name, data)).awards
    assert (award.title, award.suppliers[0].name) == ("清掃業務", "株式会社見本")


def test_entities_are_not_expanded_and_nothing_outside_is_read() -> None:
    entities = '<!ENTITY e0 "lol">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE a [{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for data in (page("&e8;&x;", before=doctype), _with_entities(doctype)):
        reading = read_file(File.of_bytes("a.html", data))
        assert len(str(reading)) < 20_000
        assert "root:" not in str(reading)


def _with_entities(doctype: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        members = [(name, book.read(name)) for name in book.namelist()]
    swapped = [
        (name, data.replace("清掃業務".encode(), b"&e8;&x;") if name.startswith("xl/") else data)
        for name, data in members
    ]
    return zipped(*((name, data.replace(b"<sst", doctype.encode() + b"<sst", 1)) for name, data in swapped))


def test_a_zip_whose_names_lead_outside() -> None:
    data = zipped(("../../x.csv", table(row())), ("/abs.csv", table(row())), ("fine.csv", table(row())))
    reading = read_file(File.of_bytes("a.zip", data))
    assert len(reading.awards) == 1
    assert sorted(refusal.file for refusal in reading.refusals) == ["a.zip/../../x.csv", "a.zip//abs.csv"]


@pytest.mark.parametrize("yen", ["NaN", "inf", "-inf", "1e30", "1e999", "-5", "0x10", "9" * 400, "∞", "①"])
def test_amounts_that_are_none(yen: str) -> None:
    (award,) = read_file(File.of_bytes("a.csv", table(row(yen=yen)))).awards
    assert all(0 < amount.yen < 10**14 for amount in award.amounts)
    json.dumps(award.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    "day", ["0000-00-00", "0000年1月1日", "2910-01-01", "9999-12-31", "2017-13-45", "令和9999年1月1日"]
)
def test_days_that_are_none(day: str) -> None:
    (award,) = read_file(File.of_bytes("a.csv", table(row(day=day)))).awards
    assert award.dates.contract is None
    assert any(day[:4] in warning for warning in award.warnings)


@pytest.mark.parametrize(
    "cells",
    [
        row("清" * 1_000_000),
        row(firm="株式会社" + "見本" * 100_000),
        row(firm="株式会社見本　東京都" + "1-" * 100_000),
        row(firm="(" * 100_000),
        row(yen="1" * 100_000),
        row(day="平成" * 100_000),
        row(buyer="省" * 100_000),
    ],
    ids=["title", "name", "address", "parentheses", "digits", "day", "buyer"],
)
def test_a_cell_of_any_length_harms_no_other_row(cells: tuple[str, ...]) -> None:
    reading = read_file(File.of_bytes("a.csv", table(cells, row("警備業務"))))
    assert [award.title for award in reading.awards] == ["警備業務"]
    (refusal,) = reading.refusals
    assert (refusal.place, "characters" in refusal.reason) == ("row 2", True)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"releases":' * 50_000,
        b'{"hojin-infos":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"hojin-infos":[{"corporate_number":'
        + b"9" * 9999
        + b',"procurement":[{"title":"a","amount":'
        + b"9" * 9999
        + b"}]}]}",
        b'{"releases":[null,1,{"awards":null},{"awards":{}},{"awards":[5,[],{"suppliers":{"a":1},"title":1}],"buyer":[]}]}',
        b'{"hojin-infos":[null,1,{"procurement":[null,1,{"title":null}]},{"procurement":{"title":{}}}]}',
    ],
    ids=["deep list", "deep object", "deep inside", "huge numbers", "other types", "nulls"],
)
def test_json_of_any_shape(data: bytes) -> None:
    reading = read_file(File.of_bytes("a.json", data))
    assert reading.awards or reading.refusals
    assert all(refusal.file == "a.json" and refusal.reason for refusal in reading.refusals)
    for award in reading.awards:
        assert json.loads(json.dumps(award.to_dict(), allow_nan=False))["award_id"] == award.award_id


def test_text_that_a_terminal_a_browser_or_a_spreadsheet_would_obey(tmp_path: Path) -> None:
    names = [
        "\x1b[31m株式会社赤\x1b[0m", "[red]株式会社[/red]", "<script>alert(1)</script>株式会社", "=cmd|'/C calc'!A0株式会社",
        "@SUM(1)株式会社", "+株式会社", "株式会社\x07\x08見本", "\u202e株式会社", "{{7*7}}株式会社", '株式会社"\'><img src=x>',
    ]  # fmt: skip
    file = tmp_path / "a.csv"
    plain = [row(f"清掃業務 その{number}") for number in range(40)]  # a text of control characters would be none
    file.write_bytes(table(*(row(f"{name}業務", firm=f"{name}　東京都港区芝1-2-3") for name in names), *plain))
    data = ("--data", str(file))
    shown = {
        form: run("identify", "--ward", "港区", "--top", "0", "--format", form, *data).stdout
        for form in ("table", "json", "csv", "html")
    }
    shown["records"] = run("records", *data).stdout
    shown["records csv"] = run("records", "--format", "csv", *data).stdout
    assert not [name for name, text in shown.items() if "\x1b[31m" in text or "\x07" in text]
    assert "<script>" not in shown["html"]
    assert "<img src=x>" not in shown["html"]
    assert "49株式会社" not in shown["html"]
    for name in ("csv", "records csv"):
        cells = [cell for line in csv.reader(io.StringIO(shown[name])) for cell in line]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(cell)]
    assert len([json.loads(line) for line in shown["records"].splitlines()]) == len(names) + len(plain)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_folder_of_traps_is_read_and_each_trap_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "inner.csv").mkdir(parents=True)
    (folder / "inner.csv" / "good.csv").write_bytes(table(row()))
    (folder / "random.xlsx").write_bytes(random.Random(2).randbytes(500))
    (folder / "loop").symlink_to(".")
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")
    os.mkfifo(folder / "pipe")
    (folder / os.fsdecode(b"no-utf-8-\xff.csv")).write_bytes(table(row("警備業務")))
    found = run("records", "--data", str(folder))
    assert found.exit_code == 0
    assert {json.loads(line)["title"] for line in found.stdout.splitlines()} == {"清掃業務", "警備業務"}
    files = [json.loads(line)["source"]["file"] for line in found.stdout.splitlines()]
    assert any(file.endswith("no-utf-8-\\xff.csv") for file in files)
    for trap in ("random.xlsx", "loop", "one", "two", "pipe"):
        assert sum(f"data/{trap}" in line for line in found.stderr.splitlines()) == 1, trap


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = run("records", "--data", str(tmp_path / "pipe"))
    assert (found.exit_code, "neither a file nor a folder" in found.stderr) == (1, True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(table(row()))
    file.chmod(0)
    found = run("records", "--data", str(file))
    assert (found.exit_code, "Permission denied" in found.stderr) == (1, True)


def test_a_file_too_large_to_be_read_at_once_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_file, "AT_ONCE", 2000)
    (tmp_path / "large.txt").write_bytes(table(*[row()] * 100))
    (tmp_path / "small.csv").write_bytes(table(row()))
    found = run("records", "--data", str(tmp_path))
    assert len(found.stdout.splitlines()) == 1
    assert "large.txt: is larger than" in found.stderr


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for command in (
        ["import", str(tmp_path), "--archive", str(tmp_path.parent / "a.sqlite")],
        ["records", "--data", str(tmp_path)],
    ):
        found = run(*command)
        assert (found.exit_code, "holds no file to read" in found.stderr) == (1, True)


def test_of_several_files_none_of_which_can_be_read_each_is_named_with_its_reason(tmp_path: Path) -> None:
    """Whoever mends the first would else meet the second only then."""
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)))
    paths = [str(tmp_path / name) for name in ("missing.csv", "noise.csv")]
    found = run("identify", "--ward", "豊島区", *(part for path in paths for part in ("--data", path)))
    assert found.exit_code == 1
    assert all(f"{path}: " in found.stderr for path in paths)


def test_an_archive_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none" / "a.sqlite"
    found = run("import", str(tmp_path), "--archive", str(path))
    assert (found.exit_code, found.stderr) == (1, f"tsukitome: {path}: there is no folder for it.\n")
