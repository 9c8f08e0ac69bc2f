"""Reading files into an archive: each file once, whole or not at all, and nothing skipped in silence."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tsukitome.archive.database import is_archive
from tsukitome.archive.finding import Found
from tsukitome.archive.garbage import collected_rarely
from tsukitome.archive.gathering import Gathering
from tsukitome.archive.rows import rows_of
from tsukitome.archive.sealing import Sealed, seal
from tsukitome.archive.store import Store
from tsukitome.documents.file import AnyFile, File, read_or_long, spelled
from tsukitome.documents.origin import Origin, origin_of, read_origin
from tsukitome.errors import ArchiveError, UnreadableError
from tsukitome.sources.column_map import ColumnMap, is_map, read_map
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.unpacking import unpacked

# Documentation and signatures beside data; they are listed as such and not tried.
_DOCUMENTATION = (".md", ".rst", ".asc")


@dataclass
class Imported:
    """What an import did: files read, unchanged, replaced, of the same bytes as another, documentation passed over; how many
    records, and registrations of the corporate register, came out, and everything that was refused (``unplaced``: what belongs
    to no source; in the end it is in both). ``recognized`` counts the files of a known kind, whatever became of them.
    """

    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same_bytes: list[tuple[str, str]] = field(default_factory=list)
    documentation: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unplaced: list[Refusal] = field(default_factory=list)
    records: int = 0
    registrations: int = 0
    files: int = 0
    recognized: int = 0

    @property
    def could_read(self) -> bool:
        """Whether any file was read, now or before, or refused only in part."""
        return self.recognized > 0


# Told after every batch and every file, so that somebody may draw a progress bar.
Watcher = Callable[[Imported], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read, or a member of a zip archive: the resolved path it is known by, the file that holds it, where it was
    downloaded from, and the hash of the column maps that apply to it.
    """

    path: str
    holder: str
    origin: Origin | None
    map_sha256: str | None


# Gives each job's file with what it holds, batch by batch and in order; see :func:`tsukitome.archive.parallel.read_all`.
ReadAll = Callable[
    [Iterable[tuple[Job, AnyFile, Sequence[ColumnMap]]]],
    Iterable[tuple[Job, AnyFile, Iterator[Sealed]]],
]


def import_files(
    store: Store, found: Iterable[Found | Refusal], watch: Watcher | None = None, read: ReadAll | None = None
) -> Imported:
    """Reads files into an archive, each whole or not at all, and settles what is one award and one firm.

    The same bytes are one source under whatever path; new bytes under a known path replace what it gave before, and so does
    a changed column map. A file that is cut off leaves nothing; the files before it stay.
    """
    if read is None:
        # The readers are needed only when there is something to read.
        from tsukitome.archive.parallel import read_all

        read = read_all
    done = Imported()
    watch = watch or (lambda done: None)  # noqa: ARG005
    found = list(found)
    files = _sorted_out(store, found, done, watch)
    plan = _Plan(store, files, done, watch)
    with collected_rarely():
        with Gathering(store) as gathering:
            for job, file, batches in read(plan.jobs()):
                with gathering.file(file.size):
                    _import(store, job, file, batches, done, watch)
        plan.remove_what_is_gone()
        plan.account_for_what_is_held()
        store.keep_refusals(done.unplaced, {item.shown for item in found if isinstance(item, Found)})
        done.refusals += done.unplaced
        store.settle()
    return done


def _sorted_out(store: Store, found: Iterable[Found | Refusal], done: Imported, watch: Watcher) -> list[Found]:
    """The files that are to be read; other archives are taken over at once, documentation and refusals noted."""
    files = []
    for item in found:
        if isinstance(item, Refusal):
            done.refusals.append(item)
        elif item.path.suffix.lower() in _DOCUMENTATION or read_origin(item.path) is not None:
            done.documentation.append(item.shown)
        elif item.path.resolve() == store.path.resolve():
            continue  # the archive itself, beside the data that it is made from
        elif is_archive(item.path):
            _copy_archive(store, item, done, watch)
        else:
            files.append(item)
            continue
        done.files += 1
        watch(done)
    return files


class _Plan:
    """What of the files is to be read: maps first, then everything that the archive does not hold already."""

    def __init__(self, store: Store, files: Sequence[Found], done: Imported, watch: Watcher) -> None:
        self.store, self.done, self.watch = store, done, watch
        self.maps: dict[Path, list[tuple[ColumnMap, str]]] = defaultdict(list)
        self.files = [item for item in files if not self._take_map(item)]
        self.members: dict[str, set[str]] = defaultdict(set)
        self.seen: dict[str, str] = {}
        self.held: list[
            tuple[str, str, str, str]
        ] = []  # files not read again: name, path, hash, and the path that has it
        self.gone: list[str] = []

    def _take_map(self, item: Found) -> bool:
        """Reads a column map; it applies to the tables in its folder."""
        if not is_map(item.path.name):
            return False
        try:
            file = File.read(item.path, item.shown)
            self.maps[item.path.parent].append((read_map(file), file.sha256))
        except UnreadableError as error:
            self.done.unplaced.append(Refusal(error.file, error.reason, error.place))
        self.done.files += 1
        return True

    def jobs(self) -> Iterator[tuple[Job, AnyFile, Sequence[ColumnMap]]]:
        """The files to be read. It only reads the archive, since it is asked while a file is being written."""
        for item in self.files:
            try:
                whole = read_or_long(item.path, item.shown)
            except UnreadableError as error:
                # What the system refuses may be readable the next time; what is too large stays so, and the archive says it.
                kept = self.done.refusals if isinstance(error.__cause__, OSError) else self.done.unplaced
                kept.append(Refusal(error.file, error.reason, error.place))
            else:
                yield from self._parts(item, whole)
            self.done.files += 1
            self.watch(self.done)

    def _parts(self, item: Found, whole: AnyFile) -> Iterator[tuple[Job, AnyFile, Sequence[ColumnMap]]]:
        holder = spelled(item.path.resolve())
        for part in unpacked(whole):
            if isinstance(part, Refusal):
                self.done.unplaced.append(part)
                continue
            origin = origin_of(item.path, whole)
            path = holder + part.shown.removeprefix(item.shown)
            self.members[holder].add(path)
            covering = [(one, sha256) for one, sha256 in self.maps[item.path.parent] if one.covers(part.shown)]
            map_sha256 = " ".join(sha256 for _, sha256 in covering) or None
            if not self._is_held(part, path, map_sha256):
                yield Job(path, holder, origin, map_sha256), part, [one for one, _ in covering]

    def _is_held(self, file: AnyFile, path: str, map_sha256: str | None) -> bool:
        """Whether the archive, or this run, has these bytes already, under this path or another one; if so it is noted."""
        holder = self.store.path_of(file.sha256) or self.seen.get(file.sha256)
        if holder is None or (holder == path and self.store.map_at(path) != map_sha256):
            self.seen[file.sha256] = path
            return False
        self.held.append((file.shown, path, file.sha256, holder))
        if holder != path and self.store.hash_at(path) is not None:  # what this path gave before is not there any more
            self.gone.append(path)
            self.done.replaced.append(file.shown)
        return True

    def account_for_what_is_held(self) -> None:
        """Says of the files that were not read again that they are unchanged or the same as others; the refused are so again."""
        refused = self.store.refused_files() if self.held else {}
        for shown, path, sha256, holder in self.held:
            if sha256 in refused:
                again = [replace(one, file=shown) for one in refused[sha256]]
                # The archive has what was refused at this path; of another path it is to be kept too.
                (self.done.refusals if holder == path else self.done.unplaced).extend(again)
                continue
            self.done.recognized += 1
            if holder == path:
                self.done.unchanged.append(shown)
            else:
                self.done.same_bytes.append((shown, holder))

    def remove_what_is_gone(self) -> None:
        """Takes out what paths gave whose bytes are now another's, and members that their zip archive has no more."""
        for holder, members in self.members.items():
            vanished = [path for path in self.store.paths_in(holder) if path not in members]
            self.gone += vanished
            self.done.removed += vanished
        if self.gone:
            with self.store.transaction():
                for path in self.gone:
                    self.store.remove(path)


def _import(store: Store, job: Job, file: AnyFile, batches: Iterator[Sealed], done: Imported, watch: Watcher) -> None:
    before = store.hash_at(job.path)
    if store.path_of(file.sha256) not in (None, job.path) or (
        before == file.sha256 and store.map_at(job.path) == job.map_sha256
    ):
        # Another import added the file while this one waited for its turn.
        for _ in batches:
            pass
        done.unchanged.append(file.shown)
        done.recognized += 1
        return
    kind, _ = store.add(
        _watched(batches, done, watch),
        file=file.shown,
        path=job.path,
        sha256=file.sha256,
        size=file.size,
        origin=job.origin,
        map_sha256=job.map_sha256,
    )
    done.recognized += kind is not None
    if before is not None:
        done.replaced.append(file.shown)
    elif kind is not None:
        done.read.append(file.shown)


def _watched(batches: Iterable[Sealed], done: Imported, watch: Watcher) -> Iterator[Sealed]:
    for rows in batches:
        done.records += rows.records
        done.registrations += rows.registrations
        done.refusals += rows.refusals
        watch(done)
        yield rows


def _copy_archive(store: Store, item: Found, done: Imported, watch: Watcher) -> None:
    """Takes over the sources of another archive, whole, under the names they have there."""
    try:
        other = Store(item.path)
        refusals, sources = other.refusals(), other.sources()
        for source in sources:
            awards = tuple(other.awards_printed(source.sha256))
            entries = tuple(other.registrations(source.sha256))
            kept = tuple(refusal for refusal in refusals if refusal.file == source.file)
            rows = seal(rows_of(Reading(source.kind, awards, kept, entries)))  # type: ignore[arg-type]
            with store.transaction():
                if (holder := store.path_of(source.sha256)) is not None:
                    done.same_bytes.append((source.file, holder))
                    done.recognized += source.kind is not None
                    continue
                batches = _watched([rows], done, watch)
                store.add(batches, file=source.file, path=source.path, sha256=source.sha256, size=source.size)
            done.read.append(source.file)
            done.recognized += source.kind is not None
        other.close()
    except ArchiveError as error:
        done.unplaced.append(Refusal(item.shown, str(error).removeprefix(f"{item.path}: ")))
    except sqlite3.DatabaseError as error:
        done.unplaced.append(Refusal(item.shown, f"this SQLite file is damaged ({error})."))
