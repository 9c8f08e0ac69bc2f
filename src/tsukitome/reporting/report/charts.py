"""Charts as inline SVG: no script, no font, no colour alone; each has a title and says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from markupsafe import Markup

_WIDTH = 680
_ROW = 26
_LABEL = 210  # pixels for the names at the left
_VALUE = 64  # and for the numbers at the right
_FILL = {"agree": "#1b7f3b", "near": "#9a6700", "contradict": "#b3261e", "total": "#1f4e79", "plain": "#5b7fa6"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its name, its value, how the value is written, and which colour it has."""

    name: str
    value: float
    shown: str
    colour: str = "plain"


def waterfall(bars: Sequence[Bar], total: Bar, title: str, words: str) -> Markup:
    """Steps from 0 to the total, one a bar: each begins where the last one ended."""
    ends = [0.0]
    for bar in bars:
        ends.append(ends[-1] + bar.value)
    spans = [*pairwise(ends), (0.0, total.value)]
    low, high = min(0.0, *ends), max(0.0, *ends, total.value)
    return _chart([*bars, total], spans, low, high, title, words)


def bars(found: Sequence[Bar], title: str, words: str) -> Markup:
    """Bars from 0."""
    return _chart(
        found, [(0.0, bar.value) for bar in found], 0.0, max((b.value for b in found), default=0.0), title, words
    )


def _chart(
    found: Sequence[Bar], spans: Sequence[tuple[float, float]], low: float, high: float, title: str, words: str
) -> Markup:
    scale = (_WIDTH - _LABEL - _VALUE) / ((high - low) or 1)

    def x(value: float) -> float:
        return _LABEL + (value - low) * scale

    height = _ROW * len(found) + 8
    parts = [
        Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(_WIDTH, height, title),
        Markup("<title>{}</title><desc>{}</desc>").format(title, words),
        Markup('<line x1="{0:.1f}" y1="0" x2="{0:.1f}" y2="{1}" stroke="#8a8a8a"/>').format(x(0.0), height),
    ]
    for number, (bar, (start, end)) in enumerate(zip(found, spans, strict=True)):
        top = number * _ROW + 4
        left, right = sorted((x(start), x(end)))
        parts.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end" font-size="13" fill="#1a1a1a">{}</text>'
                '<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" rx="1.5" fill="{}"/>'
                '<text x="{:.1f}" y="{}" font-size="13" fill="#1a1a1a">{}</text>'
            ).format(
                _LABEL - 8, top + 14, _shortened(bar.name), left, top, max(right - left, 1.5), _ROW - 8, _FILL[bar.colour],
                right + 5, top + 14, bar.shown,
            )
        )  # fmt: skip
        if number + 1 < len(found) and spans[number + 1][0] == end and end:
            parts.append(
                Markup(
                    '<line x1="{0:.1f}" y1="{1}" x2="{0:.1f}" y2="{2}" stroke="#8a8a8a" stroke-dasharray="2 2"/>'
                ).format(x(end), top + _ROW - 8, top + _ROW)
            )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _shortened(name: str, columns: int = 27) -> str:
    """A name in so many columns, a Japanese character counting two."""
    used = 0
    for position, char in enumerate(name):
        used += 2 if east_asian_width(char) in "WF" else 1
        if used > columns:
            return name[: max(position - 1, 1)] + "…"
    return name
