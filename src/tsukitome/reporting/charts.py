"""Answers and profiles as Altair charts, and as pictures that need no script and no host.

Altair and vl-convert come with the extra ``notebook``; :func:`can_draw` says whether they are here. They are loaded only to draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from tsukitome.findings import Candidate, Findings
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.profile.profile import Profile
from tsukitome.reporting.inert import visible
from tsukitome.wording import phrase

_FONT = "system-ui, 'Hiragino Sans', 'Noto Sans CJK JP', 'Yu Gothic', sans-serif"
_WIDTH, _STEP, _LABELS = 460, 24, 250
# Told apart in grey and by the colour-blind too (Okabe and Ito's palette, darkened for white paper).
_COLOURS = {
    "agree": "#00785a", "near": "#c98a00", "contradict": "#b3261e", "record_silent": "#8f8f8f", "sum": "#3b5b92",
}  # fmt: skip
_LISTED = 8  # candidates in a picture; the table has the others


@cache
def can_draw() -> bool:
    """Whether the extra ``notebook`` is installed."""
    return find_spec("altair") is not None and find_spec("vl_convert") is not None


def candidates_chart(findings: Findings, language: Language = "en") -> Any:
    """The probability of the first firms, of those not listed, and of "none of these"."""
    listed = findings.candidates[:_LISTED]
    rest = findings.rest_probability + sum(one.probability for one in findings.candidates[_LISTED:])
    rows = [(f"{one.rank}  {visible(one.firm.name)}", one.probability, "sum") for one in listed]
    if rest > 1e-9:
        rows.append((phrase("label_rest").say(language), rest, "record_silent"))
    rows.append((phrase("label_none").say(language), findings.none_probability, "record_silent"))
    data = [{"name": name, "share": share, "said": percent(share), "kind": kind} for name, share, kind in rows]
    return _bars(data, phrase("picture_candidates").say(language), "share", scale=(0, 1))


def waterfall_chart(candidate: Candidate, language: Language = "en") -> Any:
    """How the evidence of a firm's likeliest award adds up, clue by clue, in bits."""
    import altair as alt

    total, data = 0.0, []
    for piece in candidate.evidence:
        if piece.outcome == "clue_silent":
            continue
        said = phrase(f"clue_{piece.clue}").say(language)
        outcome = phrase(f"outcome_{piece.outcome}").say(language)
        bar = {"name": f"{said}: {outcome}", "from": total, "to": total + piece.bits, "kind": piece.outcome}
        data.append(bar | {"said": f"{piece.bits:+.1f}"})
        total += piece.bits
    whole = phrase("picture_sum").say(language)
    data.append({"name": whole, "from": 0.0, "to": total, "kind": "sum", "said": f"{total:.1f}"})
    title = phrase("picture_waterfall", firm=visible(candidate.firm.name)).say(language)
    base = alt.Chart(alt.Data(values=data)).encode(y=_names())
    bars = base.mark_bar(height=15).encode(
        x=alt.X("from:Q", title=phrase("label_bits").say(language)), x2="to:Q", color=_colour(),
        tooltip=["name:N", "said:N"],
    )  # fmt: skip
    text = base.mark_text(align="left", dx=5).encode(x="right:Q", text="said:N")
    text = text.transform_calculate(right="max(datum.from, datum.to)")
    return _titled(bars + text, title, len(data))


def narrowing_chart(findings: Findings, language: Language = "en") -> Any:
    """How many awards are left with every clue more, and how many of those can't be compared (grey)."""
    import altair as alt

    data = []
    for number, step in enumerate(findings.narrowing):
        name = phrase("label_all_records").say(language)
        if step.clue is not None:
            name = f"{phrase(f'clue_{step.clue}').say(language)} {visible(step.quote or '')}"
        silent = f" (+{phrase('label_silent', count=step.silent).say(language)})" if step.silent else ""
        data.append(
            {"name": f"{number}  {name}", "records": step.records, "said": f"{step.records:,}{silent}", "kind": "sum"}
        )
    # A logarithm of one more than the count: a step to one award, or to none, has to be seen beside a million.
    scale = alt.Scale(type="symlog")
    return _bars(data, phrase("picture_narrowing").say(language), "records", scale=scale)


def years_chart(profile: Profile, language: Language = "en") -> Any:
    """What a firm was awarded by fiscal year, and apart from it what project reviews say it was paid, in million yen."""
    import altair as alt

    awards, paid = phrase("firm_awards").say(language), phrase("firm_payments").say(language)
    data = []
    for one in profile.by_fiscal_year:
        year = phrase("firm_fiscal_year", year=one.heading).say(language) if one.heading else "–"
        for name, count, yen in ((awards, one.awards, one.total), (paid, one.payments, one.paid)):
            if count:
                data.append({"year": year, "what": name, "millions": yen / 1e6, "count": count})
    chart = (
        alt.Chart(alt.Data(values=data))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            xOffset="what:N",
            y=alt.Y("millions:Q", title=phrase("picture_millions").say(language)),
            color=alt.Color("what:N", title=None, scale=alt.Scale(range=[_COLOURS["sum"], _COLOURS["near"]])),
            tooltip=["year:O", "what:N", "millions:Q", "count:Q"],
        )
        .properties(width=_WIDTH, height=180)
    )
    return _dressed(chart)


def answer_chart(findings: Findings, language: Language = "en") -> Any:
    """Candidates, the waterfall of the first, and the narrowing, one below the other."""
    import altair as alt

    parts = [candidates_chart(findings, language)]
    if findings.best is not None:
        parts.append(waterfall_chart(findings.best, language))
    parts.append(narrowing_chart(findings, language))
    return _dressed(alt.vconcat(*parts, spacing=18).resolve_scale(color="shared"))


def svg(chart: Any) -> str:
    """A chart as SVG text: it needs no script, no host and no font of its own."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(chart.to_json(), vl_version=_vegalite_version(chart))
    return drawn


def _vegalite_version(chart: Any) -> str:
    """``6.1`` of a chart's schema, as far as vl-convert has it."""
    import vl_convert

    known: Sequence[str] = vl_convert.get_vegalite_versions()
    schema = str(chart.to_dict()["$schema"])
    wanted = schema.rsplit("/v", 1)[-1].removesuffix(".json")
    fitting = [version for version in known if wanted.startswith(version)]
    return fitting[-1] if fitting else known[-1]


def _bars(data: Sequence[Mapping[str, Any]], title: str, field: str, *, scale: Any) -> Any:
    import altair as alt

    if isinstance(scale, tuple):
        scale = alt.Scale(domain=list(scale))
    base = alt.Chart(alt.Data(values=list(data))).encode(y=_names())
    bars = base.mark_bar(height=15).encode(
        x=alt.X(f"{field}:Q", title=None, axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False), scale=scale),
        color=_colour(), tooltip=["name:N", "said:N"],
    )  # fmt: skip
    text = base.mark_text(align="left", dx=5).encode(x=alt.X(f"{field}:Q", scale=scale), text="said:N")
    return _titled(bars + text, title, len(data))


def _names() -> Any:
    import altair as alt

    return alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=_LABELS, ticks=False, domain=False))


def _colour() -> Any:
    import altair as alt

    scale = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    return alt.Color("kind:N", scale=scale, legend=None)


def _titled(chart: Any, title: str, rows: int) -> Any:
    import altair as alt

    told = alt.TitleParams(title, anchor="start", frame="group", fontSize=13)
    return chart.properties(title=told, width=_WIDTH, height=rows * _STEP)


def _dressed(chart: Any) -> Any:
    return (
        chart.configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontWeight="normal")
    )
