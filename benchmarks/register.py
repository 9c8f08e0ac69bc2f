"""What the corporate register gives to awards: names and wards, who stays without, and how often it has the printed place.

Usage: python benchmarks/register.py [FOLDER]; the folder holds ``gbizinfo/``, ``nta/`` and ``koueki/`` (its README says where they
come from), by default that of the environment variable TSUKITOME_REAL_DATA. Three parts: the orders of gBizINFO joined to the
register; its municipality beside the one that an award prints with the number of the firm, from which ``[grounds]`` of
``weights.toml`` comes; and the firm of the seed by number, name and reading.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from tsukitome import Archive
from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.joins import Joins, Missing
from tsukitome.archive.register import Register
from tsukitome.archive.store import Store
from tsukitome.awards import Award, Supplier
from tsukitome.documents.file import File
from tsukitome.normalize.borders import neighbours_of
from tsukitome.normalize.municipality import same_city
from tsukitome.sources.recognize import read_file

SEED_FIRM, SEED_NAME, SEED_READING = "4013301020174", "SAY企画", "セイキカク"
LEVELS = ("inside", "same_city", "neighbour", "same_prefecture", "elsewhere")


def main() -> None:
    """Prints the three parts."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("TSUKITOME_REAL_DATA", "data"))
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "register.sqlite"
        started = time.process_time()
        store = Store(archive)
        import_files(store, files_under([data / "gbizinfo", data / "nta"]))
        joins = store.register_joins()
        assert joins is not None
        store.close()
        print(
            f"gBizINFO and the register imported and joined in {time.process_time() - started:.0f} s of CPU of one process"
        )
        opened = Archive.open(archive)
        _joined(opened.records, joins)
        _places(data, opened)
        _seed(opened.register)


def _joined(records: Iterable[Award], joins: Joins) -> None:
    grounds: Counter[str] = Counter()
    closed = count = 0
    for award in records:
        count += 1
        closed += any("before this award" in warning for warning in award.warnings)
        grounds.update(_ground(award, supplier) for supplier in award.suppliers if supplier.role == "awarded")
    print(f"\n{count:,} records")
    for what, missing in (("name", joins.names), ("municipality", joins.wards)):
        print(f"{missing.winners:>8,} winners print no {what}: {missing.found:,} have the register's")
        for line in _why(missing):
            print(line)
    print(f"{joins.ties:>8,} ties")
    print(f"{closed:>8,} awards to a number that the register had closed before their day")
    for ground, number in grounds.most_common():
        print(f"{number:>8,} {ground}")


def _why(missing: Missing) -> Iterator[str]:
    for reason, number in sorted(missing.without.items(), key=lambda one: -one[1]):
        yield f"{number:>16,} without: {reason}"


def _ground(award: Award, supplier: Supplier) -> str:
    """What the winner's address stands on."""
    mark, day = supplier.register, award.dates.award or award.dates.contract
    if mark is None or supplier.address_source != "register":
        return "no address" if supplier.address is None else "printed address"
    if mark.moved:
        return "address of the register, by a move after the award"
    if day is None or mark.since is None:
        return "address of the register, the day of the award or of the entry unknown"
    return (
        "address of the register, in force on the award's day"
        if mark.since <= day
        else "address of the register's first entry"
    )


def _places(data: Path, archive: Archive) -> None:
    register, numbers = archive.register, set[str]()
    pairs: dict[str, set[tuple[str, str, str]]] = {"registered": set(), "moved": set()}
    awards: dict[str, Counter[str]] = {ground: Counter() for ground in pairs}
    for award, supplier in _printed(data):
        number, code, day = (
            supplier.corporate_number,
            supplier.municipality_code,
            award.dates.award or award.dates.contract,
        )
        numbers.add(number or "")
        entry = register.find_by_number(number or "", day)
        if code and entry and entry.municipality_code and day:
            ground, level = "moved" if entry.is_move_after(day) else "registered", _level(code, entry.municipality_code)
            pairs[ground].add((number or "", code, level))
            awards[ground][level] += 1
    print("\nthe register's municipality, where an award prints one beside the firm's number (koueki)")
    found = {ground: Counter(level for *_, level in told) for ground, told in pairs.items()}
    for ground in pairs:
        _shares(f"{ground}, by pair of firm and printed municipality", found[ground])
        _shares(f"{ground}, by award", awards[ground])
    numbers |= {one.corporate_number for award in archive.records for one in award.suppliers if one.corporate_number}
    moves = _moves(register, numbers)
    _shares("moves between two entries of one number", moves)
    both = found["moved"] + moves
    _shares("moved, and moves", both)
    staying, left = _as_shares(found["registered"]), _as_shares(both)
    mixed = {level: (0.0 if level == "inside" else left[level]) + left["inside"] * staying[level] for level in LEVELS}
    print(f"  times `registered` for whoever stayed: {', '.join(f'{level} {mixed[level]:.3f}' for level in LEVELS)}")


def _printed(data: Path) -> Iterator[tuple[Award, Supplier]]:
    """Winners that koueki prints with an address and a number."""
    for path in sorted((data / "koueki").glob("*.xlsx")):
        for award in read_file(File.read(path, path.name)).awards:
            yield from ((award, one) for one in award.suppliers if one.corporate_number and one.address)


def _moves(register: Register, numbers: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for number in numbers:
        for before, after in pairwise(register.history(number)):
            if after.process == "12" and before.municipality_code and after.municipality_code:
                found[_level(before.municipality_code, after.municipality_code)] += 1
    return found


def _level(one: str, other: str) -> str:
    if one == other:
        return "inside"
    if same_city(one, other):
        return "same_city"
    if other in neighbours_of(one):
        return "neighbour"
    return "same_prefecture" if one[:2] == other[:2] else "elsewhere"


def _as_shares(found: Counter[str]) -> dict[str, float]:
    return {level: found[level] / max(found.total(), 1) for level in LEVELS}


def _shares(what: str, found: Counter[str]) -> None:
    shares = _as_shares(found)
    told = ", ".join(f"{level} {found[level]:,} ({shares[level]:.3f})" for level in LEVELS)
    print(f"  {what}: {found.total():,}: {told}")


def _seed(register: Register) -> None:
    print("\nthe seed's firm")
    asked = {
        "number": register.find(number=SEED_FIRM),
        "name": register.find(name=SEED_NAME),
        "reading": register.find(reading=SEED_READING),
    }
    for by, found in asked.items():
        print(f"  by {by}: " + "; ".join(f"{one.corporate_number} {one.name}, closed {one.closed}" for one in found))


if __name__ == "__main__":
    main()
