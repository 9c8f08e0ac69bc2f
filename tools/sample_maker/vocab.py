"""The generator's words: buyers, trades, titles, places, stems of firm names (vocab.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML tables beside this module, by its file name."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
