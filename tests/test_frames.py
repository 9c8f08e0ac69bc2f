"""Everything that Python gives is a data frame when it is asked to be one."""

from pathlib import Path

import pytest

from tsukitome import Archive, Clues
from tsukitome.evaluation.own_data import evaluate_archive

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return Archive.open(SAMPLE)


def test_an_archive_has_a_row_a_record(archive: Archive) -> None:
    table = archive.to_frame()
    assert len(table) == len(archive.records)
    assert str(table["award_date"].dtype).startswith("datetime64")
    assert table.loc[table["supplier"] == "株式会社SAY企画", "file"].nunique() == 2


def test_coverage_has_a_row_a_buyer_and_month_and_adds_up(archive: Archive) -> None:
    covered = archive.coverage()
    table = covered.to_frame()
    assert table["records"].sum() == covered.records
    assert str(table["month"].dtype) == "period[M]"


def test_an_answer_draws_itself_without_script(archive: Archive) -> None:
    found = archive.identify(Clues(ward="豊島区", month="2017-08"))
    assert len(found.to_frame()) == len(found.candidates)
    drawn = found._repr_html_()
    assert "株式会社SAY企画" in drawn
    assert "<script" not in drawn


def test_unusual_prices_name_their_sources(archive: Archive) -> None:
    found = archive.unusual_prices()
    table = found.to_frame()
    assert len(table) == len(found.unusual) > 0
    assert table["source"].str.contains("row|line").all()
    assert (table["compared"] >= 3).all()
    assert "UNUSUAL" in found._repr_html_()
    assert found.to_dict()["schema"] == "tsukitome/prices/1"


def test_an_evaluation_is_a_frame_and_the_same_for_the_same_seed(archive: Archive) -> None:
    found = evaluate_archive(archive, cases=6, seed=3)
    table = found.to_frame()
    assert set(table["who"]) == {"matcher", "oracle", "reporter"}
    assert table["value"].dropna().ge(0).all()
    assert found.reliability_frame()["cases"].sum() > 0
    assert "<pre" in found._repr_html_()
    assert evaluate_archive(archive, cases=6, seed=3).to_dict() == found.to_dict()
