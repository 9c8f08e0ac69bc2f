"""What is checked: the firm that a person confirmed, else the first candidate, with the records of its likeliest award."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tsukitome.awards import Amount, Award, Supplier
from tsukitome.case import Case, Decision, Stage
from tsukitome.checks import Printed, Subject
from tsukitome.findings import AwardFinding, Candidate, Findings
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.printed import span_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A subject with what it stands on: the candidate, its award, and the award's records."""

    subject: Subject
    candidate: Candidate
    finding: AwardFinding
    records: tuple[Award, ...]

    def suppliers(self) -> list[tuple[Award, Supplier]]:
        """The firm as each record prints it; where no name is the firm's own, every firm that was awarded it."""
        names = {core_key(name) for name in (self.candidate.firm.name, *self.candidate.firm.names_seen)}
        awarded = [(record, one) for record in self.records for one in record.suppliers if one.role == "awarded"]
        return [(record, one) for record, one in awarded if core_key(one.name) in names] or awarded

    def amounts(self) -> list[tuple[Award, Amount]]:
        """The amounts that concern the firm, with the record that prints each."""
        own = {(record.award_id, record.suppliers.index(one)) for record, one in self.suppliers()}
        return [
            (record, amount)
            for record in self.records
            for amount in record.amounts
            if amount.supplier is None or (record.award_id, amount.supplier) in own
        ]


def checked(
    case: Case, found: Findings, awards_by_id: Callable[[Iterable[str]], Mapping[str, Award]]
) -> Checked | None:
    """What is to be checked; None where no candidate is listed, and where the answer offers none and nobody confirmed one.

    ``awards_by_id`` reads the records of its award.
    """
    decision = case.confirmed
    candidate = _decided(decision, found.candidates) if decision else None
    if candidate is None and found.verdict != "not_found":
        candidate = found.best
    if candidate is None:
        return None
    wanted = set(decision.awards) if decision else set()
    finding = next((one for one in candidate.awards if wanted & set(one.award_ids)), candidate.awards[0])
    stages = [one.stage for one in case.decisions if _is(one, candidate)]
    return checked_candidate(candidate, finding, awards_by_id(finding.award_ids), stages[-1] if stages else None)


def checked_candidate(
    candidate: Candidate, finding: AwardFinding, records: Mapping[str, Award], stage: Stage | None = None
) -> Checked:
    """A candidate and one of its awards as a subject; ``records`` are by award_id."""
    subject = Subject(
        firm=candidate.firm.name,
        corporate_number=candidate.firm.corporate_number,
        rank=candidate.rank,
        probability=candidate.probability,
        award_ids=finding.award_ids,
        title=finding.title,
        buyer=finding.buyer,
        stage=stage,
    )
    return Checked(subject, candidate, finding, tuple(records[id] for id in finding.award_ids if id in records))


def _decided(decision: Decision, candidates: Sequence[Candidate]) -> Candidate | None:
    return next((candidate for candidate in candidates if _is(decision, candidate)), None)


def _is(decision: Decision, candidate: Candidate) -> bool:
    """Whether a decision is on a candidate: by number where both have one, else by award, else by name."""
    firm = candidate.firm
    if decision.corporate_number and firm.corporate_number:
        return decision.corporate_number == firm.corporate_number
    awards = {award_id for award in candidate.awards for award_id in award.award_ids}
    names = {core_key(name) for name in (firm.name, *firm.names_seen)}
    return core_key(decision.firm) in names and (not decision.awards or bool(awards & set(decision.awards)))


def where_printed(words: Sequence[str], records: Sequence[Award]) -> Printed | None:
    """The first record whose quotation holds one of ``words``, the first of them first; None where none does."""
    for one in words:
        for record in records:
            if one and (span := span_of(one, record.source.quote)):
                return Printed(record.source, *span)
    return None


def printed_amount(record: Award, amount: Amount) -> Printed:
    """Where a record prints an amount."""
    return where_printed([amount.quote, f"{amount.yen:,}", f"{amount.yen}"], [record]) or Printed(record.source)
