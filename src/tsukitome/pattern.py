"""``pattern`` in place of ``re.compile`` where a module is loaded: a command uses few of the patterns that its modules have.

Compiling all of them took a tenth of a question's time; one that is used is compiled then, once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 (it is used as the function is)
        """As the ``re.Pattern`` of these words, but for functions of ``re`` and ``isinstance``, which want the real one."""

        def __init__(self, words: str, flags: int = 0) -> None:
            self._words, self._flags = words, flags

        def __getattr__(self, name: str) -> Any:
            """Asked for what is not here yet: from then on all is found as fast as in the real one."""
            if name.startswith("_"):
                raise AttributeError(name)
            compiled = re.compile(self._words, self._flags)
            for each in _PUBLIC:
                setattr(self, each, getattr(compiled, each))
            return getattr(compiled, name)

    _PUBLIC = [name for name in dir(re.Pattern) if not name.startswith("_")]


__all__ = ["pattern"]
