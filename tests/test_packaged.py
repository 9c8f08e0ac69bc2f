"""A table in TOML says the same whether it is read itself or as it was put beside it when the package was built."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tsukitome import packaged

TABLES = sorted(Path(packaged.__file__).parent.rglob("*.toml"))


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.name)
def test_what_is_put_beside_a_table_holds_all_of_it(file: Path) -> None:
    data = file.read_bytes()
    assert json.loads(packaged.parsed(data).partition(b"\n")[2]) == tomllib.loads(data.decode())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(packaged, "_HOME", str(tmp_path))
    (tmp_path / "table.toml").write_text("[a]\nb = 1.5\n", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("home")
def test_a_table_without_it_is_read_itself() -> None:
    assert packaged.packaged_toml("tsukitome", "table.toml") == {"a": {"b": 1.5}}


@pytest.mark.parametrize("made_of", ["[a]\nb = 2.5\n", "[a]\nb = 1.5 # the same\n", ""])
def test_what_was_made_of_other_bytes_is_not_looked_at(home: Path, made_of: str) -> None:
    (home / "table.toml.json").write_bytes(packaged.parsed(made_of.encode()))
    assert packaged.packaged_toml("tsukitome", "table.toml") == {"a": {"b": 1.5}}


def test_what_was_made_of_it_is_read_in_its_place(home: Path) -> None:
    first, _, _ = packaged.parsed((home / "table.toml").read_bytes()).partition(b"\n")
    (home / "table.toml.json").write_bytes(first + b'\n{"read": "here"}')
    assert packaged.packaged_toml("tsukitome", "table.toml") == {"read": "here"}


def test_each_reader_of_a_table_has_one_of_his_own() -> None:
    one, other = (packaged.packaged_toml("tsukitome.clues", "tables", "value_bounds.toml") for _ in range(2))
    assert one == other
    one.clear()
    assert other
