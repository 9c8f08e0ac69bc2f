"""A made gazette issue of 200 two-column pages: every notice and every field held against what was printed, and the time.

Run by hand: ``python benchmarks/gazette.py [NOTICES]``. The yardstick is pypdfium2's plain text extraction of the same file, in
the same run. Needs an embeddable Japanese font (Debian: fonts-ipafont).
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from gazette_pages import NO_FONT, differences, has_font, make_issue

from tsukitome import cores
from tsukitome.archive.garbage import collected_rarely
from tsukitome.documents.file import File
from tsukitome.documents.pdf_lines import read_pdf_lines
from tsukitome.sources.recognize import read_file

_RUNS = 5


def main(notices: int = 4300) -> None:
    """Prints what was read of a made issue, and how long it took."""
    if not has_font():
        sys.exit(NO_FONT)
    issue = make_issue(notices, seed=7, pictures=(5, 9), unknown=20)
    file = File.of_bytes("issue.pdf", issue.pdf)
    reading = read_file(file)
    wrong = list(differences(issue, reading.awards))
    print(
        f"{issue.pages} pages, {len(issue.notices)} notices: {len(reading.awards)} read, {len(wrong)} fields not as printed"
    )
    print("\n".join(wrong[:10]))
    print("pages refused:", [refusal.place for refusal in reading.refusals], "of pictures", issue.pictures)
    works = {
        "pypdfium2's plain text": lambda: _plain_text(file),
        "lines in reading order, one process": lambda: read_pdf_lines(file, cores=1),
        "awards, one process": lambda: _alone(file),
        "awards": lambda: read_file(file),
    }
    with collected_rarely():  # as in an import
        taken = _least(works)
    cpu, clock = taken["pypdfium2's plain text"]
    for name, (own, passed) in taken.items():
        print(f"{name}: {own:.2f} s of CPU ({own / cpu:.1f} x), {passed:.2f} s by the clock ({passed / clock:.1f} x)")


def _plain_text(file: File) -> None:
    document = pypdfium2.PdfDocument(file.data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def _alone(file: File) -> None:
    usable, cores.usable_cores = cores.usable_cores, lambda: 1
    try:
        read_file(file)
    finally:
        cores.usable_cores = usable


def _least(works: Mapping[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """The least CPU time, other processes' included, and the least time by the clock of a few runs that take turns."""
    least = dict.fromkeys(works, (math.inf, math.inf))
    for _ in range(_RUNS):
        for name, work in works.items():
            own, begun = sum(os.times()[:4]), time.perf_counter()
            work()
            taken = sum(os.times()[:4]) - own, time.perf_counter() - begun
            least[name] = min(least[name][0], taken[0]), min(least[name][1], taken[1])
    return least


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
