"""Opening what the user names: an archive as it is; files and folders through an archive in the cache.

The cached archive is keyed by the contents, the names under which they are shown, and the readers that made it, so the same
data is read once, and a newer reader reads it anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tsukitome.archive.database import is_archive, is_whole
from tsukitome.archive.store import SCHEMA_VERSION, Store
from tsukitome.dataclass import dataclass
from tsukitome.documents.file import largest, spelled
from tsukitome.sources.reading import Refusal

if TYPE_CHECKING:
    from tsukitome.archive.finding import Found

SAMPLE = "sample_data"
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass
class Opened:
    """An archive ready to be asked.

    ``unstored`` is what could not even be opened, and so stands in no archive; ``without_awards`` are files that were
    recognized and hold no award; ``could_read`` says whether any given path could be read.
    """

    store: Store
    unstored: list[Refusal] = field(default_factory=list)
    without_awards: list[str] = field(default_factory=list)
    could_read: bool = True


def sample_data() -> Path:
    """The folder of the sample data: inside the installed package, in a checkout at its top."""
    packaged = _PACKAGE / SAMPLE
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / SAMPLE


@dataclass(frozen=True, slots=True)
class DefaultData:
    """The data that is asked when none is named, how its files are called, and the sentence that says so."""

    path: Path
    shown: str
    statement: str


def default_data() -> DefaultData:
    """What the environment variable TSUKITOME_DATA names, else the sample data."""
    if named := os.environ.get("TSUKITOME_DATA"):
        return DefaultData(Path(named), named, f"no --data given; asking {named} (TSUKITOME_DATA).")
    return DefaultData(
        sample_data(), SAMPLE, "no --data given; asking the sample data, most of which is made up (架空)."
    )


def open_paths(paths: Sequence[Path], shown: str | None = None) -> Opened:
    """Opens one archive, or reads files and folders into a cached one. Nothing is raised for a file that can't be read.

    ``shown`` is how a single path is called in answers, where that is not the path itself.
    """
    if len(paths) == 1 and is_archive(paths[0]):
        store = Store(paths[0])
        store.settle()
        if not store.sources() and not store.refusals():  # it is new, or its first import was cut off
            return Opened(store, without_awards=[spelled(paths[0])])
        return _opened(store, [])
    from tsukitome.archive.finding import files_under  # an archive needs no more than what is above

    found = list(files_under(paths, lambda path: shown or spelled(path)))
    key, unstored = _key(found)
    target = cache_folder() / f"{key}.sqlite"
    if not is_whole(target):
        _build(target, found)
    return _opened(Store(target), unstored)


def _opened(store: Store, unstored: list[Refusal]) -> Opened:
    sources = store.sources()
    without_awards = [
        source.file for source in sources if source.kind and not source.records and not source.registrations
    ]
    return Opened(store, unstored, without_awards, any(source.kind for source in sources))


def _build(target: Path, found: Sequence[Found | Refusal]) -> None:
    """Builds the archive beside its place and moves it there whole, so that nobody ever sees half of one."""
    import tempfile

    from tsukitome.archive.importing import import_files  # what is only opened needs no readers

    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".building")
    os.close(handle)
    building = Path(name)
    try:
        store = Store(building)
        import_files(store, [item for item in found if not isinstance(item, Refusal)])
        store.close()
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)


def _key(found: Sequence[Found | Refusal]) -> tuple[str, list[Refusal]]:
    """The key of a cached archive: what the files hold, how they are shown, where they are, and who read them.

    With it comes what can't be opened at all, and so is in no archive.
    """
    refusals = [item for item in found if isinstance(item, Refusal)]
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {readers_version()}".encode())
    for item in found:
        if not isinstance(item, Refusal):
            digest.update(f"\n{item.shown}\t{spelled(item.path.resolve())}\t".encode())
            try:
                if (size := item.path.stat().st_size) > largest():
                    digest.update(b"too large %d" % size)
                    continue
                with item.path.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
            except OSError as error:
                digest.update(f"unreadable {error.errno}".encode())
                refusals.append(Refusal(item.shown, f"can't be opened ({error.strerror})."))
    return digest.hexdigest()[:32], refusals


@cache
def readers_version() -> str:
    """The version of the readers: the hash of all code and tables that decide what a file gives."""
    digest = hashlib.sha256()
    for room in ("awards.py", "registrations.py", "archive", "documents", "normalize", "sources"):
        for name, data in _contents(_PACKAGE / room):
            digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()[:16]


def _contents(entry: Path) -> list[tuple[str, bytes]]:
    if entry.is_file():
        wanted = entry.name.endswith((".py", ".csv", ".sql", ".toml"))
        return [(entry.name, entry.read_bytes())] if wanted else []
    return [
        content
        for inner in sorted(entry.iterdir(), key=lambda inner: inner.name)
        if inner.name != "__pycache__"
        for content in _contents(inner)
    ]


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/tsukitome``, else a folder of this user's own among the temporary ones."""
    home = os.environ.get("XDG_CACHE_HOME")
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    import tempfile  # and with it shutil and more: an archive that is only opened needs none of it

    folder = Path(home) / "tsukitome" if home else Path(tempfile.gettempdir()) / f"tsukitome-{user}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = folder.stat().st_uid if hasattr(os, "getuid") else user
        if owner == user and os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    import atexit
    import shutil

    # Not ours, or not writable: a folder for this one run is slower and safe.
    temporary = tempfile.mkdtemp(prefix="tsukitome-")
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return Path(temporary)
