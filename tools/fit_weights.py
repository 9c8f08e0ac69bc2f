"""Fits the weights of the model to made cases, and writes ``src/tsukitome/matching/weights.toml``.

python tools/fit_weights.py --cases 400 --seed 1 --archive FILES… --archive FILES…

Each ``--archive`` (files, folders or an archive of the program) is an archive of its own, from which as many cases are made. The
judged figures, to which the fitted ones are drawn, are those of ``tools/weights_judged.toml``; the prior, the rates of kin to begin
with and the rules of the verdict are taken from there as they are. The cases are blurred as ``evaluation/noise/noise.toml`` states.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path

from tsukitome import Archive
from tsukitome.evaluation.cases import eligible, make_cases
from tsukitome.evaluation.fitting import Met, fitted, levels_met
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import KINDS, Level, Weights, read_weights

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tools" / "weights_judged.toml"
FITTED = ROOT / "src" / "tsukitome" / "matching" / "weights.toml"
_ROW = re.compile(r"^(?P<level>[a-z_]+) = \{ outcome = \"(?P<outcome>[a-z]+)\", (?P<name>m|likely) = ")
_TABLE = re.compile(r"^\[(?P<table>[a-z_]+)\]$")
_PLACES = 3


def rounded(shares: dict[str, float]) -> dict[str, float]:
    """Shares to three places with the same sum, none of them 0."""
    found = {name: max(round(share, _PLACES), 10**-_PLACES) for name, share in shares.items()}
    if found:
        largest = max(found, key=lambda name: found[name])
        found[largest] = round(found[largest] + sum(shares.values()) - sum(found.values()), _PLACES)
    return found


def written(judged: str, found: Weights, source: str) -> str:
    """The judged table's text with the fitted figures in place."""
    lines, table = [], ""
    columns: dict[str, dict[str, float]] = {}
    for line in judged.splitlines():
        if match := _TABLE.match(line):
            table = match["table"]
            rows = found.levels.get(table, {})
            columns = {kind: rounded({name: row.kin[kind] for name, row in rows.items()}) for kind in KINDS if rows}
            columns["m"] = rounded({name: row.m for name, row in rows.items() if row.likely is None})
        if match := _ROW.match(line):
            lines.append(_row(match, found.levels[table][match["level"]], columns))
        else:
            lines.append(f'source = "{source}"' if line.startswith("source = ") else line)
    return "\n".join(lines) + "\n"


def _row(match: re.Match[str], level: Level, columns: dict[str, dict[str, float]]) -> str:
    name = match["level"]
    own = f"likely = {level.likely:.2g}" if level.likely is not None else f"m = {columns['m'][name]:.3f}"
    kin = ", ".join(f"{kind} = {columns[kind][name]:.3f}" for kind in KINDS)
    return f'{name} = {{ outcome = "{match["outcome"]}", {own}, {kin} }}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", nargs="+", action="append", required=True, metavar="PATH")
    parser.add_argument("--name", required=True, help="what the archives are called in the table's `source`")
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    judged = JUDGED.read_text(encoding="utf-8")
    table, met = read_weights(judged), Met()
    for paths in given.archive:
        archive = Archive.open(*paths)
        prepared = Prepared.of(archive.records, archive.coverage())
        cases = make_cases(eligible(prepared.alternatives), given.cases, given.seed)
        met.add(levels_met(cases, prepared, table, lambda done: print(f"\r{done}", end="", flush=True)))
    source = (
        f"tools/fit_weights.py on {given.name}: {len(given.archive)} × {given.cases} made cases, seed {given.seed}, "
        f"{dt.datetime.now(dt.UTC).date()}; drawn towards tools/weights_judged.toml"
    )
    FITTED.write_text(written(judged, fitted(met, table), source), encoding="utf-8")


if __name__ == "__main__":
    main()
