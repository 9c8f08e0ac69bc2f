"""Facts found in printed text: width and white space don't count, numbers are never found inside numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.printed import span_of, spellings_of_day


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("株式会社SAY企画", "⑥ 株 式 会 社 ＳＡＹ企画 東京都", "株 式 会 社 ＳＡＹ企画"),
        ("242,143,560", "⑫ 2 4 2 , 1 4 3 , 5 6 0", "2 4 2 , 1 4 3 , 5 6 0"),
        ("47,000", "182,547,000円", None),
        ("182,547", "182,547,000円", None),
        ("8.9", "⑤ 29.8.9", None),
        ("29.8.9", "⑤29.8.9⑥", "29.8.9"),
        ("14.90", "単価14.90円", "14.90"),
        ("14.9", "単価14.90円", None),
        ("", "何か", None),
        ("ない", "", None),
    ],
)
def test_found_or_not(words: str, text: str, found: str | None) -> None:
    span = span_of(words, text)
    assert (text[slice(*span)] if span else None) == found


@given(st.text("あ1,. ０（株)①漢", max_size=12), st.text("あ1,. ０（株)①漢", max_size=6), st.text("あ漢 ", max_size=6))
def test_a_span_holds_the_words_and_nothing_else(before: str, words: str, behind: str) -> None:
    text = f"{before}漢{words}漢{behind}"
    span = span_of(words, text)
    if words.strip():
        assert span is not None
        from tsukitome.normalize.text import fold, squeeze

        assert squeeze(fold(text[slice(*span)])) == squeeze(fold(words))


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        ("2017-08-09", "平成29年8月9日"), ("2017-08-09", "29.8.9"), ("2017-08-09", "H29.8.9"), ("2017-08-09", "2017/08/09"),
        ("2017-08-09", "42956"), ("2019-07-29", "令和元年7月29日"), ("2019-05-01", "令和元年5月1日"), ("2026-05-21", "R8.5.21"),
    ],
)  # fmt: skip
def test_a_day_is_spelled_as_documents_print_it(day: str, printed: str) -> None:
    assert printed in set(spellings_of_day(dt.date.fromisoformat(day)))
