"""``tsukitome firm`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tsukitome import Archive
from tsukitome.cli import main
from tsukitome.profile.profile import NotOneFirmError

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("LC_ALL", "C")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["firm", *args, "--data", str(SAMPLE)])


@pytest.mark.parametrize("asked", ["(株)SAY企画", "株式会社ＳＡＹ企画", "say企画"])
def test_the_seeds_firm_by_any_spelling(asked: str) -> None:
    done = run(asked, "--format", "json", "--around", "2017-08")
    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (answer["schema"], answer["status"]) == ("tsukitome/firm/1", "profile")
    assert answer["whole"]["awards"] == 1
    assert answer["whole"]["total_yen"] == 182_547_000
    assert answer["awards"][0]["award_rate"] == 0.7539
    assert len(answer["awards"][0]["sources"]) == 2
    assert answer["around"]["numbers"] == [1]
    assert any("エスエーワイ企画" in one["name"] for one in answer["like_names"])


def test_every_format_answers_in_both_languages() -> None:
    for form in ("table", "json", "csv", "html"):
        for language in ("en", "ja"):
            done = run("SAY企画", "--format", form, "--lang", language)
            assert done.exit_code == 0
            assert "SAY企画" in done.stdout


def test_a_stranger_is_answered_and_a_wrong_number_is_wrong_use() -> None:
    assert run("株式会社どこにもない").exit_code == 0
    assert "Absence is not evidence" in run("株式会社どこにもない").stdout
    wrong = run("4013301020175")
    assert wrong.exit_code == 2
    assert "check digit" in wrong.stderr
    assert "検査数字が合わない。" in run("4013301020175", "--lang", "ja").stderr
    assert run("SAY企画", "--pick", "9").exit_code == 2
    assert run("SAY企画", "--around", "2017-13").exit_code == 2


def test_the_command_in_the_answer_gives_it_again() -> None:
    answer = json.loads(run("SAY企画", "--around", "2017-08", "--format", "json").stdout)
    words = answer["replay"]["command"].split()
    again = CliRunner().invoke(main, [*words[1:], "--format", "json"])
    assert json.loads(again.stdout) == answer


def test_in_python_it_draws_itself_and_is_a_frame() -> None:
    archive = Archive.open(SAMPLE)
    profile = archive.firm("株式会社SAY企画")
    assert "182,547,000" in profile._repr_html_()
    assert profile.to_frame()["total_yen"].tolist() == [182_547_000]
    assert profile.to_dict()["firm"]["name"] == "株式会社SAY企画"
    with pytest.raises(NotOneFirmError, match="no record names"):
        archive.firm("株式会社どこにもない")


REGISTER = (
    '952,4013301020174,21,0,2023-04-19,2023-04-10,"株式会社ＳＡＹ企画",,301,"東京都","豊島区","東池袋１丁目４８番１０号",,13,116,1700013,,,'
    '2023-04-10,01,,,2015-10-05,1,,,,,"セイキカク",0\r\n'
)


@pytest.mark.parametrize("asked", ["4013301020174", "（株）ＳＡＹ企画", "セイキカク"])
def test_a_firm_that_no_record_names_is_shown_as_the_register_has_it(asked: str, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, encoding="utf-8")
    done = CliRunner().invoke(main, ["firm", asked, "--data", str(file), "--format", "json"])
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["status"], answer["firms"]) == (0, "not_found", [])
    (entry,) = answer["registrations"]
    assert (entry["corporate_number"], entry["name"], entry["closed"]) == (
        "4013301020174",
        "株式会社SAY企画",
        "2023-04-10",
    )
    shown = CliRunner().invoke(main, ["firm", asked, "--data", str(file), "--lang", "en"]).stdout
    assert "closed 2023-04-10" in " ".join(shown.split())
