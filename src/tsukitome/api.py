"""The library's front door: an archive that can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsukitome import __version__
from tsukitome.answers import ArchiveCoverage, Identification
from tsukitome.archive.coverage import CoverageRow, PublicationRow
from tsukitome.archive.holdings import StoredSource
from tsukitome.archive.opening import Opened, default_data, open_paths
from tsukitome.archive.store import Store
from tsukitome.awards import Award
from tsukitome.clues.query import Clue, Clues
from tsukitome.dataclass import dataclass
from tsukitome.documents.file import spelled
from tsukitome.errors import UnreadableError
from tsukitome.findings import Coverage, Findings
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.identify import compared, identify
from tsukitome.matching.scoring import ScoredClue
from tsukitome.normalize.firm import core_key
from tsukitome.replaying import firm_command, identify_command
from tsukitome.sources.reading import NothingReadError, Refusal

if TYPE_CHECKING:
    import pandas as pd

    from tsukitome.archive.firm_queries import FirmRow
    from tsukitome.archive.joins import Joins
    from tsukitome.archive.register import Register
    from tsukitome.firm_profile import FirmProfile
    from tsukitome.matching.index.columns import Index
    from tsukitome.price_comparison import UnusualPrices

PathLike = str | Path
SMALL = 1_000  # records up to which scoring all of them takes less time than loading what an index needs


@dataclass(frozen=True)
class _State:
    """What is the same for all questions, as long as nobody writes to the archive: its records, if it is small, else an index."""

    mark: tuple[str | None, str]
    data_sha256: str
    coverage: Coverage
    records: list[Award]
    index: Index | None

    @classmethod
    def of(cls, store: Store, coverage: Coverage) -> _State:
        index = index_archive(store)
        records = store.awards() if index is None else []
        return cls(cls.mark_of(store), store.data_sha256(), coverage, records, index)

    @staticmethod
    def mark_of(store: Store) -> tuple[str | None, str]:
        """What changes when the archive does."""
        return store.recall("generation"), store.data_sha256()


def index_archive(store: Store) -> Index | None:
    """Sees to it that an archive has an index of its present state; None for one so small that it needs none."""
    if sum(source.records for source in store.sources() if source.kind != "register") <= SMALL:
        return None
    from tsukitome.matching.index.opening import index_of  # it loads numpy

    return index_of(store, __version__)


class Archive:
    """What has been read from one or several files, folders or archives; ask it with :meth:`identify`.

    >>> archive = Archive.open("sample_data")            # doctest: +SKIP
    >>> found = archive.identify(Clues(ward="豊島区", month="2017-08"))   # doctest: +SKIP
    """

    def __init__(self, opened: Opened, paths: tuple[str, ...]) -> None:
        self._opened = opened
        self._paths = paths
        self._records: list[Award] | None = None
        self._state: _State | None = None

    @classmethod
    def open(cls, *paths: PathLike | Iterable[PathLike]) -> Archive:
        """Opens archives, files and folders; without any, what TSUKITOME_DATA names,
        else the sample data that ships with the package.

        Raises UnreadableError where none of the paths can be read, and ArchiveError for an SQLite file that is no archive.
        What is refused on the way stands in :attr:`refusals`.
        """
        given = [Path(path) for item in paths for path in ([item] if isinstance(item, str | Path) else item)]
        if given:
            opened = open_paths(given)
        else:
            default = default_data()
            opened = open_paths([default.path], default.shown)
        if not opened.could_read:
            if refusals := [*opened.unstored, *opened.store.refusals()]:
                raise NothingReadError(refusals)
            raise UnreadableError(", ".join(spelled(path) for path in given), "it holds no file that could be read.")
        return cls(opened, tuple(spelled(path) for path in given))

    def __repr__(self) -> str:
        return f"<Archive of {sum(source.records for source in self.sources)} records from {len(self.sources)} sources>"

    @property
    def records(self) -> list[Award]:
        """Every award record, in the order of reading; they are loaded when this is first asked for."""
        if self._records is None:
            self._records = self._opened.store.awards()
        return self._records

    def each_record(self) -> Iterator[Award]:
        """:attr:`records` one by one, none of them kept: for an archive that is larger than the memory."""
        return self._opened.store.each_award()

    @property
    def refusals(self) -> list[Refusal]:
        """Every file, page and row that could not be read, with the reason."""
        return [*self._opened.unstored, *self._opened.store.refusals()]

    @property
    def sources(self) -> list[StoredSource]:
        """Every file that was read, with how many records it gave."""
        return self._opened.store.sources()

    @property
    def without_awards(self) -> list[str]:
        """Files that were read and recognized and hold no award."""
        return self._opened.without_awards

    @cached_property
    def register(self) -> Register:
        """The corporate register, as far as its files were read: firms by number, name and reading, with when they closed.

        >>> archive.register.find(reading="セイキカク")  # doctest: +SKIP
        """
        return self._opened.store.register()

    @property
    def register_joins(self) -> Joins | None:
        """How many winners have a name, a place or a number by the register, and why others have none; None without a register."""
        return self._opened.store.register_joins()

    def coverage(self) -> ArchiveCoverage:
        """What the records cover, with the gaps; ``.to_frame()`` has it by buyer and month."""
        found = self._opened.store.coverage(self._opened.unstored)
        own = {name: getattr(found, name) for name in Coverage.__dataclass_fields__}
        return ArchiveCoverage(**own, rows=tuple(self.coverage_rows()))

    def coverage_rows(self) -> list[CoverageRow]:
        """How many records there are by kind of source, buyer and month."""
        return self._opened.store.coverage_rows()

    def identify(self, clues: Clues, *, top: int = 10) -> Identification:
        """The firms that fit the clues best, with the evidence; ``top`` is how many are listed, 0 for all.

        Raises ValueError for a ``top`` below 0.
        """
        if top < 0:
            raise ValueError(f"top is {top}; it is the number of firms to list, 0 for all")
        found = self.identify_scaled(clues, 1.0, top=top)
        return Identification(**{name: getattr(found, name) for name in Findings.__dataclass_fields__})

    def identify_scaled(self, clues: Clues, scale: float, *, top: int = 1) -> Findings:
        """What :meth:`identify` would answer if every clue's bits were multiplied by ``scale``: for the check of a case, and no
        part of the promised interface.
        """
        store, state = self._opened.store, self._current()
        asked = self._with_other_names(clues, state)
        frame: dict[str, Any] = {
            "top": top,
            "scale": scale,
            "version": __version__,
            "data_sha256": state.data_sha256,
            "command": identify_command(clues, self._paths, top),
        }
        if state.index is None:
            return identify(asked, state.records, state.coverage, **frame)
        from tsukitome.matching.index.searching import search

        return search(asked, state.index, store.awards_at, state.coverage, **frame)

    def _with_other_names(self, clues: Clues, state: _State) -> Clues:
        """The clues with what the corporate register, where there is one, adds to the firm that they name."""
        if "firm" not in clues.asked:
            return clues
        from tsukitome.matching.firm_names import with_other_names

        def holding(part: str) -> Iterable[str]:
            if state.index is None:
                return (key for one in state.records for each in one.suppliers if part in (key := core_key(each.name)))
            cores = state.index.strings("core")
            return (cores[number] for number in cores.holding(part))

        return with_other_names(clues, self.register, holding)

    def compare(self, asked: Mapping[str, Clue], alternatives: Sequence[Alternative]) -> dict[str, ScoredClue]:
        """Each clue held against some alternatives of the archive, weighed as the whole of it has it: for the check of a case, and
        no part of the promised interface.
        """
        state = self._current()
        if state.index is None:
            return compared(asked, state.records, alternatives)
        from tsukitome.matching.index.searching import compared as compared_by_index

        return compared_by_index(asked, state.index, alternatives)

    def _current(self) -> _State:
        store = self._opened.store
        if self._state is None or self._state.mark != _State.mark_of(store):
            self._state = _State.of(store, store.coverage(self._opened.unstored))
        return self._state

    def awards_by_id(self, award_ids: Iterable[str]) -> dict[str, Award]:
        """Those of :attr:`records` that have one of the ids, by id, without loading the others."""
        return {record.award_id: record for record in self._opened.store.awards(award_ids=award_ids)}

    def publications(self) -> list[PublicationRow]:
        """How many records there are by kind of source, day of publication and day of award (or contract)."""
        return self._opened.store.publications()

    def printings_of(self, name: str) -> list[FirmRow]:
        """How suppliers of this name, without legal form and branch, are printed, each with the number of its firm."""
        key = core_key(name)
        return [row for row in self._opened.store.firms.with_key(key) if row.key == key]

    def firm(self, name_or_number: str, *, pick: int | Iterable[int] = (), around: str | None = None) -> FirmProfile:
        """What the records tell of a firm, asked for by its corporate number or by a name in any spelling.

        ``around`` is a time (``2017-08``) whose awards, with those of the month before and after, are set apart. Raises
        NotOneFirmError where no firm fits or several do (``.firms`` lists them); ``pick`` then takes one of the list, from 1, or
        several that you know to be one. Raises ClueError for a number or a time that is not understood.
        """
        from tsukitome.firm_profile import firm_profile

        picks = [pick] if isinstance(pick, int) else list(pick)
        command = firm_command(name_or_number, self._paths, picks, around)
        return firm_profile(self._opened.store, self.coverage(), name_or_number, picks, around, command)

    def unusual_prices(self) -> UnusualPrices:
        """Prices, unit prices, award rates and bids that stand far from those of comparable awards (docs/prices.md).

        Every award is compared with those like it, which takes some seconds for ten thousand. Unusual is a matter of figures: it
        has many plain reasons and says nothing of why.
        """
        from tsukitome.price_comparison import unusual_prices

        return unusual_prices(self._opened.store)

    def to_frame(self) -> pd.DataFrame:
        """One row a record: award_id, title, buyer, supplier, dates, amounts, source … (several of one kind in one cell)."""
        from tsukitome.reporting.records import records_frame

        return records_frame(self.records)
