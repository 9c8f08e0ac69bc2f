"""The answer as one self-contained page, and as a cell of a notebook."""

from __future__ import annotations

from typing import Any

from tsukitome.findings import Findings
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.reporting.shown import place_of, reading_of
from tsukitome.reporting.terminal import in_full
from tsukitome.wording import Language, phrase


def page(findings: Findings, language: Language) -> str:
    """A whole HTML page: no script, no request to any host."""
    return _render("page.html", findings, language)


def fragment(findings: Findings, language: Language = "en") -> str:
    """The same answer as a piece of HTML for Jupyter."""
    return _render("answer.html", findings, language)


def _render(template: str, findings: Findings, language: Language) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tsukitome.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    environment.filters["reading"] = lambda clue: reading_of(clue, language)
    environment.filters["place"] = lambda source: place_of(source, language)
    environment.filters["visible"] = lambda text: visible(str(text))

    def say(name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(language)

    return environment.get_template(template).render(
        answer=findings.to_dict(language), findings=findings, shown=len(in_full(findings)), say=say, language=language
    )
