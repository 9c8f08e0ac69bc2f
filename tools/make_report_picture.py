"""Draws ``docs/report.png``, the picture of a report, from a real run on the sample data in a headless Chromium.

python tools/make_report_picture.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "report.png"
SECTIONS = (None, 2, 4)  # what is shown side by side: the top, and from the heading of a section on, counted from 0
PAGE = (1060, 7000)  # pixels of the page as it is drawn
PLACE = (1060, 1240)  # of a part that is shown
SHOWN = (530, 620)  # and of that part in the picture
COLOURS = 128
LINE = (31, 78, 121)  # the colour of the line below a section's heading
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)


def report(folder: Path) -> Path:
    """The report of the article in ``docs/news.txt``, in English, since the README is."""
    page = folder / "report.html"
    # Beside the case, so that no path of this machine is in the picture.
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    asked = ["--article", str(ROOT / "docs" / "news.txt"), "--article-date", "2018-03-19", "--data", "sample_data"]
    for words in (
        ["case", "new", str(folder / "CASE.toml"), *asked],
        ["report", str(folder / "CASE.toml"), "-o", str(page)],
    ):
        subprocess.run(
            [sys.executable, "-m", "tsukitome", *words, "--lang", "en"], check=True, cwd=folder, env=environment
        )
    return page


def main() -> None:
    """Writes the picture."""
    program = shutil.which("chromium") or "google-chrome"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shot = folder / "shot.png"
        where = (f"--window-size={PAGE[0]},{PAGE[1]}", f"--user-data-dir={folder / 'profile'}", f"--screenshot={shot}")
        subprocess.run([program, *_FLAGS, *where, report(folder).as_uri()], check=True, capture_output=True)
        with Image.open(shot) as drawn:
            page = drawn.convert("RGB")
    picture = Image.new("RGB", (SHOWN[0] * len(SECTIONS), SHOWN[1]), "white")
    for number, section in enumerate(SECTIONS):
        top = 0 if section is None else headings(page)[section] - 60
        part = page.crop((0, top, PLACE[0], top + PLACE[1]))
        picture.paste(part.resize(SHOWN, Image.Resampling.LANCZOS), (SHOWN[0] * number, 0))
    picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


def headings(page: Image.Image) -> list[int]:
    """Where the lines below the sections' headings are, from the top."""
    column = [page.getpixel((page.width - 40, y)) == LINE for y in range(page.height)]
    return [y for y in range(20, page.height) if column[y] and not column[y - 1]]


if __name__ == "__main__":
    main()
