"""Firms looked up in the register: by number, by name and address together, by reading. A tie resolves to nothing."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tsukitome.archive.register import Register
from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.registrations import Registration
from tsukitome.sources.registry import read_registry

SEED_FIRM = "4013301020174"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE)) / "nta" / "selected_changes.csv"


def firm(
    number: str,
    name: str = "株式会社見本",
    address: str = "東京都豊島区東池袋1丁目48番10号",
    code: str = "13116",
    **more: object,
) -> Registration:
    return Registration(number, name, address=address, municipality_code=code, **more)  # type: ignore[arg-type]


A, B = "1000000000001", "1000000000002"


def test_a_firm_is_found_by_number_as_it_was_on_a_day() -> None:
    before = firm(A, "株式会社旧名", changed=dt.date(2015, 10, 5))
    after = firm(A, "株式会社新名", changed=dt.date(2018, 4, 1))
    register = Register([after, before])
    assert register.find_by_number(A) == after
    assert register.find_by_number(A, dt.date(2017, 8, 9)) == before
    assert register.find_by_number(A, dt.date(2010, 1, 1)) == before
    assert register.history(A) == (before, after)
    assert register.find_by_number(B) is None
    assert repr(register) == "<Register of 1 firms>"


def test_a_number_taken_back_names_nobody() -> None:
    assert Register([firm(A), Registration(A, "", process="99")]).find_by_number(A) is None


def test_name_and_address_find_a_firm() -> None:
    register = Register(
        [
            firm(A),
            firm(B, address="東京都豊島区池袋2丁目1番1号"),
            firm("3", address="大阪府大阪市北区梅田1-1", code="27127"),
        ]
    )
    for printed in ("東京都豊島区東池袋1-48-10", "豊島区東池袋一丁目48番10号", "東京都豊島区東池袋1-48-10見本ビル3階"):
        match = register.match("(株)見本", printed)
        assert match is not None
        assert (match.registration.corporate_number, match.agreement) == (A, "block")
    found = register.find_by_name_and_address("㈱見本", "東京都豊島区池袋2-9-9")
    assert found is not None
    assert found.corporate_number == B  # the only one of its name in that town


def test_a_tie_resolves_to_nothing() -> None:
    register = Register([firm(A), firm(B)])
    assert register.find_by_name_and_address("株式会社見本", "東京都豊島区東池袋1-48-10") is None
    assert register.find_by_name_and_address("株式会社見本", "東京都豊島区") is None


def test_neither_name_nor_address_is_enough_alone() -> None:
    register = Register([firm(A)])
    assert register.find_by_name_and_address("株式会社見本", "東京都北区豊島1-1") is None
    assert register.find_by_name_and_address("株式会社見本", "東京都豊島区池袋1-1-1") is None
    assert register.find_by_name_and_address("株式会社別名", "東京都豊島区東池袋1-48-10") is None
    assert register.find_by_name_and_address("株式会社見本", "") is None
    assert register.find_by_name_and_address("", "東京都豊島区東池袋1-48-10") is None


def test_an_address_that_ends_at_the_municipality_finds_the_only_one_there() -> None:
    match = Register([firm(A)]).match("見本", "東京都豊島区")
    assert match is not None
    assert (match.registration.corporate_number, match.agreement) == (A, "municipality")


def test_legal_forms_that_differ_are_two_firms() -> None:
    register = Register([firm(A), firm(B, "有限会社見本")])
    found = register.find_by_name_and_address("有限会社見本", "東京都豊島区東池袋1-48-10")
    assert found is not None
    assert found.corporate_number == B


def test_a_former_name_and_seat_find_the_firm_and_a_closed_one_is_left_out() -> None:
    moved = [
        firm(A, changed=dt.date(2015, 10, 5)),
        firm(A, address="大阪府大阪市北区梅田1-1", code="27127", changed=dt.date(2019, 1, 1)),
    ]
    closed = firm(B, changed=dt.date(2016, 1, 1), closed=dt.date(2016, 1, 1), process="21")
    register = Register([*moved, closed])
    match = register.match("株式会社見本", "東京都豊島区東池袋1-48-10", dt.date(2017, 8, 9))
    assert match is not None
    assert match.registration == moved[0]
    assert register.match("株式会社見本", "東京都豊島区東池袋1-48-10") is None


def test_a_reading_suggests_one_firm_or_none() -> None:
    register = Register([firm(A, reading="セイキカク"), firm(B, reading="ホシキカク")])
    found = register.find_by_reading("せいきかく")
    assert found is not None
    assert found.corporate_number == A
    assert (
        Register([firm(A, reading="セイキカク"), firm(B, reading="セイキカク")]).find_by_reading("セイキカク") is None
    )
    assert register.find_by_reading("") is None


@pytest.mark.skipif(not REAL.exists(), reason="real data not here (TSUKITOME_REAL_DATA)")
def test_the_seeds_firm_by_number_by_name_and_by_reading() -> None:
    file = File.read(REAL, REAL.name)
    register = Register(read_registry(file, decode(file)).registrations)
    found = register.find_by_number(SEED_FIRM)
    assert found is not None
    assert (found.name, found.closed, found.close_cause) == ("株式会社SAY企画", dt.date(2023, 4, 10), "清算の結了等")
    assert (
        register.find_by_name_and_address("(株)ＳＡＹ企画", "東京都豊島区東池袋1-48-10", dt.date(2017, 8, 9)) == found
    )
    assert register.find_by_reading("セイキカク") == found
