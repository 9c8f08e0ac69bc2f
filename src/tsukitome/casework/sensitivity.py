"""How much hangs on what: the ranking with each clue dropped and with all weights halved, and what would tell the first
two apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from tsukitome.api import Archive
from tsukitome.archive.merging import MergedAward
from tsukitome.checks import Separation, Variation
from tsukitome.clues.query import Clue, ClueName, Clues
from tsukitome.errors import ClueError
from tsukitome.findings import Candidate, Findings, Verdict
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.scoring import ScoredClue
from tsukitome.normalize.place import municipality_of
from tsukitome.wording import Phrase, phrase

_TOTALS = ("contract_price", "estimated_total", "paid_total")
_METHODS = {"open": "一般競争入札", "selective": "指名競争入札", "limited": "随意契約"}
_TELLING = 0.5  # bits below which a fact is not worth asking for


def variations_of(clues: Clues, found: Findings, archive: Archive) -> Iterator[Variation]:
    """Each clue dropped, where more than one was asked, and all weights halved; ``found`` is the answer to all of them."""
    if len(clues.asked) > 1:
        for name, clue in clues.asked.items():
            yield _variation(name, clue.quote, archive.identify_scaled(clues.without(name), 1.0), found)
    yield _variation(None, None, archive.identify_scaled(clues, 0.5), found)


def _variation(name: str | None, quote: str | None, varied: Findings, found: Findings) -> Variation:
    best = varied.best
    return Variation(
        clue=name,
        quote=quote,
        first=best.firm.name if best else None,
        probability=best.probability if best else 0.0,
        none=varied.none_probability,
        verdict=varied.verdict,
        # Where all firms have become negligible, no other one is first.
        same_first=best is None or (found.best is not None and _firm_of(best) == _firm_of(found.best)),
    )


def _firm_of(candidate: Candidate) -> object:
    """What a firm is known by in every answer of one archive, whichever of its awards come first there."""
    firm = candidate.firm
    return firm.corporate_number or (firm.name, frozenset(firm.addresses) or candidate.awards[0].award_ids)


def separations(first: Candidate, second: Candidate, clues: Clues, archive: Archive) -> Iterator[Separation]:
    """The facts in which the first two differ, the most telling first: each as if the news had said the first's."""
    one, other = alternative_behind(first, archive), alternative_behind(second, archive)
    told, facts = facts_of(one), facts_of(other)
    asked: dict[str, Clue] = {}
    for name, words in told.items():
        try:
            asked[name] = Clues(**{name: words}).asked[name]
        except ClueError:
            continue
    exact = archive.compare(asked, (one, other))
    already = archive.compare({name: clue for name, clue in clues.asked.items() if name in asked}, (one, other))
    found = []
    for name in told:
        gain = round(_apart(exact.get(name)) - _apart(already.get(name)), 3)
        if gain >= _TELLING:
            found.append(Separation(name, name in already, told[name], facts.get(name), gain))
    yield from sorted(found, key=lambda fact: (fact.asked, -fact.bits, fact.clue))


def _apart(scored: ScoredClue | None) -> float:
    """How many bits tell the first of two alternatives from the second."""
    return scored.bits_of(0) - scored.bits_of(1) if scored else 0.0


def alternative_behind(candidate: Candidate, archive: Archive) -> Alternative:
    """The alternative behind a candidate's likeliest award."""
    ids, name = candidate.awards[0].award_ids, candidate.firm.name
    records = archive.awards_by_id(ids)
    found = alternatives_of([MergedAward(tuple(records[id] for id in ids))])
    return next((one for one in found if one.supplier.name == name), found[0])


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
