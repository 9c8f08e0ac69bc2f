"""Zip archives: every member read or refused by name, and nothing that grows without end."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile

import pytest

from tsukitome.documents import zipped
from tsukitome.documents.file import File
from tsukitome.documents.packed import is_zip
from tsukitome.documents.zipped import Refused, members
from tsukitome.errors import UnreadableError
from tsukitome.sources.recognize import read_file, read_in_batches
from tsukitome.sources.unpacking import unpacked

PORTAL = (
    '"0000000000001231053","庁舎警備業務","2017-04-03","2538000.00","P1","8002010","株式会社見本","4013301020174"\r\n'
)


def packed(*files: tuple[str | zipfile.ZipInfo, bytes | str], name: str = "a.zip") -> File:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in files:
            archive.writestr(member, data)
    return File.of_bytes(name, stream.getvalue())


def refused(file: File) -> dict[str, str]:
    return {one.name: one.reason for one in members(file) if isinstance(one, Refused)}


def test_members_are_files_of_their_own_in_the_order_of_names() -> None:
    found = list(members(packed(("b.csv", "2"), ("a/x.csv", "1"))))
    assert [one.shown for one in found if isinstance(one, File)] == ["a.zip/a/x.csv", "a.zip/b.csv"]
    assert found[0] == File.of_bytes("a.zip/a/x.csv", b"1")


def test_signatures_and_what_a_mac_adds_are_passed_over() -> None:
    names = ("x.csv.asc", "README.md", "__MACOSX/._x.csv", ".DS_Store", "sub/.hidden")
    assert list(members(packed(*((name, "x") for name in names)))) == []


@pytest.mark.parametrize("name", ["../a.csv", "x/../../a.csv", "/etc/a.csv", "C:/a.csv", "..\\a.csv", "C:\\a.csv"])
def test_names_that_lead_outside_are_refused_and_the_rest_is_read(name: str) -> None:
    file = packed((name, "x"), ("good.csv", "y"))
    assert len(refused(file)) == 1
    assert "outside" in next(iter(refused(file).values()))
    assert [one.data for one in members(file) if isinstance(one, File)] == [b"y"]


def test_a_zip_in_a_zip_and_gzip_in_a_zip_are_refused() -> None:
    file = packed(("inner.zip", packed(("a.csv", "x")).data), ("inner.csv.gz", gzip.compress(b"x")))
    assert set(refused(file)) == {"inner.zip", "inner.csv.gz"}
    assert all("archive inside an archive" in reason for reason in refused(file).values())


def test_an_archive_that_inflates_too_far_is_refused_before_anything_is_inflated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zipped, "LIMIT", 1000)
    with pytest.raises(UnreadableError, match="more than 1 GiB"):
        list(members(packed(("a.csv", "x" * 600), ("b.csv", "x" * 600))))


def test_one_member_too_large_to_be_read_at_once_is_refused_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zipped, "AT_ONCE", 4000)
    file = packed(("large.csv", "x" * 5000), ("small.csv", "y"))
    assert set(refused(file)) == {"large.csv"}


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(packed(("a.csv", "secret")).data)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + flags, 1)
    assert "password" in refused(File.of_bytes("a.zip", bytes(data)))["a.csv"]


def test_a_symbolic_link_and_a_name_used_twice_are_refused() -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    assert "symbolic link" in refused(packed((link, "/etc/passwd")))["link.csv"]
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = packed(("a.csv", "1"), ("a.csv", "2"))
    assert "twice" in refused(twice)["a.csv"]
    assert len(list(members(twice))) == 2


def test_a_damaged_member_is_refused_and_the_rest_is_read() -> None:
    text = random.Random(1).randbytes(2000)
    data = bytearray(packed(("a.csv", text), ("b.csv", "y")).data)
    data[100:200] = b"\0" * 100
    file = File.of_bytes("a.zip", bytes(data))
    assert "damaged" in refused(file)["a.csv"]
    assert [one.data for one in members(file) if isinstance(one, File)] == [b"y"]


def test_names_in_cp932_are_read() -> None:
    info = zipfile.ZipInfo("落札.csv".encode("cp932").decode("cp437"))
    info.flag_bits = 0
    data = packed((info, "x")).data
    # The writer marks names that are not ASCII as UTF-8; Windows' own does not.
    data = data.replace(info.filename.encode(), "落札.csv".encode("cp932").ljust(len(info.filename.encode()), b"_"))
    plain = bytearray(data)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", plain, plain.index(signature) + flags, 0)
    (member,) = members(File.of_bytes("a.zip", bytes(plain)))
    assert isinstance(member, File)
    assert member.shown.startswith("a.zip/落札.csv")


def test_what_is_no_archive_is_itself() -> None:
    plain = File.of_bytes("a.csv", b"1,2\n")
    assert list(unpacked(plain)) == [plain]
    assert not is_zip(File.of_bytes("a.csv", b"PK,1\n"))
    with pytest.raises(UnreadableError, match="no zip archive"):
        list(members(File.of_bytes("a.zip", b"PK\x03\x04 cut")))


def test_awards_of_an_archive_name_the_member_and_its_hash() -> None:
    file = packed(("year/p.csv", PORTAL), ("p.csv.asc", "signature"), ("../q.csv", PORTAL))
    reading = read_file(file)
    (award,) = reading.awards
    assert (award.source.file, award.source.kind) == ("a.zip/year/p.csv", "portal")
    assert award.source.sha256 == File.of_bytes("", PORTAL.encode()).sha256
    assert [refusal.file for refusal in reading.refusals] == ["a.zip/../q.csv"]
    batches = list(read_in_batches(file))
    assert [len(batch.awards) for batch in batches] == [1, 0]
    assert (batches[0].kind, batches[1].refusals) == ("portal", reading.refusals)


def test_a_member_of_nothing_takes_no_memory_and_keeps_its_hash() -> None:
    nothing = b"\0" * (3 << 20)
    (member,) = members(packed(("a.csv", nothing)))
    assert isinstance(member, File)
    assert (member.data, member.sha256) == (b"", File.of_bytes("", nothing).sha256)
    (padded,) = members(packed(("a.csv", nothing + b"x")))
    assert isinstance(padded, File)
    assert padded.data == nothing + b"x"
