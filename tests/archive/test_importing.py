"""Files and folders into an archive."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

from builders import award, in_order

from tsukitome.archive.finding import Found, files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.opening import open_paths, readers_version
from tsukitome.archive.store import Store
from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading, Refusal


def read(file: File) -> list[Reading]:
    """A reader that takes each line of a text for a title, in batches of one."""
    if not file.data:
        return [Reading(None, (), (Refusal(file.shown, "it is empty."),))]
    lines = file.data.decode().splitlines()
    records = [award(title, file=file.data.decode(), line=n, kind="gazette") for n, title in enumerate(lines)]
    return [
        Reading("gazette", (replace(record, source=replace(record.source, sha256=file.sha256)),)) for record in records
    ]


def run(store: Store, *paths: Path) -> tuple[object, list[str]]:
    done = import_files(store, files_under(paths), read=in_order(read))
    return done, [record.title for record in store.awards()]


def test_importing_again_adds_nothing_and_a_changed_file_replaces_its_own(tmp_path: Path) -> None:
    data, store = tmp_path / "data", Store(tmp_path / "a.sqlite")
    data.mkdir()
    (data / "one.txt").write_text("清掃\n警備", encoding="utf-8")
    (data / "two.txt").write_text("印刷", encoding="utf-8")
    assert run(store, data)[1] == ["清掃", "警備", "印刷"]
    done, titles = run(store, data)
    assert len(done.unchanged) == 2  # type: ignore[attr-defined]
    assert titles == ["清掃", "警備", "印刷"]
    (data / "one.txt").write_text("植栽", encoding="utf-8")
    done, titles = run(store, data)
    assert done.replaced == [f"{data.as_posix()}/one.txt"]  # type: ignore[attr-defined]
    assert sorted(titles) == ["印刷", "植栽"]


def test_the_same_bytes_under_another_path_are_one_source(tmp_path: Path) -> None:
    for name in ("one.txt", "copy.txt"):
        (tmp_path / name).write_text("清掃", encoding="utf-8")
    done, titles = run(Store(tmp_path / "a.sqlite"), tmp_path / "one.txt", tmp_path / "copy.txt")
    assert titles == ["清掃"]
    assert len(done.same_bytes) == 1  # type: ignore[attr-defined]


def test_links_are_named_not_followed_and_documentation_is_not_tried(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.txt").write_text("清掃", encoding="utf-8")
    (data / "README.md").write_text("about", encoding="utf-8")
    os.symlink(data, data / "loop")
    done, titles = run(Store(tmp_path / "x.sqlite"), data)
    assert titles == ["清掃"]
    assert done.documentation == [f"{data.as_posix()}/README.md"]  # type: ignore[attr-defined]
    assert ["symbolic link" in refusal.reason for refusal in done.refusals] == [True]  # type: ignore[attr-defined]


def test_a_missing_path_is_a_refusal_with_its_name(tmp_path: Path) -> None:
    (found,) = files_under([tmp_path / "nowhere"])
    assert isinstance(found, Refusal)
    assert "nowhere" in str(found)
    assert "no such file" in str(found)


def test_an_archive_can_be_imported_into_another(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("清掃", encoding="utf-8")
    first = Store(tmp_path / "first.sqlite")
    import_files(first, [Found(tmp_path / "one.txt", "one.txt")], read=in_order(read))
    first.close()
    assert run(Store(tmp_path / "second.sqlite"), tmp_path / "first.sqlite")[1] == ["清掃"]


def test_opening_a_folder_reads_it_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: object) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))  # type: ignore[attr-defined]
    data = tmp_path / "data"
    data.mkdir()
    (data / "bad.txt").write_bytes(b"")
    first = open_paths([data])
    assert not first.could_read
    assert [str(refusal) for refusal in first.store.refusals()]
    built = sorted((cache / "tsukitome").iterdir())
    assert len(built) == 1
    open_paths([data])
    assert sorted((cache / "tsukitome").iterdir()) == built
    (data / "more.txt").write_bytes(b"x")
    open_paths([data])
    assert len(list((cache / "tsukitome").iterdir())) == 2


def test_the_readers_version_is_stable_within_a_run() -> None:
    assert readers_version() == readers_version.__wrapped__()


def test_a_path_that_now_holds_the_bytes_of_another_gives_nothing_of_its_own(tmp_path: Path) -> None:
    one, other, store = tmp_path / "one.txt", tmp_path / "other.txt", Store(tmp_path / "a.sqlite")
    one.write_text("清掃", encoding="utf-8")
    other.write_text("警備", encoding="utf-8")
    assert run(store, one, other)[1] == ["清掃", "警備"]
    one.write_text("警備", encoding="utf-8")
    assert run(store, one, other)[1] == ["警備"]


def test_a_database_of_something_else_among_the_files_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.txt").write_text("清掃", encoding="utf-8")
    database = sqlite3.connect(data / "other.sqlite")
    database.execute("CREATE TABLE t (x)")
    database.close()
    (data / "cut.sqlite").write_bytes((data / "other.sqlite").read_bytes()[:1000])
    done, titles = run(Store(data / "archive.sqlite"), data)
    assert titles == ["清掃"]
    assert sorted(Path(refusal.file).name for refusal in done.refusals) == ["cut.sqlite", "other.sqlite"]  # type: ignore[attr-defined]


def test_a_cached_archive_that_was_cut_off_is_made_anew(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # type: ignore[attr-defined]
    data = tmp_path / "data.csv"
    data.write_text(
        "物品役務等の名称及び数量,契約を締結した日,契約の相手方の商号又は名称及び住所,契約金額\n清掃,平成29年8月1日,株式会社A,100\n",
        "utf-8",
    )
    assert len(open_paths([data]).store.awards()) == 1
    (cached,) = (tmp_path / "cache" / "tsukitome").iterdir()
    cached.write_bytes(cached.read_bytes()[:5000])
    assert len(open_paths([data]).store.awards()) == 1
