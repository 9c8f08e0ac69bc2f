"""The commands as a person calls them: results on stdout, messages on stderr, and the exit codes of the interface."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tsukitome.archive.store import Store

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


class Run:
    """One call of the command line in a process of its own."""

    def __init__(self, cache: Path, *args: str, cwd: Path | None = None, **environment: str) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("LC_ALL", "LC_MESSAGES", "LANG", "TSUKITOME_DATA")
        }
        done = subprocess.run(
            [sys.executable, "-m", "tsukitome", *args],
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env=kept | {"XDG_CACHE_HOME": str(cache), "LC_ALL": "C"} | environment,
            check=False,
        )
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        assert "Traceback" not in self.err


def test_the_first_command_of_the_readme(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", "--month", "2017-08")
    assert run.code == 0
    assert "株式会社SAY企画" in run.out
    assert "sample data" in run.err
    assert "page 3" in run.err  # the unreadable page is named


def test_json_is_the_interfaces_and_nothing_else_is_on_stdout(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", "--format", "json", "--data", str(SAMPLE))
    answer = json.loads(run.out)
    assert answer["schema"] == "tsukitome/identification/1"
    assert answer["replay"]["command"] == f"identify --ward 豊島区 --data {SAMPLE.as_posix()}"


def test_the_same_question_gives_the_same_bytes(cache: Path, tmp_path: Path) -> None:
    args = ("identify", "--ward", "豊島区", "--month", "2017-08", "--format", "json")
    assert Run(cache, *args).out == Run(tmp_path, *args).out


def test_prose_in_json_is_english_unless_asked(cache: Path) -> None:
    japanese = Run(cache, "identify", "--ward", "豊島区", "--format", "json", LC_ALL="ja_JP.UTF-8")
    asked = Run(cache, "identify", "--ward", "豊島区", "--format", "json", "--lang", "ja")
    assert "firm" in json.loads(japanese.out)["verdict_reason"]
    assert "社" in json.loads(asked.out)["verdict_reason"]


def test_the_table_speaks_the_locales_language(cache: Path) -> None:
    args = ("identify", "--ward", "豊島区", "--month", "2017-08")
    assert "データの範囲" in Run(cache, *args, LC_ALL="ja_JP.UTF-8").out
    assert "データの範囲" in Run(cache, *args, "--lang", "ja").out
    assert "coverage" in Run(cache, *args).out


def test_output_is_utf_8_whatever_the_locale(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "豊島区" in run.out


def test_several_paths_behind_one_data_option(cache: Path) -> None:
    parts = [str(SAMPLE / "gazette"), str(SAMPLE / "nenkin")]
    one = Run(cache, "identify", "--ward", "豊島区", "--format", "json", "--data", *parts)
    two = Run(cache, "identify", "--data", parts[0], "--data", parts[1], "--ward", "豊島区", "--format", "json")
    assert json.loads(one.out)["candidates"] == json.loads(two.out)["candidates"]
    assert json.loads(one.out)["coverage"]["records"] > 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--ward", "存在しない区"), "存在しない区"),
        (("--month", "2017-13"), "2017-13"),
        (("--value", "abc"), "abc"),
        (("--method", "くじ引き"), "くじ引き"),
        (("--month", "去年8月"), "--article-date"),
        (("--month", "去年8月", "--article-date", "2018-02-30"), "2018-02-30"),
        ((), "no clue was given"),
        (("--ward", "豊島区", "--ward", "港区"), "2 times"),
        (("--ward", "豊島区", "--top", "-1"), "--top"),
        (("--ward", "豊島区", "--no-such-option"), "--no-such-option"),
        (("豊島区",), "豊島区"),
    ],
)
def test_wrong_use_says_what_was_not_understood_and_exits_2(cache: Path, args: tuple[str, ...], said: str) -> None:
    run = Run(cache, "identify", *args)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_a_path_that_does_not_exist_exits_1_with_its_name(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", "--data", "nowhere.csv")
    assert run.code == 1
    assert "nowhere.csv" in run.err


def test_one_missing_path_among_others_is_named_and_the_rest_is_read(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", "--data", "nowhere.csv", str(SAMPLE / "gazette"))
    assert run.code == 0
    assert "nowhere.csv" in run.err


def test_a_file_that_is_no_award_table_exits_1_with_the_reason(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("拝啓 時下ますますご清栄のこととお慶び申し上げます。", encoding="utf-8")
    run = Run(cache, "records", "--data", str(tmp_path / "letter.txt"))
    assert run.code == 1
    assert "letter.txt" in run.err


def test_data_may_be_named_by_the_environment(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", TSUKITOME_DATA=str(SAMPLE / "gazette"))
    assert run.code == 0
    assert "TSUKITOME_DATA" in run.err


def test_records_are_printed_one_a_line(cache: Path) -> None:
    lines = Run(cache, "records", "--data", str(SAMPLE)).out.splitlines()
    assert len(lines) >= 320
    assert len({json.loads(line)["award_id"] for line in lines}) == len(lines)
    table = list(csv.DictReader(io.StringIO(Run(cache, "records", "--data", str(SAMPLE), "--format", "csv").out)))
    assert len(table) == len(lines)


def test_an_archive_is_imported_once_and_asked_like_a_folder(cache: Path, tmp_path: Path) -> None:
    archive = str(tmp_path / "a.sqlite")
    first = Run(cache, "import", str(SAMPLE), "--archive", archive)
    assert (first.code, "page 3" in first.err) == (0, True)
    again = Run(cache, "import", str(SAMPLE), "--archive", archive)
    assert "read 0" in again.out
    asked = [
        json.loads(Run(cache, "identify", "--ward", "豊島区", "--format", "json", "--data", data).out)
        for data in (archive, str(SAMPLE))
    ]
    assert asked[0]["candidates"] == asked[1]["candidates"]
    assert asked[0]["replay"]["data_sha256"] == asked[1]["replay"]["data_sha256"]


def test_of_a_file_with_many_refused_rows_the_first_are_named_and_sources_lists_all(
    cache: Path, tmp_path: Path
) -> None:
    table = tmp_path / "contracts.csv"
    header = "件名,契約担当官等,契約締結日,契約の相手方の商号又は名称及び住所,契約金額\n"
    good = "架空の清掃業務,架空省,平成29年8月1日,架空株式会社 東京都豊島区池袋1-1,1000000\n"
    table.write_text(header + good + "".join(f",架空省,平成29年8月{n}日,架空,{n}000\n" for n in range(1, 31)), "utf-8")
    run = Run(cache, "identify", "--ward", "豊島区", "--data", str(table))
    assert run.code == 0
    assert "架空株式会社" in run.out
    assert run.err.count("a row without a title") == 20
    assert "10 more places were refused; `tsukitome sources` lists them all." in run.err
    listed = Run(cache, "sources", "--data", str(table), COLUMNS="300")
    assert listed.out.count("a row without a title") == 30
    assert "ほかにも読み取れない箇所が10か所ある" in Run(cache, "records", "--data", str(table), "--lang", "ja").err


def test_evaluate_says_which_data_it_asks_and_what_was_refused(cache: Path) -> None:
    run = Run(cache, "evaluate", "--cases", "2", "--seed", "1", "--format", "json")
    assert run.code == 0
    assert json.loads(run.out)["cases"]
    assert "sample data" in run.err
    assert "page 3" in run.err


def test_evaluate_makes_no_more_cases_than_are_worth_while(cache: Path) -> None:
    run = Run(cache, "evaluate", "--cases", "1000000000")
    assert run.code == 2
    assert "1<=x<=100000" in run.err


def test_sources_shows_what_was_read_refused_and_covered(cache: Path) -> None:
    run = Run(cache, "sources", "--data", "sample_data", cwd=SAMPLE.parent, COLUMNS="140")
    assert run.code == 0
    for said in ("gazette-2017-10-02.txt", "contract table", "page 3", "2017-05", "published"):
        assert said in run.out


def test_sources_as_json_has_every_file_with_the_months_by_buyer(cache: Path, tmp_path: Path) -> None:
    table = tmp_path / "contracts.csv"
    header = "件名,契約担当官等,契約締結日,契約の相手方の商号又は名称及び住所,契約金額\n"
    rows = [f"架空の業務{m},架空省,平成29年{m}月1日,架空株式会社 東京都豊島区池袋1-1,{m}000\n" for m in (4, 5, 7, 8)]
    table.write_text(header + "".join(rows) + ",架空省,平成29年9月1日,架空,9000\n", "utf-8")
    told = json.loads(Run(cache, "sources", "--data", str(table), "--format", "json", LC_ALL="ja_JP.UTF-8").out)
    assert told["schema"] == "tsukitome/sources/1"
    assert [(one["kind"], one["records"], one["refused"]) for one in told["sources"]] == [("contract_table", 4, 1)]
    (refused,) = told["refusals"]
    assert (refused["place"], refused["reason"]) == ("row 6", "a row without a title.")
    (series,) = told["series"]
    assert (series["kind"], series["buyer"], series["records"]) == ("contract_table", "架空省", 4)
    assert series["months"] == {"2017-04": 1, "2017-05": 1, "2017-07": 1, "2017-08": 1}
    assert series["without"] == ["2017-06"]
    assert any("2017-06" in gap for gap in told["coverage"]["gaps"])


def test_an_import_tells_what_it_did_in_the_language_asked_for(cache: Path, tmp_path: Path) -> None:
    args = ("import", str(SAMPLE / "mhlw"), "--archive", str(tmp_path / "a.sqlite"))
    assert Run(cache, *args, "--lang", "ja").out == "読み取り2、置き換え0、変更なし0、読取不可0。86件の記録を追加\n"
    assert Run(cache, *args).out == "read 0, replaced 0, unchanged 2, refused 0; 0 records added\n"


def test_an_archive_whose_first_import_was_cut_off_is_read_and_holds_no_award(cache: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.sqlite"
    Store(archive).close()
    for args in (("sources",), ("records",), ("identify", "--ward", "豊島区")):
        run = Run(cache, *args, "--data", str(archive))
        assert run.code == 0
        assert f"{archive}: read, but it holds no award." in run.err


def test_html_is_one_page(cache: Path) -> None:
    run = Run(cache, "identify", "--ward", "豊島区", "--format", "html")
    assert run.out.startswith("<!DOCTYPE html>")


def test_help_exists_for_every_command(cache: Path) -> None:
    for command in ("identify", "records", "import", "sources"):
        assert f"Usage: python -m tsukitome {command}" in Run(cache, command, "--help").out
