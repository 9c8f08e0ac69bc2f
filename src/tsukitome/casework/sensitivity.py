"""How much hangs on what: the ranking with each clue dropped and with all weights halved, and what would tell the first
two apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tsukitome.checks import Separation, Variation
from tsukitome.clues.query import ClueName, Clues
from tsukitome.errors import ClueError
from tsukitome.findings import Candidate, Verdict
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.prepared import Belief, Prepared
from tsukitome.matching.scoring import ScoredClue
from tsukitome.matching.weights import Weights
from tsukitome.normalize.place import municipality_of
from tsukitome.wording import Phrase, phrase

_TOTALS = ("contract_price", "estimated_total", "paid_total")
_METHODS = {"open": "一般競争入札", "selective": "指名競争入札", "limited": "随意契約"}
_TELLING = 0.5  # bits below which a fact is not worth asking for


@dataclass(frozen=True)
class Sensitivity:
    """An archive made ready, and a question scored on it once, asked again in variations."""

    prepared: Prepared
    scored: Mapping[str, ScoredClue]
    table: Weights

    @classmethod
    def of(cls, prepared: Prepared, clues: Clues, table: Weights) -> Sensitivity:
        """Scores the question."""
        return cls(prepared, prepared.score(clues, table), table)

    def variations(self) -> Iterator[Variation]:
        """Each clue dropped, where more than one was asked, and all weights halved."""
        first = _first(self._believe(self.scored))
        for name, clue in self.scored.items():
            kept = {other: scored for other, scored in self.scored.items() if other != name}
            if kept:
                yield self._variation(name, clue.clue.quote, self._believe(kept), first)
        halved = {name: _halved(clue) for name, clue in self.scored.items()}
        yield self._variation(None, None, self._believe(halved), first)

    def _believe(self, scored: Mapping[str, ScoredClue]) -> Belief:
        return self.prepared.believe(scored, list(scored), self.table)

    def _variation(self, name: str | None, quote: str | None, belief: Belief, first: int | None) -> Variation:
        firm = _first(belief)
        return Variation(
            clue=name,
            quote=quote,
            first=self._name(firm) if firm is not None else None,
            probability=belief.firms[firm] if firm is not None else 0.0,
            none=belief.none,
            verdict=belief.verdict,
            same_first=firm == first,
        )

    def _name(self, firm: int) -> str:
        return self.prepared.alternatives[self.prepared.firms.index(firm)].supplier.name

    def separations(self, first: Candidate, second: Candidate, clues: Clues) -> Iterator[Separation]:
        """The facts in which the first two differ, the most telling first: each as if the news had said the first's."""
        one, other = self._index(first), self._index(second)
        if one is None or other is None:
            return
        found = []
        for name, told in facts_of(self.prepared.alternatives[one]).items():
            try:
                exact = self.prepared.score(Clues(**{name: told}), self.table)[name]
            except ClueError:
                continue
            already = self.scored[name].bits_of(one) - self.scored[name].bits_of(other) if name in self.scored else 0.0
            gain = round(exact.bits_of(one) - exact.bits_of(other) - already, 3)
            if gain >= _TELLING:
                facts = facts_of(self.prepared.alternatives[other])
                found.append(Separation(name, name in clues.asked, told, facts.get(name), gain))
        yield from sorted(found, key=lambda fact: (fact.asked, -fact.bits, fact.clue))

    def _index(self, candidate: Candidate) -> int | None:
        """The alternative behind a candidate's likeliest award."""
        ids, name = candidate.awards[0].award_ids, candidate.firm.name
        found = [i for i, one in enumerate(self.prepared.alternatives) if one.award.award_ids == ids]
        return next((i for i in found if self.prepared.alternatives[i].supplier.name == name), next(iter(found), None))


def robustness(variations: tuple[Variation, ...], verdict: Verdict) -> Phrase:
    """What the variations come to, in one sentence; ``verdict`` is that of the whole question."""
    if verdict == "not_found":
        offered = [one for one in variations if one.verdict != "not_found"]
        names = [phrase("sensitivity_halved") if one.clue is None else phrase(f"clue_{one.clue}") for one in offered]
        return phrase("sensitivity_offered", clues=names) if offered else phrase("sensitivity_never")
    other = [one for one in variations if not one.same_first]
    lost = [one for one in variations if one.same_first and one.verdict == "not_found"]
    if other:
        names = [phrase("sensitivity_halved") if one.clue is None else phrase(f"clue_{one.clue}") for one in other]
        return phrase("sensitivity_other_first", clues=names)
    if lost:
        names = [phrase("sensitivity_halved") if one.clue is None else phrase(f"clue_{one.clue}") for one in lost]
        return phrase("sensitivity_not_found", clues=names)
    return phrase("sensitivity_same")


def facts_of(alternative: Alternative) -> dict[ClueName, str]:
    """What a record prints, in words that a question takes."""
    award, facts = alternative.award, {}
    facts["title"] = award.title
    if award.buyer:
        facts["buyer"] = award.buyer
    day = next((days[0] for kind in ("award", "contract") if (days := award.dates.get(kind))), None)
    if day:
        facts["month"] = day.isoformat()
    place = municipality_of(alternative.supplier.address, day) if alternative.supplier.address else None
    if place:
        facts["ward"] = place.full_name
    total = next((amount for role in _TOTALS for amount in alternative.amounts if amount.role == role), None)
    if total and total.yen:
        facts["value"] = f"{total.yen:,}円"
    method = next((r.procurement_method for r in award.records if r.procurement_method), None)
    if method:
        facts["method"] = _METHODS[method]
    return facts  # type: ignore[return-value]


def _halved(clue: ScoredClue) -> ScoredClue:
    bits = {level: weight / 2 for level, weight in clue.weighed.bits.items()}
    return replace(clue, weighed=replace(clue.weighed, bits=bits))


def _first(belief: Belief) -> int | None:
    """The likeliest firm; of equals the one that was read first."""
    return min(belief.firms, key=lambda firm: (-round(belief.firms[firm], 12), firm), default=None)
