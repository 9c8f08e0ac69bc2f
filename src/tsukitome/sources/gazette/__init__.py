"""官報 政府調達版, notices of awards (落札者等の公示), as lines of text from its PDF or from JETRO's database.

Layout: an opening sentence, a date, the officer in charge with organization and post, the legend ［掲載順序］, organ numbers, then
one run of text per award, its fields marked by circled numbers. Source of the duty to publish: 国の物品等又は特定役務の調達手続の
特例を定める政令 (昭和55年政令第300号) and 契約事務取扱規則 for the agreement on government procurement, Article XVI:2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tsukitome.awards import Award
from tsukitome.cores import in_parts
from tsukitome.documents.file import File
from tsukitome.documents.lines import Line
from tsukitome.normalize.text import fold, squeeze, without_unseen
from tsukitome.sources.gazette.labelled import labelled_runs
from tsukitome.sources.gazette.layout import lay_out, write_out
from tsukitome.sources.gazette.legend import CIRCLED, MARKER, Legend, begins_like, usual_legend
from tsukitome.sources.gazette.notice import NoticeReader
from tsukitome.sources.gazette.overlooked import overlooked
from tsukitome.sources.gazette.run import Run, split_runs
from tsukitome.sources.gazette.section import Section, Stretch, stretches
from tsukitome.sources.reading import Reading, Refusal

_SAYS_SO = re.compile(
    r"落札者等(?:について|を|の)公示|[\[〔【]掲載順序[\]〕】]|(?:次|下記)のとおり、?落札者等?を決定し(?:たので[^。]{0,200}公[示告]|ました)"
)
_FILE_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")
_FIELDS_OF_A_NOTICE = 3
_FEWEST_NOTICES = 250  # for a process of their own: a notice takes about a quarter of a millisecond
_BEGINNING = 20_000  # characters
# More circled numbers on end than two notices hold whose fields are all empty; the last may begin a notice behind them.
_ROW = re.compile(f"[{CIRCLED}]{{40,}}(?=[{CIRCLED}][^{CIRCLED}])|[{CIRCLED}]{{41,}}")


def looks_like_gazette(text: str) -> bool:
    """Whether a text is one of award notices: it says so, or fields begin with what the usual legend has there.

    Values that fit their number three times (④ 一般, ⑤ 29.8.9, ⑪ 最低価格) are no accident; ① ② ③ in any other text are.
    """
    if len(text) > _BEGINNING and _looks_like(text[:_BEGINNING]):  # as nearly all do at once
        return True
    return _looks_like(text)


def _looks_like(text: str) -> bool:
    flat = squeeze(fold(without_unseen(write_out(text))))
    if _SAYS_SO.search(flat):
        return True
    legend = usual_legend()
    fitting = set()
    for match in re.finditer(f"[{CIRCLED}]", flat):
        number = CIRCLED.index(match.group()) + 1
        field = legend.fields.get(number)
        if field and field not in ("item", "price") and begins_like(field, flat[match.end() : match.end() + 48]):
            fitting.add(field)
    return len(fitting) >= _FIELDS_OF_A_NOTICE


def read_gazette(file: File, lines: Sequence[Line]) -> Reading:
    """All award notices in a document's lines. What is no award (入札公告 …) is passed over, what can't be read is refused."""
    layout = lay_out(lines)
    published = _date_in_name(file.shown)
    warning = f"no date of issue is printed: {published} was taken from the file's name" if published else (
        "no date of issue is printed, and the file's name holds none"
    )  # fmt: skip
    reader = NoticeReader(file, layout, published, warning)
    refusals: list[Refusal] = list(_empty_pages(file, lines))
    notices: list[tuple[Run, Section, Legend]] = []
    read: list[tuple[int, int]] = []
    for stretch, is_row in _parted(layout.flat, stretches(layout)):
        if is_row:
            read.append((stretch.start, stretch.end))
            reason = f"a row of {stretch.end - stretch.start:,} circled numbers with no text between them is no notice."
            refusals.append(reader.refuse(stretch.start, stretch.end, reason))
            continue
        if stretch.section.corrects:
            read.append((stretch.start, stretch.end))
            reason = "corrects or withdraws earlier notices (訂正, 取消し): hold it against them by eye."
            refusals.append(reader.refuse(stretch.start, stretch.end, reason))
            continue
        legend = stretch.section.legend or usual_legend()
        runs = labelled_runs(layout, stretch.start, stretch.end) if stretch.section.legend is None else ()
        runs = runs or tuple((run, legend) for run in split_runs(layout, stretch.start, stretch.end, legend))
        if not runs and stretch.end > stretch.start:
            read.append((stretch.start, stretch.end))
            refusals.append(reader.refuse(stretch.start, stretch.end, "no notice could be told in this text."))
        above: Run | None = None
        for run, legend in runs:
            above = Run(run.pieces, above, layout)
            notices.append((above, stretch.section, legend))
        read += ((run.start, run.end) for run, _ in runs)
    results = in_parts(lambda some: [reader.read(*notice) for notice in some], notices, fewest=_FEWEST_NOTICES)
    awards = [result for result in results if isinstance(result, Award)]
    refusals += (result for result in results if isinstance(result, Refusal))
    refusals += (
        reader.refuse(start, end, "looks like a notice of an award, but stands where none was looked for.")
        for start, end in overlooked(layout.flat, read)
    )
    if not awards and not refusals:
        refusals.append(
            Refusal(file.shown, "speaks of award notices (落札者等の公示), but no numbered notice was found in it.")
        )
    return Reading("gazette", tuple(_told_apart(awards)), tuple(refusals))


def _told_apart(awards: Sequence[Award]) -> Iterator[Award]:
    """Awards that begin on one line, with identities of their own."""
    known: Counter[str] = Counter()
    for award in awards:
        known[award.award_id] += 1
        number = known[award.award_id]
        yield award if number == 1 else replace(award, award_id=f"{award.award_id}.{number}")


def _parted(flat: str, whole: Iterator[Stretch]) -> Iterator[tuple[Stretch, bool]]:
    """Stretches taken apart at rows of circled numbers, and whether each is such a row: weighing one would take very long."""
    for stretch in whole:
        start = stretch.start
        for row in _ROW.finditer(flat, stretch.start, stretch.end):
            if row.start() > start:
                yield replace(stretch, start=start, end=row.start()), False
            yield replace(stretch, start=row.start(), end=row.end()), True
            first = MARKER.search(flat, row.end(), stretch.end)
            start = first.start() if first else row.end()
        if start < stretch.end:
            yield replace(stretch, start=start), False


def _empty_pages(file: File, lines: Sequence[Line]) -> list[Refusal]:
    """Pages without a word: in the gazette's PDFs many are pictures only."""
    full = {line.page for line in lines if line.text.strip()}
    pages = sorted({line.page for line in lines})
    # Blank lines behind the last form feed are no page.
    last = max(full, default=0)
    return [
        Refusal(file.shown, "holds no text (a picture only?): its notices are missing.", f"page {page}")
        for page in pages
        if page not in full and page <= last
    ]


def _date_in_name(shown: str) -> dt.date | None:
    match = _FILE_DATE.search(shown.rsplit("/", 1)[-1])
    if not match:
        return None
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
