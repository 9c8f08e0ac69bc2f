"""The check of a case in a terminal: what is supported and what is not, then what the answer can't carry."""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tsukitome.checks import Check, ClaimFinding, Printed
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.reporting.shown import place_of
from tsukitome.wording import phrase, said

_STYLE = {
    "supported": "green", "contradicted": "bold red", "not_comparable": "yellow", "not_found": "bold magenta",
    "agrees": "green", "differs": "bold red", "calculated": "default",
    "settled": "green", "open": "bold magenta", "warning": "bold red",
}  # fmt: skip
_SIGN = {"supported": "✓", "contradicted": "✗", "not_comparable": "≠", "not_found": "?"}


def print_check(check: Check, language: Language, console: Console) -> None:
    """Prints a check; without a terminal it is plain text 100 columns wide."""
    console.print(_Drawing(check, language).render())


class _Drawing:
    def __init__(self, check: Check, language: Language) -> None:
        self.check = check
        self.language = language

    def say(self, name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(self.language)

    def render(self) -> RenderableType:
        check = self.check
        parts: list[RenderableType] = [self._head()]
        parts += [Text(f"! {visible(warning.say(self.language))}", style="bold red") for warning in check.warnings]
        if check.changes:
            style = "bold red" if check.changes.answer_changed else "default"
            parts += self._section("check_changes")
            parts += [Text(f"· {visible(change.say(self.language))}", style=style) for change in check.changes.what]
        parts += [*self._section("check_claims"), self._claims()]
        parts += [*self._section("check_coverage"), *self._coverage()]
        parts += [*self._section("check_independence"), *self._independence()]
        parts += [*self._section("check_sensitivity"), *self._sensitivity()]
        parts += [*self._section("check_separation"), *self._separation()]
        parts += [*self._section("check_arithmetic"), self._arithmetic()]
        parts += [*self._section("check_identity"), *self._identity()]
        parts += [*self._section("check_next"), *self._next()]
        parts += [Text(), Text(self.say("lead_only"), style="italic")]
        return Group(*parts)

    def _section(self, name: str) -> list[RenderableType]:
        return [Text(), Text(self.say(name), style="bold")]

    def _head(self) -> Text:
        check = self.check
        text = Text(self.say(f"verdict_word_{check.verdict}"), style="bold")
        text.append(f"  {check.verdict_reason.say(self.language)}", style="not bold")
        if check.subject:
            subject = check.subject
            text.append(
                "\n"
                + self.say(
                    "check_subject",
                    firm=visible(subject.firm),
                    probability=percent(subject.probability),
                    title=visible(subject.title),
                    stage=self.say(f"stage_{subject.stage or 'none'}"),
                ),
                style="not bold",
            )
        return text

    def _table(self, *columns: tuple[str, int]) -> Table:
        table = Table(expand=True, box=None, pad_edge=False, header_style="dim")
        for name, ratio in columns:
            table.add_column(self.say(name), ratio=ratio, overflow="fold")
        return table

    def _claims(self) -> RenderableType:
        table = self._table(("label_clue", 2), ("label_claim", 5), ("label_outcome", 3), ("label_found", 8))
        for claim in self.check.claims:
            found = Text(visible(claim.found_in(self.language) or "–"))
            if claim.note:
                found.append(f" ({visible(claim.note.say(self.language))})", style="dim")
            if claim.printed:
                found.append(f"\n{self._place(claim.printed)}", style="dim")
            said_in = f" [{claim.article}]" if claim.article else ""
            table.add_row(
                self.say(f"clue_{claim.name or 'none'}"),
                Text(visible(claim.text) + said_in),
                Text(f"{_SIGN[claim.outcome]} {self.say(outcome_name(claim))}", style=_STYLE[claim.outcome]),
                found,
            )
        return table

    def _place(self, printed: Printed) -> str:
        words = f"「{visible(printed.words)}」" if printed.words else ""
        return f"{visible(printed.source.file)}, {place_of(printed.source, self.language)} {words}".rstrip()

    def _coverage(self) -> list[RenderableType]:
        coverage = self.check.coverage
        parts: list[RenderableType] = [Text(coverage.searched.say(self.language))]
        parts += [Text(f"· {visible(gap.say(self.language))}", style="magenta") for gap in coverage.gaps]
        parts += [
            Text(
                self.say(
                    "lag_statement", kind=phrase(f"kind_{lag.kind}"), records=lag.records, shortest=lag.shortest,
                    median=lag.median, longest=lag.longest,
                ),
                style="dim",
            )
            for lag in coverage.lags
        ]  # fmt: skip
        style = "green" if coverage.only_hit else "bold magenta"
        parts.append(Text(coverage.statement.say(self.language), style=style))
        parts += [Text(f"· {visible(reason.say(self.language))}", style="magenta") for reason in coverage.reasons]
        return parts

    def _independence(self) -> list[RenderableType]:
        parts: list[RenderableType] = [Text(self.check.independence.say(self.language))]
        for origin in self.check.origins:
            members = " / ".join(said(member, self.language) for member in origin.members)
            parts.append(Text(f"· {visible(said(origin.name, self.language))}: {visible(members)}"))
        return parts

    def _sensitivity(self) -> list[RenderableType]:
        table = self._table(("label_variation", 4), ("label_first", 5), ("label_probability", 2), ("label_none", 3))
        for one in self.check.sensitivity:
            name = (
                self.say("sensitivity_halved")
                if one.clue is None
                else self.say("sensitivity_dropped", clue=phrase(f"clue_{one.clue}"))
            )
            table.add_row(
                name,
                Text(visible(one.first or "–"), style="" if one.same_first else "bold red"),
                percent(one.probability),
                f"{percent(one.none)} · {self.say(f'verdict_word_{one.verdict}')}",
            )
        return [Text(self.check.robustness.say(self.language)), table]

    def _separation(self) -> list[RenderableType]:
        check = self.check
        if check.separated_from is None:
            return [Text(self.say("separation_alone"))]
        if not check.separation:
            return [Text(self.say("separation_nothing"))]
        first = check.first or "–"
        parts: list[RenderableType] = [
            Text(self.say("separation_statement", first=visible(first), second=visible(check.separated_from)))
        ]
        table = self._table(("label_clue", 2), ("label_of_first", 6), ("label_of_second", 6), ("label_bits", 1))
        for fact in check.separation:
            asked = f" ({self.say('separation_more_exact')})" if fact.asked else ""
            table.add_row(
                self.say(f"clue_{fact.clue}") + asked,
                Text(visible(fact.first)),
                Text(visible(fact.second or "–")),
                f"+{fact.bits:.1f}",
            )
        return [*parts, table]

    def _arithmetic(self) -> RenderableType:
        if not self.check.arithmetic:
            return Text(self.say("sum_none"), style="dim")
        lines = Text()
        for position, one in enumerate(self.check.arithmetic):
            lines.append("\n" if position else "")
            lines.append(f"{one.what.say(self.language)}: {visible(one.equation)}")
            if one.printed:
                lines.append(f"  「{visible(one.printed)}」")
            lines.append(f"  {self.say(f'sum_{one.outcome}')}", style=_STYLE[one.outcome])
            if one.note:
                lines.append(f" ({one.note.say(self.language)})", style="dim")
            for printed in one.sources:
                lines.append(f"\n    {self._place(printed)}", style="dim")
        return lines

    def _identity(self) -> list[RenderableType]:
        if not self.check.identity:
            return [Text("–", style="dim")]
        return [
            Text.assemble(
                (f"{self.say(f'identity_{fact.weight}')}  ", _STYLE[fact.weight]),
                visible(fact.sentence.say(self.language)),
            )
            for fact in self.check.identity
        ]

    def _next(self) -> list[RenderableType]:
        parts: list[RenderableType] = []
        for number, step in enumerate(self.check.next_steps, start=1):
            text = Text(f"{number}  {visible(step.what.say(self.language))}\n")
            text.append(f"   → {visible(step.settles.say(self.language))}", style="dim")
            for address in step.where:
                text.append(f"\n   {visible(address)}", style="cyan")
            if step.draft:
                text.append("".join(f"\n   │ {visible(line)}" for line in step.draft.splitlines()), style="dim")
            parts.append(text)
        return parts


def outcome_name(claim: ClaimFinding) -> str:
    """The name of the word for a claim's outcome."""
    return "claim_nearly" if claim.near else f"claim_{claim.outcome}"
