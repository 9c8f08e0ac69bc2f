"""The evaluation as figures: a JSON form, and tables for a terminal of 100 columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from tsukitome.evaluation.answers import Answer
from tsukitome.evaluation.cases import STRATA
from tsukitome.evaluation.evaluating import Evaluation
from tsukitome.evaluation.measures import (
    Measure,
    calibration_by_chance,
    calibration_measure,
    log_loss,
    mean,
    recall,
    reciprocal_rank,
    reliability,
    share,
)
from tsukitome.language import Language
from tsukitome.packaged import packaged_toml

RANKS = (1, 5, 10)
SCHEMA = "tsukitome/evaluation/1"


def figures(answers: Sequence[Answer]) -> dict[str, Any]:
    """The measures of one column of answers; log loss and calibration only where probabilities are given."""
    present = [answer for answer in answers if answer.present]
    found: dict[str, Any] = {f"recall@{k}": share([recall(answer, k) for answer in present]) for k in RANKS}
    found["mrr"] = mean([reciprocal_rank(answer) for answer in present])
    if answers and answers[0].right is not None:
        found["log_loss"] = mean([log_loss(answer) for answer in answers])
        found["log_loss_present"] = mean([log_loss(answer) for answer in present])
        found["ece"] = calibration_measure(answers)
        found["ece_by_chance"] = calibration_by_chance(answers)
    return found


def verdicts(answers: Sequence[Answer]) -> dict[str, Measure]:
    """How often each verdict is given; ``wrongly`` is identified and not the right firm."""
    present = [answer for answer in answers if answer.present]
    absent = [answer for answer in answers if not answer.present]

    def named(found: Sequence[Answer], *names: str) -> Measure:
        return share([float(answer.verdict in names) for answer in found])

    identified = [float(answer.verdict == "identified") for answer in absent]
    return {
        "identified": named(present, "identified"),
        "wrongly": share([(answer.verdict == "identified") * (1 - answer.first_right) for answer in present]),
        "undecided": named(present, "shortlist", "ambiguous"),
        "not_found": named(present, "not_found"),
        "absent_identified": named(absent, "identified"),
        "absent_same": share([hit * one.first_did_it for hit, one in zip(identified, absent, strict=True)]),
        "absent_not_found": named(absent, "not_found"),
    }


def to_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The whole evaluation as ``tsukitome evaluate --format json`` prints it."""
    pooled = [answer for answers in evaluation.matcher.values() for answer in answers]
    whole: dict[str, Any] = {
        "schema": SCHEMA,
        "seed": evaluation.seed,
        "weights": evaluation.weights,
        "records": evaluation.records,
        "alternatives": evaluation.alternatives,
        "cases": len(evaluation.cases),
        "present": sum(case.present for case in evaluation.cases),
        "unread": evaluation.unread,
        "strata": {
            stratum: {who: figures(getattr(evaluation, who)[stratum]) for who in ("matcher", "oracle", "reporter")}
            | {"verdicts": verdicts(evaluation.matcher[stratum])}
            for stratum in STRATA
        },
        "reliability": [asdict(row) for row in reliability(pooled)],
        "without": {facet: figures(answers) for facet, answers in evaluation.without.items()},
    }
    plain = _plain(whole)
    assert isinstance(plain, dict)
    return plain


def _plain(value: Any) -> Any:
    """Measures as lists of figures, rounded; what could not be measured is null."""
    if isinstance(value, Measure):
        return {
            "value": _plain(value.value),
            "low": _plain(value.low),
            "high": _plain(value.high),
            "cases": value.cases,
        }
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value


@cache
def _labels() -> dict[str, dict[str, str]]:
    return packaged_toml("tsukitome.evaluation", "labels.toml")


class Report:
    """Draws an evaluation in one language."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        self.evaluation, self.language = evaluation, language
        self.facts = to_dict(evaluation)

    def say(self, name: str, **facts: Any) -> str:
        return _labels()[name][self.language].format(**facts)

    def render(self) -> RenderableType:
        """Everything, from the ranks to what each comparer is worth."""
        facts = self.facts
        head = {name: facts[name] for name in ("cases", "records", "alternatives", "present", "seed", "weights")}
        parts: list[RenderableType] = [
            Text(self.say("head", **head, absent=facts["cases"] - facts["present"])),
            Text(self.say("noise")),
        ]
        if facts["unread"]:
            parts.append(Text(self.say("unread", clues=", ".join(facts["unread"])), style="magenta"))
        for table in (self._ranks(), self._verdicts(), self._reliability(), self._without()):
            parts += [Text(), table]
        return Group(*parts)

    def _table(self, title: str, *columns: str) -> Table:
        table = Table(
            title=self.say(title),
            title_justify="left",
            title_style="bold",
            box=None,
            pad_edge=False,
            header_style="dim",
        )
        for number, column in enumerate(columns):
            table.add_column(column, justify="right" if number else "left", no_wrap=True)
        return table

    def _ranks(self) -> Table:
        columns = [f"@{k}" for k in RANKS]
        table = self._table("title_ranks", self.say("stratum"), *columns, "MRR", self.say("log_loss"), "ECE")
        for stratum, found in self.facts["strata"].items():
            table.add_row(Text(stratum, style="bold"))
            for who in ("matcher", "oracle", "reporter"):
                row = found[who]
                cells = [_cell(row[f"recall@{k}"]) for k in RANKS] + [_cell(row["mrr"])]
                if "log_loss" in row:
                    ece = f"{_number(row['ece']['value'])} ({_number(row['ece_by_chance'])})"
                    cells += [_cell(row["log_loss"], 2), ece]
                table.add_row(f"  {self.say(who)}", *cells)
        return table

    def _verdicts(self) -> Table:
        names = (
            "identified", "wrongly", "undecided", "not_found", "absent_identified", "absent_same", "absent_not_found",
        )  # fmt: skip
        table = self._table("title_verdicts", self.say("stratum"))
        for name in names:
            table.add_column(self.say(name), justify="right")
        for stratum, found in self.facts["strata"].items():
            table.add_row(stratum, *(_percent(found["verdicts"][name]) for name in names))
        return table

    def _reliability(self) -> Table:
        columns = [self.say(name) for name in ("bin", "count", "held", "right")]
        table = self._table("title_reliability", *columns)
        for row in self.facts["reliability"]:
            span = f"{row['low']:.1f}–{row['high']:.1f}"
            table.add_row(span, str(row["cases"]), _number(row["held"]), _number(row["right"]))
        return table

    def _without(self) -> Table:
        table = self._table("title_without", self.say("without"), *(f"@{k}" for k in RANKS), self.say("log_loss"))
        rows = {self.say("nothing"): self.facts["strata"]["all"]["matcher"]} | self.facts["without"]
        for name, row in rows.items():
            table.add_row(name, *(_cell(row[f"recall@{k}"]) for k in RANKS), _cell(row["log_loss"], 2))
        return table


def _number(value: float | None, places: int = 3) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _cell(measure: dict[str, Any], places: int = 3) -> str:
    """A figure and half the width of its interval: 0.952 ±.03."""
    if measure["value"] is None:
        return "–"
    half = _number((measure["high"] - measure["low"]) / 2, 2).removeprefix("0")
    return f"{_number(measure['value'], places)} ±{half}"


def _percent(measure: dict[str, Any]) -> str:
    """A share and half the width of its interval, in percent."""
    if measure["value"] is None:
        return "–"
    return f"{100 * measure['value']:.1f}% ±{50 * (measure['high'] - measure['low']):.0f}"


def print_report(evaluation: Evaluation, language: Language, console: Console) -> None:
    """Prints the report."""
    console.print(Report(evaluation, language).render())
