"""Files told apart by what they hold; whatever can't be read is refused in a sentence and raises nothing."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file, read_in_batches

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
NOTICE = (
    "次のとおり落札者等について公示します。\n平成29年10月2日\n契約責任者　日本年金機構　理事長代理人　架空　太郎\n"
    "① 78 ② 庁舎清掃業務 ③ 購入等 ④ 一般 ⑤ 29.8.9 ⑥ 株式会社見本（東京都港区芝1-2-3） ⑦ 12,345,678円 ⑧ 29.6.29\n"
)
PORTAL = (
    '"0000000000001231053","庁舎警備業務","2017-04-03","2538000.00","P1","8002010","株式会社見本","4013301020174"\r\n'
)


def read(name: str, data: bytes | str) -> Reading:
    return read_file(File.of_bytes(name, data.encode() if isinstance(data, str) else data))


def test_every_file_of_the_sample_is_recognized() -> None:
    kinds = {}
    for path in sorted(SAMPLE.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            reading = read_file(File.read(path))
            kinds.setdefault(path.parent.name, set()).add(reading.kind)
            assert reading.awards, path
    assert kinds == {
        "gazette": {"gazette"}, "mhlw": {"contract_table"}, "nenkin": {"contract_table"}, "portal": {"portal"},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["gazette.txt", "anything.csv", "no-suffix", "wrong.pdf"])
def test_the_contents_decide_before_the_name(name: str) -> None:
    assert read(name, NOTICE).kind == "gazette"
    assert read(name, PORTAL).kind == "portal"


def test_gazette_notice_in_a_page() -> None:
    page = "<html><head><title>公示</title></head><body><p>" + NOTICE.replace("\n", "<br>\n") + "</p></body></html>"
    reading = read("jetro.html", page)
    assert reading.kind == "gazette"
    assert reading.awards[0].suppliers[0].name == "株式会社見本"


def zip_of(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # a fixed time: the bytes are in the names of tests
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.txt", b"\xef\xbb\xbf \r\n\r\n", "empty"),
        ("zeros.txt", b"\0" * 100, "empty"),
        ("README.md", "# 落札者等の公示\n", "not a source"),
        ("prose.txt", "今日は天気がよい。\n", "not recognized"),
        ("other.csv", "a,b\n1,2\n", "not recognized"),
        ("data.json", '{"a": [1, 2]}', "not recognized"),
        ("page.html", "<html><body><p>hello</p></body></html>", "not recognized"),
        ("table.html", "<html><body><table><tr><td>a</td></tr></table></body></html>", "not recognized"),
        ("all.zip", zip_of(**{"a.asc": "signature"}), "holds no file to read"),
        ("cut.zip", zip_of(**{"a.csv": PORTAL})[:40], "damaged"),
        ("broken.pdf", b"%PDF-1.7\n%%EOF\n", "damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 600, "damaged"),
        ("open-quote.csv", '"a,b\n1,2\n' * 3, ""),
    ],
)
def test_what_is_no_source_is_refused_in_a_sentence(name: str, data: bytes | str, words: str) -> None:
    reading = read(name, data)
    assert (reading.kind, reading.awards) == (None, ())
    assert len(reading.refusals) == 1
    assert words in reading.refusals[0].reason
    assert str(reading.refusals[0]).startswith(f"{name}: ")
    assert reading.refusals[0].reason.endswith(".")


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".pdf", ".xlsx", ".xls", ".html", ".zip", ""])
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_refused(suffix: str, seed: int) -> None:
    reading = read("random" + suffix, random.Random(seed).randbytes(4000))
    assert reading.kind is None
    assert reading.refusals


@pytest.mark.parametrize("path", ["nenkin/contracts-2017-01.xlsx", "nenkin/contracts-2017-08.pdf"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_files_cut_off_are_refused(path: str, share: float) -> None:
    data = (SAMPLE / path).read_bytes()
    reading = read(path, data[: int(len(data) * share)])
    assert reading.awards == ()
    assert reading.refusals


def test_text_cut_off_gives_what_is_whole() -> None:
    data = (NOTICE + "① 78 ② 件名だけ").encode()[:-1]  # inside a character
    assert len(read("cut.txt", data).awards) <= 1


def test_a_huge_text_of_no_known_kind_is_refused_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsukitome.sources.recognize._LONGEST_TEXT", 10_000)
    monkeypatch.setattr("tsukitome.sources.recognize._LONGEST_TABLE", 15_000)
    for data in ("a\n" * 10_000, "あ" * 10_000, "x," * 10_000, "<p>" * 10_000):
        for name in ("huge.txt", "huge.csv", "huge.html"):
            (refusal,) = read(name, data).refusals
            assert "no kind that is read row by row" in refusal.reason
    assert len(read("p.csv", PORTAL * 200).awards) == 200


def test_batches_give_what_the_whole_gives() -> None:
    file = File.of_bytes("p.csv", (PORTAL * 25).encode())
    batches = list(read_in_batches(file, 10))
    assert [len(batch.awards) for batch in batches] == [10, 10, 5]
    assert tuple(award for batch in batches for award in batch.awards) == read_file(file).awards
    (nothing,) = read_in_batches(File.of_bytes("x.txt", b"prose"))
    assert (nothing.kind, len(nothing.refusals)) == (None, 1)
