"""Whatever readers, clues and commands say in English comes out in Japanese, and nothing that is quoted is touched."""

import ast
import gzip
import io
import random
import re
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter

import openpyxl
import pytest

from tsukitome.api import Archive
from tsukitome.archive.finding import files_under
from tsukitome.clues.query import Clues
from tsukitome.documents.file import File
from tsukitome.errors import NoClueError, TsukitomeError, UnreadableError
from tsukitome.sources.reading import Refusal
from tsukitome.sources.recognize import read_file
from tsukitome.translation import Template, catalogue, translate, untranslated

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "tsukitome"
ROOMS = ("clues", "normalize", "documents", "sources", "archive", "casework")
PHRASES_ONLY = ("awards.py", "findings.py", "registrations.py", "translation.py", "wording.py")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯]")
ENGLISH = re.compile(r"[a-z][a-z'-]* [a-z'-]*[a-z]")

# Pieces that are joined to a sentence in the code, each with the sentence that comes out.
PIECES = {
    "no firm won {}: {!r} is printed for the winner": "no firm won lot 2: '不調' is printed for the winner",
    " of lot {}": "the price of lot 2 is not printed",
    "the contract": "no firm won the contract: '不調' is printed for the winner",
    "; did you mean {}?": "no place of that name is known; did you mean 豊島区 or 豊能町?",
    " Did you mean {}?": "is not one that a case has. Known are by, date. Did you mean by?",
    "sheet {!r}, ": "no table has the columns of a.map.toml in sheet '4月', row 3. Correct the map.",
    "are sums over a block, or over a payee whose contracts are listed, and hold no award of their own.": (
        "1,204 rows are sums over a block, or over a payee whose contracts are listed, and hold no award of their own."
    ),
    "{} rows {}": (
        "1,204 rows are sums over a block, or over a payee whose contracts are listed, and hold no award of their own."
    ),
    "amount {!r} is {}, so it was not taken for yen": "amount '3' is in USD, so it was not taken for yen",
    "in no stated currency": "amount '3' is in no stated currency, so it was not taken for yen",
    " It runs over {} lines: a quotation mark may never be closed.": (
        "f.csv, row 3: has 2 columns where the file has 8. It runs over 31 lines: a quotation mark may never be closed."
    ),
}
# Nothing that a person is told in a run: keys, what only a programmer's mistake raises, and click's own business.
IGNORED = {
    "Got unexpected extra argument",  # looked for in what click says
    "No such command",  # looked for in what click says
    "incomplete multibyte sequence",  # looked for in what Python says
    "give a number, a name or a reading",  # ValueError in Python
    "unreadable {}",  # stands for a file's hash in the key of a cached archive
    "top is {}; it is the number of firms to list, 0 for all",  # ValueError in Python; the command checks it itself
    "is no number",  # looked for in a sentence
    "own table",  # a note of a table's row
    # How the reasons end of what is no gap
    "no award of its own.",
    "no award of their own.",
    "of each was kept.",
    "nobody won it.",
    "whose names are not kept.",
    "holds no awards.",
    # The text of a method, and what a programmer is told who changes a record
    "def make({}):",
    "_new_{}() if {} is _made else {}",
    "cannot assign to field {!r}",
    "cannot delete field {!r}",
    # ValueErrors in Python; the commands check it themselves
    "{} articles and {} names for them",
    "{} articles and {} dates; give one date for all, or one for each in order",
}
_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|FROM|JOIN|BEGIN|CREATE)\b")
_REGEX = re.compile(r"\(\?|\[[0-9a-z]-|\\[sdb.]")
_LATER = re.compile(r"\{\w+!r\}")  # a hole that str.format fills
_HELP = {"help", "metavar", "doc"}


def test_every_sentence_of_the_source_has_a_template() -> None:
    missing = {
        shape: where
        for path in _modules()
        for shape, sentences, where in _sentences(path)
        if shape not in IGNORED and shape not in PIECES and not any(map(_is_known, sentences))
    }
    assert missing == {}


def test_pieces_are_known_in_the_sentences_that_they_make() -> None:
    assert untranslated(PIECES.values()) == []


def _modules() -> list[Path]:
    """The rooms of readers and clues, and what stands at the top: errors, fetching, the Python interface, the commands."""
    rooms = [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]
    return [*rooms, *(path for path in sorted(SOURCE.glob("*.py")) if path.name not in PHRASES_ONLY)]


def _is_known(sentence: str) -> bool:
    """Clues put the full stop behind some reasons themselves."""
    return sentence in catalogue().words or len(untranslated([sentence, f"{sentence}."])) < 2


def _sentences(path: Path) -> Iterator[tuple[str, list[str], str]]:
    """Every string of a module that looks like English: its shape, the sentences that it may make, and where it stands."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over = {id(node) for skipped in _no_sentences(tree) for node in ast.walk(skipped)}
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        pieces: list[tuple[str, list[str]]] = []
        if isinstance(node, ast.JoinedStr):
            pieces = [_piece(value) for value in node.values]
            passed_over |= {id(inner) for value in node.values if isinstance(value, ast.Constant) for inner in [value]}
            passed_over |= {id(value.format_spec) for value in node.values if isinstance(value, ast.FormattedValue)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            pieces = [(node.value, [node.value])]
        shape = "".join(piece for piece, _ in pieces)
        if ENGLISH.search(re.sub(r"\{(?:!r)?\}", "7", shape)) and not _SQL.search(shape) and not _REGEX.search(shape):
            made = ["".join(parts) for parts in product(*(choices for _, choices in pieces))]
            yield shape, made, f"{path.relative_to(SOURCE)}:{node.lineno}"


def _piece(value: ast.expr) -> tuple[str, list[str]]:
    """A part of an f-string: its shape, and what may stand there. A hole may also hold nothing, or the end of a sentence."""
    if isinstance(value, ast.Constant):
        return _LATER.sub("{!r}", str(value.value)), [_LATER.sub(repr("平成"), str(value.value))]
    assert isinstance(value, ast.FormattedValue)
    if value.conversion == ord("r"):
        return "{!r}", [repr("平成")]
    return "{}", ["7"] if value.format_spec else ["7", "", "."]


def _no_sentences(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, help texts, regular expressions and what an object calls itself."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            yield from (one for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        if isinstance(node, ast.FunctionDef) and node.name in ("__repr__", "__getattr__"):
            yield node
        if isinstance(node, ast.keyword) and node.arg in _HELP:
            yield node
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "clue_option", "click.option"):
            yield node


def _templates() -> list[Template]:
    known = catalogue()
    fixed = [Template.of(english, japanese) for english, japanese in known.fixed.items()]
    return [*fixed, *known.open, *known.places]


@pytest.mark.parametrize("template", _templates(), ids=lambda template: template.english[:60])
def test_each_template_is_found_and_uses_its_holes(template: Template) -> None:
    holes = {name: kind for _, name, _, kind in Formatter().parse(template.english) if name}
    assert holes.keys() == {name for _, name, _, _ in Formatter().parse(template.japanese) if name}
    assert all(kind is None for _, _, _, kind in Formatter().parse(template.japanese))
    samples = {None: "Permission denied", "s": "甲 乙", "d": "1,234", "r": "'平成 29.8.9'"}
    shown = {None: "アクセス権がない", "s": "甲 乙", "d": "1,234", "r": "平成 29.8.9"}
    sentence = "".join(
        literal + (samples[kind] if name else "") for literal, name, _, kind in Formatter().parse(template.english)
    )
    said = translate(sentence, "ja")
    assert said == template.japanese.format(**{name: shown[kind] for name, kind in holes.items()})
    assert JAPANESE.search(template.japanese)
    assert "{" not in said


def test_words_and_full_stops() -> None:
    assert all(JAPANESE.search(japanese) for japanese in catalogue().words.values())
    for template in _templates():
        ends = template.english.endswith((".", "?"))
        if not template.english.endswith(("}", "https://")):
            assert template.japanese.endswith("。") == ends, template.english


def test_english_costs_nothing_and_the_unknown_stays() -> None:
    catalogue.cache_clear()
    assert translate("f.csv: is empty.", "en") == "f.csv: is empty."
    assert catalogue.cache_info().currsize == 0
    assert translate("nobody has said this before", "ja") == "nobody has said this before"
    assert untranslated(["nobody has said this before", "is empty."]) == ["nobody has said this before"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (str(Refusal("報告.pdf", "is no PDF, or is damaged.", "page 3")), "報告.pdf（3ページ）: PDFではないか、破損している。"),
        (str(Refusal("a, b.xlsx", "a row without a title.", "sheet 様式2-3, row 7")),
         "a, b.xlsx（シート様式2-3、7行目）: 件名のない行。"),
        (str(Refusal("x: y.csv", "is empty.")), "x: y.csv: 空のファイル。"),
        (str(UnreadableError("a.json", "is no JSON, or is cut off (Extra data).", "line 12")),
         "a.json（12行目）: JSONではないか、途中で切れている（余分なデータがある）。"),
        (str(Refusal("p.html", "no header of a contract table was found.", "sheet table 2")),
         "p.html（表2）: 契約情報の表の見出し行が見当たらない。"),
        ("f.csv, row 5: names no contract. Row: title | is empty.", "f.csv（5行目）: 契約の件名がない。 該当行: title | is empty."),
        ("https://a.example/x: the download failed ([Errno 111] Connection refused). It was tried 3 times; try again later.",
         "https://a.example/x: ダウンロードできない（接続の拒否（エラー番号 111））。 3回試みた。時間をおいてやり直すこと。"),
        ("page 1, line 12", "1ページ、12行目"),
        ("award_date: date '8月' was not understood", "落札決定日: 日付「8月」を読み取れない"),
        ("date \"d'Or\" was not understood", "日付「d'Or」を読み取れない"),
        ("date 'is empty.' was not understood", "日付「is empty.」を読み取れない"),
    ],
)  # fmt: skip
def test_files_and_places_are_kept_and_named(sentence: str, said: str) -> None:
    assert translate(sentence, "ja") == said


def test_a_sentence_that_nobody_knows_is_said_to_be_untranslated() -> None:
    unknown = "f.csv, row 3: names nothing: at all, 3"
    assert untranslated([unknown, "f.csv: is empty.", unknown]) == [unknown]


def test_sample_data_is_told_in_japanese() -> None:
    _assert_japanese(_said_of(ROOT / "sample_data"))


def test_broken_files_are_told_in_japanese(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for name, data in _broken_files().items():
        (folder / name).write_bytes(data)
    (folder / "link.csv").symlink_to(folder / "empty.csv")
    said = [*_said_of(folder), *_said_of(tmp_path / "missing.csv")]
    assert len(said) >= len(_broken_files())
    _assert_japanese(said)


def _broken_files() -> dict[str, bytes]:
    chance = random.Random(20170809)
    workbook, archive = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(workbook)
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.csv", "")
        packed.writestr("../b.csv", "1,2\n")
        packed.writestr("c.zip", b"PK\x03\x04")
    table = "契約の名称,契約の相手方,契約金額,契約を締結した日\n清掃業務,,,\n,甲社（架空）,1000000,平成29年8月9日\n"
    return {
        "empty.csv": b"",
        "random.bin": chance.randbytes(2_000),
        "random.csv": chance.randbytes(2_000),
        "random.xlsx": chance.randbytes(2_000),
        "random.pdf": b"%PDF-1.7\n" + chance.randbytes(2_000),
        "cut.xlsx": workbook.getvalue()[:2_000],
        "whole.xlsx": workbook.getvalue(),
        "plain.txt": "お知らせ\n".encode(),
        "list.csv": b"a,b\n1,2\n",
        "page.html": b"<html><body><p>nothing</p></body></html>",
        "cut.json": b'{"hojin-infos": [{"corporate_number": "',
        "cut.csv.gz": gzip.compress(table.encode() * 50)[:-20],
        "many.zip": archive.getvalue(),
        "cut.zip": archive.getvalue()[:60],
        "table.csv": table.encode("cp932"),
        "wrong.map.toml": b"files = 3\n",
        "broken.map.toml": b"files = [\n",
    }


def _said_of(path: Path) -> list[str]:
    """All that reading the files at or below a path says: refusals, and the warnings of awards."""
    said: list[str] = []
    for found in files_under([path]):
        if isinstance(found, Refusal):
            said.append(str(found))
            continue
        reading = read_file(File.read(found.path, found.shown))
        said += map(str, reading.refusals)
        said += (warning for award in reading.awards for warning in award.warnings)
    return said


def _assert_japanese(said: list[str]) -> None:
    assert untranslated(said) == []
    assert [sentence for sentence in said if not JAPANESE.search(translate(sentence, "ja"))] == []


WRONG_CLUES = [
    {"ward": ""}, {"ward": "府内"}, {"ward": "豊嶋ヶ区"}, {"ward": "zzzzzz"}, {"ward": "99"}, {"ward": "99999"},
    {"ward": "131165"}, {"month": "2017-13"}, {"month": "いつか"}, {"month": "13月", "article_date": "2018-03-19"},
    {"month": "8月"}, {"month": "去年8月"}, {"month": "29年8月"}, {"month": "1850-01"}, {"month": "2017-09..2017-08"},
    {"month": "2017-01..2017-02..2017-03"}, {"month": "2017年8月ごろの話"}, {"month": "2017-02-30"}, {"month": "平成99年8月"},
    {"value": "abc"}, {"value": "1億円と2億円"}, {"value": "2億円〜1億円"}, {"value": "0円"}, {"value": "1億円くらいらしい"},
    {"value": "1円2円3円"}, {"value": "三数億円"}, {"title": "あ"}, {"buyer": "・"}, {"firm": "・"}, {"method": "くじ引き"},
]  # fmt: skip


@pytest.mark.parametrize("clues", WRONG_CLUES, ids=str)
def test_wrong_clues_are_told_in_japanese(clues: dict[str, str]) -> None:
    with pytest.raises(TsukitomeError) as raised:
        Clues(**clues)  # type: ignore[arg-type]
    said = translate(str(raised.value), "ja")
    assert untranslated([str(raised.value)]) == []
    assert not ENGLISH.search(said.partition(" 例: ")[0]), said
    assert said.startswith(("所在地", "時期", "金額", "件名", "発注者", "業者名", "契約方式", "記事の日付"))


def test_no_clue_and_no_data_are_told_in_japanese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "no.csv").write_bytes(b"")
    (tmp_path / "no.sqlite").write_bytes(b"SQLite format 3\0" + bytes(2_000))
    for path in (tmp_path / "no.csv", tmp_path / "missing.csv", tmp_path / "no.sqlite"):
        with pytest.raises(TsukitomeError) as raised:
            Archive.open(str(path))
        assert JAPANESE.search(translate(str(raised.value), "ja")), str(raised.value)
    assert JAPANESE.search(translate(str(NoClueError()), "ja"))
