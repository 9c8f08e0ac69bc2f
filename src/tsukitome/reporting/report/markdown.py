"""A check and a report as Markdown: for a pull request, a wiki or a chat. Markup in what is quoted is literal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from tsukitome.checks import Check, Printed
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.reporting.check import outcome_name
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.view import View
from tsukitome.reporting.shown import place_of
from tsukitome.wording import phrase, said

_MARKUP = re.compile(r"([\\`*_{}\[\]|~])|^([-+#=]|[0-9]+(?=[.)](?:\s|$)))")


def literal(text: str) -> str:
    """A text in which nothing is markup: Markdown's characters escaped, ``<``, ``>`` and ``&`` as entities."""
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(_escaped, shown).replace("://", "&#58;//").replace("www.", "www&#46;").replace("@", "&#64;")


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    return found + "\\" if found[0].isdigit() else "\\" + found


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; its cells are Markdown already."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return [*lines, *("| " + " | ".join(cell or " " for cell in row) + " |" for row in rows), ""]


class MarkdownCheck:
    """The sections of a check as lines of Markdown."""

    def __init__(self, check: Check, language: Language) -> None:
        self.check = check
        self.language = language

    def say(self, name: str, **facts: Any) -> str:
        return literal(phrase(name, **facts).say(self.language))

    def place(self, printed: Printed) -> str:
        """A source, its place and the words that count: ``a.pdf, page 1, row 5 「182,547,000円」``."""
        words = f" 「{literal(printed.words)}」" if printed.words else ""
        return f"{literal(printed.source.file)}, {literal(place_of(printed.source, self.language))}{words}"

    def lines(self) -> list[str]:
        """Every section, from what has changed to where to look next."""
        parts: list[str] = []
        for heading, body in (
            ("check_changes", self._changes()),
            ("check_claims", self._claims()),
            ("check_coverage", self._coverage()),
            ("check_independence", self._independence()),
            ("check_sensitivity", self._sensitivity()),
            ("check_separation", self._separation()),
            ("check_arithmetic", self._arithmetic()),
            ("check_identity", self._identity()),
            ("check_next", self._next()),
        ):
            if body:
                parts += [f"## {self.say(heading)}", "", *body, ""]
        return parts

    def head(self) -> list[str]:
        """The verdict, what is checked, and what no longer holds."""
        check = self.check
        verdict = self.say(f"verdict_word_{check.verdict}")
        parts = [f"**{verdict}** {literal(check.verdict_reason.say(self.language))}", ""]
        if check.subject:
            parts += [self.say(
                "check_subject", firm=check.subject.firm, probability=percent(check.subject.probability),
                title=check.subject.title, stage=phrase(f"stage_{check.subject.stage or 'none'}"),
            ), ""]  # fmt: skip
        return parts + [f"- **{literal(warning.say(self.language))}**" for warning in check.warnings] + [""]

    def _changes(self) -> list[str]:
        changes = self.check.changes
        return [f"- {literal(change.say(self.language))}" for change in changes.what] if changes else []

    def _claims(self) -> list[str]:
        rows = []
        for claim in self.check.claims:
            found = literal(claim.found_in(self.language) or "–")
            note = f" ({literal(claim.note.say(self.language))})" if claim.note else ""
            place = f"<br>{self.place(claim.printed)}" if claim.printed else ""
            article = f" ({literal(claim.article)})" if claim.article else ""
            rows.append(
                (
                    self.say(f"clue_{claim.name or 'none'}"),
                    literal(claim.text) + article,
                    self.say(outcome_name(claim)),
                    found + note + place,
                )
            )
        names = ("label_clue", "label_claim", "label_outcome", "label_found")
        return table([self.say(name) for name in names], rows)

    def _coverage(self) -> list[str]:
        coverage = self.check.coverage
        lags = [
            "- " + self.say(
                "lag_statement", kind=phrase(f"kind_{lag.kind}"), records=lag.records, shortest=lag.shortest,
                median=lag.median, longest=lag.longest,
            )
            for lag in coverage.lags
        ]  # fmt: skip
        return [
            literal(coverage.searched.say(self.language)),
            "",
            *(f"- {literal(gap.say(self.language))}" for gap in coverage.gaps),
            *lags,
            "",
            literal(coverage.statement.say(self.language)),
            "",
            *(f"- {literal(reason.say(self.language))}" for reason in coverage.reasons),
        ]

    def _independence(self) -> list[str]:
        origins = [
            f"- {literal(said(origin.name, self.language))}: "
            + " / ".join(literal(said(member, self.language)) for member in origin.members)
            for origin in self.check.origins
        ]
        return [literal(self.check.independence.say(self.language)), "", *origins]

    def _sensitivity(self) -> list[str]:
        rows = [
            (
                self.say("sensitivity_halved")
                if one.clue is None
                else self.say("sensitivity_dropped", clue=phrase(f"clue_{one.clue}")),
                literal(one.first or "–"),
                literal(percent(one.probability)),
                literal(percent(one.none)),
                self.say(f"verdict_word_{one.verdict}"),
            )
            for one in self.check.sensitivity
        ]
        names = ("label_variation", "label_first", "label_probability", "label_none", "label_verdict")
        return [literal(self.check.robustness.say(self.language)), "", *table([self.say(n) for n in names], rows)]

    def _separation(self) -> list[str]:
        check = self.check
        if check.separated_from is None or not check.separation:
            return [self.say("separation_alone" if check.separated_from is None else "separation_nothing")]
        rows = [
            (
                self.say(f"clue_{fact.clue}") + (f" ({self.say('separation_more_exact')})" if fact.asked else ""),
                literal(fact.first),
                literal(fact.second or "–"),
                f"+{fact.bits:.1f}",
            )
            for fact in check.separation
        ]
        names = ("label_clue", "label_of_first", "label_of_second", "label_bits")
        told = self.say("separation_statement", first=check.first or "–", second=check.separated_from)
        return [told, "", *table([self.say(name) for name in names], rows)]

    def _arithmetic(self) -> list[str]:
        parts = []
        for one in self.check.arithmetic:
            printed = f" 「{literal(one.printed)}」" if one.printed else ""
            note = f" ({literal(one.note.say(self.language))})" if one.note else ""
            outcome = self.say(f"sum_{one.outcome}")
            parts.append(
                f"- {literal(one.what.say(self.language))}: {literal(one.equation)}{printed} **{outcome}**{note}"
            )
            parts += [f"    - {self.place(source)}" for source in one.sources]
        return parts or [self.say("sum_none")]

    def _identity(self) -> list[str]:
        return [
            f"- **{self.say(f'identity_{fact.weight}')}** {literal(fact.sentence.say(self.language))}"
            for fact in self.check.identity
        ]

    def _next(self) -> list[str]:
        parts: list[str] = []
        for number, step in enumerate(self.check.next_steps, start=1):
            parts.append(
                f"{number}. {literal(step.what.say(self.language))} {literal(step.settles.say(self.language))}"
            )
            parts += [f"    - <{address}>" for address in step.where]
            if step.draft:
                parts += ["", *(f"    > {literal(line)}  " for line in step.draft.splitlines()), ""]
        return parts


def check_markdown(check: Check, language: Language) -> str:
    """A check as Markdown, ending in a line break."""
    drawn = MarkdownCheck(check, language)
    title = f"# {drawn.say('title_check')}: {literal(check.case)}"
    return "\n".join([title, "", *drawn.head(), *drawn.lines(), f"*{drawn.say('lead_only')}*"]) + "\n"


def report_markdown(dossier: Dossier, language: Language) -> str:
    """The report as Markdown: the summary, the candidates, the check, the sources, and what people decided."""
    view, drawn = View(dossier, language), MarkdownCheck(dossier.check, language)
    found = dossier.found
    parts = [f"# {literal(view.title())}", "", *drawn.head()]
    parts += [f"## {drawn.say('section_caveats')}", "", *(f"- {literal(one)}" for one in view.caveats()), ""]
    if dossier.masked:
        parts += [drawn.say("masked_note"), ""]
    rows: list[Sequence[str]] = [
        (
            str(one.rank),
            literal(percent(one.probability)),
            literal(one.firm.name),
            literal(one.firm.addresses[0]) if one.firm.addresses else "–",
            literal(one.awards[0].title),
            f"{one.awards[0].bits:.1f}",
        )
        for one in found.candidates
    ]
    rows.append(("–", literal(percent(found.none_probability)), f"*{drawn.say('label_none')}*", "", "", ""))
    rows.append(("–", literal(percent(found.rest_probability)), f"*{drawn.say('label_rest')}*", "", "", ""))
    names = ("label_rank", "label_probability", "label_firm", "label_address", "label_award", "label_bits")
    parts += [f"## {drawn.say('section_candidates')}", "", *table([drawn.say(name) for name in names], rows)]
    parts += drawn.lines()
    parts += _sources(view, drawn)
    parts += _people(view, drawn)
    parts += ["", f"## {drawn.say('section_replay')}", "", *_code(dossier.command, found.replay.command), ""]
    parts += [
        f"tsukitome {found.replay.version}, {literal(found.replay.weights)}, sha256 `{found.replay.data_sha256}`", "",
        f"*{drawn.say('lead_only')}*",
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _sources(view: View, drawn: MarkdownCheck) -> list[str]:
    """The records as printed, and the terms under which they are published."""
    parts = [f"## {drawn.say('section_sources')}", ""]
    for one in view.sources():
        source = one["source"]
        place = f"{literal(source.file)}, {literal(view.place(source))}"
        quote = "".join(f"**{literal(text)}**" if is_marked else literal(text) for text, is_marked in one["pieces"])
        parts += [f"{literal(view.reference(source))}: {place}, sha256 `{source.sha256}`", "", f"> {quote}", ""]
    licences = [f"- {literal(one.name)}: {literal(one.licence)}" for one in view.licences()]
    return [*parts, f"### {drawn.say('caption_licences')}", "", *licences, ""]


def _people(view: View, drawn: MarkdownCheck) -> list[str]:
    """What people decided, whom they asked, and what they found elsewhere."""
    case = view.dossier.case
    parts = [f"## {drawn.say('section_people')}", ""]
    decisions = [
        (drawn.say(f"stage_{one.stage}"), literal(one.firm), literal(one.by or "–"), view.day(one.date) or "–",
         literal(one.reason or "–"))
        for one in case.decisions
    ]  # fmt: skip
    of_decisions = ("label_stage", "label_firm", "label_by", "label_day", "label_reason")
    parts += table([drawn.say(name) for name in of_decisions], decisions)
    replies = [
        tuple(literal(one[name]) for name in ("state", "who", "name", "channel", "sent", "deadline", "answer"))
        for one in view.replies()
    ]
    of_replies = (
        "label_state",
        "label_who",
        "label_firm",
        "label_channel",
        "label_sent",
        "label_deadline",
        "label_answer",
    )
    parts += table([drawn.say(name) for name in of_replies], replies)
    notes = [
        f"- {literal(note.supports)}: 「{literal(note.quote)}」 {literal(note.url or '')} {view.day(note.seen)}".rstrip()
        for note in case.corroboration
    ]
    return [*parts, *notes]


def _code(*lines: str) -> list[str]:
    """Lines of code: indented, so that no run of backticks in them ends the block."""
    return [f"    {visible(line)}" for line in lines]
