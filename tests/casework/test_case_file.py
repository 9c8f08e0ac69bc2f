"""Case files: made from the news, read key by key, and added to without touching what people wrote in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from casework.cases import NEWS, SAMPLE, run, seed_case

from tsukitome.casework.case_file import read_case
from tsukitome.casework.question import question
from tsukitome.clues.query import Clues
from tsukitome.errors import CaseError, UnreadableError
from tsukitome.translation import untranslated


def test_a_new_case_holds_what_the_news_says_and_where(tmp_path: Path) -> None:
    case = read_case(seed_case(tmp_path, "--outlet", "架空通信", "--url", "https://news.example/1"))
    asked = {clue.name: clue for clue in case.clues}
    assert asked["ward"].text == "東京・豊島区"
    assert asked["month"].text == "昨年8月"
    assert all(NEWS[clue.start : clue.end] == clue.quote for clue in case.clues)
    assert [(claim.clue, claim.says) for claim in case.claims] == [("quantity", "およそ500万人分")]
    (article,) = case.articles
    assert (article.file, article.outlet, str(article.date)) == ("news.txt", "架空通信", "2018-03-19")
    assert [reply.who for reply in case.replies] == ["firm", "buyer", "ministry"]
    assert case.decisions == ()


def test_with_data_it_keeps_the_hash_and_the_lead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    case = read_case(seed_case(tmp_path, "--data", SAMPLE / "gazette"))
    assert case.data_sha256 is not None
    assert len(case.data_sha256) == 64
    (lead,) = case.decisions
    assert (lead.stage, lead.firm, lead.by) == ("lead", "株式会社SAY企画", None)


def test_identify_asks_what_the_case_asks_and_options_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    case = seed_case(tmp_path, "--data", SAMPLE / "gazette")
    found = json.loads(run("identify", "--case", case, "--format", "json").stdout)
    assert found["candidates"][0]["firm"]["name"] == "株式会社SAY企画"
    assert {clue["name"] for clue in found["clues"]} == {"buyer", "month", "ward", "method", "title", "value"}
    other = json.loads(run("identify", "--case", case, "--month", "2017-06", "--format", "json").stdout)
    assert next(clue for clue in other["clues"] if clue["name"] == "month")["quote"] == "2017-06"
    assert run("identify", "--case", case, "--article", tmp_path / "news.txt").exit_code == 2


def test_comments_and_order_survive_a_rewrite(tmp_path: Path) -> None:
    case = seed_case(tmp_path)
    written = case.read_text(encoding="utf-8")
    by_hand = written.replace("[data]", "[data]  # our own copy").replace('title = ""', 'title = "年金"', 1)
    by_hand = by_hand.replace('who = "buyer"', 'who = "buyer"   # 広報に電話\nname = "日本年金機構"', 1).replace(
        'name = "日本年金機構"\nname = ""', 'name = "日本年金機構"', 1
    )
    case.write_text(by_hand, encoding="utf-8")
    decided = ("--firm", "株式会社SAY企画", "--by", "山田", "--reason", "機構に確認した", "--date", "2018-03-20")
    assert run("case", "confirm", case, *decided).exit_code == 0
    assert run("case", "add-article", case, "--article", tmp_path / "news.txt").exit_code == 0
    rewritten = case.read_text(encoding="utf-8")
    kept = iter(rewritten.splitlines())
    assert all(line in kept for line in by_hand.splitlines() if line.strip())  # each line, in the same order
    read = read_case(case)
    assert read.confirmed is not None
    assert (read.confirmed.by, str(read.confirmed.date)) == ("山田", "2018-03-20")
    assert [article.id for article in read.articles] == ["a1", "a2"]
    assert {claim.article for claim in read.claims} == {"a1", "a2"}


def test_an_entry_stands_behind_its_own_section_and_the_comment_of_the_next_before_the_next(tmp_path: Path) -> None:
    case = seed_case(tmp_path)
    run("case", "add-article", case, "--article", tmp_path / "news.txt")
    text = case.read_text(encoding="utf-8")
    assert text.index('id = "a2"') < text.index("# [[clues]]") < text.index("[[clues]]\n")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "ward"', 'name = "place"', "clues[3].name"),
        ('text = "昨年8月"', 'text = "いつか"', "clues[2].text"),
        ("date = 2018-03-19", 'date = "2018-02-30"', "articles[1].date"),
        ('article = "a1"', 'article = "a9"', "clues[1].article"),
        ("start = 28", 'start = "28"', "clues[1].start"),
        ('quote = "昨年8月"', 'quotes = "昨年8月"', "clues[2].quotes"),
        ('who = "firm"', 'who = ""', "replies[1].who"),
        ('title = ""', "title = 3", "title"),
        ("paths = []", "paths = [1]", "data.paths"),
        ("tsukitome/case/1", "tsukitome/case/9", "schema"),
    ],
)
def test_a_bad_key_or_value_is_one_sentence_with_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    case = seed_case(tmp_path)
    text = case.read_text(encoding="utf-8")
    text = text.replace("start = 27", "start = 28") if old.startswith("start") else text
    start = next(line for line in text.splitlines() if line.startswith("start"))
    old = start if old.startswith("start") else old
    assert old in text
    case.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = run("identify", "--case", case, "--data", SAMPLE / "portal")
    assert result.exit_code == 2
    sentence = result.stderr.splitlines()[0]
    assert f"CASE.toml, key {key}: " in sentence
    assert "Traceback" not in result.stderr
    with pytest.raises(CaseError) as raised:
        _asked(case)
    assert untranslated([str(raised.value)]) == []


def _asked(case: Path) -> Clues:
    return question(read_case(case))


def test_a_person_has_to_put_their_name_to_a_decision(tmp_path: Path) -> None:
    case = seed_case(tmp_path)
    with case.open("a", encoding="utf-8") as stream:
        stream.write('[[decisions]]\nstage = "confirmed"\nfirm = "甲社"\nby = "山田"\n')
    with pytest.raises(CaseError, match=r"decisions\[1\]\.date"):
        read_case(case)


def test_no_file_no_toml_and_no_overwriting(tmp_path: Path) -> None:
    assert run("identify", "--case", tmp_path / "none.toml").exit_code == 1
    (tmp_path / "cut.toml").write_text("[[clues]\n", encoding="utf-8")
    assert run("identify", "--case", tmp_path / "cut.toml").exit_code == 1
    case = seed_case(tmp_path)
    before = case.read_bytes()
    again = run("case", "new", case, "--article", tmp_path / "news.txt")
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert case.read_bytes() == before
    with pytest.raises(UnreadableError):
        read_case(tmp_path / "none.toml")


def test_without_a_clue_no_case_is_written(tmp_path: Path) -> None:
    (tmp_path / "weather.txt").write_text("あすは晴れるでしょう。", encoding="utf-8")
    result = run("case", "new", tmp_path / "CASE.toml", "--article", tmp_path / "weather.txt")
    assert result.exit_code == 2
    assert not (tmp_path / "CASE.toml").exists()


def test_text_from_standard_input_is_kept_beside_the_case(tmp_path: Path) -> None:
    result = run("case", "new", tmp_path / "CASE.toml", "--article", "-", stdin=NEWS.encode("utf-8"))
    assert result.exit_code == 0, result.stderr
    case = read_case(tmp_path / "CASE.toml")
    assert (tmp_path / str(case.articles[0].file)).read_text(encoding="utf-8") == NEWS


def test_clues_given_by_hand_win_over_the_articles(tmp_path: Path) -> None:
    case = read_case(seed_case(tmp_path, "--ward", "新宿区"))
    (ward,) = [clue for clue in case.clues if clue.name == "ward"]
    assert (ward.text, ward.article) == ("新宿区", None)


def test_the_same_news_makes_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert seed_case(tmp_path / "one").read_bytes() == seed_case(tmp_path / "two").read_bytes()


def test_what_several_articles_say_alike_is_one_clue_and_a_dispute_counts_for_half(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        "日本年金機構は2017年8月、東京・新宿区の会社と約1億8000万円で契約した。\n", encoding="utf-8"
    )
    articles = ("--article", tmp_path / "a.txt", "--article", tmp_path / "b.txt")
    made = run("case", "new", tmp_path / "CASE.toml", *articles, "--article-date", "2018-03-19")
    assert made.exit_code == 0, made.stderr
    case = read_case(tmp_path / "CASE.toml")
    assert [str(article.date) for article in case.articles] == ["2018-03-19", "2018-03-19"]
    asked = {clue.name: clue for clue in case.clues}
    assert asked["ward"].text.startswith("~0.5 ")
    assert asked["value"].text == "見込み総額約1億8000万円"
    assert question(case).asked["ward"].weight == 0.5
    assert {(claim.clue, claim.article) for claim in case.claims} >= {("month", "a2"), ("ward", "a2"), ("value", "a2")}
