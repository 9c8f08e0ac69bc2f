"""What is built and installed: the wheel carries the sample data and answers from any directory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)], cwd=ROOT, check=True, capture_output=True
    )
    return out


def one(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def samples() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / "sample_data").rglob("*") if path.is_file()}


def test_the_wheel_installs_and_answers_from_another_directory(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(one(built, "*.whl"))], check=True, capture_output=True)
    environment = os.environ | {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = [sys.executable, "-c", "import tsukitome; print(tsukitome.__file__)"]
    home = subprocess.run(where, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True).stdout
    assert home.startswith(str(site))
    command = [
        sys.executable,
        str(site / "bin" / "identify"),
        "--ward",
        "豊島区",
        "--month",
        "2017-08",
        "--format",
        "json",
    ]
    done = subprocess.run(command, cwd=elsewhere, env=environment, check=True, capture_output=True, encoding="utf-8")
    answer = json.loads(done.stdout)
    firms = [candidate["firm"]["name"] for candidate in answer["candidates"]]
    assert "株式会社SAY企画" in firms
    files = {s["file"] for c in answer["candidates"] for a in c["awards"] for s in a["sources"]}
    assert all(file.startswith("sample_data/") for file in files)


def test_wheel_and_sdist_carry_the_sample_data_and_no_rubbish(built: Path) -> None:
    with zipfile.ZipFile(one(built, "*.whl")) as wheel:
        names = set(wheel.namelist())
    assert {f"tsukitome/{name}" for name in samples()} <= names
    assert "tsukitome/py.typed" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]
    with tarfile.open(one(built, "*.tar.gz")) as sdist:
        inside = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    assert samples() <= inside
    assert "tests/test_package.py" in inside


def test_the_wheel_holds_each_table_as_it_is_read_at_once(built: Path) -> None:
    with zipfile.ZipFile(one(built, "*.whl")) as wheel:
        names = set(wheel.namelist())
    tables = {name for name in names if name.endswith(".toml") and "/sample_data/" not in name}
    assert {f"{name}.json" for name in tables} <= names
    with tarfile.open(one(built, "*.tar.gz")) as sdist:
        assert not [name for name in sdist.getnames() if name.endswith(".toml.json")]


def test_the_wheel_holds_compiled_loops_where_there_is_a_compiler(built: Path) -> None:
    if not shutil.which(os.environ.get("CC") or "cc") or os.environ.get("TSUKITOME_PLAIN"):
        pytest.skip("no C compiler, or none wanted")
    with zipfile.ZipFile(one(built, "*.whl")) as wheel:
        assert "tsukitome/matching/index/_kernel.so" in wheel.namelist()


def test_without_a_compiler_the_wheel_is_of_python_alone_and_says_so(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    environment = os.environ | {"CC": "no-such-compiler", "TSUKITOME_PLAIN": ""}
    done = subprocess.run(build, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8")
    assert "without its compiled loops" in done.stdout + done.stderr
    assert one(tmp_path, "*.whl").name.endswith("-py3-none-any.whl")


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    with tarfile.open(one(built, "*.tar.gz")) as sdist:
        sdist.extractall(tmp_path, filter="data")
    unpacked = one(tmp_path, "tsukitome-*")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again")]
    subprocess.run(build, cwd=unpacked, check=True, capture_output=True)
    with zipfile.ZipFile(one(built, "*.whl")) as wheel, zipfile.ZipFile(one(tmp_path / "again", "*.whl")) as again:
        assert wheel.namelist() == again.namelist()
        assert all(wheel.read(name) == again.read(name) for name in wheel.namelist() if not name.endswith("RECORD"))
