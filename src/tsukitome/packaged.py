"""Files that ship with the package: tables, catalogues, templates.

``importlib.resources`` would load a package to find what lies in it, and twenty modules of the standard library. Reading TOML takes
long for a command that is a new process, so building the package puts each table beside itself as JSON
(``tools/build_steps.py``); one that is missing, or was made of other bytes, is not looked at.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import Any

_HOME = os.path.dirname(os.path.abspath(__file__))


def packaged(package: str, *names: str) -> str:
    """The text of a file beside the modules of a package: ``packaged("tsukitome.clues", "tables", "romaji.csv")``."""
    with open(_path(package, *names), encoding="utf-8") as file:
        return file.read()


def packaged_toml(package: str, *names: str) -> dict[str, Any]:
    """What such a file in TOML holds; a new one with each call."""
    path = _path(package, *names)
    with open(path, "rb") as file:
        data = file.read()
    try:
        with open(os.path.join(os.path.dirname(path), parsed_name(names[-1])), "rb") as file:
            made_of, _, table = file.read().partition(b"\n")
    except OSError:
        made_of, table = b"", b""
    if made_of == _mark(data):
        found: dict[str, Any] = json.loads(table)
        return found
    import tomllib  # half as long as reading a table with it

    return tomllib.loads(data.decode())


def parsed_name(name: str) -> str:
    """The name of the file that holds a table as JSON."""
    return f"{name}.json"


def parsed(data: bytes) -> bytes:
    """What that file holds: a line that says of which TOML it was made, and the table. Raises TypeError for a table with dates."""
    import tomllib

    return _mark(data) + b"\n" + json.dumps(tomllib.loads(data.decode())).encode()


def _mark(data: bytes) -> bytes:
    return b"%d bytes, CRC-32 %08x" % (len(data), zlib.crc32(data))


def _path(package: str, *names: str) -> str:
    return os.path.join(_HOME, *package.split(".")[1:], *names)
