"""What the corporate register (国税庁 法人番号公表サイト) says of a firm: number, name, reading, seat, and when it closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from tsukitome.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Registration:
    """One row of the register: what held for a corporate number from ``changed`` on.

    ``name`` and ``address`` have their width folded; ``reading`` is in katakana, without the legal form, and None in files
    before 2018. ``municipality_code`` is of the seat, five digits, JIS X 0402 as of the row. ``closed`` is the day on which the
    register's entry was closed, ``close_cause`` why, ``successor`` the number of the firm that took it over. ``process`` is the
    kind of entry (``01`` new … ``99`` deleted, which may have no name), ``latest`` whether it was the last one when the file was
    made, ``updated`` the day of entry. ``file`` and ``row`` are where it was read; they make no two entries different.
    """

    corporate_number: str
    name: str
    reading: str | None = None
    address: str | None = None
    municipality_code: str | None = None
    changed: dt.date | None = None
    closed: dt.date | None = None
    close_cause: str | None = None
    successor: str | None = None
    process: str = "01"
    latest: bool = True
    updated: dt.date | None = None
    file: str | None = field(default=None, compare=False)
    row: int | None = field(default=None, compare=False)

    @property
    def is_deleted(self) -> bool:
        """Whether the number was given by mistake and taken back, so that it names no firm."""
        return self.process == "99"

    def is_renaming_after(self, day: dt.date | None) -> bool:
        """Whether the entry tells of another name (商号又は名称の変更) after a day: until then the firm was called otherwise."""
        return bool(self.process == "11" and day and self.changed and self.changed > day)

    def is_move_after(self, day: dt.date | None) -> bool:
        """Whether the entry tells of a move (国内所在地の変更, 国外所在地の変更) after a day: until then the firm was elsewhere."""
        return bool(self.process in ("12", "13") and day and self.changed and self.changed > day)
