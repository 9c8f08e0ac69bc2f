"""The whole sum behind an answer: what each clue weighs and why, and how weights become probabilities."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tsukitome.findings import AwardFinding, Candidate, Evidence, Findings
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.wording import phrase


class Explanation:
    """Draws the sum in one language."""

    def __init__(self, findings: Findings, language: Language) -> None:
        self.findings, self.language = findings, language

    def say(self, name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(self.language)

    def render(self, candidates: list[Candidate]) -> RenderableType:
        """The sum of the likeliest award of each of ``candidates``, then that of "none of these"."""
        parts: list[RenderableType] = [Rule(Text(self.say("explain_title"), style="bold"), align="left", style="dim")]
        parts.append(Text(self.say("explain_rule"), style="dim"))
        for candidate in candidates:
            parts += [Text(), self._award(candidate)]
        parts += [Text(), self._none()]
        return Group(*parts)

    def _award(self, candidate: Candidate) -> RenderableType:
        award = candidate.awards[0]
        heading = Text.assemble(
            (f"{candidate.rank}  {visible(candidate.firm.name)}", "bold"), f"  {visible(award.title)}"
        )
        return Group(heading, self._evidence(award), *self._probability(candidate, award))

    def _evidence(self, award: AwardFinding) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(self.say("label_clue"))
        table.add_column(self.say("explain_level"))
        for name in ("m", "u", self.say("explain_met"), "log2(m/u)", self.say("label_bits")):
            table.add_column(name, justify="right")
        for piece in award.evidence:
            if piece.outcome != "clue_silent":
                table.add_row(*self._row(piece))
        table.add_row(self.say("explain_total"), "", "", "", "", "", Text(f"{award.bits:+.3f}", style="bold"))
        return table

    def _row(self, piece: Evidence) -> list[str]:
        weighing, clue = piece.weighing, self.say(f"clue_{piece.clue}")
        if weighing is None:
            return [clue, self.say("outcome_record_silent"), "–", "–", "–", "–", f"{piece.bits:+.3f}"]
        logarithm = f"{weighing.bits:+.3f}"
        if weighing.strength != 1:
            logarithm = f"{weighing.strength:g} × {weighing.bits / weighing.strength:+.3f}"
        return [
            clue,
            f"{self.say(f'outcome_{piece.outcome}')} ({weighing.level})",
            f"{weighing.m:.4g}",
            f"{weighing.u:.4g}",
            f"{weighing.met:,} / {weighing.of:,}",
            logarithm,
            f"{piece.bits:+.3f}",
        ]

    def _probability(self, candidate: Candidate, award: AwardFinding) -> list[Text]:
        prior = self.findings.replay.prior
        weight = prior.in_data / prior.alternatives * 2.0**award.bits
        facts = {
            "prior": f"{prior.in_data:.4g}",
            "alternatives": prior.alternatives,
            "bits": award.bits,
            "weight": f"{weight:.4g}",
        }
        said = [Text(self.say("explain_pair", **facts, whole=f"{self._whole():.4g}", share=percent(award.probability)))]
        if len(candidate.awards) > 1:
            said.append(
                Text(self.say("explain_firm", count=len(candidate.awards), share=percent(candidate.probability)), "dim")
            )
        return said

    def _none(self) -> RenderableType:
        prior = self.findings.replay.prior
        parts = [Text(self.say("label_none"), style="bold")]
        parts += [Text(f"· {reason.say(self.language)}") for reason in prior.reasons]
        if prior.kin:
            kin = " + ".join(f"{self.say(f'kin_{kind}')} {part:.4g}" for kind, part in prior.kin.items())
            parts.append(Text(self.say("explain_absent", absent=f"{prior.absent:.4g}", kin=kin)))
        facts = {"prior": f"{prior.in_data:.4g}", "absent": f"{prior.absent:.4g}"}
        weight = f"{(1 - prior.in_data) * prior.absent:.4g}"
        share = percent(self.findings.none_probability)
        parts.append(Text(self.say("explain_none", **facts, weight=weight, whole=f"{self._whole():.4g}", share=share)))
        return Group(*parts)

    def _whole(self) -> float:
        """What all weights are divided by, so that the probabilities sum to one."""
        prior, awards = self.findings.replay.prior, [award for one in self.findings.candidates for award in one.awards]
        if not awards:
            return 1 - prior.in_data
        best = max(awards, key=lambda award: award.bits)
        return float(prior.in_data / prior.alternatives * 2.0**best.bits / best.probability)
