"""Quotations in pieces: the words that count marked, and an article's clue in the sentence around it."""

from __future__ import annotations

from collections.abc import Iterable

Piece = tuple[str, bool]  # a text, and whether it is marked
_STOPS = "。\n！？!?"
_AROUND = 90  # characters of a sentence shown on each side of a clue


def marked(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """``text`` cut where spans [start, end) begin and end; spans that touch or overlap become one."""
    pieces: list[Piece] = []
    position = 0
    for start, end in _joined(spans, len(text)):
        if start > position:
            pieces.append((text[position:start], False))
        pieces.append((text[start:end], True))
        position = end
    if position < len(text):
        pieces.append((text[position:], False))
    return pieces


def _joined(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(start, 0), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def in_its_sentence(text: str, start: int, end: int) -> list[Piece]:
    """The sentence of an article around [start, end), the clue marked; a long one is cut, with … where it is."""
    first = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    ends = [at for stop in _STOPS if (at := text.find(stop, end)) >= 0]
    last = min(ends) + 1 if ends else len(text)
    left, right = max(first, start - _AROUND), min(last, end + _AROUND)
    before = ("…" if left > first else "") + text[left:start].lstrip()
    behind = text[end:right].rstrip() + ("…" if right < last else "")
    return [piece for piece in ((before, False), (text[start:end], True), (behind, False)) if piece[0]]
