"""Draws the README's picture, ``docs/identify.svg``, from a real run on the sample data.

python tools/make_readme_picture.py
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from tsukitome import Archive, Clues
from tsukitome.reporting.terminal import WIDTH, print_findings

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "identify.svg"
TITLE = "扶養親族等申告書・個人番号申出書 データ入力及び画像化業務 一式"
COMMAND = f"identify --ward 豊島区 --month 2017-08 --value 約1億8000万円 --title '{TITLE}' --top 3"
# No font is fetched from anywhere: the reader's own monospaced ones, Japanese ones among them.
FONTS = "Menlo, Consolas, 'Noto Sans Mono CJK JP', 'IPAGothic', 'MS Gothic', 'Osaka-Mono', monospace"
FORMAT = f"""\
<svg class="rich-terminal" viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg">
<style>
.{{unique_id}}-matrix {{{{ font-family: {FONTS}; font-size: {{char_height}}px; line-height: {{line_height}}px; }}}}
.{{unique_id}}-title {{{{ font: bold 18px system-ui, sans-serif; }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal">
<rect x="0" y="0" width="{{terminal_width}}" height="{{terminal_height}}" />
</clipPath>
{{lines}}
</defs>
<rect x="0" y="0" width="{{width}}" height="{{height}}" fill="#ffffff" stroke="#d0d0d0" />
<g transform="translate({{terminal_x}}, {{terminal_y}})" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix">
{{matrix}}
</g>
</g>
</svg>
"""


def picture() -> str:
    """The picture as SVG: the same bytes for the same data."""
    clues = Clues(ward="豊島区", month="2017-08", value="約1億8000万円", title=TITLE)
    found = Archive.open().identify(clues, top=3)
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), highlight=False, force_terminal=True, color_system="truecolor"
    )
    console.print(Text(f"$ {COMMAND}", style="bold"))
    console.print()
    print_findings(found, "en", console)
    svg = console.export_svg(title="", theme=DEFAULT_TERMINAL_THEME, code_format=FORMAT, unique_id="tsukitome")
    return re.sub(r'textLength="([0-9.]+)"([^>]*)>([^<]*)</text>', _widened, svg)


def _widened(match: re.Match[str]) -> str:
    """A text element as wide as its columns: rich counts characters there, and a Japanese one takes two columns."""
    text = html.unescape(match[3])
    width = float(match[1]) * cell_len(text) / max(len(text), 1)
    return f'textLength="{width:.1f}"{match[2]}>{match[3]}</text>'


def main() -> None:
    """Writes the picture."""
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
