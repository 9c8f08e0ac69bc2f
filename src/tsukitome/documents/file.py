"""A file's bytes, its hash, and the name by which the user knows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from tsukitome.errors import UnreadableError

# Bytes that are read at once, of a file or of what a zip archive inflates to. A contract table of a million rows has 0.4 GiB.
LARGEST = 1 << 30


def spelled(path: Path) -> str:
    """A path as text that can be shown and kept: bytes of its name that are no UTF-8 are written out (``\\xff``)."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class File:
    """A file as read once: ``shown`` is the path as the user gave it, with ``/``; ``sha256`` is of ``data``."""

    shown: str
    data: bytes = field(repr=False)
    sha256: str

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot: ``.xlsx``."""
        return Path(self.shown).suffix.lower()

    @classmethod
    def of_bytes(cls, shown: str, data: bytes) -> File:
        return cls(shown, data, hashlib.sha256(data).hexdigest())

    @classmethod
    def read(cls, path: Path, shown: str | None = None) -> File:
        """Reads a file; raises UnreadableError where the system refuses, and for more than :data:`LARGEST` bytes."""
        shown = shown if shown is not None else spelled(path)
        try:
            if path.stat().st_size > LARGEST:
                raise UnreadableError(
                    shown, f"is larger than {LARGEST >> 20} MiB, which is not read at once. Give it in parts."
                )
            return cls.of_bytes(shown, path.read_bytes())
        except OSError as error:
            raise UnreadableError(shown, f"can't be opened ({error.strerror}).") from error

    def award_id(self, place: str) -> str:
        """The identity of the award printed at ``place`` (``p1-l12``, ``s2-r7``): it depends on bytes and place only."""
        return f"{self.sha256[:16]}:{place}"
