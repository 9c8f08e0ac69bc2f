"""What a plain question loads: the time of a new process is mostly that of imports, so each one has to be needed."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from builders import award, fill, supplier, total
from click import Command
from click.testing import CliRunner

from tsukitome.api import index_archive
from tsukitome.archive.store import Store
from tsukitome.cli import identify_command, main
from tsukitome.command import ASKED_BY_RICH
from tsukitome.matching.index import kernel

ASK = """
import sys
from tsukitome.cli import identify_command, main
try:
    main(["identify", *sys.argv[1:]])
finally:
    print("LOADED", *sorted(sys.modules))
"""
# Rooms of the program, and parts of libraries, that only other commands and other questions need.
NOT_NEEDED = {
    "importlib.resources", "importlib.metadata", "tempfile", "zipfile", "jaconv", "rich", "numpy.ma",
    "tsukitome.clues.article", "tsukitome.sources.gbizinfo", "tsukitome.archive.importing", "tsukitome.archive.joins",
    "tsukitome.archive.stretches", "tsukitome.sources.recognize", "tsukitome.documents.pdf", "tsukitome.casework",
    "tsukitome.evaluation.evaluating", "tsukitome.fetching", "tsukitome.profile", "tsukitome.matching.index.building",
    "tsukitome.reporting.page", "tsukitome.reporting.frame", "tsukitome.case_command", "tsukitome.fetch_command",
    "tsukitome.archive.rows", "tsukitome.archive.sealing", "tsukitome.archive.total", "tsukitome.archive.register",
    "tsukitome.archive.registrations", "tsukitome.archive.joining", "tsukitome.archive.finding", "tsukitome.registrations",
    "tsukitome.archive.firm_queries", "tsukitome.sources.plain_award", "tsukitome.documents.table", "tsukitome.translation",
    "tsukitome.reporting.explanation", "shlex", "string",
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that is large enough to be asked by its index."""
    store = Store(tmp_path_factory.mktemp("cold") / "archive.sqlite")
    fill(
        store,
        [
            award(f"業務{n % 90}", supplier(f"株式会社見本{n % 50}"), amounts=(total(1_000_000 + n),), line=n)
            for n in range(1_001)
        ],
    )
    index_archive(store)
    store.close()
    return store.path


def loaded(*words: str) -> set[str]:
    run = [sys.executable, "-c", ASK, *words]
    environment = {name: value for name, value in os.environ.items() if name not in ASKED_BY_RICH}
    done = subprocess.run(run, check=True, capture_output=True, encoding="utf-8", env=environment)
    return set(done.stdout.rpartition("LOADED ")[2].split())


def test_a_question_loads_what_it_needs_and_no_more(archive: Path) -> None:
    asked = [
        "--ward",
        "豊島区",
        "--month",
        "2017-08",
        "--title",
        "業務7",
        "--value",
        "約100万円",
        "--buyer",
        "日本年金機構",
    ]
    command = [*asked, "--method", "一般競争入札", "--data", str(archive)]
    found = loaded(*command)
    assert "tomllib" not in found, "the tables are not built, or were changed since: `pip install -e .` builds them"
    of_others = {name.partition(".")[0] for name in found} - {*sys.stdlib_module_names, "tsukitome", "cython_runtime"}
    plain = set() if kernel.is_there() else {"numpy"}  # the compiled loops read the mapped columns themselves
    assert {name for name in of_others if not name.startswith("_")} <= {"click", "rapidfuzz"} | plain
    assert NOT_NEEDED & found == set()


def test_what_it_loads_makes_nothing_before_it_is_used(archive: Path) -> None:
    """A record of the standard library's decorator, or a pattern, costs as much as loading a module."""
    found = loaded("--ward", "豊島区", "--data", str(archive))
    made = [
        f"{name}: {made}"
        for name in sorted(found)
        if name.startswith("tsukitome.") and name != "tsukitome.pattern" and (file := find_spec(name).origin)  # type: ignore[union-attr]
        for made in made_at_once(ast.parse(Path(file).read_text(encoding="utf-8")))
    ]
    assert made == []


def made_at_once(module: ast.Module) -> Iterator[str]:
    """Frozen classes of ``dataclasses.dataclass``, and patterns that are compiled when the module is loaded."""
    taken = {
        alias.name: node.module for node in module.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    for node in module.body:
        if isinstance(node, ast.ClassDef) and taken.get("dataclass") == "dataclasses":
            yield from (f"class {node.name}" for one in node.decorator_list if "frozen=True" in ast.unparse(one))
        elif not isinstance(node, ast.FunctionDef | ast.ClassDef):
            calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
            yield from (ast.unparse(one) for one in calls if ast.unparse(one.func) == "re.compile")


@pytest.mark.parametrize(
    ("command", "words"), [(main, ["identify", "--ward", "無い町"]), (identify_command, ["--ward", "無い町"])]
)
def test_numpy_starts_no_threads_for_linear_algebra(
    monkeypatch: pytest.MonkeyPatch, command: Command, words: list[str]
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")  # given back when the test is over
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    assert CliRunner().invoke(command, words).exit_code == 2
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
