"""An import that is killed, interrupted, or not alone leaves an archive that opens and holds whole files only."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import in_order

from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.opening import open_paths
from tsukitome.archive.store import Store
from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file

HEADER = "物品役務等の名称及び数量,契約を締結した日,契約の相手方の商号又は名称及び住所,契約金額\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for n in range(6):
        rows = "".join(
            f"業務{n}-{k},平成29年8月{k + 1}日,株式会社第{k}商会　東京都豊島区東池袋1-{k + 1}-1,{1000000 + k}\n"
            for k in range(9)
        )
        (folder / f"{n}.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def whole(archive: Path) -> dict[str, int]:
    """How many records the archive holds of each file, after it was opened as a reader would open it."""
    opened = open_paths([archive])
    held: dict[str, int] = {}
    for record in opened.store.awards():
        held[Path(record.source.file).name] = held.get(Path(record.source.file).name, 0) + 1
    return held


KILLED = """
import os, signal, sys
from pathlib import Path
from tsukitome.archive import gathering
from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.parallel import read_all
from tsukitome.archive.store import Store

gathering.SECONDS = float(sys.argv[3])

def killed(file, batches):
    yield from batches
    if file.shown.endswith("3.csv"):
        os.kill(os.getpid(), signal.SIGKILL)

def read(jobs):
    for job, file, batches in read_all(jobs):
        yield job, file, killed(file, batches)

import_files(Store(Path(sys.argv[2])), files_under([Path(sys.argv[1])]), read=read)
"""


@pytest.mark.parametrize(("seconds", "kept"), [("0", 3), ("1000", 0)])
def test_killed_in_the_middle_of_a_file(data: Path, tmp_path: Path, seconds: str, kept: int) -> None:
    archive = tmp_path / "a.sqlite"
    done = subprocess.run([sys.executable, "-c", KILLED, str(data), str(archive), seconds], check=False)
    assert done.returncode == -signal.SIGKILL
    assert whole(archive) == {
        f"{n}.csv": 9 for n in range(kept)
    }  # those gathered and not yet committed are lost, whole
    import_files(Store(archive), files_under([data]))
    assert whole(archive) == {f"{n}.csv": 9 for n in range(6)}


def test_interrupted_in_the_middle_of_a_file(data: Path, tmp_path: Path) -> None:
    def read(file: File) -> Iterator[Reading]:
        yield read_file(file)
        if file.shown.endswith("2.csv"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(Store(tmp_path / "a.sqlite"), files_under([data]), read=in_order(read))
    assert whole(tmp_path / "a.sqlite") == {"0.csv": 9, "1.csv": 9}


def test_two_imports_at_once_wait_for_each_other(data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.sqlite"
    command = [sys.executable, "-m", "tsukitome", "import", str(data), "--archive", str(archive)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert whole(archive) == {f"{n}.csv": 9 for n in range(6)}
