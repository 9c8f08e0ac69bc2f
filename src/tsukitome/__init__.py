"""tsukitome (突き止め): who was the contractor? Clues from news, matched against public award records, with the evidence.

>>> from tsukitome import Archive, Clues                                # doctest: +SKIP
>>> Archive.open("sample_data").identify(Clues(ward="豊島区", month="2017-08"))   # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tsukitome.answers import Identification
    from tsukitome.api import Archive
    from tsukitome.clues.query import Clues
    from tsukitome.news import merge_clues, read_article, read_clues
    from tsukitome.normalize.own_tables import use_tables

__all__ = [
    "Archive",
    "Clues",
    "Identification",
    "__version__",
    "merge_clues",
    "read_article",
    "read_clues",
    "use_tables",
]

_HOME = {"Archive": "tsukitome.api", "Identification": "tsukitome.answers", "Clues": "tsukitome.clues.query"}
_HOME |= dict.fromkeys(("merge_clues", "read_article", "read_clues"), "tsukitome.news")
_HOME |= {"use_tables": "tsukitome.normalize.own_tables"}


def __getattr__(name: str) -> Any:
    """Loads the public names when they are first used: a command must not pay for what it does not need."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
