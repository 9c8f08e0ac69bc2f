"""The variations of a question, and what would tell its first two apart, are what scoring every record in full gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import award, stored, supplier, total
from casework.cases import SAMPLE
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome import api
from tsukitome.api import Archive
from tsukitome.archive.opening import Opened
from tsukitome.awards import Award
from tsukitome.casework.case_file import read_case
from tsukitome.casework.check import check_case
from tsukitome.casework.sensitivity import alternative_behind, facts_of, separations, variations_of
from tsukitome.checks import Variation
from tsukitome.clues.query import Clues
from tsukitome.findings import Candidate
from tsukitome.matching.prepared import Belief, Prepared
from tsukitome.matching.scoring import ScoredClue
from tsukitome.matching.weights import weights

SEED = Clues(ward="豊島区", month="2017-08", title="データ入力業務", value="約1億8000万円", method="一般競争入札")


class Slowly:
    """The same by the long way: all records loaded, every alternative scored."""

    def __init__(self, archive: Archive, clues: Clues) -> None:
        self.prepared = Prepared.of(archive.records, archive.coverage())
        self.clues = clues
        self.scored = self.prepared.score(clues, weights())

    def variations(self) -> dict[str | None, Belief]:
        kept = {name: {one: self.scored[one] for one in self.scored if one != name} for name in self.scored}
        found: dict[str | None, Belief] = {name: self._believe(others) for name, others in kept.items() if others}
        halved = {}
        for name, clue in self.scored.items():
            levels = {name: replace(level, bits=level.bits / 2) for name, level in clue.weighed.levels.items()}
            halved[name] = replace(clue, weighed=replace(clue.weighed, levels=levels))
        return {**found, None: self._believe(halved)}

    def _believe(self, scored: dict[str, ScoredClue]) -> Belief:
        return self.prepared.believe(scored, list(scored), weights())

    def names_of_first(self, belief: Belief) -> set[str]:
        """The likeliest firm as it is printed; several where several are as likely."""
        most = max(belief.firms.values())
        first = {firm for firm, each in belief.firms.items() if each == pytest.approx(most, rel=1e-9)}
        pairs = zip(self.prepared.firms, self.prepared.alternatives, strict=True)
        return {alternative.supplier.name for firm, alternative in pairs if firm in first}

    def gain(self, name: str, words: str, first: Candidate, second: Candidate) -> float:
        """The bits that a fact would add between two firms."""
        exact = self.prepared.score(Clues(**{name: words}), weights())[name]  # type: ignore[arg-type]
        one, other = self._place(first), self._place(second)
        asked = self.scored.get(name)
        already = asked.bits_of(one) - asked.bits_of(other) if asked else 0.0
        return round(exact.bits_of(one) - exact.bits_of(other) - already, 3)

    def _place(self, candidate: Candidate) -> int:
        ids = candidate.awards[0].award_ids
        found = [i for i, one in enumerate(self.prepared.alternatives) if one.award.award_ids == ids]
        named = [i for i in found if self.prepared.alternatives[i].supplier.name == candidate.firm.name]
        return (named or found)[0]


def assert_as_slowly(archive: Archive, clues: Clues) -> None:
    found, slowly = archive.identify(clues), Slowly(archive, clues)
    beliefs = slowly.variations()
    varied = list(variations_of(clues, found, archive))
    assert [one.clue for one in varied] == list(beliefs)
    for one in varied:
        assert_believed(one, beliefs[one.clue], slowly)
    if len(found.candidates) > 1:
        first, second = found.candidates[:2]
        told = {fact.clue: fact for fact in separations(first, second, clues, archive)}
        for name, words in facts_of(alternative_behind(first, archive)).items():
            gain = slowly.gain(name, words, first, second)
            assert (told[name].bits if name in told else None) == (gain if gain >= 0.5 else None)


def assert_believed(one: Variation, belief: Belief, slowly: Slowly) -> None:
    assert one.verdict == belief.verdict
    assert one.none == pytest.approx(belief.none, rel=1e-9)
    if one.first is not None:
        assert one.probability == pytest.approx(max(belief.firms.values()), rel=1e-9)
        assert one.first in slowly.names_of_first(belief)


@pytest.fixture(scope="module")
def sample() -> Archive:
    return Archive.open(SAMPLE)


@pytest.mark.parametrize("small", [0, api.SMALL])
def test_on_the_sample_data(sample: Archive, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SMALL", small)
    sample._state = None  # the archive is asked by an index, then without one
    assert_as_slowly(sample, SEED)
    assert_as_slowly(sample, Clues(ward="豊島区"))
    assert_as_slowly(sample, Clues(firm="SAY企画"))


@st.composite
def archives(draw: st.DrawFn) -> list[Award]:
    def record(line: int) -> Award:
        kinds = st.sampled_from(["データ入力業務一式", "データ入力業務その2", "庁舎清掃業務", "封筒の印刷"])
        places = st.sampled_from(["東京都豊島区東池袋1-48-10", "東京都豊島区要町3-3", "大阪府大阪市北区梅田3-4"])
        return award(
            draw(kinds),
            supplier(f"株式会社架空{draw(st.sampled_from('甲乙丙丁'))}", draw(places)),
            awarded=draw(st.sampled_from(["2017-08-09", "2017-09-20", None])),
            amounts=(total(draw(st.sampled_from([12_000_000, 175_000_000, 180_000_000]))),),
            line=line,
        )

    return [record(line) for line in range(draw(st.integers(2, 30)))]


@settings(max_examples=25)
@given(archives(), st.sampled_from([0, api.SMALL]))
def test_on_any_archive(records: list[Award], small: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "SMALL", small)
        assert_as_slowly(Archive(Opened(stored(records)), ()), SEED)


def test_a_check_loads_the_records_that_it_shows_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "SMALL", 0)
    others = [award(f"清掃業務{line}", supplier(f"株式会社架空{line}"), line=line) for line in range(2, 40)]
    (tmp_path / "CASE.toml").write_text(
        '[[clues]]\nname = "title"\ntext = "データ入力及び画像化業務"\n', encoding="utf-8"
    )
    store = stored([award(), *others])
    archive = Archive(Opened(store), ())
    archive.identify(SEED)  # the index is made
    monkeypatch.setattr(Archive, "records", property(lambda _: pytest.fail("every record is loaded")))
    assert set(check_case(read_case(tmp_path / "CASE.toml"), archive).records) < {
        one.award_id for one in [award(), *others]
    }
