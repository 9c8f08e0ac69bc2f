"""The report's tables as rows of plain values: sheets of a workbook, and one flat table as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tsukitome.language import Language
from tsukitome.reporting.check import outcome_name
from tsukitome.reporting.frame import csv_table
from tsukitome.reporting.report.calendar import calendar
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.view import View
from tsukitome.wording import said

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name, in the reader's language: ``columns`` and rows of as many values."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


EVIDENCE_COLUMNS = (
    "rank", "probability", "firm", "corporate_number", "address", "title", "buyer", "clue", "asked", "found", "note",
    "outcome", "bits", "source", "file", "place", "sha256", "quote",
)  # fmt: skip


def evidence_csv(dossier: Dossier, language: Language) -> str:
    """One line a piece of evidence of every candidate's likeliest award, with the record that prints it; safe to open."""
    rows = [dict(zip(EVIDENCE_COLUMNS, row, strict=True)) for row in _evidence(View(dossier, language))]
    return csv_table(EVIDENCE_COLUMNS, rows)


def _evidence(view: View) -> Iterator[tuple[Value, ...]]:
    for candidate in view.dossier.found.candidates:
        award = candidate.awards[0]
        for piece in award.evidence:
            printed = view.quotation(candidate, piece)
            source = printed.source if printed else award.sources[0]
            yield (
                candidate.rank, candidate.probability, candidate.firm.name, candidate.firm.corporate_number,
                candidate.firm.addresses[0] if candidate.firm.addresses else None, award.title, award.buyer,
                piece.clue, piece.asked, piece.found_in(view.language),
                piece.note.say(view.language) if piece.note else None, piece.outcome, piece.bits,
                view.reference(source), source.file, source.place, source.sha256, source.quote,
            )  # fmt: skip


def sheets(dossier: Dossier, language: Language) -> Iterator[Sheet]:
    """Every table of the report."""
    view = View(dossier, language)
    yield _sheet(view, "section_summary", ("label_step", "label_found"), _summary(view))
    yield _sheet(
        view, "section_candidates",
        ("label_rank", "label_probability_full", "label_firm", "label_number", "label_address", "label_award",
         "label_buyer", "label_bits", "label_source"),
        _candidates(view),
    )  # fmt: skip
    yield _sheet(
        view, "check_claims",
        ("label_clue", "label_claim", "label_article", "label_outcome", "label_found", "label_note", "label_quoted",
         "label_source", "label_rating"),
        _claims(view),
    )  # fmt: skip
    names = ("label_rank", "label_probability_full", "label_firm", "label_number", "label_address", "clue_title",
             "label_buyer", "label_clue", "label_asked", "label_found", "label_note", "label_outcome", "label_bits",
             "label_source", "label_sources_file", "label_where", "label_sources_sha256", "label_record")  # fmt: skip
    yield _sheet(view, "section_evidence", names, _evidence(view))
    yield _sheet(
        view, "section_sources",
        ("label_source", "label_sources_kind", "label_sources_file", "label_where", "label_sources_sha256", "label_record"),
        ((view.reference(one["source"]), view.say(f"kind_{one['source'].kind}"), one["source"].file,
          view.place(one["source"]), one["source"].sha256, one["source"].quote) for one in view.sources()),
    )  # fmt: skip
    yield _sheet(
        view, "section_checks", ("section_checks", "label_step", "label_found", "label_outcome"), _checks(view)
    )
    yield _sheet(
        view, "check_coverage", ("label_sources_series", "label_year", *(f"month_{month}" for month in range(1, 13))),
        ((row["name"], row["year"],
          *(month["records"] or (view.say("calendar_missing") if month["missing"] else None) for month in row["months"]))
         for row in calendar(view)["rows"]),
    )  # fmt: skip
    yield _sheet(
        view, "section_replies",
        ("label_state", "label_who", "label_firm", "label_channel", "label_sent", "label_deadline", "label_answer"),
        ((one["state"], one["who"], one["name"], one["channel"], one["sent"], one["deadline"], one["answer"])
         for one in view.replies()),
    )  # fmt: skip
    yield _sheet(
        view, "section_corroboration", ("label_claim", "label_record", "label_where", "label_day"),
        ((one.supports, one.quote, one.url, view.day(one.seen)) for one in dossier.case.corroboration),
    )  # fmt: skip
    yield _sheet(
        view, "section_replay", ("label_step", "label_found"),
        (("tsukitome", dossier.found.replay.version), (view.say("label_weights"), dossier.found.replay.weights),
         (view.say("label_data_hash"), dossier.found.replay.data_sha256),
         (view.say("label_case_hash"), dossier.case_sha256), ("$", dossier.command), ("$", dossier.found.replay.command)),
    )  # fmt: skip


def _sheet(view: View, name: str, columns: tuple[str, ...], rows: Any) -> Sheet:
    shown = [column.removeprefix("month_") if column.startswith("month_") else view.label(column) for column in columns]
    return Sheet(view.label(name), tuple(shown), tuple(tuple(row) for row in rows))


def _summary(view: View) -> Iterator[tuple[Value, ...]]:
    check = view.dossier.check
    yield view.say(f"verdict_word_{check.verdict}"), check.verdict_reason.say(view.language)
    if check.subject:
        yield view.say("label_firm"), check.subject.firm
        yield view.say("label_award"), check.subject.title
        yield view.say("label_stage"), view.say(f"stage_{check.subject.stage or 'none'}")
    yield view.say("label_none"), check.none_probability
    for caveat in view.caveats():
        yield view.say("section_caveats"), caveat
    yield "", view.say("lead_only")


def _candidates(view: View) -> Iterator[tuple[Value, ...]]:
    found = view.dossier.found
    for one in found.candidates:
        award = one.awards[0]
        places = " / ".join(f"{source.file}, {view.place(source)}" for source in award.sources)
        yield (
            one.rank, one.probability, one.firm.name, one.firm.corporate_number,
            one.firm.addresses[0] if one.firm.addresses else None, award.title, award.buyer, award.bits, places,
        )  # fmt: skip
    yield None, found.none_probability, view.say("label_none"), None, None, None, None, None, None
    yield None, found.rest_probability, view.say("label_rest"), None, None, None, None, None, None


def _claims(view: View) -> Iterator[tuple[Value, ...]]:
    for claim in view.dossier.check.claims:
        printed = claim.printed
        yield (
            view.clue(claim.name), claim.text, claim.article, view.say(outcome_name(claim)),
            claim.found_in(view.language), claim.note.say(view.language) if claim.note else None,
            printed.words if printed else None,
            f"{view.reference(printed.source)} {printed.source.file}, {view.place(printed.source)}" if printed else None,
            claim.rating,
        )  # fmt: skip


def _checks(view: View) -> Iterator[tuple[Value, ...]]:
    check, language = view.dossier.check, view.language
    for warning in check.warnings:
        yield view.say("label_warning"), None, warning.say(language), None
    for change in check.changes.what if check.changes else ():
        yield view.say("check_changes"), None, change.say(language), None
    yield view.say("check_coverage"), None, check.coverage.statement.say(language), None
    for reason in check.coverage.reasons:
        yield view.say("check_coverage"), None, reason.say(language), None
    for origin in check.origins:
        members = " / ".join(said(member, language) for member in origin.members)
        yield view.say("check_independence"), said(origin.name, language), members, None
    for one in check.sensitivity:
        yield view.say("check_sensitivity"), view.variation(one), one.first, one.probability
    for fact in check.separation:
        yield view.say("check_separation"), view.clue(fact.clue), f"{fact.first} / {fact.second or '–'}", fact.bits
    for calculation in check.arithmetic:
        yield (
            view.say("check_arithmetic"), calculation.what.say(language), calculation.equation,
            view.say(f"sum_{calculation.outcome}"),
        )  # fmt: skip
    for identity in check.identity:
        yield view.say("check_identity"), None, identity.sentence.say(language), view.say(f"identity_{identity.weight}")
    for step in check.next_steps:
        yield view.say("check_next"), None, step.what.say(language), step.settles.say(language)
