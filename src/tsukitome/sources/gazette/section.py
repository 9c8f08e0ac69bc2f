"""The award notices of a gazette text, each with what its section says: buyer, date, legend.

Headers are found first (opening sentence, officer, legend, ◎ numbers, ○ numbers, headings); what stands between the first circled
number behind a header and the next header is a stretch of notices. So no header can leak into a firm's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tsukitome.normalize.dates import DateReading
from tsukitome.sources.gazette.company_form import has_form
from tsukitome.sources.gazette.layout import DATE, Layout, read_printed_date
from tsukitome.sources.gazette.legend import CIRCLED, HEADING, MARKER, Legend, read_legend
from tsukitome.sources.gazette.officer import organization_of, titles

Kind = Literal["awards", "correction", "other", "officer", "legend", "numbers", "heading"]

_OPENING = re.compile(
    r"(?:次|下記)のとおり(?P<what>[^。①-⑳]{0,200}?)(?:します|しました|する|いたします|致します|いたしました)。?"
)
_AWARDS = re.compile(r"落札|契約者|契約の相手方|随意契約(?:に(?:係る|関する|つい)|を公示)")
_CORRECTS = re.compile(r"訂正|正誤|取り?消|取消")
_NUMBERS = re.compile(r"◎|[○◯]第?[0-9]+号?")
_HEADING_LINE = re.compile(
    r"[○◯〇◎]?(?:(?:落札者等?|契約者等?|随意契約)(?:の|に関する|に係る)公示|入札公告|入札公示|公募公告|公示|公告|資料提供招請に関する公表|意見招請に関する公示|"
    r"資料提供招請|意見招請|落札者等|競争参加者の資格に関する公示|政府調達に関する(?:公示|苦情.*)|"
    r"(?:[^①-⑳。]{0,20}公示の?)?(?:一部)?(?:正誤|訂正|取消し?|取り消し)(?:公告|公示)?)"
)
_GOES_ON = re.compile(r"[がはのをにでとへ等、。]")  # behind a title inside a sentence (契約担当官等が…)
_ORGANIZATION = re.compile("法人|[省庁院]|機構|大学|株式会社|裁判所|会議")
_AMOUNT = re.compile(r"[0-9],[0-9]{3}(?![0-9])|[0-9]円")
_BEGINNING_SECTIONS: frozenset[Kind] = frozenset({"awards", "other", "heading"})
_OWN_TITLE_LINE = 40  # characters of an organization's name printed before the officer's title


@dataclass(frozen=True, slots=True)
class Section:
    """What stands above a notice. ``date`` is the section's own date line; ``legend`` None where none is printed."""

    buyer: str | None = None
    date: DateReading | None = None
    legend: Legend | None = None
    is_loose: bool = False  # notices quoted without their section's opening sentence
    corrects: bool = False  # what it prints corrects or withdraws earlier notices


@dataclass(frozen=True, slots=True)
class Stretch:
    """The notices in flat[start:end] of a layout, all under one section."""

    section: Section
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Header:
    kind: Kind
    start: int
    end: int
    legend: Legend | None = None


def stretches(layout: Layout) -> Iterator[Stretch]:
    """Every stretch of award notices. Notices under another opening sentence (入札公告 …) are not awards and stay out.

    A text without any opening sentence, such as a quotation from a notice, is one section.
    """
    headers = _headers(layout)
    inside = not any(header.kind in ("awards", "other") for header in headers)
    section, above = Section(is_loose=inside), ""
    bounds = [*(header.start for header in headers), len(layout.flat)]
    if inside:
        yield from _stretch_from(layout, section, 0, bounds[0])
    for header, behind in zip(headers, bounds[1:], strict=True):
        first = MARKER.search(layout.flat, header.end, behind)
        until = first.start() if first else behind
        kind = header.kind
        if kind == "heading":  # its opening sentence may be missing, or not be understood
            kind = _kind_of_heading(layout.flat[header.start : header.end]) or kind
        goes_on = section.corrects and kind == "correction"  # its heading and its opening sentence
        if kind in ("awards", "correction", "other"):
            inside = kind == "awards"
            section = Section(corrects=kind == "correction")
        elif header.legend is not None and header.legend.is_of_awards and not section.corrects:
            inside = True  # whatever the sentence above it says
        if section.corrects:
            if kind == "correction" and not goes_on:
                yield Stretch(section, header.start, _end_of_section(headers, header, len(layout.flat)))
        elif inside:
            section, above = _with_header(section, header, layout, until, above)
            before = layout.flat[header.start : until]
            if _AMOUNT.search(before) and has_form(before):  # a notice that counts its items in a way that is not known
                yield Stretch(section, header.start, until)
            if first:
                yield from _stretch_from(layout, section, until, behind)
                above = ""


def _end_of_section(headers: Sequence[_Header], header: _Header, end: int) -> int:
    """Where the next section begins."""
    sections = (other.start for other in headers if other.start > header.start and other.kind in _BEGINNING_SECTIONS)
    return next(sections, end)


def _kind_of_heading(heading: str) -> Kind | None:
    """What notices stand under a heading, where it tells."""
    if _CORRECTS.search(heading):
        return "correction"
    if _AWARDS.search(heading) or "随意契約" in heading:
        return "awards"
    return None if heading in ("公示", "公告") else "other"


def _stretch_from(layout: Layout, section: Section, start: int, end: int) -> Iterator[Stretch]:
    first = MARKER.search(layout.flat, start, end)
    if not first:
        return
    start = first.start()
    if section.legend is None and (found := read_legend(layout.flat, start, end)):
        # A legend whose heading ［掲載順序］ was lost.
        legend, stop = found
        section = replace(section, legend=legend)
        first = MARKER.search(layout.flat, stop, end)
        if not first:
            return
        start = first.start()
    yield Stretch(section, start, end)


def _with_header(section: Section, header: _Header, layout: Layout, until: int, above: str) -> tuple[Section, str]:
    """The section with what a header adds, and the text under the header that belongs to no field (``above`` the next)."""
    behind = layout.flat[header.end : until]
    if header.kind == "legend":
        rest = layout.raw(header.end, until)
        return replace(section, legend=header.legend, buyer=section.buyer or organization_of(rest)), rest
    if header.kind == "officer":
        buyer = _with_line_above(above, organization_of(layout.raw(header.start, until)))
        return replace(section, buyer=buyer), buyer or ""
    if header.kind in ("awards", "numbers"):
        section = (
            replace(section, date=section.date or read_printed_date(behind)) if header.kind == "awards" else section
        )
        rest = layout.raw(header.end, until)
        if header.kind == "awards" and section.buyer is None:
            dated = re.match(rf"[:、。]?(?:{DATE})?", behind)
            rest = layout.raw(header.end + (dated.end() if dated else 0), until)
            section = replace(section, buyer=organization_of(rest))
        return section, rest
    return section, ""


def _with_line_above(above: str, buyer: str | None) -> str | None:
    """The buyer where its name stands before the officer's title (国立大学法人… / 契約担当役 …): the line above names it."""
    name = re.sub(r"\s+", "", above).lstrip("○◯〇◎")
    if organization := organization_of(above):
        name = organization  # what stands behind it may be a post and a person's name
    if 2 < len(name) <= _OWN_TITLE_LINE and _ORGANIZATION.search(name) and not re.search("[0-9]", name):
        return name if buyer is None or not buyer.startswith(name[:4]) else buyer
    return buyer


def _headers(layout: Layout) -> list[_Header]:
    """All headers in reading order, none inside another."""
    finders = (_openings, _officers, _organizations, _legends, _numbers, _headings)
    found = sorted(
        (header for find in finders for header in find(layout)), key=lambda header: (header.start, -header.end)
    )
    kept: list[_Header] = []
    for header in found:
        if not kept or header.start >= kept[-1].end:
            kept.append(header)
    return kept


def _openings(layout: Layout) -> Iterator[_Header]:
    for match in _OPENING.finditer(layout.flat):
        kind: Kind = "correction" if _CORRECTS.search(match["what"]) else "other"
        yield _Header(
            "awards" if kind == "other" and _AWARDS.search(match["what"]) else kind, match.start(), match.end()
        )


def _officers(layout: Layout) -> Iterator[_Header]:
    flat = layout.flat
    for match in titles().finditer(flat):
        start = match.start()
        if start and flat[start - 1] in "○◯〇":
            start -= 1
        alone = start in layout.breaks or (layout.is_gap(start) and layout.is_gap(match.end()))
        if alone and not _GOES_ON.match(flat, match.end()):
            yield _Header("officer", start, match.end())


def _organizations(layout: Layout) -> Iterator[_Header]:
    """Lines that name a buyer without an officer's title: behind ○, or right above the number of the organ (◎)."""
    breaks = layout.breaks_in(0, len(layout.flat))
    for begin, end in zip(breaks, [*breaks[1:], len(layout.flat)], strict=True):
        marked = layout.flat[begin] in "○◯〇" and not _NUMBERS.match(layout.flat, begin)
        if (
            (marked or layout.flat.startswith("◎", end))
            and not MARKER.search(layout.flat, begin, end)
            and organization_of(layout.raw(begin, end))
        ):
            yield _Header("officer", begin, end)


def _legends(layout: Layout) -> Iterator[_Header]:
    for match in HEADING.finditer(layout.flat):
        found = read_legend(layout.flat, match.end(), len(layout.flat))
        legend, end = found if found else (None, match.end())
        if legend:  # the buyer may stand on the line below its last entry, with no mark before it
            lines = layout.breaks_in(layout.flat.rfind(CIRCLED[list(legend.fields)[-1] - 1], 0, end) + 1, end)
            end = next((begin for begin in lines if organization_of(layout.raw(begin, end))), end)
        yield _Header("legend", match.start(), end, legend)


def _numbers(layout: Layout) -> Iterator[_Header]:
    for match in _NUMBERS.finditer(layout.flat):
        if match.group() == "◎" or layout.is_gap(match.start()):
            yield _Header("numbers", match.start(), match.end())


def _headings(layout: Layout) -> Iterator[_Header]:
    starts = sorted(layout.breaks)
    for start, end in zip(starts, [*starts[1:], len(layout.flat)], strict=True):
        if _HEADING_LINE.fullmatch(layout.flat, start, end):
            yield _Header("heading", start, end)
