"""The answer as a reporter reads it in a terminal of 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tsukitome.findings import AwardFinding, Candidate, Evidence, Findings, Outcome
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.reporting.shown import place_of, reading_of
from tsukitome.wording import phrase

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

    def render(self) -> RenderableType:
        """Everything, from the verdict to the coverage."""
        parts: list[RenderableType] = [self._verdict(), self._clues(), Text(), self._candidates()]
        if self.findings.candidates:
            parts.append(self._legend())
        for candidate in in_full(self.findings):
            parts += [Text(), self._candidate(candidate)]
        parts += [
            Text(),
            self._narrowing(),
            Text(),
            self._coverage(),
            Text(),
            Text(self.say("lead_only"), style="italic"),
        ]
        return Group(*parts)

    def _verdict(self) -> Text:
        verdict = self.findings.verdict
        text = Text(self.say(f"verdict_word_{verdict}"), style=_VERDICT_STYLE[verdict])
        text.append("  " + self.findings.verdict_reason.say(self.language), style="not bold default")
        return text

    def _clues(self) -> Text:
        text = Text(self.say("label_clues") + ": ", style="dim")
        for position, clue in enumerate(self.findings.clues):
            text.append(" · " if position else "", style="dim")
            text.append(self.say(f"clue_{clue['name']}") + " ", style="dim")
            text.append(visible(clue["quote"]), style="default")
            reading = reading_of(clue, self.language)
            text.append(f" → {reading}" if reading else "", style="dim")
        return text

    def _candidates(self) -> Table:
        table = Table(expand=True, box=None, pad_edge=False, header_style="bold")
        table.add_column("#", justify="right", width=3)
        table.add_column(self.say("label_probability"), justify="right", width=7)
        table.add_column(self.say("label_firm"), ratio=5, overflow="fold")
        table.add_column(self.say("label_address"), ratio=4, overflow="fold")
        table.add_column(self.say("label_award"), ratio=6, overflow="fold")
        table.add_column(self.say("label_bits"), justify="right", width=6)
        for candidate in self.findings.candidates:
            award = candidate.awards[0]
            table.add_row(
                str(candidate.rank),
                percent(candidate.probability),
                Text(visible(candidate.firm.name), style="bold" if self._offered(candidate) else ""),
                self._address(candidate),
                Text.assemble(visible(award.title), (f"  {_signs(award)}", "dim")),
                f"{award.bits:.1f}",
            )
        table.add_row(
            "–", percent(self.findings.none_probability), Text(self.say("label_none"), style="italic"), "", "", ""
        )
        if self.findings.rest_probability > 1e-9:
            table.add_row(
                "–", percent(self.findings.rest_probability), Text(self.say("label_rest"), style="italic"), "", "", ""
            )
        return table

    def _legend(self) -> Text:
        """What the signs behind the titles stand for, in their order."""
        clues = [piece.clue for piece in self.findings.candidates[0].evidence if piece.outcome != "clue_silent"]
        names = " · ".join(self.say(f"clue_{name}") for name in clues)
        signs = "  ".join(f"{_SIGN[outcome]} {self.say(f'outcome_{outcome}').lower()}" for outcome in _LEGEND)
        return Text(self.say("label_signs", names=names, signs=signs), style="dim")

    def _address(self, candidate: Candidate) -> Text:
        """A firm's address; where it has none of its own, what the place clue found (a joint venture's member)."""
        if candidate.firm.addresses:
            return Text(visible(candidate.firm.addresses[0]))
        place = next((piece for piece in candidate.evidence if piece.clue == "ward" and piece.asked), None)
        if place is None or place.outcome == "record_silent":
            return Text("–")
        return Text(f"({visible(place.found_in(self.language) or '–')})", style="dim")

    def _offered(self, candidate: Candidate) -> bool:
        """Whether a firm may stand out: none does where the verdict offers none."""
        return self.findings.verdict == "identified" and candidate.rank == 1

    def _candidate(self, candidate: Candidate) -> RenderableType:
        award = candidate.awards[0]
        heading = Text.assemble(
            (f"{candidate.rank}  {visible(candidate.firm.name)}", "bold"), f"  {percent(candidate.probability)}"
        )
        parts: list[RenderableType] = [Rule(heading, align="left", style="dim")]
        facts = [
            (self.say("label_address"), visible(" / ".join(candidate.firm.addresses)) or "–"),
            (self.say("label_number"), candidate.firm.corporate_number),
            (self.say("label_names_seen"), visible(" / ".join(candidate.firm.names_seen))),
            (self.say("label_members"), visible(" / ".join(award.members))),
            (self.say("label_award"), visible(award.title)),
            (self.say("label_buyer"), visible(award.buyer or "–")),
        ]
        grid = Table.grid(padding=(0, 1))
        grid.add_column(style="dim")
        grid.add_column(overflow="fold")
        for label, value in facts:
            if value:
                grid.add_row(label, Text(value))
        parts += [grid, self._evidence(award)]
        for warning in award.warnings:
            from tsukitome.translation import translate  # few awards have any

            said = visible(translate(warning, self.language))
            parts.append(Text(f"{self.say('label_warning')}: {said}", style="yellow"))
        parts += [self._source(source) for source in award.sources]
        if candidate.possibly_same:
            names = visible("、".join(candidate.possibly_same))
            parts.append(Text(self.say("label_possibly_same", names=names), style="yellow"))
        if candidate.other_awards:
            parts.append(Text(self.say("label_other_awards", count=candidate.other_awards), style="dim"))
        return Group(*parts)

    def _evidence(self, award: AwardFinding) -> RenderableType:
        table = Table(expand=True, box=None, pad_edge=False, header_style="dim")
        table.add_column(self.say("label_clue"), width=8, overflow="fold")
        table.add_column(self.say("label_asked"), ratio=3, overflow="fold")
        table.add_column(self.say("label_found"), ratio=6, overflow="fold")
        table.add_column(self.say("label_outcome"), width=13)
        table.add_column(self.say("label_bits"), justify="right", width=6)
        asked = [piece for piece in award.evidence if piece.outcome != "clue_silent"]
        for piece in asked:
            table.add_row(
                self.say(f"clue_{piece.clue}"), Text(visible(piece.asked or "")), self._found(piece),
                Text(f"{_SIGN[piece.outcome]} {self.say(f'outcome_{piece.outcome}')}", style=_STYLE[piece.outcome]),
                f"{piece.bits:+.1f}",
            )  # fmt: skip
        silent = [
            f"{self.say(f'clue_{p.clue}')} {visible(p.found_in(self.language) or '–')}"
            for p in award.evidence
            if p not in asked and p.clue != "title"
        ]
        if not silent:
            return table
        return Group(table, Text(self.say("label_not_asked", items=" · ".join(silent)), style="dim"))

    def _found(self, piece: Evidence) -> Text:
        text = Text(visible(piece.found_in(self.language) or "–"))
        if piece.note:
            text.append(f" ({visible(piece.note.say(self.language))})", style="dim")
        return text

    def _source(self, source: Any) -> RenderableType:
        quote = visible(" ".join(source.quote.split()))
        quote = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1] + "…"
        text = Text.assemble(
            (f"{self.say(f'kind_{source.kind}')}  ", "dim"),
            (visible(source.file), "cyan"),
            f", {place_of(source, self.language)}  ",
            (f"「{quote}」", ""),
        )
        return Padding(text, (0, 0, 0, 0))

    def _narrowing(self) -> Text:
        text = Text(self.say("label_narrowing") + ": ", style="dim")
        for position, step in enumerate(self.findings.narrowing):
            text.append(" → " if position else "", style="dim")
            name = (
                self.say("label_all_records")
                if step.clue is None
                else f"{self.say(f'clue_{step.clue}')} {visible(step.quote or '')}"
            )
            text.append(f"{name} ", style="dim")
            text.append(str(step.records), style="bold default")
            if step.silent:
                text.append(f" (+{self.say('label_silent', count=step.silent)})", style="magenta")
        return text

    def _coverage(self) -> RenderableType:
        coverage = self.findings.coverage
        parts: list[RenderableType] = [
            Text.assemble((f"{self.say('label_coverage')}: ", "dim"), coverage.statement.say(self.language))
        ]
        parts += [
            Text(f"{self.say('label_gap')}: {visible(gap.say(self.language))}", style="magenta")
            for gap in coverage.gaps[:_GAPS_SHOWN]
        ]
        if len(coverage.gaps) > _GAPS_SHOWN:
            parts.append(Text(self.say("label_more_gaps", count=len(coverage.gaps) - _GAPS_SHOWN), style="dim"))
        return Group(*parts)


def in_full(findings: Findings) -> list[Candidate]:
    """The candidates whose evidence is worth a reader's time: the first, and those not far behind it."""
    first = findings.candidates[:_SHOWN_IN_FULL]
    likely = [one for one in first if one.probability >= max(_MAY_BE * first[0].probability, _WORTH)]
    return likely or list(first[:1])


def _signs(award: AwardFinding) -> str:
    """The outcomes of the clues asked, a sign each, in their order."""
    return "".join(_SIGN[piece.outcome] for piece in award.evidence if piece.outcome != "clue_silent")


def print_findings(findings: Findings, language: Language, console: Console, *, explain: bool = False) -> None:
    """Prints an answer; without a terminal it is plain text 100 columns wide. ``explain`` adds the whole sum."""
    console.print(Terminal(findings, language).render())
    if explain:
        from tsukitome.reporting.explanation import Explanation

        console.print()
        console.print(Explanation(findings, language).render(in_full(findings)))
