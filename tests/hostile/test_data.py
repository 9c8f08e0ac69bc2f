"""Every kind of bad content under ``--data``: each is named with its reason, all the rest is read, and what is shown is inert."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from casework.cases import NEWS
from hostile.contents import GOOD, NAMES, STRANGE, TRAPS, bad_files, half_good_files, place, table
from hostile.runs import run
from lxml import html

BAD, HALF_GOOD = dict(bad_files()), dict(half_good_files())
ASKED = ("--ward", "豊島区", "--top", "0")
# The commands that take --data, and the forms in which they print. A new one is one line.
COMMANDS: dict[str, tuple[str, ...]] = {
    "records jsonl": ("records",),
    "records csv": ("records", "--format", "csv"),
    "sources table": ("sources",),
    "identify table": ("identify", *ASKED, "--explain"),
    "identify json": ("identify", *ASKED, "--format", "json"),
    "identify csv": ("identify", *ASKED, "--format", "csv"),
    "identify html": ("identify", *ASKED, "--format", "html"),
    "firm table": ("firm", "架空"),
    "firm json": ("firm", "架空", "--format", "json"),
    "firm csv": ("firm", "架空", "--format", "csv"),
    "firm html": ("firm", "架空", "--format", "html"),
    "firm of many table": ("firm", "株式会社架空見本"),
    "firm of many json": ("firm", "株式会社架空見本", "--format", "json"),
    "firm of many html": ("firm", "株式会社架空見本", "--format", "html"),
    "check table": ("check", "CASE.toml", "--unmask"),
    "check json": ("check", "CASE.toml", "--unmask", "--format", "json"),
    "check md": ("check", "CASE.toml", "--unmask", "--format", "md"),
    "report html": ("report", "CASE.toml", "--unmask"),
    "report md": ("report", "CASE.toml", "--unmask", "--format", "md"),
    "report json": ("report", "CASE.toml", "--unmask", "--format", "json"),
    "report csv": ("report", "CASE.toml", "--unmask", "--format", "csv"),
    "evaluate table": ("evaluate", "--cases", "2"),
    "evaluate json": ("evaluate", "--cases", "2", "--format", "json"),
    "case new": ("case", "new", "NEW.toml", "--article", "news.txt"),
}


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with every content, and a case that asks it; what is read is kept in a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        here = tmp_path_factory.mktemp("elsewhere")
        patch.chdir(here)
        patch.setenv("XDG_CACHE_HOME", str(here / "cache"))
        place(here / "data", *BAD.items(), *HALF_GOOD.items(), *((name, table((name, *GOOD[1:]))) for name in NAMES))
        for name, make in TRAPS.items():
            make(here / "data" / name)
        (here / "news.txt").write_text(NEWS, encoding="utf-8")
        strange = "\n".join(
            f"[[claims]]\ntext = {json.dumps(text + '億円の契約', ensure_ascii=False)}\n" for text in STRANGE.values()
        )
        title = json.dumps("".join(STRANGE.values()), ensure_ascii=False)
        told = f'title = {title}\n[[clues]]\nname = "ward"\ntext = "豊島区"\n{strange}'.replace("\x7f", "\\u007f")
        (here / "CASE.toml").write_text(told, encoding="utf-8")
        yield here


def harmless(text: str) -> bool:
    """Whether a terminal would show a text and do nothing else."""
    return not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_of_everything_is_asked(name: str) -> None:
    found = run(*COMMANDS[name], "--data", "data")
    assert found.exit_code == 0, found.stderr[-2000:]
    lines = found.stderr.splitlines()
    for bad in (*BAD, *(trap for trap in TRAPS if trap != "folder.csv")):  # a folder in a folder is one
        told = [
            line
            for line in lines
            if f"data/{bad}" in line and "." in line.removeprefix("tsukitome: ").partition(": ")[2]
        ]
        assert 1 <= len(told) <= 4, (bad, told)
    assert harmless(found.stderr)
    assert "root:" not in found.stdout  # /etc/passwd
    INERT[name.rsplit(" ", 1)[-1]](found.stdout)


def _inert_table(text: str) -> None:
    assert harmless(text)


def _inert_json(text: str) -> None:
    assert harmless(text)
    json.loads(text, parse_constant=pytest.fail)


def _inert_lines(text: str) -> None:
    for line in text.splitlines():
        _inert_json(line)
    assert sum(json.loads(line)["title"] == "清掃業務" for line in text.splitlines()) >= len(HALF_GOOD)


def _inert_csv(text: str) -> None:
    assert harmless(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell)]


def _inert_html(text: str) -> None:
    assert harmless(text)
    root = html.document_fromstring(text)
    tags = root.iter("script", "img", "iframe", "object", "link")
    own = [e for e in tags if not (e.get("src") or e.get("href") or "").startswith("data:")]
    assert [e.tag for e in own] in ([], ["script"])  # a report has one of its own, which holds nothing of the data
    assert not [e for e in own if "alert" in e.text_content() or "架空" in e.text_content()]
    assert [name for e in root.iter() for name in e.attrib if name.startswith("on")] == []
    links = [value for e in root.iter() for name, value in e.attrib.items() if name in ("href", "src", "action")]
    assert not [link for link in links if not link.startswith(("#", "https://", "http://", "data:image/", "data:,"))]
    assert "49架空" not in text


def _inert_md(text: str) -> None:
    assert harmless(text)
    prose = re.sub(r"```.*?```", "", text, flags=re.S)  # what stands between fences is shown as it is
    assert re.findall(r"<(?!br>|https://[^\s<>]+>)[a-z].{0,40}", prose) == []
    assert not re.search(r"(?<!\\)\]\(javascript", prose)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9.e-]+", cell) is not None


INERT = {
    "table": _inert_table, "json": _inert_json, "jsonl": _inert_lines, "csv": _inert_csv, "html": _inert_html, "md": _inert_md,
    "new": _inert_table,
}  # fmt: skip


@pytest.mark.parametrize("name", [*BAD, *(trap for trap in TRAPS if trap != "above.csv")])  # by itself that is a folder
def test_a_bad_file_alone_is_one_clear_sentence(name: str) -> None:
    found = run("records", "--data", f"data/{name}")
    assert (found.exit_code, found.stdout) == (1, "")
    assert 1 <= len(found.stderr.splitlines()) <= 4, found.stderr
    for line in found.stderr.splitlines():
        assert re.fullmatch(r"tsukitome: data/\S*[:,] .*[.\"”）)]", line), line


@pytest.mark.parametrize("name", HALF_GOOD)
def test_what_is_strange_in_a_file_harms_nothing_beside_it(name: str) -> None:
    found = run("records", "--data", f"data/{name}")
    assert found.exit_code == 0
    records = [json.loads(line) for line in found.stdout.splitlines()]
    good = [one for one in records if one["title"] == "清掃業務"]
    assert any(one["amounts"] and one["suppliers"][0]["name"] == "株式会社架空見本" for one in good)
    assert len(records) > 1 or found.stderr, name  # the other row is read as well, or named
    for one in records:
        assert all(0 < amount["yen"] < 10**13 for amount in one["amounts"])
        assert all(day is None or "2000" < day < "2030" for day in one["dates"].values())


def test_a_workbook_of_a_report_holds_no_formula_and_no_link() -> None:
    import openpyxl

    assert run("report", "CASE.toml", "--data", "data", "--unmask", "-o", "report.xlsx").exit_code == 0
    cells = [cell for sheet in openpyxl.load_workbook("report.xlsx") for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
