"""The mapped file: whole or refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tsukitome.matching.index.file import DamagedIndexError, read, write

ARRAYS = {"days": np.arange(7, dtype=np.int32), "none": np.empty(0, np.uint8), "yen": np.array([14.9, 2e8])}


def test_what_was_written_is_read_back_and_cannot_be_written_to(tmp_path: Path) -> None:
    write(tmp_path / "index", {"rows": 7, "name": "架空"}, ARRAYS)
    facts, arrays = read(tmp_path / "index")
    assert facts == {"rows": 7, "name": "架空"}
    assert {name: array.tolist() for name, array in arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }
    assert not arrays["days"].flags.writeable
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("where", [0, 9, 20, 60, "cut", "longer", "empty"])
def test_a_damaged_file_is_refused(tmp_path: Path, where: int | str) -> None:
    path = tmp_path / "index"
    write(path, {"rows": 7}, ARRAYS)
    data = bytearray(path.read_bytes())
    if isinstance(where, int):
        data[where] ^= 0xFF
    path.write_bytes({"cut": data[:-1], "longer": data + b"\0", "empty": b""}.get(str(where), data))
    with pytest.raises(DamagedIndexError):
        read(path)
