"""The answer as a reporter reads it in a terminal of 100 columns."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tsukitome.findings import AwardFinding, Candidate, Evidence, Findings, Outcome
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.reporting.parts import Column, Columns, Heading, Line, Part, Piece, line
from tsukitome.reporting.shown import place_of, reading_of
from tsukitome.wording import phrase

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
_SHOWN_IN_FULL = 6  # candidates whose evidence is printed: the first, and those after it that may still be the one
_MAY_BE = 0.5  # times the first's probability
_WORTH = 0.01  # below this probability only the first is: the table says enough of the others
_GAPS_SHOWN = 6
_QUOTE_LENGTH = 180  # characters of a source's quotation; the whole stands in the JSON form
_STYLE: dict[str, str] = {
    "agree": "green",
    "near": "yellow",
    "contradict": "bold red",
    "record_silent": "bold magenta",
    "clue_silent": "dim",
}
_SIGN: dict[Outcome, str] = {"agree": "✓", "near": "≈", "contradict": "✗", "record_silent": "?", "clue_silent": "·"}
_LEGEND: tuple[Outcome, ...] = ("agree", "near", "contradict", "record_silent")
_VERDICT_STYLE = {
    "identified": "bold green",
    "shortlist": "bold yellow",
    "ambiguous": "bold yellow",
    "not_found": "bold red",
}


class Terminal:
    """Draws findings in one language."""

    def __init__(self, findings: Findings, language: Language) -> None:
        self.findings = findings
        self.language = language

    def say(self, name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(self.language)

    def parts(self) -> list[Part]:
        """Everything, from the verdict to the coverage."""
        parts: list[Part] = [self._verdict(), self._clues(), Line(), self._candidates()]
        if self.findings.candidates:
            parts.append(self._legend())
        for candidate in in_full(self.findings):
            parts += [Line(), *self._candidate(candidate)]
        parts += [Line(), self._narrowing(), Line(), *self._coverage(), Line()]
        return [*parts, line(self.say("lead_only"), style="italic")]

    def _verdict(self) -> Line:
        verdict = self.findings.verdict
        word = (self.say(f"verdict_word_{verdict}"), _VERDICT_STYLE[verdict])
        return line(word, "  " + self.findings.verdict_reason.say(self.language))

    def _clues(self) -> Line:
        pieces: list[Piece | str] = [self.say("label_clues") + ": "]
        for position, clue in enumerate(self.findings.clues):
            pieces.append(" · " if position else "")
            pieces.append(self.say(f"clue_{clue['name']}") + " ")
            pieces.append((visible(clue["quote"]), "dim default"))
            reading = reading_of(clue, self.language)
            pieces.append(f" → {reading}" if reading else "")
        return line(*pieces, style="dim")

    def _candidates(self) -> Columns:
        columns = (
            Column("#", right=True, width=3),
            Column(self.say("label_probability"), right=True, width=7),
            Column(self.say("label_firm"), share=5, folds=True),
            Column(self.say("label_address"), share=4, folds=True),
            Column(self.say("label_award"), share=6, folds=True),
            Column(self.say("label_bits"), right=True, width=6),
        )
        rows: list[tuple[Line, ...]] = []
        for candidate in self.findings.candidates:
            award = candidate.awards[0]
            rows.append(
                (
                    line(str(candidate.rank)),
                    line(percent(candidate.probability)),
                    line(visible(candidate.firm.name), style="bold" if self._offered(candidate) else ""),
                    self._address(candidate),
                    line(visible(award.title), (f"  {_signs(award)}", "dim")),
                    line(f"{award.bits:.1f}"),
                )
            )
        rows.append(self._others("label_none", self.findings.none_probability))
        if self.findings.rest_probability > 1e-9:
            rows.append(self._others("label_rest", self.findings.rest_probability))
        return Columns(columns, tuple(rows), "bold")

    def _others(self, name: str, probability: float) -> tuple[Line, ...]:
        """The row of what is no firm of the list."""
        return line("–"), line(percent(probability)), line(self.say(name), style="italic"), Line(), Line(), Line()

    def _legend(self) -> Line:
        """What the signs behind the titles stand for, in their order."""
        clues = [piece.clue for piece in self.findings.candidates[0].evidence if piece.outcome != "clue_silent"]
        names = " · ".join(self.say(f"clue_{name}") for name in clues)
        signs = "  ".join(f"{_SIGN[outcome]} {self.say(f'outcome_{outcome}').lower()}" for outcome in _LEGEND)
        return line(self.say("label_signs", names=names, signs=signs), style="dim")

    def _address(self, candidate: Candidate) -> Line:
        """A firm's address; where it has none of its own, what the place clue found (a joint venture's member)."""
        if candidate.firm.addresses:
            return line(visible(candidate.firm.addresses[0]))
        place = next((piece for piece in candidate.evidence if piece.clue == "ward" and piece.asked), None)
        if place is None or place.outcome == "record_silent":
            return line("–")
        return line(f"({visible(place.found_in(self.language) or '–')})", style="dim")

    def _offered(self, candidate: Candidate) -> bool:
        """Whether a firm may stand out: none does where the verdict offers none."""
        return self.findings.verdict == "identified" and candidate.rank == 1

    def _candidate(self, candidate: Candidate) -> list[Part]:
        award = candidate.awards[0]
        heading = line(
            (f"{candidate.rank}  {visible(candidate.firm.name)}", "bold"), f"  {percent(candidate.probability)}"
        )
        facts = [
            (self.say("label_address"), visible(" / ".join(candidate.firm.addresses)) or "–"),
            (self.say("label_number"), candidate.firm.corporate_number),
            (self.say("label_names_seen"), visible(" / ".join(candidate.firm.names_seen))),
            (self.say("label_members"), visible(" / ".join(award.members))),
            (self.say("label_award"), visible(award.title)),
            (self.say("label_buyer"), visible(award.buyer or "–")),
        ]
        rows = tuple((line(label), line(value)) for label, value in facts if value)
        parts: list[Part] = [Heading(heading), Columns((Column(style="dim"), Column(folds=True)), rows)]
        parts += self._evidence(award)
        for warning in award.warnings:
            from tsukitome.translation import translate  # few awards have any

            said = visible(translate(warning, self.language))
            parts.append(line(f"{self.say('label_warning')}: {said}", style="yellow"))
        parts += [self._source(source) for source in award.sources]
        if candidate.possibly_same:
            names = visible("、".join(candidate.possibly_same))
            parts.append(line(self.say("label_possibly_same", names=names), style="yellow"))
        if candidate.other_awards:
            parts.append(line(self.say("label_other_awards", count=candidate.other_awards), style="dim"))
        return parts

    def _evidence(self, award: AwardFinding) -> list[Part]:
        columns = (
            Column(self.say("label_clue"), width=8, folds=True),
            Column(self.say("label_asked"), share=3, folds=True),
            Column(self.say("label_found"), share=6, folds=True),
            Column(self.say("label_outcome"), width=13),
            Column(self.say("label_bits"), right=True, width=6),
        )
        asked = [piece for piece in award.evidence if piece.outcome != "clue_silent"]
        rows = tuple(
            (
                line(self.say(f"clue_{piece.clue}")), line(visible(piece.asked or "")), self._found(piece),
                line(f"{_SIGN[piece.outcome]} {self.say(f'outcome_{piece.outcome}')}", style=_STYLE[piece.outcome]),
                line(f"{piece.bits:+.1f}"),
            )
            for piece in asked
        )  # fmt: skip
        table = Columns(columns, rows, "dim")
        silent = [
            f"{self.say(f'clue_{p.clue}')} {visible(p.found_in(self.language) or '–')}"
            for p in award.evidence
            if p not in asked and p.clue != "title"
        ]
        if not silent:
            return [table]
        return [table, line(self.say("label_not_asked", items=" · ".join(silent)), style="dim")]

    def _found(self, piece: Evidence) -> Line:
        found = visible(piece.found_in(self.language) or "–")
        return line(found, (f" ({visible(piece.note.say(self.language))})", "dim")) if piece.note else line(found)

    def _source(self, source: Any) -> Line:
        quote = visible(" ".join(source.quote.split()))
        quote = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1] + "…"
        return line(
            (f"{self.say(f'kind_{source.kind}')}  ", "dim"),
            (visible(source.file), "cyan"),
            f", {place_of(source, self.language)}  ",
            f"「{quote}」",
        )

    def _narrowing(self) -> Line:
        pieces: list[Piece | str] = [self.say("label_narrowing") + ": "]
        for position, step in enumerate(self.findings.narrowing):
            pieces.append(" → " if position else "")
            name = (
                self.say("label_all_records")
                if step.clue is None
                else f"{self.say(f'clue_{step.clue}')} {visible(step.quote or '')}"
            )
            pieces.append(f"{name} ")
            pieces.append((str(step.records), "dim bold default"))
            if step.silent:
                pieces.append((f" (+{self.say('label_silent', count=step.silent)})", "dim magenta"))
        return line(*pieces, style="dim")

    def _coverage(self) -> list[Part]:
        coverage = self.findings.coverage
        parts: list[Part] = [line((f"{self.say('label_coverage')}: ", "dim"), coverage.statement.say(self.language))]
        parts += [
            line(f"{self.say('label_gap')}: {visible(gap.say(self.language))}", style="magenta")
            for gap in coverage.gaps[:_GAPS_SHOWN]
        ]
        if len(coverage.gaps) > _GAPS_SHOWN:
            parts.append(line(self.say("label_more_gaps", count=len(coverage.gaps) - _GAPS_SHOWN), style="dim"))
        return parts


def in_full(findings: Findings) -> list[Candidate]:
    """The candidates whose evidence is worth a reader's time: the first, and those not far behind it."""
    first = findings.candidates[:_SHOWN_IN_FULL]
    likely = [one for one in first if one.probability >= max(_MAY_BE * first[0].probability, _WORTH)]
    return likely or list(first[:1])


def _signs(award: AwardFinding) -> str:
    """The outcomes of the clues asked, a sign each, in their order."""
    return "".join(_SIGN[piece.outcome] for piece in award.evidence if piece.outcome != "clue_silent")


def print_findings(findings: Findings, language: Language, console: Console | None, *, explain: bool = False) -> None:
    """Prints an answer; without a terminal it is plain text 100 columns wide. ``explain`` adds the whole sum.

    Without a ``console`` it goes to stdout as such text, and rich is loaded only for what nothing else can draw.
    """
    parts = Terminal(findings, language).parts()
    if console is None and not explain:
        from tsukitome.reporting.in_plain import in_plain

        text = in_plain(parts, WIDTH)
        if text is not None:
            sys.stdout.write(text)
            return
    from rich.console import Console

    from tsukitome.reporting.in_colour import in_colour

    console = console or Console(width=WIDTH, highlight=False, emoji=False)
    console.print(in_colour(parts))
    if explain:
        from tsukitome.reporting.explanation import Explanation

        console.print()
        console.print(Explanation(findings, language).render(in_full(findings)))
