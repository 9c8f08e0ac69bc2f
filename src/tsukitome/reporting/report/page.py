"""The report as one page: everything it needs is in it, and it asks no host for anything."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from tsukitome.archive.coverage import months_between, series_of
from tsukitome.awards import Source
from tsukitome.checks import ClaimFinding, Printed, Variation, said
from tsukitome.findings import Candidate, Evidence
from tsukitome.normalize.percent import percent
from tsukitome.normalize.printed import span_of
from tsukitome.packaged import packaged
from tsukitome.reporting.check import outcome_name
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.charts import Bar, bars, waterfall
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.licences import licences_of
from tsukitome.reporting.report.pieces import Piece, in_its_sentence, marked
from tsukitome.reporting.shown import place_of, reading_of
from tsukitome.translation import translate
from tsukitome.wording import Language, Phrase, phrase

_SERIES = 24  # rows of the calendar: the largest series, those of the buyer that is asked first
_FILES = 60  # files whose hashes are listed: those that are quoted first


def report_page(dossier: Dossier, language: Language) -> str:
    """The whole page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tsukitome.reporting.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    view = View(dossier, language)
    environment.filters["percent"] = percent
    environment.filters["visible"] = lambda text: visible(str(text))
    environment.filters["said"] = lambda text: visible(said(text, language))
    environment.filters["reading"] = lambda clue: reading_of(clue, language)
    environment.filters["warning"] = lambda text: visible(translate(text, language))
    style, script = _asset("report.css"), _asset("report.js")
    return environment.get_template("report.html").render(
        view=view,
        dossier=dossier,
        case=dossier.case,
        found=dossier.found,
        check=dossier.check,
        subject=dossier.check.subject,
        say=view.say,
        language=language,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
    )


@cache
def _asset(name: str) -> str:
    return packaged("tsukitome.reporting.report", "templates", name)


def _digest(text: str) -> str:
    """What a content security policy knows an inline script or style by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


class View:
    """What the template draws, in one language: the dossier's facts with their sources numbered."""

    def __init__(self, dossier: Dossier, language: Language) -> None:
        self.dossier = dossier
        self.language = language
        self._numbers: dict[Source, int] = {}
        for printed in self._all_printed():
            self._numbers.setdefault(printed.source, len(self._numbers) + 1)
        for source in dossier.sources():
            self._numbers.setdefault(source, len(self._numbers) + 1)

    def say(self, name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(self.language)

    # Sources

    def _all_printed(self) -> list[Printed]:
        """Every quotation, those of the claims first."""
        check, found = self.dossier.check, []
        found += [claim.printed for claim in check.claims if claim.printed]
        found += [source for calculation in check.arithmetic for source in calculation.sources]
        for quotations in self.dossier.quotations.values():
            found += quotations.values()
        return found

    def number(self, source: Source) -> int:
        """The number under which the report quotes a source."""
        return self._numbers[source]

    def reference(self, source: Source) -> str:
        """A source as the report calls it: 資料1; by its place where it is not quoted."""
        number = self._numbers.get(source)
        return self.say("label_source_number", number=number) if number else self.place(source)

    def place(self, source: Source) -> str:
        return place_of(source, self.language)

    def sources(self) -> list[dict[str, Any]]:
        """Every source that is quoted: its quotation with all words that count marked, and the picture of its row."""
        spans: dict[Source, list[tuple[int, int]]] = {source: [] for source in self._numbers}
        for printed in (*self._all_printed(), *self.dossier.repeated):
            if printed.start is not None and printed.end is not None:
                spans[printed.source].append((printed.start, printed.end))
        pictures = {one.source: one for one in self.dossier.pictures.values()}
        return [
            {
                "number": number,
                "source": source,
                "pieces": marked(source.quote, spans[source]),
                "picture": pictures.get(source),
                "used": self._users(source),
            }
            for source, number in self._numbers.items()
        ]

    def _users(self, source: Source) -> str:
        """Whose award a source prints."""
        firms = [
            candidate.firm.name
            for candidate in self.dossier.in_full()
            if any(source == one for one in candidate.awards[0].sources)
        ]
        return "、".join(firms) if self.language == "ja" else ", ".join(firms)

    def words(self, printed: Printed) -> list[Piece]:
        """A record's quotation with the words that count marked; a long one is cut around them."""
        quote = printed.source.quote
        if printed.start is None or printed.end is None:
            return [(quote if len(quote) <= 200 else quote[:199] + "…", False)]
        left, right = max(printed.start - 70, 0), min(printed.end + 70, len(quote))
        pieces = marked(quote[left:right], [(printed.start - left, printed.end - left)])
        before: list[Piece] = [("…", False)] if left else []
        behind: list[Piece] = [("…", False)] if right < len(quote) else []
        return [*before, *pieces, *behind]

    def licences(self) -> Sequence[Any]:
        kinds = {source.kind for source in self._numbers}
        numbered = any(candidate.firm.corporate_number for candidate in self.dossier.found.candidates)
        return licences_of([*kinds, *(["registry"] if numbered else [])])

    # Claims and evidence

    def outcome(self, claim: ClaimFinding) -> str:
        return self.say(outcome_name(claim))

    def article_words(self, claim: ClaimFinding) -> list[Piece]:
        """What the article says, in its sentence; a claim that was typed in is shown as it was typed."""
        text = self.dossier.texts.get(claim.article or "", "")
        if claim.start is None or claim.end is None or not text[claim.start : claim.end].strip():
            span = span_of(claim.says, claim.text)
            return marked(claim.text, [span or (0, len(claim.text))])
        return in_its_sentence(text, claim.start, claim.end)

    def quotation(self, candidate: Candidate, piece: Evidence) -> Printed | None:
        return self.dossier.quotations.get(candidate.rank, {}).get(piece.clue)

    def clue(self, name: str | None) -> str:
        return self.say(f"clue_{name or 'none'}")

    def label(self, name: str) -> str:
        """A label or heading by its whole name."""
        return phrase(name).say(self.language)

    def variation(self, one: Variation) -> str:
        """What was changed: a clue dropped, or all weights halved."""
        if one.clue is None:
            return self.say("sensitivity_halved")
        return self.say("sensitivity_dropped", clue=phrase(f"clue_{one.clue}"))

    def found(self, piece: Evidence) -> str:
        return visible(piece.found_in(self.language) or "–")

    def caveats(self) -> list[str]:
        """What a reader has to know beside the answer, the gravest first."""
        check = self.dossier.check
        told: list[Phrase] = list(check.warnings)
        if check.changes and check.changes.answer_changed:
            told += check.changes.what
        if check.subject and check.subject.stage != "confirmed":
            told.append(phrase("caveat_not_confirmed"))
        if (count := check.count("contradicted")) > 0:
            told.append(phrase("caveat_contradicted", count=count))
        if not check.coverage.only_hit:
            told.append(phrase("caveat_joined", statement=check.coverage.statement, reasons=check.coverage.reasons))
        if len([one for one in check.origins if one.name]) and check.subject:
            told.append(check.independence)
        if check.robustness.name not in ("sensitivity_same", "sensitivity_never"):
            told.append(check.robustness)
        if not any(reply.answer for reply in self.dossier.case.replies):
            told.append(phrase("caveat_no_reply"))
        if any(amount.outcome == "differs" for amount in check.arithmetic):
            told.append(phrase("caveat_arithmetic"))
        return list(dict.fromkeys(visible(one.say(self.language)) for one in told))

    # Charts

    def chances(self) -> Markup:
        """The candidates' probabilities beside "none of these"."""
        found = self.dossier.found
        drawn = [
            Bar(
                visible(f"{one.rank} {one.firm.name}"),
                one.probability,
                percent(one.probability),
                "total" if one.rank == 1 else "plain",
            )
            for one in found.candidates[:8]
        ]
        drawn.append(Bar(self.say("label_none_short"), found.none_probability, percent(found.none_probability), "near"))
        words = "; ".join(f"{bar.name}: {bar.shown}" for bar in drawn)
        return bars(drawn, self.say("chart_chances"), words)

    def waterfall(self, candidate: Candidate) -> Markup:
        """A candidate's bits, clue by clue."""
        award = candidate.awards[0]
        drawn = [
            Bar(
                f"{self.clue(piece.clue)} {visible(piece.asked or '')}", piece.bits, f"{piece.bits:+.1f}", piece.outcome
            )
            for piece in award.evidence
            if piece.outcome in ("agree", "near", "contradict")
        ]
        total = Bar(self.say("label_total_bits"), award.bits, f"{award.bits:+.1f}", "total")
        words = "; ".join(f"{bar.name}: {bar.shown}" for bar in (*drawn, total))
        return waterfall(drawn, total, self.say("chart_waterfall", firm=visible(candidate.firm.name)), words)

    def narrowing(self) -> Markup:
        """How many awards each further clue leaves."""
        drawn = [
            Bar(
                self.step(step.clue, step.quote),
                step.records,
                f"{step.records:,}",
                "total" if step.clue is None else "plain",
            )
            for step in self.dossier.found.narrowing
        ]
        words = " → ".join(f"{bar.name}: {bar.shown}" for bar in drawn)
        return bars(drawn, self.say("chart_narrowing"), words)

    def step(self, clue: str | None, quote: str | None) -> str:
        return self.say("label_all_records") if clue is None else f"{self.clue(clue)} {visible(quote or '')}"

    # Coverage

    def calendar(self) -> dict[str, Any]:
        """Rows of a calendar: a series of records and a year, with what each month holds."""
        asked = self._asked_months()
        subject = self.dossier.check.subject
        buyer = subject.buyer if subject and subject.buyer else ""
        found = sorted(
            series_of(self.dossier.coverage_rows),
            key=lambda one: (
                bool(one.buyer) and one.buyer not in buyer,
                -sum(one.months.values()),
                one.kind,
                one.buyer,
            ),
        )
        rows = []
        for series in found[:_SERIES]:
            first, last, missing = min(series.months), max(series.months), set(series.missing)
            for year in range(int(first[:4]), int(last[:4]) + 1):
                rows.append(
                    {
                        "name": visible(f"{self.say(f'kind_{series.kind}')} {series.buyer}".rstrip()),
                        "year": year,
                        "months": [
                            {
                                "records": series.months.get(month, 0),
                                "missing": month in missing,
                                "outside": not first <= month <= last,
                                "asked": month in asked,
                            }
                            for month in months_between(f"{year}-01", f"{year}-12")
                        ],
                    }
                )
        return {"rows": rows, "more": max(len(found) - _SERIES, 0)}

    def _asked_months(self) -> set[str]:
        for clue in self.dossier.found.clues:
            if clue["name"] == "month":
                reading: Mapping[str, str] = clue["reading"]
                return set(months_between(reading["from"][:7], reading["to"][:7]))
        return set()

    def files(self) -> dict[str, Any]:
        """The files that were read, those that are quoted first."""
        quoted = {source.sha256 for source in self._numbers}
        found = sorted(self.dossier.files, key=lambda one: (one.sha256 not in quoted, one.file))
        return {"rows": found[:_FILES], "quoted": quoted, "more": max(len(found) - _FILES, 0)}

    # The rest

    def title(self) -> str:
        """What the report is called: the case's title, else the first article's."""
        case = self.dossier.case
        headlines = (article.title for article in case.articles if article.title)
        return case.title or next(headlines, None) or self.say("title_answer")

    def day(self, day: dt.date | None) -> str:
        return day.isoformat() if day else ""

    def replies(self) -> list[dict[str, str]]:
        """The checklist, each line with what is still open."""
        shown = []
        for reply in self.dossier.case.replies:
            who = self.say(f"who_{reply.who}") if reply.who in ("firm", "buyer", "ministry") else visible(reply.who)
            shown.append(
                {
                    "who": who,
                    "name": visible(reply.name or ""),
                    "channel": visible(reply.channel or ""),
                    "sent": self.day(reply.sent),
                    "deadline": self.day(reply.deadline),
                    "answer": visible(reply.answer or ""),
                    "state": self.say(
                        "reply_answered" if reply.answer else "reply_waiting" if reply.sent else "reply_not_sent"
                    ),
                }
            )
        return shown
