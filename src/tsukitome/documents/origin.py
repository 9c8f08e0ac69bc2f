"""Where a downloaded file came from: a small JSON file beside it, ``NAME.json`` for ``NAME``, with time, address and hash."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from tsukitome.dataclass import dataclass
from tsukitome.documents.file import AnyFile

SCHEMA = "tsukitome/download/1"


@dataclass(frozen=True, slots=True)
class Origin:
    """The address of a file, the time at which it was retrieved (ISO 8601, UTC), and the hash and size of what came."""

    url: str
    retrieved: str
    sha256: str
    size: int


def origin_path(path: Path) -> Path:
    """The note beside a file: ``a.zip`` → ``a.zip.json``."""
    return path.with_name(path.name + ".json")


def write_origin(path: Path, origin: Origin) -> None:
    """Writes the note beside the downloaded file ``path``."""
    text = json.dumps({"schema": SCHEMA, **asdict(origin)}, ensure_ascii=False, indent=1)
    origin_path(path).write_text(text + "\n", encoding="utf-8")


def read_origin(note: Path) -> Origin | None:
    """What a note says; None for a file that is no such note, so that it can be told from data by asking."""
    try:
        if note.suffix != ".json" or note.stat().st_size > 10_000:
            return None
        told = json.loads(note.read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            return None
        return Origin(str(told["url"]), str(told["retrieved"]), str(told["sha256"]), int(told["size"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def origin_of(path: Path, file: AnyFile) -> Origin | None:
    """Where a file came from, if a note beside it is about these very bytes."""
    origin = read_origin(origin_path(path))
    return origin if origin is not None and origin.sha256 == file.sha256 else None
