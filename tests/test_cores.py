"""Work in several processes gives what it gives in one, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsukitome import cores
from tsukitome.cores import in_parts


@pytest.fixture(autouse=True)
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process of one thread; a test's process may have more."""
    monkeypatch.setattr(cores, "has_one_thread", lambda: True)


def squares_and_processes(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number * number, os.getpid()) for number in numbers]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 40), st.integers(1, 4), st.integers(1, 12))
def test_outcomes_in_order(count: int, number: int, fewest: int) -> None:
    found = in_parts(squares_and_processes, range(count), fewest=fewest, cores=number)
    assert [square for square, _ in found] == [at * at for at in range(count)]
    assert len({process for _, process in found}) == max(min(number, count // fewest), count > 0)


def test_here_where_processes_are_not_worth_it_or_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    def processes(**options: int) -> set[int]:
        return {process for _, process in in_parts(squares_and_processes, range(10), **options)}  # type: ignore[arg-type]

    assert processes(fewest=6, cores=2) == {os.getpid()}
    assert processes(fewest=1, cores=1) == {os.getpid()}
    monkeypatch.setattr(cores, "has_one_thread", lambda: False)
    assert processes(fewest=1, cores=2) == {os.getpid()}


def test_no_processes_of_processes() -> None:
    def nested(numbers: Sequence[int]) -> list[int]:
        return [process for _, process in in_parts(squares_and_processes, numbers, fewest=1, cores=2)]

    found = in_parts(nested, range(12), fewest=1, cores=2)
    assert len(set(found[6:])) == 1  # the other process did its part by itself


def test_a_part_whose_process_is_killed_is_done_here() -> None:
    home = os.getpid()

    def work(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(numbers)

    assert in_parts(work, range(10), fewest=1, cores=3) == [*range(10)]


def test_an_error_in_any_part_is_raised() -> None:
    def work(numbers: Sequence[int]) -> list[int]:
        return [10 // (9 - number) for number in numbers]

    with pytest.raises(ZeroDivisionError):
        in_parts(work, range(10), fewest=1, cores=2)


def test_an_outcome_that_cannot_be_sent_is_made_here() -> None:
    def work(numbers: Sequence[int]) -> list[object]:
        return [lambda: None for _ in numbers]

    assert len(in_parts(work, range(4), fewest=1, cores=2)) == 4
