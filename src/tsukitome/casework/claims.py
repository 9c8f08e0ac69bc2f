"""Claims held against the record: supported, contradicted, not comparable, or not found; never more than the record prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Award
from tsukitome.case import Case, Claim
from tsukitome.casework.quantities import Quantity, quantities_in, stated_quantity
from tsukitome.casework.question import day_of
from tsukitome.casework.quotations import printed_fact
from tsukitome.casework.subject import Checked, where_printed
from tsukitome.checks import ClaimFinding, ClaimOutcome, Printed
from tsukitome.clues.article import read_article
from tsukitome.clues.article.methods import BiddersReading
from tsukitome.clues.query import CLUE_NAMES, Clues
from tsukitome.errors import ClueError
from tsukitome.findings import Evidence
from tsukitome.matching.alternatives import alternatives_of
from tsukitome.matching.compare.title import WHOLE_FROM
from tsukitome.matching.scoring import score
from tsukitome.matching.weights import weights
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.text import fold
from tsukitome.normalize.title import title_key
from tsukitome.wording import phrase

_OUTCOMES: Mapping[str, ClaimOutcome] = {"agree": "supported", "near": "supported", "contradict": "contradicted"}
# What is printed, but is not the same kind of fact: neither a match nor a contradiction.
_NOT_COMPARABLE = {"value_unit_price_only", "value_other_role_only", "place_unresolved"}
_RATE = re.compile(r"(?:落札率|落札価格率|予定価格の|予定価格に対し).{0,12}?(?P<rate>[0-9]+(?:\.[0-9]+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in a claim: its kind, the words that state it, the claim it stands in, and the day by which it is read."""

    name: str | None
    says: str
    claim: Claim
    day: dt.date | None


def check_claims(case: Case, checked: Checked | None) -> tuple[ClaimFinding, ...]:
    """Every clue of the case and every further claim, each held against the award that is checked."""
    asked = {clue.text: clue.name for clue in case.clues if clue.use}
    found = []
    for fact in _facts(case):
        if checked is None:
            found.append(_finding(fact, "not_found", note=phrase("claim_no_award")))
            continue
        evidence = _asked_before(fact, checked) if asked.get(fact.says) == fact.name else None
        found.append(_held(fact, checked, evidence))
    return tuple(found)


def _facts(case: Case) -> Iterator[Fact]:
    for clue in case.clues:
        claim = Claim(clue.quote or clue.text, clue.name, clue.text, clue.article, clue.start, clue.end)
        yield Fact(clue.name, clue.text, claim, day_of(case))
    for claim in case.claims:
        if claim.clue is not None:
            yield Fact(claim.clue, claim.says or claim.text, claim, _day_of(claim, case))
        else:
            yield from _facts_in(claim, case)


def _facts_in(claim: Claim, case: Case) -> Iterator[Fact]:
    """The facts that the program reads in a sentence typed in; one of no kind where it reads none."""
    day = _day_of(claim, case)
    facts = [Fact(clue.name, clue.quote, claim, day) for clue in read_article(claim.text, day)]
    if rate := _RATE.search(fold(claim.text)):
        facts.append(Fact("award_rate", f"{rate['rate']}%", claim, day))
    yield from facts or [Fact(None, claim.text, claim, day)]


def _day_of(claim: Claim, case: Case) -> dt.date | None:
    article = case.article(claim.article)
    return (article.date if article else None) or day_of(case)


def _asked_before(fact: Fact, checked: Checked) -> Evidence | None:
    """The evidence that the answer itself holds for a clue that was asked."""
    return next(
        (piece for piece in checked.finding.evidence if piece.clue == fact.name and piece.outcome != "clue_silent"),
        None,
    )


def _held(fact: Fact, checked: Checked, evidence: Evidence | None) -> ClaimFinding:
    if fact.name is None:
        return _finding(fact, "not_comparable", note=phrase("claim_not_read"))
    if fact.name == "quantity":
        return _quantity_held(fact, checked)
    if fact.name == "bidders":
        return _bidders(fact, checked)
    if fact.name == "award_rate":
        return _rate(fact, checked)
    try:
        evidence = evidence or _evidence(fact, checked)
    except ClueError as error:
        return _finding(fact, "not_comparable", note=phrase("claim_not_understood", reason=error.reason))
    if evidence.outcome == "record_silent":
        silent = evidence.note is not None and evidence.note.name in _NOT_COMPARABLE
        return _finding(
            fact,
            "not_comparable" if silent else "not_found",
            evidence=evidence,
            printed=printed_fact(evidence, checked),
        )
    outcome = _OUTCOMES[evidence.outcome]
    if outcome == "contradicted" and _in_other_words(fact, evidence):
        evidence, outcome = replace(evidence, note=phrase("claim_other_words")), "not_comparable"
    return _finding(fact, outcome, evidence=evidence, printed=printed_fact(evidence, checked))


def _in_other_words(fact: Fact, evidence: Evidence) -> bool:
    """Whether a few words describe the work otherwise than the title: other letters alone contradict nothing, numbers do."""
    described = fact.name == "title" and len(title_key(fact.says).text) < WHOLE_FROM
    return described and evidence.note is not None and evidence.note.name == "title_similarity"


def _evidence(fact: Fact, checked: Checked) -> Evidence:
    """A clue that was not asked, held against this award alone."""
    assert fact.name in CLUE_NAMES
    clue = Clues(**{fact.name: fact.says, "article_date": fact.day}).asked[fact.name]  # type: ignore[arg-type]
    alternatives = alternatives_of([MergedAward(checked.records)])
    names = {core_key(name) for name in (checked.candidate.firm.name, *checked.candidate.firm.names_seen)}
    index = next((i for i, one in enumerate(alternatives) if core_key(one.supplier.name) in names), 0)
    scored = score(clue, alternatives, weights())
    return scored.weighed.evidence(scored.comparisons[index])


def _finding(
    fact: Fact,
    outcome: ClaimOutcome,
    *,
    evidence: Evidence | None = None,
    found: str | None = None,
    note: object = None,
    printed: Printed | None = None,
) -> ClaimFinding:
    claim = fact.claim
    return ClaimFinding(
        name=fact.name,
        text=claim.text,
        says=fact.says,
        outcome=outcome,
        near=evidence is not None and evidence.outcome == "near",
        found=evidence.found if evidence else found,
        note=evidence.note if evidence else note,  # type: ignore[arg-type]
        printed=printed,
        article=claim.article,
        start=claim.start,
        end=claim.end,
        rating=claim.rating,
        rated_by=claim.rated_by,
    )


def _quantity_held(fact: Fact, checked: Checked) -> ClaimFinding:
    """A number of people or items, held against those that the titles and quotations print in the same unit."""
    stated = stated_quantity(fact.says)
    if stated is None:
        return _finding(fact, "not_comparable", note=phrase("claim_not_read"))
    others: list[tuple[Quantity, Award]] = []
    for record in checked.records:
        for quantity in quantities_in(f"{record.title} {record.source.quote}"):
            printed = where_printed([quantity.text], [record]) or Printed(record.source)
            if quantity.unit == stated.unit:
                outcome: ClaimOutcome = "supported" if stated.holds(quantity.number) else "contradicted"
                return _finding(fact, outcome, found=quantity.text, printed=printed)
            others.append((quantity, record))
    if not others:
        return _finding(fact, "not_found", note=phrase("claim_no_quantity"))
    other, record = others[0]
    printed = where_printed([other.text], [record]) or Printed(record.source)
    note = phrase("claim_other_unit", unit=stated.unit)
    return _finding(fact, "not_comparable", found=other.text, note=note, printed=printed)


def _bidders(fact: Fact, checked: Checked) -> ClaimFinding:
    """How many took part, by the first record that prints it or lists the bidders; records that disagree decide nothing."""
    reading = next((clue.reading for clue in read_article(fact.says) if isinstance(clue.reading, BiddersReading)), None)
    digits = re.search(r"[0-9]+", fold(fact.says))
    stated = reading.number if reading else int(digits.group()) if digits else None
    if stated is None:
        return _finding(fact, "not_comparable", note=phrase("claim_not_read"))
    telling = [record for record in checked.records if record.took_part is not None]
    if not telling:
        return _finding(fact, "not_found", note=phrase("claim_no_bidders"))
    told = MergedAward(checked.records).tenderers
    found, printed = ", ".join(map(str, told)), Printed(telling[0].source)
    if len(told) > 1 and stated in told:
        return _finding(fact, "not_comparable", found=found, note=phrase("claim_bidders_differ"), printed=printed)
    return _finding(fact, "supported" if stated in told else "contradicted", found=found, printed=printed)


def _rate(fact: Fact, checked: Checked) -> ClaimFinding:
    """An award rate, compared at the digits that the claim states."""
    match = re.search(r"[0-9]+(?:\.[0-9]+)?", fold(fact.says))
    if match is None:
        return _finding(fact, "not_comparable", note=phrase("claim_not_read"))
    stated = Decimal(match.group())
    for record in checked.records:
        if record.award_rate is not None:
            rate = Decimal(str(record.award_rate)) * 100
            same = abs(rate - stated) < Decimal(1).scaleb(stated.as_tuple().exponent)  # type: ignore[arg-type]
            shown = f"{rate.normalize():f}%"
            printed = where_printed([shown, f"{record.award_rate}"], [record]) or Printed(record.source)
            return _finding(fact, "supported" if same else "contradicted", found=shown, printed=printed)
    return _finding(fact, "not_found", note=phrase("claim_no_rate"))
