"""Where an index lives, and when it is made anew."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import award, fill, supplier, total
from click.testing import CliRunner

from tsukitome import Archive, Clues, api
from tsukitome.archive.store import Store
from tsukitome.awards import Award
from tsukitome.cli import main
from tsukitome.errors import NotKeptWarning
from tsukitome.matching.index import file, writing
from tsukitome.matching.index.building import _Building
from tsukitome.matching.index.opening import index_of


def records(count: int, file: str = "a") -> list[Award]:
    """Awards of as many firms, other ones in each file."""
    return [
        award(
            f"業務{n % 7}", supplier(f"株式会社{file}{n}商会"), amounts=(total(1_000_000 * (n + 1)),), file=file, line=n
        )
        for n in range(count)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "archive.sqlite")
    fill(made, records(12))
    return made


def test_it_stands_beside_the_archive_and_is_used_again(store: Store) -> None:
    assert len(index_of(store, "1")) == 12
    beside = store.path.with_name("archive.sqlite.index")
    before = beside.stat()
    assert len(index_of(store, "1")) == 12
    assert beside.stat() == before


def test_it_follows_the_archive_and_the_version(store: Store) -> None:
    index_of(store, "1")
    fill(store, records(3, file="b"))
    assert len(index_of(store, "1")) == 15
    state = index_of(store, "1").facts["archive"]
    assert index_of(store, "2").facts["archive"] != state


def test_a_small_import_takes_the_rest_from_the_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index_of(store, "1")
    fill(store, records(3, file="b"))
    monkeypatch.setattr("tsukitome.matching.index.building.gather", pytest.fail)  # what a whole building begins with
    assert len(index_of(store, "1")) == 15


def test_one_with_a_changed_byte_is_not_built_upon(store: Store) -> None:
    beside = store.path.with_name("archive.sqlite.index")
    index_of(store, "1")
    changed, times = bytearray(beside.read_bytes()), beside.stat()
    changed[changed.rindex("株式会社a7商会".encode())] ^= 1
    beside.write_bytes(changed)
    os.utime(beside, ns=(times.st_atime_ns, times.st_mtime_ns))
    fill(store, records(3, file="b"))
    assert sorted(index_of(store, "1").strings("name")) == sorted(one.suppliers[0].name for one in store.awards())


def test_a_damaged_one_is_made_anew(store: Store) -> None:
    beside = store.path.with_name("archive.sqlite.index")
    index_of(store, "1")
    beside.write_bytes(beside.read_bytes()[:-9])
    assert len(index_of(store, "1")) == 12
    assert index_of(Store(store.path), "1").facts == index_of(store, "1").facts


def test_where_the_archive_may_not_be_written_beside_it_goes_into_the_cache(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store.path.with_name("archive.sqlite.index").mkdir()  # a place that no file can take
    assert len(index_of(store, "1")) == 12
    assert [path.suffix for path in (tmp_path / "cache" / "tsukitome").iterdir()] == [".index"]


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_no_place_takes_it_the_answer_is_given_and_it_is_said(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {name: array.tolist() for name, array in index_of(store, "1").columns.items()}
    monkeypatch.setattr(writing.WrittenArrays, "_write", full_disk)
    with pytest.warns(NotKeptWarning, match="archive.sqlite: its index can't be kept .*; the answer is the same"):
        found = index_of(store, "2")
    assert {name: array.tolist() for name, array in found.columns.items()} == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive.sqlite", "archive.sqlite.index"]


def test_a_command_says_what_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SMALL", 0)
    monkeypatch.setattr(writing.WrittenArrays, "_write", full_disk)
    done = CliRunner().invoke(main, ["identify", "--ward", "豊島区", "--data", str(store.path), "--lang", "ja"])
    assert done.exit_code == 0
    assert "索引を保存できない" in done.stderr


def test_one_that_is_cut_off_while_building_leaves_the_old_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of(store, "1")
    before = sorted((path.name, path.stat().st_size) for path in tmp_path.iterdir())

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tsukitome.matching.index.building._Building._kinds", interrupted)
    with pytest.raises(KeyboardInterrupt):
        index_of(store, "2")
    assert sorted((path.name, path.stat().st_size) for path in tmp_path.iterdir()) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from tsukitome.archive.store import Store
from tsukitome.matching.index import building
from tsukitome.matching.index.opening import index_of
building._Building._kinds = lambda self: os.kill(os.getpid(), signal.SIGKILL)
index_of(Store(Path(sys.argv[1])), "2")
"""


@pytest.mark.skipif(os.name == "nt", reason="a process can't be killed like that there")
def test_one_whose_process_is_killed_while_building_leaves_the_old_one_and_is_cleared_up(store: Store) -> None:
    index_of(store, "1")
    beside = store.path.with_name("archive.sqlite.index")
    before = beside.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(store.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    [left] = store.path.parent.glob(".*.building")
    assert left.stat().st_size > 0
    assert beside.read_bytes() == before
    assert index_of(store, "1").facts["version"] == "1"  # as it was: nothing is built
    index_of(store, "2")
    assert left.exists()  # who writes it may still be at work
    os.utime(left, (0, 0))
    index_of(store, "3")
    assert [path.name for path in store.path.parent.iterdir() if path.suffix == ".building"] == []
    assert len(index_of(store, "3")) == 12


def test_two_that_are_built_at_once_are_both_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, others = _Building._kinds, []

    def meanwhile(self: _Building) -> None:
        monkeypatch.setattr(_Building, "_kinds", kinds)
        with closing(Store(store.path)) as other:
            others.append(index_of(other, "1"))  # another process begins later and is done before
        kinds(self)

    monkeypatch.setattr(_Building, "_kinds", meanwhile)
    found = index_of(store, "1")
    for one in (found, *others, index_of(store, "1")):
        assert one.facts == found.facts
        assert {name: array.tolist() for name, array in one.columns.items()} == {
            name: array.tolist() for name, array in found.columns.items()
        }
    assert len(others) == 1
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["archive.sqlite", "archive.sqlite.index"]


def test_one_of_another_format_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "FORMAT", file.FORMAT - 1)
    index_of(store, "1")
    monkeypatch.undo()
    assert len(index_of(store, "1")) == 12
    assert index_of(store, "1").facts == index_of(store, "1").facts


def test_an_archive_in_memory_has_one_in_memory() -> None:
    made = Store(Path(":memory:"))
    fill(made, records(2))
    assert len(index_of(made, "1")) == 2


def test_the_front_door_answers_alike_with_an_index_and_without(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clues = Clues(ward="豊島区", month="2017-08", title="業務3", value="400万円")
    plain = Archive.open(store.path).identify(clues).to_dict()
    monkeypatch.setattr(api, "SMALL", 0)
    archive = Archive.open(store.path)
    assert archive.identify(clues).to_dict() == plain
    fill(store, records(2, file="b"))
    assert archive.identify(clues).to_dict()["coverage"]["records"] == 14  # an archive that grew meanwhile
