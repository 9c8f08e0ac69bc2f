"""Everything that tsukitome raises on purpose: one sentence that names the file, the place and what to do."""

from __future__ import annotations


class TsukitomeError(Exception):
    """The base of all errors raised on purpose; ``str()`` is one sentence for a person."""


class ClueError(TsukitomeError):
    """A clue that was not understood.

    ``name`` is the clue (``ward``, ``month`` …), ``text`` what was given, ``reason`` why it could not be read, and
    ``example`` something that would have been.
    """

    def __init__(self, name: str, text: str, reason: str, example: str) -> None:
        super().__init__(f"{name} {text!r} was not understood: {reason} Example: {example}")
        self.name = name
        self.text = text
        self.reason = reason
        self.example = example


class NoClueError(TsukitomeError):
    """A question without any clue."""

    def __init__(self) -> None:
        super().__init__("no clue was given. Example: identify --ward 豊島区 --month 2017-08")


class UnreadableError(TsukitomeError):
    """A file, or a part of one, that gives no records: ``file`` as the user named it, ``place`` inside it, ``reason``."""

    def __init__(self, file: str, reason: str, place: str | None = None) -> None:
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {reason}")
        self.file = file
        self.place = place
        self.reason = reason


class ArchiveError(TsukitomeError):
    """An archive that can't be opened, written or trusted."""


class CaseError(TsukitomeError):
    """A case file with a key or value that can't be right: ``file``, ``key`` as ``clues[2].text``, and ``reason``."""

    def __init__(self, file: str, key: str | None, reason: str) -> None:
        super().__init__(f"{file}, key {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


class NotKeptWarning(UserWarning):
    """Something that saves time could not be kept; the answer is the same without it. One sentence for a person."""
