"""The report as one page: everything it needs is in it, and it asks no host for anything."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from markupsafe import Markup

from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.packaged import packaged
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.answer_charts import chances_chart, narrowing_chart, waterfall_chart
from tsukitome.reporting.report.calendar import calendar
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.view import View
from tsukitome.reporting.shown import reading_of
from tsukitome.translation import translate
from tsukitome.wording import said


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
        calendar=calendar(view),
        chances_chart=chances_chart,
        waterfall_chart=waterfall_chart,
        narrowing_chart=narrowing_chart,
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
