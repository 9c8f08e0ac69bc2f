"""The check of a case: claims, coverage, origins, sensitivity, arithmetic, identity, where to look next, and the lock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import award, day, stored, supplier, total
from casework.cases import SAMPLE, run, seed_case

from tsukitome.api import Archive
from tsukitome.archive.opening import Opened
from tsukitome.archive.register import Register
from tsukitome.awards import Award
from tsukitome.casework.case_file import read_case
from tsukitome.casework.check import CheckedCase, check_case
from tsukitome.casework.identity import check_identity
from tsukitome.casework.question import question
from tsukitome.casework.subject import Checked, checked
from tsukitome.checks import Check, ClaimFinding
from tsukitome.registrations import Registration
from tsukitome.wording import Phrase


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("case")


@pytest.fixture(scope="module", autouse=True)
def _one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What several tests read is read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive.open(SAMPLE)


@pytest.fixture(scope="module")
def seed(folder: Path, archive: Archive) -> CheckedCase:
    case = seed_case(folder)
    with case.open("a", encoding="utf-8") as stream:
        stream.write(CLAIMS)
    return check_case(read_case(case), archive)


CLAIMS = """
[[claims]]
text = "応札したのは3社だった"
[[claims]]
text = "落札率は75.4%だった"
[[claims]]
text = "契約金額は2億4214万3560円だった"
[[claims]]
text = "業者は横浜市の会社で、随意契約だった"
[[claims]]
text = "委託件数は1,120万件"
clue = "quantity"
[[claims]]
text = "社長は知らなかったと話した"
[[claims]]
text = "単価は1件14円90銭"
clue = "value"
says = "1件14円90銭"
[[claims]]
text = "書類の打ち込み"
clue = "title"
[[claims]]
text = "データの入力"
clue = "title"
says = "データ 入力"
"""


def claim(check: Check, says: str) -> ClaimFinding:
    return next(one for one in check.claims if says in one.says)


def test_claims_stand_beside_the_words_of_the_record_and_their_place(seed: CheckedCase) -> None:
    value = claim(seed.check, "約1億8000万円")
    assert value.outcome == "supported"
    assert value.printed is not None
    assert value.printed.words == "調達見込総額 182,547,000円"
    assert (value.printed.source.page, value.printed.source.row) == (1, 5)
    month = claim(seed.check, "昨年8月")
    assert month.printed is not None
    assert month.printed.words == "平成29年8月9日"
    assert (month.article, month.outcome) == ("a1", "supported")


def test_claims_typed_in_are_read_and_held(seed: CheckedCase) -> None:
    outcomes = {one.says: one.outcome for one in seed.check.claims}
    assert outcomes["75.4%"] == "supported"  # 75.39%, at the digits that the claim states
    assert outcomes["横浜市"] == "contradicted"
    assert outcomes["随意契約"] == "contradicted"
    assert outcomes["1件14円90銭"] == "supported"
    # 242,143,560 is the reserve price: an upper bound, never the price. What is printed as the total is another figure.
    assert claim(seed.check, "2億4214万3560円").outcome == "contradicted"
    assert claim(seed.check, "応札したのは3社").outcome == "not_found"
    assert claim(seed.check, "1,120万件").outcome == "not_found"
    assert claim(seed.check, "社長").outcome == "not_comparable"


def test_a_description_in_other_words_is_no_contradiction(seed: CheckedCase) -> None:
    other = claim(seed.check, "書類の打ち込み")
    assert other.outcome == "not_comparable"
    assert isinstance(other.note, Phrase)
    assert other.note.name == "claim_other_words"
    assert claim(seed.check, "データ 入力").outcome == "supported"


def test_the_rate_is_calculated_exactly_and_found_as_printed(seed: CheckedCase) -> None:
    rate = seed.check.arithmetic[0]
    assert rate.expression == "182,547,000 / 242,143,560"
    assert rate.result == "75.38792%"
    assert (rate.printed, rate.outcome) == ("75.39%", "agrees")
    assert [source.words for source in rate.sources] == ["調達見込総額 182,547,000円", "242,143,560", "75.39%"]
    alike = {one.expression for one in seed.check.arithmetic if one.result is None}
    assert "242,143,560 = 242,143,560" in alike  # the table and the gazette


def test_the_only_hit_is_refused_where_the_data_has_gaps(seed: CheckedCase) -> None:
    coverage = seed.check.coverage
    assert not coverage.only_hit
    assert coverage.reasons
    (gazette,) = coverage.lags
    assert gazette.kind == "gazette"
    assert gazette.shortest <= 54 <= gazette.longest


def test_a_notice_and_the_buyers_table_are_one_origin(seed: CheckedCase) -> None:
    first = seed.check.origins[0]
    assert len(first.members) == 2
    assert [origin.to_dict()["name"] for origin in seed.check.origins] == [
        "the buyer's own word: 日本年金機構",
        "a report",
    ]


def test_each_clue_is_dropped_once_and_all_weights_halved(seed: CheckedCase) -> None:
    names = [one.clue for one in seed.check.sensitivity]
    assert names == ["buyer", "month", "ward", "method", "title", "value", None]
    assert all(one.same_first for one in seed.check.sensitivity)
    halved = seed.check.sensitivity[-1]
    assert halved.probability < seed.found.candidates[0].probability


def test_dropping_a_clue_is_what_asking_without_it_gives(seed: CheckedCase, archive: Archive) -> None:
    for one in seed.check.sensitivity[:-1]:
        assert one.clue is not None
        asked = archive.identify(replace(seed.clues, **{one.clue: None}))
        assert asked.best is not None
        assert asked.verdict == one.verdict
        assert asked.best.probability == pytest.approx(one.probability, abs=1e-9)
        assert asked.none_probability == pytest.approx(one.none, abs=1e-9)


def test_what_would_tell_the_first_two_apart(archive: Archive, folder: Path) -> None:
    (folder / "vague.toml").write_text('[[clues]]\nname = "ward"\ntext = "豊島区"\n', encoding="utf-8")
    check = check_case(read_case(folder / "vague.toml"), archive).check
    assert not check.separation[0].asked
    assert check.separation[0].bits >= check.separation[1].bits
    assert {fact.clue for fact in check.separation} & {"title", "value", "month"}


def test_next_steps_name_papers_days_and_a_request(seed: CheckedCase) -> None:
    told = [step.to_dict("en") for step in seed.check.next_steps]
    assert "2017-08-01 to 2017-11-11" in told[0]["what"]  # 72 days after the end of August
    assert any("_all_2017.zip" in address for address in told[2]["where"])
    draft = next(step["draft"] for step in told if step["draft"])
    assert "日本年金機構　御中" in draft
    assert "独立行政法人等の保有する情報の公開に関する法律" in draft
    assert "扶養親族等申告書・個人番号申出書" in draft


def test_where_nothing_fits_no_award_is_checked_and_the_papers_are_named(archive: Archive, folder: Path) -> None:
    (folder / "none.toml").write_text(
        '[[clues]]\nname = "ward"\ntext = "那覇市"\n[[clues]]\nname = "month"\ntext = "2010-01"\n'
        '[[clues]]\nname = "title"\ntext = "潜水艦の建造"\n[[clues]]\nname = "buyer"\ntext = "防衛省"\n',
        encoding="utf-8",
    )
    check = check_case(read_case(folder / "none.toml"), archive).check
    assert check.subject is None
    assert {one.outcome for one in check.claims} == {"not_found"}
    assert check.arithmetic == ()
    assert check.robustness.name == "sensitivity_never"
    assert len(check.next_steps) >= 3
    assert "行政文書" in next(step.draft for step in check.next_steps if step.draft)


def test_the_same_case_gives_the_same_check(seed: CheckedCase, archive: Archive) -> None:
    again = check_case(seed.case, archive)
    assert again.check.to_dict() == seed.check.to_dict()


# The lock


def test_new_data_that_changes_the_answer_is_an_alert(tmp_path: Path) -> None:
    case = seed_case(tmp_path)
    first = run("check", case, "--data", SAMPLE / "portal", "--format", "json")
    assert first.exit_code == 0
    assert json.loads(first.stdout)["verdict"] == "not_found"
    lock = tmp_path / "CASE.lock"
    written = lock.read_bytes()
    same = run("check", case, "--data", SAMPLE / "portal", "--since", lock, "--format", "json")
    assert json.loads(same.stdout)["changes"] == {
        "since": lock.as_posix(), "answer_changed": False, "what": ["Nothing has changed."],
    }  # fmt: skip
    more = ("--data", SAMPLE / "portal", SAMPLE / "nenkin")
    later = run("check", case, *more, "--since", lock, "--format", "json")
    told = json.loads(later.stdout)["changes"]
    assert told["answer_changed"]
    assert any("株式会社SAY企画" in sentence for sentence in told["what"])
    assert "the answer has changed" in later.stderr
    assert lock.read_bytes() == written  # kept until it is wanted anew
    run("check", case, *more, "--update-lock")
    assert lock.read_bytes() != written


def test_a_broken_lock_is_named(tmp_path: Path) -> None:
    case = seed_case(tmp_path)
    (tmp_path / "cut.lock").write_text('{"schema"', encoding="utf-8")
    result = run("check", case, "--data", SAMPLE / "portal", "--since", tmp_path / "cut.lock")
    assert result.exit_code == 2
    assert "cut.lock: is no lock of a case" in result.stderr
    assert run("check", case, "--data", SAMPLE / "portal", "--since", tmp_path / "no.lock").exit_code == 1


@pytest.mark.parametrize("form", ["table", "json", "md"])
def test_each_form_prints_the_same_facts(tmp_path: Path, form: str) -> None:
    case = seed_case(tmp_path, "--data", SAMPLE / "nenkin")
    result = run("check", case, "--format", form, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    for fact in ("182,547,000 / 242,143,560", "75.38792%", "75.39%", "contracts-2017-08.pdf"):
        assert fact in result.stdout.replace("\n", "") or fact in result.stdout


# Small archives, with the one thing that is tested


def asked(tmp_path: Path, records: list[Award], clues: dict[str, str], more: str = "") -> Check:
    class Small(Archive):
        def __init__(self) -> None:
            super().__init__(Opened(stored(records)), ())

    text = "".join(f'[[clues]]\nname = "{name}"\ntext = "{words}"\n' for name, words in clues.items())
    (tmp_path / "CASE.toml").write_text(text + more, encoding="utf-8")
    return check_case(read_case(tmp_path / "CASE.toml"), Small()).check


def others(count: int, **more: Any) -> list[Award]:
    return [
        award(f"清掃業務{number}", supplier(f"株式会社架空{number}", "大阪府大阪市北区梅田1-1"), file="t.csv", line=number + 10,
              kind="contract_table", **more)
        for number in range(count)
    ]  # fmt: skip


SEED = {"ward": "豊島区", "month": "2017-08", "value": "約1億8000万円"}


def test_the_only_hit_is_stated_where_the_coverage_allows_it(tmp_path: Path) -> None:
    price = (total(182_547_000),)
    records = [award(amounts=price, file="t.csv", kind="contract_table"), *others(60, amounts=(total(5_000_000),))]
    coverage = asked(tmp_path, records, SEED).coverage
    assert coverage.only_hit
    assert coverage.reasons == ()
    assert "the only one" in coverage.statement.say("en")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"records": [award("別の業務", supplier("株式会社架空甲"), amounts=(total(181_000_000),), line=2)]}, "only_hit_several"),
        ({"records": [award("別の業務", supplier("株式会社架空甲", None), amounts=(total(181_000_000),), line=2)]},
         "only_hit_silent"),
        ({"clues": {"ward": "豊島区", "value": "約1億8000万円"}}, "only_hit_no_month"),
        ({"published": "2017-09-01"}, "only_hit_too_early"),
        ({"clues": {**SEED, "month": "2017-07..2017-08"}}, "only_hit_month_missing"),
    ],
)  # fmt: skip
def test_each_hole_refuses_the_only_hit_with_its_reason(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    first = award(amounts=(total(182_547_000),), published=change.get("published"), file="g.txt")
    records = [first, *others(60, amounts=(total(5_000_000),)), *change.get("records", [])]
    coverage = asked(tmp_path, records, change.get("clues", SEED)).coverage
    assert not coverage.only_hit
    assert reason in {one.name for one in coverage.reasons}


def test_two_articles_of_one_text_and_a_note_that_repeats_a_record_add_no_origin(tmp_path: Path) -> None:
    wire = (
        "厚生労働省によると、日本年金機構から委託を受けた東京・豊島区の会社が契約に反して再委託していたことが分かった。"
    )
    for name, text in (
        ("a", wire),
        ("b", "【速報】" + wire),
        ("c", "別の記者が独自に取材した、まったく別の文章である。"),
    ):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    more = "".join(f'[[articles]]\nid = "{name}"\nfile = "{name}.txt"\n' for name in "abc")
    notes = {
        "https://www.say-p.example/a": "プライバシーマーク取得",
        "https://say-p.example/b": "ISMS取得",
        "https://kokkai.example/1": "契約金額一億八千二百五十四万七千円",
        "https://blog.example/": "② 扶養親族等申告書",
    }
    more += "".join(
        f'[[corroboration]]\nurl = "{url}"\nquote = "{quote}"\nsupports = "業者名"\n' for url, quote in notes.items()
    )
    check = asked(tmp_path, [award(amounts=(total(182_547_000),)), *others(60)], SEED, more)
    names = [origin.to_dict("en") for origin in check.origins]
    assert [len(one["members"]) for one in names] == [1, 2, 1, 2, 1]
    assert [one["name"] for one in names][3:] == ["say-p.example", "kokkai.example"]


@pytest.mark.parametrize(
    ("tenderers", "outcome"),
    [((1,), "supported"), ((4,), "contradicted"), ((None,), "not_found"), ((1, 2), "not_comparable")],
)
def test_how_many_took_part_is_held_against_the_number_printed(
    tmp_path: Path, tenderers: tuple[int | None, ...], outcome: str
) -> None:
    records = [replace(award(file=f"{n}.csv"), tenderers=number) for n, number in enumerate(tenderers)]
    more = '[[claims]]\ntext = "応札は1社だけだった"\n'
    check = asked(tmp_path, [*records, *others(60)], {"ward": "豊島区", "month": "2017-08"}, more)
    (told,) = [one for one in check.claims if one.name == "bidders"]
    assert told.outcome == outcome
    assert told.found == (", ".join(map(str, tenderers)) if tenderers[0] else None)


def test_a_rate_that_belongs_to_other_figures_is_said(tmp_path: Path) -> None:
    amounts = (total(90_000_000), total(100_000_000, "reserve_price"))
    printed = award(amounts=amounts)
    quote = "② 件名 | 90,000,000円 | 100,000,000円 | 95.0%"
    odd = replace(printed, award_rate=0.95, source=replace(printed.source, quote=quote))
    clues = {"ward": "豊島区", "month": "2017-08", "value": "9000万円"}
    (rate, *_) = asked(tmp_path, [odd, *others(60)], clues).arithmetic
    assert (rate.result, rate.printed, rate.outcome) == ("90%", "95.0%", "differs")


def test_the_prices_of_several_winners_sum_up_to_the_total(tmp_path: Path) -> None:
    parts = (total(40_000_000, supplier=0), total(60_000_000, supplier=1), total(100_000_001))
    joint = award("工事", supplier(), supplier("株式会社架空乙"), amounts=parts)
    joint = replace(joint, source=replace(joint.source, quote="40,000,000円 60,000,000円 計100,000,001円"))
    check = asked(tmp_path, [joint, *others(60)], {"ward": "豊島区", "month": "2017-08", "title": "工事"})
    parts_sum = next(one for one in check.arithmetic if one.what.name == "sum_of_parts")
    assert parts_sum.equation == "40,000,000 + 60,000,000 = 100,000,000"
    assert (parts_sum.printed, parts_sum.outcome) == ("100,000,001", "differs")


def test_equal_names_stay_apart_until_number_or_address_decides(tmp_path: Path) -> None:
    namesake = award("別の業務", supplier("SAY企画株式会社", "大阪府大阪市北区梅田2-2"), file="t.csv", line=5)
    check = asked(tmp_path, [award(amounts=(total(182_547_000),)), namesake, *others(60)], SEED)
    (warning,) = [fact for fact in check.identity if fact.weight == "warning"]
    assert "大阪府大阪市北区梅田2-2" in warning.sentence.say("en")


def _subject(folder: Path, archive: Archive) -> Checked:
    case = read_case(folder / "CASE.toml")
    found = checked(case, archive.identify(question(case)), archive.awards_by_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("changed", "closed", "name"),
    [
        ("2015-10-05", "2023-04-10", "identity_closed_since"),
        ("2015-10-05", "2017-01-10", "identity_not_registered"),
        ("2015-10-05", None, "identity_not_closed"),
        ("2023-04-10", "2023-04-10", "identity_registered_later"),
    ],
)
def test_the_register_tells_the_state_on_the_day_of_the_award(
    folder: Path, archive: Archive, changed: str, closed: str | None, name: str
) -> None:
    seed_case(folder / name)
    entry = Registration(
        "4013301020174", "株式会社SAY企画", "セイキカク", "東京都豊島区東池袋1丁目48番10号", "13116",
        changed=day(changed), closed=day(closed),
    )  # fmt: skip
    subject = _subject(folder / name, archive)
    facts = check_identity(subject, archive.printings_of(subject.candidate.firm.name), Register([entry]))
    assert name in {fact.sentence.name for fact in facts}
