"""A made gazette issue of 200 two-column pages: every notice and every field held against what was printed, and the time.

Run by hand: ``python benchmarks/gazette.py [NOTICES]``. The yardstick is pypdfium2's plain text extraction of the same file, in
the same run. Needs an embeddable Japanese font (Debian: fonts-ipafont).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from gazette_pages import NO_FONT, differences, has_font, make_issue

from tsukitome.documents.file import File
from tsukitome.documents.pdf_lines import read_pdf_lines
from tsukitome.sources.recognize import read_file

_RUNS = 3


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
    plain = _seconds(lambda: _plain_text(file))
    lines = _seconds(lambda: read_pdf_lines(file))
    whole = _seconds(lambda: read_file(file))
    print(
        f"pypdfium2's plain text {plain:.2f} s of CPU; lines in reading order {lines:.2f} s ({lines / plain:.1f} x);",
        end=" ",
    )
    print(f"awards {whole:.2f} s ({whole / plain:.1f} x)")


def _plain_text(file: File) -> None:
    document = pypdfium2.PdfDocument(file.data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def _seconds(work: Callable[[], object]) -> float:
    """The least CPU time of a few runs: the machine may be busy."""
    times = []
    for _ in range(_RUNS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
