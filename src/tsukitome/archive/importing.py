"""Reading files and folders into an archive: each file once, whole, and nothing skipped in silence."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tsukitome.archive.rows import Rows, rows_of
from tsukitome.archive.store import Store, is_archive
from tsukitome.documents.file import File
from tsukitome.errors import ArchiveError, UnreadableError
from tsukitome.sources.reading import Reading, Refusal

# Documentation beside data; it is listed as such and not tried.
_DOCUMENTATION = (".md", ".rst")


@dataclass(frozen=True, slots=True)
class Found:
    """A file under one of the given paths: where it is, and what the user would call it."""

    path: Path
    shown: str


@dataclass
class Imported:
    """What an import did: files read, unchanged, replaced, of the same bytes as another, documentation passed over; how many
    records came out, and everything that was refused.
    """

    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same_bytes: list[tuple[str, str]] = field(default_factory=list)
    documentation: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    records: int = 0
    files: int = 0

    @property
    def could_read(self) -> bool:
        """Whether any file was read, now or before, or refused only in part."""
        return bool(self.read or self.unchanged or self.replaced or self.same_bytes)


# Told after every batch and every file, so that somebody may draw a progress bar.
Watcher = Callable[[Imported], None]


def files_under(paths: Iterable[Path], shown: Callable[[Path], str] = Path.as_posix) -> Iterator[Found | Refusal]:
    """Every file at or below the paths, in the order of their names; symbolic links inside folders are not followed.

    ``shown`` says how a given path is called. A path that does not exist, and a link that is not followed, is a refusal.
    """
    for path in paths:
        name = shown(path)
        try:
            kind = stat.S_IFMT(path.stat().st_mode) if str(path) else None
        except FileNotFoundError:
            kind = None
        except OSError as error:
            yield Refusal(name, f"it can't be opened ({error.strerror}).")
            continue
        if kind == stat.S_IFDIR:
            yield from _files_below(path, name)
        elif kind == stat.S_IFREG:
            yield Found(path, name)
        elif kind is None:
            yield Refusal(name, "there is no such file or folder.")
        else:
            yield Refusal(name, "it is neither a file nor a folder.")


def _files_below(folder: Path, shown: str) -> Iterator[Found | Refusal]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(shown, f"the folder can't be read ({error.strerror}).")
        return
    for entry in entries:
        name = f"{shown.rstrip('/')}/{entry.name}" if shown != "." else entry.name
        if entry.is_symlink():
            yield Refusal(name, "a symbolic link inside a folder is not followed; name its target to read it.")
        elif entry.is_dir():
            yield from _files_below(entry, name)
        elif entry.is_file():
            if not entry.name.startswith("."):
                yield Found(entry, name)
        else:
            yield Refusal(name, "it is neither a file nor a folder.")


def import_files(
    store: Store,
    found: Iterable[Found | Refusal],
    read: Callable[[File], Iterable[Reading]],
    watch: Watcher | None = None,
) -> Imported:
    """Reads files into an archive, each in a transaction of its own, and settles what is one award and one firm.

    ``read`` gives a file's readings, batch by batch. The same bytes are one source under whatever path; new bytes under a
    known path replace what it gave before. A file that is cut off leaves nothing; the files before it stay.
    """
    done = Imported()
    watch = watch or (lambda done: None)  # noqa: ARG005
    for item in found:
        if isinstance(item, Refusal):
            done.refusals.append(item)
        elif item.path.suffix.lower() in _DOCUMENTATION:
            done.documentation.append(item.shown)
        elif item.path.resolve() == store.path.resolve():
            pass  # the archive itself, beside the data that it is made from
        elif is_archive(item.path):
            _copy_archive(store, item, done, watch)
        else:
            _import_file(store, item, read, done, watch)
        done.files += 1
        watch(done)
    store.settle()
    return done


def _import_file(
    store: Store, item: Found, read: Callable[[File], Iterable[Reading]], done: Imported, watch: Watcher
) -> None:
    try:
        file = File.read(item.path, item.shown)
    except UnreadableError as error:
        done.refusals.append(Refusal(error.file, error.reason, error.place))
        return
    path = str(item.path.resolve())
    if store.path_of(file.sha256) == path:
        done.unchanged.append(item.shown)
        return
    with store.transaction():
        # Asked again inside: another import may have added the file while this one waited for its turn.
        known = store.hash_at(path) is not None
        if _is_known(store, file.sha256, path, item.shown, done):
            return
        batches = _watched((rows_of(reading) for reading in read(file)), done, watch)
        kind, _ = store.add(batches, file=item.shown, path=path, sha256=file.sha256, size=len(file.data))
    if kind is not None:
        (done.replaced if known else done.read).append(item.shown)


def _is_known(store: Store, sha256: str, path: str, shown: str, done: Imported) -> bool:
    """Whether the archive holds these bytes already, under this path or another one; if so it is noted. In a transaction."""
    holder = store.path_of(sha256)
    if holder is None:
        return False
    if holder == path:
        done.unchanged.append(shown)
        return True
    done.same_bytes.append((shown, holder))
    if store.hash_at(path) is not None:  # what this path gave before is not there any more
        store.remove(path)
        done.replaced.append(shown)
    return True


def _watched(batches: Iterable[Rows], done: Imported, watch: Watcher) -> Iterator[Rows]:
    for rows in batches:
        done.records += len(rows.records)
        done.refusals += rows.refusals
        watch(done)
        yield rows


def _copy_archive(store: Store, item: Found, done: Imported, watch: Watcher) -> None:
    """Takes over the sources of another archive, whole, under the names they have there."""
    try:
        other = Store(item.path)
        refusals, sources = other.refusals(), other.sources()
        for source in sources:
            awards = tuple(other.awards(sha256=source.sha256))
            kept = tuple(refusal for refusal in refusals if refusal.file == source.file)
            rows = rows_of(Reading(source.kind, awards, kept))  # type: ignore[arg-type]
            with store.transaction():
                if _is_known(store, source.sha256, source.path, source.file, done):
                    continue
                batches = _watched([rows], done, watch)
                store.add(batches, file=source.file, path=source.path, sha256=source.sha256, size=source.size)
            done.read.append(source.file)
        other.close()
    except ArchiveError as error:
        done.refusals.append(Refusal(item.shown, str(error).removeprefix(f"{item.path}: ")))
    except sqlite3.DatabaseError as error:
        done.refusals.append(Refusal(item.shown, f"this SQLite file is damaged ({error})."))
