"""Files too large for memory: the same rows as of small ones, from the disk, from zip and from gzip; bombs are refused."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import Imported, import_files
from tsukitome.archive.store import Store
from tsukitome.cli import main
from tsukitome.documents import file as documents_file
from tsukitome.documents import gzipped, packed, zipped
from tsukitome.documents.file import LARGEST_SETTING, LongFile, largest, read_or_long
from tsukitome.errors import UnreadableError
from tsukitome.normalize.corporate_number import is_valid
from tsukitome.sources import recognize

HEADER = "件名,契約日,契約の相手方の名称及び住所,契約金額\n"


@pytest.fixture(autouse=True)
def _memory_of_4000_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (documents_file, packed, zipped, gzipped):
        monkeypatch.setattr(module, "AT_ONCE", 4000)
    monkeypatch.setattr(recognize, "LARGE", 1000)
    monkeypatch.setattr("tsukitome.documents.delimited_batches._ROW_BYTES", 10)


def numbers(count: int) -> list[str]:
    """Corporate numbers with right check digits."""
    found = (f"{check}{base:012}" for base in range(13301020174, 13301020174 + count) for check in range(1, 10))
    return [number for number in found if is_valid(number)]


def register(count: int = 60) -> str:
    """Rows of the corporate register, no two of them alike."""
    chance = random.Random(7)
    rows = []
    for number, corporate in enumerate(numbers(count), start=1):
        cells = [""] * 30
        name = "架空" + "".join(chance.choices("青赤白黒山川田中", k=6))
        day = f"20{chance.randrange(15, 25)}-0{chance.randrange(1, 10)}-{chance.randrange(10, 29)}"
        cells[:9] = [str(number), corporate, "01", "0", day, day, f"株式会社{name}", "", "301"]
        cells[9:12] = ["東京都", "豊島区", f"東池袋{chance.randrange(1, 9)}丁目{chance.randrange(1, 99)}番"]
        cells[13:15], cells[22:24] = ["13", "116"], [day, "1"]
        rows.append(",".join(f'"{cell}"' for cell in cells) + "\r\n")
    return "".join(rows)


def portal(count: int = 60) -> str:
    rows = zip(numbers(count), random.Random(8).sample(range(10**7), count), strict=True)
    return "".join(
        f'"{price:019}","庁舎警備業務 その{price}","2017-04-03","{price}.00","P1","8002010","株式会社架空{price}","{number}"\r\n'
        for number, price in rows
    )


def contracts(count: int = 100) -> str:
    return HEADER + "".join(
        f"清掃業務{n},2017-08-09,架空{n}株式会社 東京都港区芝{n}-2,{n}00000\n" for n in range(1, count)
    )


def orders(count: int = 100) -> str:
    rows = zip(numbers(count), range(count), strict=True)
    head = "date_of_order,title,amount,government_departments,joint_signatures,corporate_number\n"
    return head + "".join(f"2017-08-09,架空業務{n},{n}00000,国土交通省,Null,{number}\n" for number, n in rows)


def releases(count: int = 60) -> str:
    return "".join(
        json.dumps({"ocid": f"o{n}", "awards": [{"id": "1", "title": f"業務{n}", "suppliers": [{"name": "架空社"}]}]})
        + "\n"
        for n in range(count)
    )


MADE = [
    ("register.csv", register()), ("portal.csv", portal()), ("contracts.csv", contracts()), ("orders.csv", orders()),
    ("releases.jsonl", releases()),
]  # fmt: skip


def imported(path: Path) -> tuple[Store, Imported]:
    store = Store(Path(":memory:"))
    return store, import_files(store, files_under([path]))


def told(store: Store) -> object:
    """All that an archive holds, but for the names and hashes of its files."""
    (source,) = store.sources()
    awards = [award.to_dict() for award in store.awards_printed(source.sha256)]
    for award in awards:
        award["award_id"] = award["award_id"].partition(":")[2]
        award["source"] = {**award["source"], "file": None, "sha256": None}
    return source.kind, awards, list(store.registrations(source.sha256))


@pytest.mark.parametrize(("name", "text"), MADE)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_long_file_gives_what_a_short_one_gives(
    name: str, text: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = text.encode(encoding)
    (tmp_path / name).write_bytes(data)
    assert isinstance(read_or_long(tmp_path / name, name), LongFile)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(data))
    found = []
    for file in (name, "a.zip", f"{name}.gz"):
        store, done = imported(tmp_path / file)
        assert done.refusals == []
        assert done.records + done.registrations >= 30
        found.append(told(store))
    for module in (documents_file, packed, zipped, gzipped):
        monkeypatch.setattr(module, "AT_ONCE", 1 << 28)
    monkeypatch.setattr(recognize, "LARGE", 1 << 20)
    store, _ = imported(tmp_path / name)
    assert found == [told(store)] * 3


def test_a_zip_beyond_the_limit_is_read_if_it_is_a_register_that_inflates_as_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipped, "LIMIT", 6000)
    text = register()
    bomb = text[:300] * 2000  # the same row again and again inflates further than any register
    for name, data, words in (("a", text, ""), ("b", bomb, "more than 1 GiB"), ("c", "\0" * 90_000, "more than 1 GiB")):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("00_zenkoku_all_20171130.csv", data)
        _, done = imported(tmp_path / f"{name}.zip")
        assert (done.registrations, len(done.refusals)) == ((60, 0) if not words else (0, 1))
        assert all(words in refusal.reason for refusal in done.refusals)


def test_gzip_that_inflates_further_than_a_table_does_is_refused(tmp_path: Path) -> None:
    for name, data in (
        ("a.csv.gz", register()[:300] * 4000),
        ("b.csv.gz", "\0" * 90_000),
        ("c.txt.gz", "prose. " * 900),
    ):
        (tmp_path / name).write_bytes(gzip.compress(data.encode()))
        _, done = imported(tmp_path / name)
        assert [refusal.reason.partition(",")[0] for refusal in done.refusals] == ["inflates to more than 0 MiB"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"\0" * 9000, "as only a table"),
        ("a.txt", contracts().encode(), "as only a table"),
        ("a.json", b'{"ocid": "1", "awards": [' + b"{}," * 9000 + b"{}]}", "as only a table"),
        ("a.csv", portal().encode("utf-16"), "as only a table"),
        ("a.csv", portal().encode()[:-40] + "架".encode()[:2], "from end to end"),
        ("a.csv", portal().replace("\r\n", "\r").encode(), "from end to end"),
        ("a.pdf", b"%PDF-1.7\n" + b"0" * 9000, "as only a table"),
    ],
    ids=["nothing", "no name of a table", "one document", "UTF-16", "cut off", "CR", "PDF"],
)
def test_what_is_too_large_and_not_read_row_by_row_is_refused(
    name: str, data: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    _, done = imported(tmp_path / name)
    assert [words in refusal.reason for refusal in done.refusals] == [True]


def test_a_quotation_mark_that_is_never_closed_takes_no_more_memory_than_other_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tsukitome.documents.delimited_batches._LONGEST_ROW", 2000)
    monkeypatch.setattr("tsukitome.documents.delimited_batches._PIECE", 500)
    (tmp_path / "a.csv").write_text(portal(20) + 'x,"open\n' + portal(40), encoding="utf-8")
    _, done = imported(tmp_path / "a.csv")
    assert done.records >= 20
    assert len(done.refusals) >= 1


def test_the_limit_of_a_file_is_a_setting_that_its_refusal_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_file, "LARGEST", 5000)
    (tmp_path / "a.csv").write_text(portal(), encoding="utf-8")
    refused = CliRunner().invoke(main, ["records", "--data", str(tmp_path / "a.csv"), "--lang", "en"])
    assert (refused.exit_code, LARGEST_SETTING in refused.stderr) == (1, True)
    monkeypatch.setenv(LARGEST_SETTING, "2")
    read = CliRunner().invoke(main, ["records", "--data", str(tmp_path / "a.csv"), "--lang", "en"])
    assert (read.exit_code, len(read.stdout.splitlines())) == (0, 60)
    for other in ("", "0", "-1", "x", "１"):
        monkeypatch.setenv(LARGEST_SETTING, other)
        assert largest() == 5000


def test_a_file_that_is_written_to_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(portal(), encoding="utf-8")
    file = read_or_long(path, "a.csv")
    path.write_text(portal(61), encoding="utf-8")
    with pytest.raises(UnreadableError, match="written to while"):
        file.open()


def test_a_long_member_that_is_damaged_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", register())
        archive.writestr("b.csv", portal(5))
    data = bytearray(stream.getvalue())
    at = data.index(b"a.csv") + 900
    data[at : at + 9] = b"\0" * 9
    (tmp_path / "a.zip").write_bytes(bytes(data))
    _, done = imported(tmp_path / "a.zip")
    assert (done.records, [refusal.file.rpartition("/")[2] for refusal in done.refusals]) == (5, ["a.csv"])
