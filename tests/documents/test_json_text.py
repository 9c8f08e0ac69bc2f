"""JSON with its numbers as printed."""

from __future__ import annotations

import pytest

from tsukitome.documents.json_text import json_lines, listed, looks_like_json, objects, read_json, under, words
from tsukitome.errors import UnreadableError


def test_numbers_stay_as_printed() -> None:
    told = read_json('\ufeff{"a": 1.50, "b": 182547000, "c": NaN, "d": -Infinity, "e": 1e999, "f": ' + "9" * 5000 + "}")
    assert told == {"a": "1.50", "b": "182547000", "c": "NaN", "d": "-Infinity", "e": "1e999", "f": "9" * 5000}


@pytest.mark.parametrize(
    ("text", "words"), [('{"a": 1\n,', "line 2"), ("[" * 200_000, "nested too deeply"), ("", "line 1")]
)
def test_what_is_no_json_is_unreadable_by_line(text: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read_json(text, "a.json")


def test_json_lines_count_blank_ones() -> None:
    assert list(json_lines('{"a": 1}\n\n {"b": 2} \n'.splitlines())) == [(1, '{"a": 1}'), (3, '{"b": 2}')]


def test_only_objects_are_records_and_only_texts_are_words() -> None:
    assert (objects([{}, 1, None, []]), objects({"a": 1}), objects("x"), objects(None)) == ([{}], [{"a": 1}], [], [])
    assert (words("x"), words(None), words(True), words(["x"])) == ("x", "", "", "")


def test_items_bear_their_path_and_what_is_no_object_is_kept_as_nothing() -> None:
    assert list(listed([{}, 1, None], under("", "awards"))) == [
        ("awards[0]", {}),
        ("awards[1]", "1"),
        ("awards[2]", "null"),
    ]
    assert list(listed({"a": 1}, under("releases[2]", "awards"))) == [("releases[2].awards", {"a": 1})]
    assert (list(listed(None, "x")), list(listed("?", "x"))) == ([], [("x", '"?"')])


@pytest.mark.parametrize(("text", "looks"), [(" \n{", True), ("\ufeff[", True), ("a,{", False), ("", False)])
def test_looks(text: str, looks: bool) -> None:
    assert looks_like_json(text) is looks
