"""The files under the paths that a user names, in order, each with the name the user would call it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tsukitome.dataclass import dataclass
from tsukitome.documents.file import spelled
from tsukitome.sources.reading import Refusal


@dataclass(frozen=True, slots=True)
class Found:
    """A file under one of the given paths: where it is, and what the user would call it."""

    path: Path
    shown: str


def files_under(paths: Iterable[Path], shown: Callable[[Path], str] = spelled) -> Iterator[Found | Refusal]:
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
            held = False
            for found in _files_below(path, name):
                held = True
                yield found
            if not held:
                yield Refusal(name, "the folder holds no file to read.")
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
        own = spelled(Path(entry.name))
        name = f"{shown.rstrip('/')}/{own}" if shown != "." else own
        if entry.is_symlink():
            yield Refusal(name, "a symbolic link inside a folder is not followed; name its target to read it.")
        elif entry.is_dir():
            yield from _files_below(entry, name)
        elif entry.is_file():
            if not entry.name.startswith("."):
                yield Found(entry, name)
        else:
            yield Refusal(name, "it is neither a file nor a folder.")
