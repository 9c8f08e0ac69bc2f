"""Patterns that are compiled when they are first used."""

import re
from unittest.mock import patch

import pytest

from tsukitome.pattern import pattern


def test_it_finds_what_the_compiled_one_finds() -> None:
    late, compiled = pattern(r"(?P<yen>[0-9]+)円", re.A), re.compile(r"(?P<yen>[0-9]+)円", re.A)
    text = "契約金額 123円、予定価格 456円"
    assert [one["yen"] for one in late.finditer(text)] == ["123", "456"]
    assert late.sub("x", text) == compiled.sub("x", text)
    assert late.split(text) == compiled.split(text)
    assert (late.fullmatch(text), late.pattern, late.groupindex) == (None, compiled.pattern, compiled.groupindex)


def test_it_is_compiled_once_and_not_before_it_is_used() -> None:
    with patch.object(re, "compile", wraps=re.compile) as compile_:
        late = pattern("豊島区")
        assert compile_.call_count == 0
        assert late.search("東京都豊島区")
        assert not late.match("東京都豊島区")
        assert compile_.call_count == 1


def test_it_has_no_other_methods_than_the_compiled_one() -> None:
    with pytest.raises(AttributeError, match="cache_clear"):
        pattern("豊島区").cache_clear  # type: ignore[attr-defined]  # noqa: B018
