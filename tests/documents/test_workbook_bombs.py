"""Workbooks that would take more memory than there is are refused before they do."""

from __future__ import annotations

import pytest
from hostile.contents import zipped

from tsukitome.documents import workbook_bombs
from tsukitome.documents.file import File
from tsukitome.sources.recognize import read_file


def test_a_workbook_that_inflates_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_bombs, "LIMIT", 1 << 20)
    data = zipped(("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", b"x" * (2 << 20)))
    (refusal,) = read_file(File.of_bytes("a.xlsx", data)).refusals
    assert refusal.reason == "inflates to more than 1 MiB. Save its sheets as CSV."
