"""Text as lines that know their page and number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.documents.file import File
from tsukitome.documents.lines import decode, lines_of
from tsukitome.errors import UnreadableError


def places(text: str) -> list[tuple[str, int, int]]:
    return [(line.text, line.page, line.number) for line in lines_of(text) if line.text]


def test_lines_are_numbered_in_the_file() -> None:
    assert places("甲\r\n乙\n\n丙") == [("甲", 1, 1), ("乙", 1, 2), ("丙", 1, 4)]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("甲\f乙\f丙", [1, 2, 3]),
        ("甲\n\f乙\n", [1, 2]),
        ("- 1 -\n甲\n- 2 -\n乙", [1, 2]),
        ("甲\n- 1 -\n乙\n- 2 -\n", [1, 2]),
        ("甲\n- 12 -\n\f乙", [1, 2]),
        ("甲\n\f- 13 -\n乙", [1, 2]),
        ("甲\f\f乙", [1, 3]),
        ("\f甲\f乙", [1, 2]),
    ],
)
def test_pages(text: str, pages: list[int]) -> None:
    assert [page for _, page, _ in places(text)] == pages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = "落札者等の公示 株式会社見本"
    assert decode(File.of_bytes("a.txt", text.encode(encoding))) == text


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UnreadableError):
        decode(File.of_bytes("a.txt", bytes(range(256))))


@given(st.text("甲乙 \n\f", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    assert "".join(line.text for line in lines_of(text)) == text.replace("\n", "").replace("\f", "")
    pages = [line.page for line in lines_of(text)]
    assert pages == sorted(pages)


def test_half_width_kana_in_cp932_stay() -> None:
    assert decode(File.of_bytes("a.txt", "ｶﾌﾞｼｷｶﾞｲｼｬ ﾐﾎﾝ".encode("cp932"))) == "ｶﾌﾞｼｷｶﾞｲｼｬ ﾐﾎﾝ"


def test_a_small_table_with_an_ansi_code_is_a_text_and_a_few_bytes_of_junk_are_none() -> None:
    assert (
        decode(File.of_bytes("a.csv", "件名,額\n\x1b[31m清掃\x1b[0m,1\n".encode()))
        == "件名,額\n\x1b[31m清掃\x1b[0m,1\n"
    )
    with pytest.raises(UnreadableError, match="is no text"):
        decode(File.of_bytes("a.csv", b"a\x01b\x02c\x03"))
