"""Reading files and folders into an archive: each file once, whole, and nothing skipped in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tsukitome.archive.store import Store, is_archive
from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError
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
    """What an import did: files read, unchanged, replaced, of the same bytes as another, documentation passed over."""

    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same_bytes: list[tuple[str, str]] = field(default_factory=list)
    documentation: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def could_read(self) -> bool:
        """Whether any file was read, now or before, or refused only in part."""
        return bool(self.read or self.unchanged or self.replaced or self.same_bytes)


def files_under(paths: Iterable[Path], shown: Callable[[Path], str] = Path.as_posix) -> Iterator[Found | Refusal]:
    """Every file at or below the paths, in the order of their names; symbolic links inside folders are not followed.

    ``shown`` says how a given path is called. A path that does not exist, and a link that is not followed, is a refusal.
    """
    for path in paths:
        if path.is_dir():
            yield from _files_below(path, shown(path))
        elif path.exists():
            yield Found(path, shown(path))
        else:
            yield Refusal(shown(path), "there is no such file or folder.")


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


def import_files(store: Store, found: Iterable[Found | Refusal], read: Callable[[File], Reading]) -> Imported:
    """Reads files into an archive, each in a transaction of its own.

    The same bytes are one source under whatever path; new bytes under a known path replace what it gave before.
    """
    done = Imported()
    for item in found:
        if isinstance(item, Refusal):
            done.refusals.append(item)
        elif item.path.suffix.lower() in _DOCUMENTATION:
            done.documentation.append(item.shown)
        else:
            _import_one(store, item, read, done)
    return done


def _import_one(store: Store, item: Found, read: Callable[[File], Reading], done: Imported) -> None:
    try:
        if is_archive(item.path):
            _copy_archive(store, item, done)
            return
        file = File.read(item.path, item.shown)
    except UnreadableError as error:
        done.refusals.append(Refusal(error.file, error.reason, error.place))
        return
    resolved = str(item.path.resolve())
    before = store.hash_at(resolved)
    if before == file.sha256:
        done.unchanged.append(item.shown)
        return
    elsewhere = store.path_of(file.sha256)
    if elsewhere is not None:
        done.same_bytes.append((item.shown, elsewhere))
        return
    reading = read(file)
    with store.transaction():
        store.add(reading, file=item.shown, path=resolved, sha256=file.sha256, size=len(file.data))
    done.refusals.extend(reading.refusals)
    if reading.kind is not None:
        (done.replaced if before else done.read).append(item.shown)


def _copy_archive(store: Store, item: Found, done: Imported) -> None:
    """Takes over the sources of another archive, whole, under the names they have there."""
    other = Store(item.path)
    awards = other.awards()
    refusals = other.refusals()
    for source in other.sources():
        if store.path_of(source.sha256) is not None:
            done.same_bytes.append((source.file, source.path))
            continue
        reading = Reading(
            source.kind,  # type: ignore[arg-type]
            tuple(award for award in awards if award.source.sha256 == source.sha256),
            tuple(refusal for refusal in refusals if refusal.file == source.file),
        )
        with store.transaction():
            store.add(reading, file=source.file, path=source.path, sha256=source.sha256, size=source.size)
        done.refusals.extend(reading.refusals)
        done.read.append(source.file)
    other.close()
