"""Files that ship with the package: tables, catalogues, templates.

``importlib.resources`` would load a package to find what lies in it, and twenty modules of the standard library.
"""

from __future__ import annotations

import os

_HOME = os.path.dirname(os.path.abspath(__file__))


def packaged(package: str, *names: str) -> str:
    """The text of a file beside the modules of a package: ``packaged("tsukitome.clues", "tables", "romaji.csv")``."""
    path = os.path.join(_HOME, *package.split(".")[1:], *names)
    with open(path, encoding="utf-8") as file:
        return file.read()
