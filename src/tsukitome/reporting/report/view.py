"""What a report says in one language: the dossier's facts in words, with the sources numbered as they are quoted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tsukitome.awards import Source
from tsukitome.checks import ClaimFinding, Printed, Variation
from tsukitome.findings import Candidate, Evidence
from tsukitome.language import Language
from tsukitome.normalize.printed import span_of
from tsukitome.reporting.check import outcome_name
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.licences import licences_of
from tsukitome.reporting.report.pieces import Piece, in_its_sentence, marked
from tsukitome.reporting.shown import place_of
from tsukitome.wording import Phrase, phrase

_FILES = 60  # files whose hashes are listed: those that are quoted first


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

    def step(self, clue: str | None, quote: str | None) -> str:
        """A step of the narrowing: the clue that was added, or all awards."""
        return self.say("label_all_records") if clue is None else f"{self.clue(clue)} {visible(quote or '')}"

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

    def files(self) -> dict[str, Any]:
        """The files that were read, those that are quoted first."""
        quoted = {source.sha256 for source in self._numbers}
        found = sorted(self.dossier.files, key=lambda one: (one.sha256 not in quoted, one.file))
        return {"rows": found[:_FILES], "quoted": quoted, "more": max(len(found) - _FILES, 0)}

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
