"""The mapped file: whole or refused."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tsukitome.matching.index.file import DamagedIndexError, read
from tsukitome.matching.index.writing import write

ARRAYS = {"yen": np.array([14.9, 2e8]), "days": np.arange(7, dtype=np.int32), "none": np.empty(0, np.uint8)}


def test_what_was_written_is_read_back_and_cannot_be_written_to(tmp_path: Path) -> None:
    write(tmp_path / "index", {"rows": 7, "name": "架空"}, ARRAYS)
    facts, arrays = read(tmp_path / "index")
    assert facts == {"rows": 7, "name": "架空"}
    assert {name: array.tolist() for name, array in arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }
    assert arrays["days"].readonly
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("where", [0, 9, 20, 30, -3, "cut", "longer", "empty"])
def test_a_damaged_file_is_refused(tmp_path: Path, where: int | str) -> None:
    path = tmp_path / "index"
    write(path, {"rows": 7}, ARRAYS)
    data = bytearray(path.read_bytes())
    if isinstance(where, int):
        data[where] ^= 0xFF
    path.write_bytes({"cut": data[:-1], "longer": data + b"\0", "empty": b""}.get(str(where), data))
    with pytest.raises(DamagedIndexError):
        read(path)


def test_a_column_that_is_not_as_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index"
    write(path, {"rows": 7}, ARRAYS)
    data = bytearray(path.read_bytes())
    data[data.index(ARRAYS["yen"].tobytes()) + 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedIndexError):
        read(path)


def test_a_copy_is_read_and_summed_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "index", {"rows": 7}, ARRAYS)
    copy = tmp_path / "copy"
    copy.write_bytes((tmp_path / "index").read_bytes())
    assert copy.stat().st_mtime_ns != (tmp_path / "index").stat().st_mtime_ns
    read(copy)
    monkeypatch.setattr("tsukitome.matching.index.file._sum", pytest.fail)
    read(copy)


def test_a_copy_that_may_not_be_dated_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "index", {"rows": 7}, ARRAYS)
    os.utime(tmp_path / "index", (1, 1))

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tsukitome.matching.index.file.os.utime", refuse)
    assert read(tmp_path / "index")[0] == {"rows": 7}
