"""The charts of an answer: how likely each firm is, which bits that comes of, and what each further clue leaves."""

from __future__ import annotations

from markupsafe import Markup

from tsukitome.findings import Candidate
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.charts import Bar, bars, waterfall
from tsukitome.reporting.report.view import View

_FIRMS = 8  # bars of firms, the likeliest first


def chances_chart(view: View) -> Markup:
    """The candidates' probabilities beside "none of these"."""
    found = view.dossier.found
    drawn = [
        Bar(
            visible(f"{one.rank} {one.firm.name}"),
            one.probability,
            percent(one.probability),
            "total" if one.rank == 1 else "plain",
        )
        for one in found.candidates[:_FIRMS]
    ]
    drawn.append(Bar(view.say("label_none_short"), found.none_probability, percent(found.none_probability), "near"))
    return bars(drawn, view.say("chart_chances"), _in_words(drawn))


def waterfall_chart(view: View, candidate: Candidate) -> Markup:
    """A candidate's bits, clue by clue."""
    award = candidate.awards[0]
    drawn = [
        Bar(f"{view.clue(piece.clue)} {visible(piece.asked or '')}", piece.bits, f"{piece.bits:+.1f}", piece.outcome)
        for piece in award.evidence
        if piece.outcome in ("agree", "near", "contradict")
    ]
    total = Bar(view.say("label_total_bits"), award.bits, f"{award.bits:+.1f}", "total")
    title = view.say("chart_waterfall", firm=visible(candidate.firm.name))
    return waterfall(drawn, total, title, _in_words([*drawn, total]))


def narrowing_chart(view: View) -> Markup:
    """How many awards each further clue leaves."""
    drawn = [
        Bar(view.step(step.clue, step.quote), step.records, f"{step.records:,}", "plain" if step.clue else "total")
        for step in view.dossier.found.narrowing
    ]
    return bars(drawn, view.say("chart_narrowing"), _in_words(drawn, " → "))


def _in_words(drawn: list[Bar], between: str = "; ") -> str:
    return between.join(f"{bar.name}: {bar.shown}" for bar in drawn)
