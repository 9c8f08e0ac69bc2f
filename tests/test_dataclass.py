"""Frozen records, held to those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

import pytest

from tsukitome.dataclass import dataclass

# Each class twice: as the standard library makes it, and as here.
STANDARD = dataclasses.dataclass


def shapes(decorator: Any) -> dict[str, type]:
    """The shapes that the project has."""

    @decorator(frozen=True, slots=True)
    class Slotted:
        """A price."""

        yen: int
        quote: str = ""
        roles: list[str] = dataclasses.field(default_factory=list, compare=False)
        unit: ClassVar[str] = "円"

    @decorator(frozen=True)
    class Open:
        yen: int
        hidden: str = dataclasses.field(default="x", repr=False)

        @cached_property
        def thousand(self) -> int:
            return self.yen // 1000

    @decorator(frozen=True)
    class Inherits(Open):
        place: str | None = None

    @decorator(frozen=True)
    class Checked:
        yen: int
        read: str = dataclasses.field(init=False, repr=False, compare=False)

        def __post_init__(self) -> None:
            if self.yen < 0:
                raise ValueError("below zero")
            object.__setattr__(self, "read", f"{self.yen}円")

    @decorator(frozen=True, slots=True)
    class OwnWords:
        yen: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, OwnWords)

    @decorator(frozen=True, slots=True)
    class Empty:
        pass

    @decorator(frozen=True, slots=True)
    class Holds:
        inner: Any

    return {one.__name__: one for one in (Slotted, Open, Inherits, Checked, OwnWords, Empty, Holds)}


MADE = {
    "Slotted": [(1,), (1, "a"), (2, "a", ["b"])],
    "Open": [(1,), (1, "y")],
    "Inherits": [(1,), (1, "y", "豊島区")],
    "Checked": [(1,), (2,)],
    "OwnWords": [(1,), (2,)],
    "Empty": [()],
    "Holds": [(None,), ((1, 2),)],
}
CASES = [(name, values) for name, several in MADE.items() for values in several]
OURS, THEIRS = shapes(dataclass), shapes(STANDARD)


@pytest.mark.parametrize(("name", "values"), CASES)
def test_a_record_is_as_that_of_the_standard_library(name: str, values: tuple[Any, ...]) -> None:
    ours, theirs = OURS[name](*values), THEIRS[name](*values)
    assert is_dataclass(ours)
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert [(one.name, one.type) for one in fields(ours)] == [(one.name, one.type) for one in fields(theirs)]
    assert hash_of(ours) == hash_of(theirs)
    assert OURS[name].__match_args__ == THEIRS[name].__match_args__
    assert str(inspect.signature(OURS[name])) == str(inspect.signature(THEIRS[name]))
    assert OURS[name].__init__.__annotations__ == THEIRS[name].__init__.__annotations__
    assert hasattr(ours, "__dict__") == hasattr(theirs, "__dict__")
    assert copy.copy(ours) == ours
    assert repr(copy.deepcopy(ours)) == repr(ours)
    assert [ours == OURS[name](*others) for others in MADE[name]] == [theirs == THEIRS[name](*o) for o in MADE[name]]
    assert ours != theirs


def hash_of(record: Any) -> int | str:
    try:
        return hash(record)
    except TypeError as error:
        return str(error)


def test_what_is_frozen_stays_as_it_was_made() -> None:
    for record in (OURS["Slotted"](1), OURS["Inherits"](1)):
        with pytest.raises(FrozenInstanceError, match="yen"):
            record.yen = 2
        with pytest.raises(FrozenInstanceError, match="yen"):
            del record.yen
        with pytest.raises(FrozenInstanceError, match="other"):
            record.other = 2
        assert replace(record, yen=3).yen == 3
    assert OURS["Open"](5000).thousand == 5


def test_each_record_has_its_own_list_and_its_own_check() -> None:
    one, other = OURS["Slotted"](1), OURS["Slotted"](1)
    assert one.roles == []
    assert one.roles is not other.roles
    assert OURS["Checked"](5).read == "5円"
    with pytest.raises(ValueError, match="below zero"):
        OURS["Checked"](-1)
    with pytest.raises(TypeError, match="yen"):
        OURS["Slotted"]()


@dataclass(frozen=True, slots=True)
class Travels:
    """At the top of a module, where pickle finds it."""

    yen: int
    inner: tuple[int, ...] = ()


def test_records_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(Travels(1, (2,)))) == Travels(1, (2,))


def test_other_options_are_the_standard_librarys() -> None:
    @dataclass
    class Open:
        yen: int

    @dataclass(frozen=True, order=True)
    class Ordered:
        yen: int

    changed = Open(1)
    changed.yen = 2
    assert changed == Open(2)
    assert Ordered(1) < Ordered(2)
