"""The answer as one self-contained page, and as a cell of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsukitome.findings import Findings
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import visible
from tsukitome.reporting.shown import place_of, reading_of
from tsukitome.reporting.terminal import in_full
from tsukitome.wording import phrase

if TYPE_CHECKING:
    from jinja2 import Environment


def page(findings: Findings, language: Language) -> str:
    """A whole HTML page: no script, no request to any host."""
    return _render("page.html", findings, language)


def fragment(findings: Findings, language: Language = "en") -> str:
    """The same answer as a piece of HTML for Jupyter."""
    return _render("answer.html", findings, language)


def environment(language: Language) -> Environment:
    """Where templates come from: everything they print is escaped, and names nothing that is not given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    drawing = Environment(
        loader=PackageLoader("tsukitome.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawing.filters["percent"] = percent
    drawing.filters["reading"] = lambda clue: reading_of(clue, language)
    drawing.filters["place"] = lambda source: place_of(source, language)
    drawing.filters["visible"] = lambda text: visible(str(text))
    return drawing


def _render(template: str, findings: Findings, language: Language) -> str:
    def say(name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(language)

    return (
        environment(language)
        .get_template(template)
        .render(
            answer=findings.to_dict(language),
            findings=findings,
            shown=len(in_full(findings)),
            say=say,
            language=language,
        )
    )
