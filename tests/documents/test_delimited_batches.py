"""Large delimited files: their encoding and their rows' ends are found without decoding them as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.documents import file as documents_file
from tsukitome.documents.delimited import delimited_table
from tsukitome.documents.delimited_batches import CutError, DelimitedFile
from tsukitome.documents.file import File
from tsukitome.documents.lines import decode, encoding_of

JAPANESE = "件名,契約金額,①㈱髙ｱｲｳ\r\n\t清掃業務 ー－"


@given(
    st.one_of(
        st.text(JAPANESE, max_size=60).map(lambda text: text.encode("utf-8-sig")),
        st.text(JAPANESE, max_size=60).map(lambda text: text.encode("cp932")),
        st.text("件名,契約清掃業務\n", max_size=60).map(lambda text: text.encode("euc_jp")),
        st.text("件名\x00\x01,\n", max_size=60).map(str.encode),
        st.text("件名,\n", max_size=20).map(lambda text: text.encode("utf-16")),
        st.binary(max_size=40),
    )
)
def test_the_encoding_is_that_of_decode(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents_file, "_PIECE", 7)
        encoding = encoding_of(File.of_bytes("a.csv", data))
    if encoding is not None:  # None: whoever asks reads the file as a whole
        assert decode(File.of_bytes("a.csv", data)) == data.decode(encoding)


@given(st.text('ab",\n', max_size=200), st.integers(1, 3))
def test_batches_are_cut_at_the_ends_of_rows_or_say_that_they_are_not(text: str, size: int) -> None:
    text = text.replace("\n", "\r\n")
    cut = DelimitedFile.of(File.of_bytes("a.csv", text.encode()))
    assert cut is not None
    wanted = [[cell.text for cell in row.cells] for row in delimited_table(text).rows]
    found: list[list[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tsukitome.documents.delimited_batches._ROW_BYTES", 10)
        batches = list(cut.batches(size))
    assert b"".join(batch.data for batch in batches) == text.encode()
    for batch in batches:
        try:
            rows = batch.rows()
        except CutError:
            found += cut.rows_from(batch.start)
            break
        assert batch.first == 1 + len(found)
        found += rows[: batch.count]
    found = [row if any(row) else [] for row in found]  # how many commas a blank row has is kept by neither
    while found and not any(text.strip() for text in found[-1]):
        found.pop()
    assert list(map(without_blank_end, found)) == list(map(without_blank_end, wanted))


def without_blank_end(row: list[str]) -> list[str]:
    """A row as wide as it is printed: a table makes all as wide as the widest, and a row of nothing has no width."""
    return row[: max((at for at, text in enumerate(row, start=1) if text), default=0)]


def test_a_bare_carriage_return_is_not_cut() -> None:
    assert DelimitedFile.of(File.of_bytes("a.csv", b"a,b\rc,d\n")) is None
    assert DelimitedFile.of(File.of_bytes("a.csv", "件名\n".encode("utf-16"))) is None
