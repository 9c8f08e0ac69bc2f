"""Rebuilds `sample_data/` but for its README: `python tools/make_sample_data.py --seed 20180319 --out sample_data`.

The awards, firms and prices are made up from the seed; the one real award and the near-misses come from the TOML tables
in `tools/sample_maker/`. Text and CSV come out the same to the byte; workbooks and the PDF too, with the same versions
of openpyxl, zlib, reportlab and Pillow and the same font.
"""

from __future__ import annotations

import argparse
import csv
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sample_maker.gazette import GAZETTE_PREFIX, gazette_text, issue_of
from sample_maker.ministry_csv import negotiated_csv, open_csv
from sample_maker.model import Award
from sample_maker.plan import MHLW_LIMITED, MHLW_OPEN, NENKIN_PDF, PORTAL, Plan, make_plan
from sample_maker.portal import portal_csv
from sample_maker.spelling import supplier_name

SEED = 20180319


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path("sample_data"), help="folder to write into")
    parser.add_argument("--list", action="store_true", help="print each award and file as CSV instead, write nothing")
    parser.add_argument("--text-only", action="store_true", help="only the text and CSV files: no reportlab, no font")
    options = parser.parse_args()
    plan = make_plan(options.seed)
    if options.list:
        list_awards(plan)
        return
    for file, awards in plan.files().items():
        if options.text_only and not file.endswith((".txt", ".csv")):
            continue
        rng = Random(options.seed ^ zlib.crc32(file.encode()))  # each file on its own: one change touches one file
        path = options.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(file, awards, rng))
        print(f"{file}: {len(awards)} awards", file=sys.stderr)


def render(file: str, awards: list[Award], rng: Random) -> bytes:
    """The bytes of one file of the sample, in the shape that its name stands for."""
    if file.startswith(GAZETTE_PREFIX):
        return gazette_text(issue_of(file), awards, rng).encode()
    if file == MHLW_OPEN:
        return open_csv(awards, rng)
    if file == MHLW_LIMITED:
        return negotiated_csv(awards, rng)
    if file == PORTAL:
        return portal_csv(awards, rng)
    if file == NENKIN_PDF:
        from sample_maker.nenkin_pdf import nenkin_pdf  # needs reportlab and a Japanese font

        return nenkin_pdf(awards, rng)
    from sample_maker.nenkin_xlsx import month_of, nenkin_xlsx  # needs openpyxl

    return nenkin_xlsx(month_of(file), awards, rng)


def list_awards(plan: Plan) -> None:
    """One line for each award in each file: what a reader of the file has to find."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("file", "title", "buyer", "suppliers", "addresses", "awarded", "price", "trap"))
    for file, awards in plan.files().items():
        writer.writerows(_listed(file, awards))


def _listed(file: str, awards: list[Award]) -> Iterator[tuple[str, ...]]:
    for award in awards:
        names = [award.firms[0].name] if award.real else [supplier_name(award, n) for n in range(len(award.firms))]
        places = [firm.branch.place if award.at_branch and firm.branch else firm.place for firm in award.firms]
        yield (
            file, award.title, award.buyer.name, " / ".join(names),
            " / ".join(place.prefecture + place.municipality + place.rest for place in places),
            award.awarded.isoformat(), str(award.price or ""), award.trap,
        )  # fmt: skip


if __name__ == "__main__":
    main()
