"""Probabilities as people read them, never rounded to certainty."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share as a percentage with one digit: 0.31 → ``31.0%``; never ``0.0%`` or ``100.0%`` for what is neither."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    return f"{share * 100:.1f}%"
