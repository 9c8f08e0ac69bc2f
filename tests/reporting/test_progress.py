"""The progress of an import is drawn where somebody watches, and leaves it one thread, so that processes can be forked."""

from __future__ import annotations

import threading

import pytest

from tsukitome.archive.importing import Imported
from tsukitome.reporting.progress import import_progress


def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # takes standard error for a terminal
    monkeypatch.setenv("COLUMNS", "100")
    threads = threading.active_count()
    with import_progress(3, "en") as watch:
        watch(Imported(files=2, records=1234))
        assert threading.active_count() == threads
    drawn = capsys.readouterr().err
    assert "2/3" in drawn
    assert "1,234 records" in drawn


def test_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with import_progress(3, "en") as watch:
        watch(Imported(files=2, records=1234))
    assert capsys.readouterr() == ("", "")
