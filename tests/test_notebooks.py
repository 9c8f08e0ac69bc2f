"""The notebooks run from top to bottom, are stored without output, and reach what they tell."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
# What each has to show: an answer, a figure, a picture.
SHOWN = {
    "01_who_was_the_contractor": ("株式会社SAY企画", "identified", "<svg"),
    "02_explore_an_archive": ("株式会社SAY企画", "182,547,000", "2017-08", "unusual", "<svg"),
    "03_how_sure_is_it": ("place+month", "oracle", "absent_identified", "<svg"),
}


def test_every_notebook_is_looked_at() -> None:
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_it_runs_and_is_stored_without_output(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    shown = "\n".join(
        str(data)
        for cell in code
        for output in cell.outputs
        for data in output.get("data", {"": output.get("text", "")}).values()
    )
    for words in SHOWN[name]:
        assert words in shown
    assert "<script" not in shown
