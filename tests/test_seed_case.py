"""The case of March 2018 on the sample data: what must stand out, what must not, and every trap around it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tsukitome import Archive, Clues, Identification, read_clues
from tsukitome.awards import Award
from tsukitome.findings import Evidence

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"
SAY = "株式会社SAY企画"
TITLE = "扶養親族等申告書・個人番号申出書 データ入力及び画像化業務 一式"
ALL: dict[str, Any] = {"ward": "豊島区", "month": "2017-08", "title": TITLE, "value": "約1億8000万円"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return Archive.open(SAMPLE)


@pytest.fixture(scope="module")
def seed_records(archive: Archive) -> list[Award]:
    return [record for record in archive.records if record.suppliers[0].name == SAY]


def evidence(found: Identification, clue: str, rank: int = 1) -> Evidence:
    return next(piece for piece in found.candidates[rank - 1].evidence if piece.clue == clue)


def names(found: Identification) -> list[str]:
    return [candidate.firm.name for candidate in found.candidates]


class TestTheTwoRecords:
    def test_the_gazette_row_with_its_broken_letter_spacing(self, seed_records: list[Award]) -> None:
        (record,) = [record for record in seed_records if record.source.kind == "gazette"]
        assert record.title == TITLE.replace(" ", "")
        assert record.buyer == "日本年金機構"
        assert record.suppliers[0].address == "東京都豊島区東池袋1-48-10"
        assert record.suppliers[0].municipality_code == "13116"
        assert {kind: day and day.isoformat() for kind, day in record.dates} == {
            "award": "2017-08-09",
            "contract": None,
            "notice": "2017-06-29",
            "published": "2017-10-02",
        }
        assert {(amount.role, amount.yen) for amount in record.amounts} == {
            ("unit_price", 14.9),
            ("reserve_price", 242_143_560),
        }
        assert (record.procurement_method, record.procurement_method_details) == ("open", "一般")
        assert record.source.quote.startswith("② 扶 養 親 族 等")

    def test_the_row_of_the_agencys_table(self, seed_records: list[Award]) -> None:
        (record,) = [record for record in seed_records if record.source.kind == "contract_table"]
        assert record.title.replace(" ", "") == TITLE.replace(" ", "")
        assert record.buyer == "日本年金機構"
        assert record.dates.contract is not None
        assert record.dates.contract.isoformat() == "2017-08-09"
        assert {(amount.role, amount.yen) for amount in record.amounts} == {
            ("unit_price", 14.9),
            ("reserve_price", 242_143_560),
            ("estimated_total", 182_547_000),
        }
        assert record.award_rate == 0.7539

    def test_every_made_up_supplier_says_so(self, archive: Archive) -> None:
        for record in archive.records:
            for supplier in record.suppliers:
                assert supplier.name == SAY or "架空" in supplier.name or supplier.name.startswith("法人番号 "), record


class TestIdentifying:
    def test_place_and_month_fit_several_and_it_says_why(self, archive: Archive) -> None:
        found = archive.identify(Clues(ward="豊島区", month="2017-08"))
        assert SAY in names(found)
        assert len([c for c in found.candidates if c.probability > 0.05]) >= 4
        assert found.verdict != "identified"
        assert "title" in found.verdict_reason.say("en")

    def test_with_title_and_value_one_firm_stands_out(self, archive: Archive) -> None:
        found = archive.identify(Clues(**ALL))
        assert (found.verdict, names(found)[0]) == ("identified", SAY)
        value = evidence(found, "value")
        assert (value.outcome, value.found) == ("agree", "調達見込総額 182,547,000円")

    def test_it_is_one_award_with_two_sources_each_quoted(self, archive: Archive) -> None:
        found = archive.identify(Clues(**ALL))
        assert found.best
        (award,) = found.best.awards
        assert {source.kind for source in award.sources} == {"gazette", "contract_table"}
        assert len(award.award_ids) == 2
        assert all(source.quote and (source.page or source.line or source.row) for source in award.sources)

    def test_the_narrowing_is_the_argument_of_the_people_of_2018(self, archive: Archive) -> None:
        steps = archive.identify(Clues(**ALL)).narrowing
        assert [step.clue for step in steps] == [None, "month", "ward", "title", "value"]
        counts = [step.records for step in steps]
        assert counts[0] > counts[1] > counts[2] > counts[-1] == 1

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "年金 申告書 データ入力"},
            {"title": "扶養親族等申告書　ﾃﾞｰﾀ入力"},
            {"title": "扶養親族等申告書でーた入力及び画像化業務"},
            {"month": "2017-07"},
            {"month": "2017-09"},
            {"month": "平成29年8月9日"},
            {"ward": "東京都"},
            {"ward": "としまく"},
            {"value": "1億8254万7000円"},
            {"value": "見込み総額約1.8億円"},
        ],
    )
    def test_clues_that_are_blurred_still_lead_there(self, archive: Archive, changed: dict[str, str]) -> None:
        found = archive.identify(Clues(**ALL | changed))
        assert names(found)[0] == SAY
        assert found.verdict in ("identified", "shortlist")

    @pytest.mark.parametrize(
        ("changed", "clue"),
        [
            ({"ward": "東京都北区"}, "ward"),
            ({"month": "2017-01"}, "month"),
            ({"value": "約3000万円"}, "value"),
            ({"title": "平成28年分扶養親族等申告書の印刷"}, "title"),
        ],
    )
    def test_one_wrong_clue_is_named_and_loses_nothing(
        self, archive: Archive, changed: dict[str, str], clue: str
    ) -> None:
        found = archive.identify(Clues(**ALL | changed))
        assert SAY in names(found)[:2]
        assert evidence(found, clue, names(found).index(SAY) + 1).outcome in ("contradict", "near")
        assert found.verdict != "identified" or found.none_probability < 0.05

    def test_what_fits_nothing_offers_no_firm(self, archive: Archive) -> None:
        found = archive.identify(Clues(ward="那覇市", month="2017-08", title="潜水艦の建造", value="900億円"))
        assert found.verdict == "not_found"
        assert found.none_probability > 0.9


class TestTheTraps:
    def asked(self, archive: Archive, **clues: str) -> dict[str, Evidence]:
        """What each firm's likeliest award came to on the first clue asked."""
        found = archive.identify(Clues(**clues), top=0)
        return {candidate.firm.name: candidate.evidence[0] for candidate in found.candidates}

    def outcome(self, archive: Archive, title: str, **clues: str) -> dict[str, Evidence]:
        """The evidence on the award with this title."""
        found = archive.identify(Clues(**clues), top=0)
        for candidate in found.candidates:
            for award in candidate.awards:
                if award.title.startswith(title):
                    return {piece.clue: piece for piece in award.evidence}
        raise AssertionError(f"no award {title}")

    def test_neither_the_unit_price_nor_the_reserve_price_is_the_value(self, archive: Archive) -> None:
        for value in ("15円", "2億4214万円"):
            piece = self.outcome(archive, TITLE.replace(" ", "")[:18], value=value, ward="豊島区", month="2017-08-09")[
                "value"
            ]
            assert piece.outcome == "contradict"

    def test_a_value_that_fits_only_the_reserve_price_contradicts(self, archive: Archive) -> None:
        piece = self.outcome(archive, "年金相談受付票データ入力", value="約1億8000万円")["value"]
        assert (piece.outcome, piece.found) == ("contradict", "契約金額 131,760,000")

    @pytest.mark.parametrize(
        ("title", "address"),
        [("適用関係届書の画像データ化業務", "北区豊島"), ("年金証書再交付申請書データ入力業務", "横浜市中区池袋")],
    )
    def test_places_of_the_same_name_elsewhere_are_not_the_ward(
        self, archive: Archive, title: str, address: str
    ) -> None:
        piece = self.outcome(archive, title, ward="豊島区")["ward"]
        assert piece.outcome == "contradict"
        assert piece.found
        assert address in piece.found

    def test_an_award_of_june_published_in_august_is_not_of_august(self, archive: Archive) -> None:
        piece = self.outcome(archive, "社会保険料控除証明書", month="2017-08")["month"]
        assert piece.outcome == "contradict"

    def test_the_same_title_of_another_time_is_another_award(self, archive: Archive) -> None:
        found = archive.identify(Clues(title=TITLE), top=0)
        same = [
            award
            for candidate in found.candidates
            for award in candidate.awards
            if award.title.startswith("扶養親族等申告書・個人番号申出書データ入力")
        ]
        assert len(same) >= 2

    def test_a_value_in_thousands_of_yen(self, archive: Archive) -> None:
        piece = self.outcome(archive, "年金事務所端末設備移設支援業務", value="約1億8000万円")["value"]
        assert piece.outcome == "agree"

    def test_firms_with_names_that_sound_alike_are_never_one(self, archive: Archive) -> None:
        found = archive.identify(Clues(ward="豊島区", month="2017-08"), top=0)
        alike = {"株式会社セイ企画(架空)", "株式会社エスエーワイ企画(架空)", "株式会社星企画(架空)", SAY}
        assert alike <= set(names(found))

    def test_a_member_of_a_joint_venture_and_a_branch_have_a_place_too(self, archive: Archive) -> None:
        found = archive.identify(Clues(ward="豊島区", month="2017-08"), top=0)
        by_name = {candidate.firm.name: candidate for candidate in found.candidates}
        (venture,) = [name for name in by_name if "共同企業体" in name and by_name[name].evidence[1].outcome == "agree"]
        assert by_name[venture].awards[0].members
        (branch,) = [name for name in by_name if name.endswith("池袋支店")]
        note = by_name[branch].evidence[1].note
        assert note
        assert "池袋支店" in note.say("en")

    def test_two_winners_at_one_unit_price_are_two_alternatives_of_one_award(self, archive: Archive) -> None:
        (record,) = [r for r in archive.records if r.title.startswith("届書等文字情報の入力業務")]
        assert len([s for s in record.suppliers if s.role == "awarded"]) == 2
        found = archive.identify(Clues(title="届書等文字情報の入力業務（首都圏）"), top=2)
        assert found.candidates[0].awards[0].award_ids == found.candidates[1].awards[0].award_ids

    def test_the_unreadable_page_and_the_missing_month_are_stated(self, archive: Archive) -> None:
        gaps = [gap.say("en") for gap in archive.coverage().gaps]
        assert any("page 3" in gap for gap in gaps)
        assert any("日本年金機構" in gap and "2017-05" in gap for gap in gaps)
        assert "can't be made" in archive.coverage().statement.say("en")

    def test_no_official_is_named_anywhere(self, archive: Archive) -> None:
        """The made-up officials are called 架空　太郎 and the like; a supplier's own cell may print its representative."""
        for record in archive.records:
            assert not re.search(
                "架空[ 　](?:太郎|花子|一郎|次郎|三枝)", f"{record.buyer} {record.procurement_method_details}"
            )
            if "代表" not in record.source.quote:
                assert not re.search("架空[ 　](?:太郎|花子|一郎|次郎|三枝)", record.source.quote)


WORDINGS = sorted((Path(__file__).resolve().parent / "gold" / "seed_case").glob("*.txt"))


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda path: path.stem)
def test_the_news_alone_identifies_in_whatever_words(archive: Archive, wording: Path) -> None:
    found = archive.identify(read_clues(wording.read_text(encoding="utf-8"), "2018-03-19"))
    assert names(found)[0] == SAY
    assert found.verdict == "identified"
