"""The check of a case: every part of it, from one question asked of one archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tsukitome.api import Archive
from tsukitome.awards import Award
from tsukitome.case import Case
from tsukitome.casework.arithmetic import check_arithmetic
from tsukitome.casework.claims import check_claims
from tsukitome.casework.coverage_claims import check_coverage
from tsukitome.casework.identity import check_identity
from tsukitome.casework.independence import origins, statement
from tsukitome.casework.lock import changes, lock_of, read_lock
from tsukitome.casework.question import as_the_case_says, changes_of_articles, question, text_of
from tsukitome.casework.sensitivity import robustness, separations, variations_of
from tsukitome.casework.subject import Checked, checked
from tsukitome.casework.where_next import next_steps
from tsukitome.checks import Check
from tsukitome.clues.query import Clues
from tsukitome.clues.value import ValueReading
from tsukitome.errors import UnreadableError
from tsukitome.findings import Findings
from tsukitome.reporting.texts import changed
from tsukitome.wording import Phrase, phrase

TOP = 10  # candidates that a case shows


@dataclass(frozen=True)
class CheckedCase:
    """A case with its answer and its check; ``records`` are those of all candidates' awards, ``texts`` the articles' by id."""

    case: Case
    clues: Clues
    found: Findings
    check: Check
    texts: Mapping[str, str]
    records: Mapping[str, Award]


def check_case(case: Case, archive: Archive, *, since: Path | None = None) -> CheckedCase:
    """Asks the case's question and checks everything that its answer says; ``since`` is a lock to compare with.

    Raises CaseError and NoClueError as :func:`~tsukitome.casework.question.question` does, and UnreadableError or CaseError
    for a lock that can't be read.
    """
    before = read_lock(since) if since else None
    clues = question(case)
    found = archive.identify(clues, top=TOP)
    subject = checked(case, found, archive.awards_by_id)
    if subject is None and case.confirmed:  # a person's firm may stand further down
        everyone = archive.identify(clues, top=0)
        subject = checked(case, everyone, archive.awards_by_id)
    texts = _texts(case)
    check = _check(case, clues, found, subject, archive, texts)
    if before is not None:
        assert since is not None
        check = replace(check, changes=changes(before, lock_of(check, found), since.as_posix()))
    shown = {id for candidate in found.candidates for award in candidate.awards for id in award.award_ids}
    shown |= set(subject.finding.award_ids) if subject else set()
    records = archive.awards_by_id(shown)
    spelled = partial(as_the_case_says, case)
    return CheckedCase(case, clues, changed(found, spelled), changed(check, spelled), texts, changed(records, spelled))


def _check(
    case: Case, clues: Clues, found: Findings, subject: Checked | None, archive: Archive, texts: Mapping[str, str]
) -> Check:
    variations = tuple(variations_of(clues, found, archive))
    first_two = found.candidates[:2]
    separation = tuple(separations(*first_two, clues, archive)) if len(first_two) == 2 else ()
    speakers = origins(case, texts, subject)
    value = clues.asked["value"].reading if "value" in clues.asked else None
    return Check(
        case=Path(case.file).name,
        verdict=found.verdict,
        verdict_reason=found.verdict_reason,
        none_probability=found.none_probability,
        subject=subject.subject if subject else None,
        claims=check_claims(case, subject),
        coverage=check_coverage(clues, found, archive.publications()),
        origins=speakers,
        independence=statement(case, speakers, subject),
        sensitivity=variations,
        robustness=robustness(variations, found.verdict),
        separation=separation,
        first=found.best.firm.name if found.best else None,
        separated_from=first_two[1].firm.name if len(first_two) == 2 else None,
        arithmetic=check_arithmetic(subject, value if isinstance(value, ValueReading) else None) if subject else (),
        identity=(
            check_identity(subject, archive.printings_of(subject.candidate.firm.name), archive.register)
            if subject
            else ()
        ),
        next_steps=next_steps(clues, found),
        warnings=tuple(_warnings(case, found, subject)),
    )


def _texts(case: Case) -> dict[str, str]:
    texts = {}
    for article in case.articles:
        try:
            texts[article.id] = text_of(case, article)
        except UnreadableError:
            texts[article.id] = ""  # said among the warnings
    return texts


def _warnings(case: Case, found: Findings, subject: Checked | None) -> list[Phrase]:
    """What no longer holds of the case: its articles, its data, a confirmed firm that the answer does not show."""
    told = list(changes_of_articles(case))
    if case.data_sha256 and case.data_sha256 != found.replay.data_sha256:
        told.append(phrase("case_data_changed", before=case.data_sha256[:12], now=found.replay.data_sha256[:12]))
    confirmed = case.confirmed
    if confirmed and (subject is None or subject.subject.stage != "confirmed"):
        told.append(phrase("case_confirmed_not_found", firm=confirmed.firm))
    elif confirmed and subject and subject.subject.rank > 1:
        told.append(phrase("case_confirmed_not_first", firm=confirmed.firm, rank=subject.subject.rank))
    return told
