"""What reading one file gives: its awards, and every piece that was refused, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from tsukitome.awards import Award, SourceKind
from tsukitome.dataclass import dataclass
from tsukitome.errors import UnreadableError
from tsukitome.pattern import pattern

if TYPE_CHECKING:
    from tsukitome.documents.table import Row
    from tsukitome.registrations import Registration

# The corporate register is read beside the sources of awards, and gives none itself.
FileKind = SourceKind | Literal["register"]


# How the reasons end that tell of rows which are no award at all, or were kept once: no award is missing for them.
_NOTHING_MISSING = (
    "no award of its own.", "no award of their own.", "of each was kept.", "nobody won it.", "whose names are not kept.",
    "holds no awards.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, page or row that gave no award: where, why, and what stood there (officials masked)."""

    file: str
    reason: str
    place: str | None = None
    quote: str | None = None

    @property
    def is_gap(self) -> bool:
        """Whether an award may be missing for it."""
        return not self.reason.endswith(_NOTHING_MISSING)

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.reason}"


class NothingReadError(UnreadableError):
    """Of several paths none could be read: the first one's reason; ``refusals`` are all that there are, it among them."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.file, first.reason, first.place)
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave. ``kind`` is None where the file was not recognized as any source; ``registrations`` are what a file
    of the corporate register gives instead of awards.
    """

    kind: FileKind | None
    awards: Sequence[Award] = ()
    refusals: tuple[Refusal, ...] = ()
    registrations: tuple[Registration, ...] = ()


NOTHING_BOUGHT = "says 該当なし: it holds no awards."
_NOTHING = pattern(
    r"[(（]?(?:該当(?:案件|契約|事項|する(?:契約|案件))?(?:は|が)?(?:なし|無し|ありません|ございません|なかった)|該当ありません)[)）]?。?"
)
_MOST_ROWS = 12  # of a sheet that says no more than that


def says_nothing(text: str) -> bool:
    """Whether a cell says that nothing was bought: 該当なし."""
    return _NOTHING.fullmatch("".join(text.split())) is not None


def says_nothing_was_bought(rows: Sequence[Row]) -> bool:
    """Whether a sheet says 該当なし, and hardly anything else."""
    return len(rows) <= _MOST_ROWS and any(says_nothing(text) for row in rows for text in row.texts)


def sums_reason(number: int) -> str:
    """Why rows of sums give no award."""
    if number == 1:
        return "1 row is a sum and holds no award of its own."
    return f"{number:,} rows are sums and hold no award of their own."
