"""Opening the index of an archive: beside it as ``ARCHIVE.index``, or in the cache where that place can't be written to.

An index says of which state of which archive it was made. One that is damaged, of another state or of another version is
made anew, and nobody has to ask for it.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from tsukitome.archive.opening import cache_folder
from tsukitome.archive.store import Store
from tsukitome.errors import NotKeptWarning
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.file import DamagedIndexError, is_whole, read


def index_of(store: Store, version: str) -> Index:
    """The index of an archive in its present state; it is built where there is none, and brought up to date where it is of an
    earlier state. ``version`` is that of the package.
    """
    state = _state(store, version)
    older = None
    for place in _places(store.path):
        try:
            found = Index(*read(place))
        except (OSError, DamagedIndexError):
            continue
        if found.facts["archive"] == state:
            return found
        if older is None and found.facts["version"] == version and is_whole(place):
            older = found
    return _built(store, version, older)


def _built(store: Store, version: str, older: Index | None) -> Index:
    from tsukitome.matching.index.building import build_from  # what is only opened needs none of it
    from tsukitome.matching.index.writing import Writing

    with Writing([*_places(store.path)]) as file:
        with store.snapshot() as archive:
            state = _state(store, version)
            facts, _ = build_from(archive, older, file.arrays)
        found = Index(*file.finish(facts | {"archive": state, "version": version}))
        if file.error:
            reason = file.error.strerror or type(file.error).__name__
            warnings.warn(
                f"{store.path}: its index can't be kept ({reason});"
                " the answer is the same, but whoever asks next waits for it again.",
                NotKeptWarning,
                stacklevel=2,
            )
    return found  # mapped: another process shares it, and what is not needed takes no memory


def _places(archive: Path) -> Iterator[Path]:
    if str(archive) == ":memory:":
        return
    yield archive.with_name(f"{archive.name}.index")
    known_as = hashlib.sha256(str(archive.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    yield cache_folder() / f"{known_as}.index"


def _state(store: Store, version: str) -> str:
    """What an index was made of: the sources in the order and at the times of reading, and who made it."""
    digest = hashlib.sha256(f"{version} {store.recall('generation')}".encode())
    for source in store.sources():
        digest.update(f"\n{source.sha256} {source.records} {source.read_at} {source.path}".encode("utf-8", "replace"))
    return digest.hexdigest()
