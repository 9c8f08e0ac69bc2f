"""gzip files: inflated under their own name and hash, or refused in a sentence."""

from __future__ import annotations

import gzip

import pytest
from hostile.contents import zipped

from tsukitome.documents import gzipped, packed
from tsukitome.documents.file import File
from tsukitome.documents.gzipped import gunzipped
from tsukitome.documents.packed import is_gzip
from tsukitome.errors import UnreadableError
from tsukitome.sources.recognize import read_file

PORTAL = (
    '"0000000000001231053","庁舎警備業務","2017-04-03","2538000.00","P1","8002010","株式会社見本","4013301020174"\r\n'
)


def test_gzip_keeps_its_own_name_and_hash() -> None:
    file = File.of_bytes("a.csv.gz", gzip.compress(b"1,2\n") + gzip.compress(b"3,4\n"))
    assert is_gzip(file)
    inflated = gunzipped(file)
    assert (inflated.shown, inflated.sha256, inflated.data) == ("a.csv.gz", file.sha256, b"1,2\n3,4\n")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(b"x" * 10_000)[:-12], "cut off"),
        (gzip.compress(b"x" * 100)[:15] + b"\xff" * 40, "damaged"),
        (gzip.compress(gzip.compress(b"x")), "inside gzip"),
        (gzip.compress(zipped(("a", b"x"))), "inside gzip"),
    ],
    ids=["cut off", "damaged", "gzip in gzip", "zip in gzip"],
)
def test_bad_gzip_is_unreadable_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        gunzipped(File.of_bytes("a.gz", data))


def test_what_inflates_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (packed, gzipped):
        monkeypatch.setattr(module, "AT_ONCE", 4000)
    with pytest.raises(UnreadableError, match="not read at once"):
        gunzipped(File.of_bytes("a.csv.gz", gzip.compress(b"x" * 5000)))


def test_awards_of_a_gzip_file_name_the_file() -> None:
    file = File.of_bytes("p.csv.gz", gzip.compress(PORTAL.encode()))
    (award,) = read_file(file).awards
    assert (award.source.file, award.source.sha256) == ("p.csv.gz", file.sha256)
