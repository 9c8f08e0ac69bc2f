"""Postings and strings, held to what they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tsukitome.matching.compare.titles import bigrams
from tsukitome.matching.index.postings import Postings, postings_of
from tsukitome.matching.index.strings import Strings, arrays_of

TEXTS = st.lists(st.text("庁舎清掃𠮷a ", max_size=7), max_size=8)


@given(TEXTS)
def test_each_bigram_knows_its_texts(texts: list[str]) -> None:
    arrays = postings_of(texts, "x")
    found = Postings(arrays["x_grams"], arrays["x_starts"], arrays["x_texts"])
    for bigram in {one for text in texts for one in bigrams(text)} | {"無い", "無"}:
        assert found.of(bigram).tolist() == [number for number, text in enumerate(texts) if bigram in bigrams(text)]


@given(TEXTS, st.text("庁舎清掃𠮷a", min_size=1, max_size=3))
def test_strings_are_found_by_number_and_by_what_they_hold(texts: list[str], part: str) -> None:
    arrays = arrays_of(texts, "x")
    strings = Strings(arrays["x_starts"], arrays["x_text"])
    assert len(strings) == len(texts)
    assert list(strings) == [strings[number] for number in range(len(texts))] == texts
    assert strings.holding(part) == [number for number, text in enumerate(texts) if part in text]
    assert strings.holding(part, "whole") == [number for number, text in enumerate(texts) if part == text]
    assert strings.holding(part, "end") == [n for n, text in enumerate(texts) if text.endswith(part)]
