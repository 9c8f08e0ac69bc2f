"""The languages in which people are spoken to."""

from __future__ import annotations

import os
from typing import Literal

Language = Literal["en", "ja"]


def language_of_locale() -> Language:
    """``ja`` under a Japanese locale, else ``en``; the first of LC_ALL, LC_MESSAGES and LANG that is set decides."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.startswith("ja") else "en"
    return "en"
