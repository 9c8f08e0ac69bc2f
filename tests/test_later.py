"""A sequence whose parts are made when they are first looked at."""

from __future__ import annotations

import pickle

import pytest

from tsukitome.later import Later


def test_a_part_is_made_once_and_only_when_it_is_looked_at() -> None:
    made = []

    def make(place: int) -> str:
        made.append(place)
        return "abc"[place]

    parts = Later(3, make)
    assert (len(parts), made) == (3, [])
    assert (parts[-1], parts[2], made) == ("c", "c", [2])
    assert parts[:2] == ("a", "b")
    assert (list(parts), made) == (["a", "b", "c"], [2, 0, 1])


def test_it_is_as_good_as_the_tuple_of_its_parts() -> None:
    parts = Later(2, lambda place: place + 1)
    assert (parts, hash(parts), repr(parts)) == ((1, 2), hash((1, 2)), "(1, 2)")
    assert parts == Later(2, lambda place: place + 1)
    assert parts != (1, 3)
    assert pickle.loads(pickle.dumps(parts)) == (1, 2)
    with pytest.raises(IndexError):
        parts[2]
