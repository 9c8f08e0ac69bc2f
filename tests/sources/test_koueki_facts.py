"""200 award rows of 44 workbooks, read by eye before the reader was run (tests/facts/koueki_200.csv), against the reader."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.sources.recognize import read_file

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
WORKBOOKS = Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE)) / "koueki"
FACTS = Path(__file__).resolve().parents[1] / "facts" / "koueki_200.csv"

FORMS = {"特例社団法人": "社団法人", "特例財団法人": "財団法人", "(特社)": "社団法人", "(特財)": "財団法人"}
# How the reader calls a joint venture that is printed without a name of its own; the facts hold its members only.
NAMELESS = re.compile(r"(?P<member>.+)ほか(設計)?共同(企業)?体")


class Fact(NamedTuple):
    """One row as a person reads it; several values of a field in the order printed."""

    file: str
    sheet: str
    row: int
    title: str
    suppliers: tuple[str, ...]
    addresses: tuple[str, ...]
    municipality_codes: tuple[str, ...]
    date: str
    roles: tuple[str, ...]
    yen: float | None


def facts() -> list[Fact]:
    def several(text: str, mark: str = " / ") -> tuple[str, ...]:
        return tuple(text.split(mark)) if text else ()

    with FACTS.open(encoding="utf-8", newline="") as lines:
        return [
            Fact(
                row["file"],
                row["sheet"],
                int(row["row"]),
                row["title"],
                several(row["suppliers"]),
                several(row["addresses"]),
                several(row["municipality_codes"]),
                row["date"],
                several(row["role"], "|"),
                float(row["yen"]) if row["yen"] else None,
            )
            for row in csv.DictReader(line for line in lines if not line.startswith("#"))
        ]


def plain(text: str) -> str:
    """Without white space and width; dashes alike between digits, where they only part numbers."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[‐‑–—―−─ー-](?=\d)", "-", folded)


def firm(name: str) -> str:
    """A name with the old forms alike: 特例社団法人 is what 社団法人 were called between 2008 and 2013."""
    folded = plain(name)
    for printed, form in FORMS.items():
        folded = folded.replace(printed, form)
    return folded


def names_read(award: Award) -> set[str]:
    names = {firm(s.name) for s in award.suppliers if s.role != "bidder"}
    members = {firm(s.name) for s in award.suppliers if s.role == "jv_member"}
    return {name for name in names if not ((jv := NAMELESS.fullmatch(name)) and jv["member"] in members)}


def price_is_right(fact: Fact, award: Award) -> bool:
    """The main price: the first amount of its role has its yen, and a price that is no total has none of 契約金額 beside it."""
    asked = fact.roles if fact.roles else ("contract_price", "unit_price", "estimated_total", "paid_total")
    found = [amount.yen for amount in award.amounts if amount.role in asked]
    if fact.yen is None:
        return not found
    also = [amount for amount in award.amounts if amount.role == "contract_price" and amount.role not in asked]
    return found[:1] == [fact.yen] and not also


def texts(values: Iterable[str | None]) -> set[str]:
    return {plain(value) for value in values if value}


FIELDS: dict[str, Callable[[Fact, Award], bool]] = {
    "title": lambda fact, award: plain(fact.title) == plain(award.title or ""),
    "supplier": lambda fact, award: {firm(name) for name in fact.suppliers} == names_read(award),
    "address": lambda fact, award: texts(fact.addresses) == texts(s.address for s in award.suppliers),
    "municipality": lambda fact, award: (
        set(fact.municipality_codes) == {s.municipality_code for s in award.suppliers if s.municipality_code}
    ),
    "date": lambda fact, award: fact.date == (award.dates.contract.isoformat() if award.dates.contract else ""),
    "price": price_is_right,
}


def shown(field: str, award: Award) -> str:
    """What the reader has for a field, for the message of a miss."""
    match field:
        case "title":
            return repr(award.title)
        case "date":
            return repr(award.dates.to_dict())
        case "price":
            return repr([(amount.role, amount.yen) for amount in award.amounts])
        case _:
            return repr([(s.role, s.name, s.address, s.municipality_code) for s in award.suppliers])


@pytest.fixture(scope="module")
def awards() -> dict[tuple[str, str | None, int | None], Award]:
    """The awards of the workbooks that the facts name, each read once, by file, sheet and row."""
    if not WORKBOOKS.is_dir():
        pytest.skip("real data not here (TSUKITOME_REAL_DATA)")
    return {
        (name, award.source.sheet, award.source.row): award
        for name in sorted({fact.file for fact in facts()})
        for award in read_file(File.read(WORKBOOKS / name, name)).awards
    }


def test_the_facts_are_two_hundred_different_rows() -> None:
    assert len({fact[:3] for fact in facts()}) == len(facts()) == 200
    assert all(
        fact.title and fact.suppliers and len(fact.roles) == 1 + ("unit_price" in fact.roles[1:]) for fact in facts()
    )


# One test for all fields: the tests of a module are shared out among processes, and each would read the workbooks again.
def test_what_the_reader_reads_is_what_a_person_reads(awards: dict[tuple[str, str | None, int | None], Award]) -> None:
    read = [(fact, awards.get((fact.file, fact.sheet, fact.row))) for fact in facts()]
    misses: dict[str, list[str]] = {}
    for field, is_right in FIELDS.items():
        misses[field] = [
            f"{field}: {fact.file} row {fact.row}: {fact[3:]}, read as {shown(field, award) if award else 'no award'}"
            for fact, award in read
            if award is None or not is_right(fact, award)
        ]
    figures = {field: 1 - len(missed) / len(read) for field, missed in misses.items()}
    every_miss = "\n".join(line for missed in misses.values() for line in missed)
    assert all(share >= 0.99 for share in figures.values()), f"{figures}\n{every_miss}"
