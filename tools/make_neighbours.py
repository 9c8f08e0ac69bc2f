"""Builds ``src/tsukitome/normalize/tables/municipality_neighbours.csv`` from a file of the municipalities' boundaries.

    python tools/make_neighbours.py BOUNDARIES --edition "2021-01-01"

BOUNDARIES is 国土数値情報 行政区域データ (N03) of all Japan as TopoJSON or GeoJSON: features with the code in ``N03_007``. Two
municipalities are neighbours where their outlines share a line: an arc of a TopoJSON, a segment between two points of a GeoJSON.
A point that they share is not enough, nor is a bridge. Areas without a code (所属未定地) are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/tsukitome/normalize/tables/municipality_neighbours.csv"
CODE = "N03_007"
NORTHERN_TERRITORIES = ("01695", "01696", "01697", "01698", "01699", "01700")  # not in municipalities.csv either
HEADER = """\
# Municipalities that share a border, each pair once, at the lower code; a row without neighbours is an island's. Borders of
# {edition}. Made by tools/make_neighbours.py from 「国土数値情報（行政区域データ）」（国土交通省）; see README.md here.
"""


def outlines(boundaries: dict[str, Any]) -> Iterator[tuple[str, Hashable]]:
    """(code, line) for every line of every municipality's outline, whichever way it runs."""
    if boundaries["type"] == "Topology":
        for layer in boundaries["objects"].values():
            for area in layer["geometries"]:
                for arc in _numbers(area.get("arcs", [])):
                    yield area["properties"][CODE] or "", arc if arc >= 0 else ~arc
    else:
        for feature in boundaries["features"]:
            for ring in _rings(feature["geometry"]["coordinates"]):
                for ends in pairwise(map(tuple, ring)):
                    yield feature["properties"][CODE] or "", frozenset(ends)


def _numbers(nested: Any) -> Iterator[int]:
    if isinstance(nested, int):
        yield nested
    else:
        for one in nested:
            yield from _numbers(one)


def _rings(nested: Any) -> Iterator[list[list[float]]]:
    if isinstance(nested[0][0], int | float):
        yield nested
    else:
        for one in nested:
            yield from _rings(one)


def neighbours(boundaries: dict[str, Any]) -> dict[str, set[str]]:
    """Each code with those of its neighbours that are greater."""
    beside: dict[Hashable, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = {}
    for code, line in outlines(boundaries):
        if code and code not in NORTHERN_TERRITORIES:
            beside[line].add(code)
            found.setdefault(code, set())
    for codes in beside.values():
        for code in codes:
            found[code] |= {other for other in codes if other > code}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("boundaries", type=Path)
    parser.add_argument("--edition", required=True, help="the day of the borders")
    given = parser.parse_args()
    found = neighbours(json.loads(given.boundaries.read_text(encoding="utf-8")))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER.format(edition=given.edition))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "neighbours"))
        writer.writerows((code, " ".join(sorted(found[code]))) for code in sorted(found))
    print(f"{len(found)} municipalities, {sum(map(len, found.values()))} borders in {TARGET.name}")


if __name__ == "__main__":
    main()
