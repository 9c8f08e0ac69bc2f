"""The gazette's pages as one text: private-use characters written out, running heads taken away, places remembered."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, count, takewhile
from operator import itemgetter
from typing import NamedTuple

from tsukitome.documents.lines import Line
from tsukitome.normalize.dates import DateReading, read_date
from tsukitome.normalize.text import fold, fold_seen_with_offsets, squeeze, squeeze_lines, without_unseen
from tsukitome.sources.gazette.numbering import FILLER, lines_with, lines_with_labels, style_of, with_circled_numbers
from tsukitome.sources.vocabulary import vocabulary

UNKNOWN = "〓"  # the printers' mark for a character that could not be set
_UNREAD = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]|\(cid:[0-9]+\)")

_NUMBER = "[0-9〇一二三四五六七八九十]{1,3}"
# In a text without white space. A year may be misprinted with any number of digits: it is a date all the same, and is told.
DATE = rf"(?:明治|大正|昭和|平成|令和)(?:元|[0-9〇一二三四五六七八九十]{{1,8}})年{_NUMBER}月{_NUMBER}日"
_WEEKDAY = r"\(?[月火水木金土日]曜日\)?"
_ISSUE = r"\(?号外(?:政府調達)?(?:第[0-9]+号)?\)?|\(?政府調達(?:公告)?版?(?:第[0-9]+号)?\)?"
_PART = rf"官報|{_ISSUE}|第[0-9]+号|{DATE}|{_WEEKDAY}|[0-9]{{1,4}}頁?|[-・|〔〕\[\]]|目次"
_CIRCLED_NUMBER = re.compile(f"[①-⑳]{FILLER}*")
# A line made of nothing but the parts of a running head; one of the three telling parts must be among them.
_HEAD = re.compile(rf"(?=.*(?:官報|号外|曜日))(?:{_PART})+")
_PAGE_NUMBER = re.compile(r"[-(]?[0-9]{1,4}[-)頁]?")
_LONGEST_PAGE_NUMBER = 6
_TELLING = re.compile("官報|号外|曜日")
_MARK = re.compile(UNKNOWN)
_INSIDE_NUMBER = re.compile(r"[0-9][,.-]$|,[0-9]{1,2}$")
# The same inside a line of text, where columns were joined: only with a date and a weekday, so that no value is taken for one.
_INLINE_HEAD = re.compile(rf"(?:(?:{_ISSUE}|官報)*){DATE}{_WEEKDAY}(?:{_ISSUE}|官報|第[0-9]+号)*")


class _Kept(NamedTuple):
    """A line that is text: as printed, folded, folded and without white space, and its characters that no table explains.

    ``skeleton`` is the printed text with one circled number (and fillers) for each number that counts items in another form.
    """

    line: Line
    text: str
    folded: str
    flat: str
    codes: tuple[str, ...]
    skeleton: str


class _Form:
    """All lines kept in one form: where each begins, the last one's end included, and where its circled numbers do.

    ``skeleton`` is the text with one circled number and fillers for each number that counts items in another way.
    """

    def __init__(self, text: str, skeleton: str | None = None) -> None:
        self.text = text
        shown = text if skeleton is None else skeleton
        self.begins = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
        self.marks = [match.start() for match in _CIRCLED_NUMBER.finditer(shown)]
        self._ends = [match.end() for match in _CIRCLED_NUMBER.finditer(shown)] if FILLER in shown else None

    def behind_mark(self, nth: int) -> int:
        return self._ends[nth] if self._ends else self.marks[nth] + 1


class Layout:
    """A gazette text ready to be split.

    ``flat`` is what is printed, line by line, folded and without white space; every place is an offset in it. ``breaks`` are
    the places that begin a line, ``paragraphs`` those that begin one behind an empty line, in order. ``heads`` are the dates of
    running heads, by the place behind them, and ``unknown`` the private-use characters that no table explains, likewise.
    """

    def __init__(
        self, kept: Sequence[_Kept], heads: Sequence[tuple[int, DateReading]], paragraphs: Sequence[int]
    ) -> None:
        """``heads`` and ``paragraphs`` count in lines kept."""
        self.lines = [one.line for one in kept]
        self.flat = "".join([one.flat for one in kept])
        begins = list(accumulate([len(one.flat) for one in kept], initial=0))
        self._begins = begins[:-1]
        self.breaks = frozenset(self._begins)
        self.paragraphs = [begins[number] for number in paragraphs]
        self.heads = [(begins[number], date) for number, date in heads]
        self._skeletons = [one.skeleton for one in kept]
        self._printed = _Form("\n".join([one.text for one in kept]), "\n".join(self._skeletons))
        self._folded = _Form("\n".join([one.folded for one in kept]))
        self._has_unseen = without_unseen(self._printed.text) != self._printed.text
        self._offsets: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        # Nearly all that is asked for begins and ends at a line or beside a circled number, and those are the same in all forms.
        self._line_of = dict(zip(begins, count()))
        self._nth_mark = dict(zip([match.start() for match in _CIRCLED_NUMBER.finditer(self.flat)], count()))
        self.unknown = [
            (begins[number] + mark.start(), code)
            for number, one in enumerate(kept)
            if one.codes
            for mark, code in zip(_MARK.finditer(one.flat), one.codes, strict=False)
        ]

    def raw(self, start: int, end: int) -> str:
        """What is seen of flat[start:end] as printed, white space and line breaks included."""
        printed = self.as_printed(start, end)
        return without_unseen(printed).strip() if self._has_unseen else printed

    def as_printed(self, start: int, end: int) -> str:
        """:meth:`raw` with control and zero-width characters, which no other text of a layout holds."""
        if end <= start:
            return ""
        begin, stop = self._place_in(self._printed, start), self._place_in(self._printed, end)
        if begin is None:
            begin = self._offset(start, 0)
        if stop is None:
            stop = self._offset(end - 1, 1)
        return self._printed.text[begin:stop].strip()

    def folded(self, start: int, end: int) -> str:
        """:meth:`raw`, folded."""
        begin, stop = self._place_in(self._folded, start), self._place_in(self._folded, end)
        return fold(self.raw(start, end)) if begin is None or stop is None else self._folded.text[begin:stop].strip()

    def _place_in(self, form: _Form, place: int) -> int | None:
        """Where flat[place] stands in a form of the text, if a line begins or a circled number begins or ends there."""
        nth = self._nth_mark.get(place)
        if nth is not None:
            return form.marks[nth]
        line = self._line_of.get(place)
        if line is not None:
            return form.begins[line]
        nth = self._nth_mark.get(place - 1)
        return None if nth is None else form.behind_mark(nth)

    def _offset(self, place: int, side: int) -> int:
        """Where flat[place] begins (``side`` 0) or ends (1) in the text as printed."""
        number = self._number(place)
        if number not in self._offsets:
            folded = fold_seen_with_offsets(self._skeletons[number])
            shown = [at for at, char in enumerate(folded.text) if squeeze(char)]
            self._offsets[number] = (
                tuple([folded.starts[at] for at in shown]),
                tuple([folded.ends[at] for at in shown]),
            )
        return self._printed.begins[number] + self._offsets[number][side][place - self._begins[number]]

    def _number(self, place: int) -> int:
        return bisect_right(self._begins, place) - 1

    def line_at(self, place: int) -> Line:
        """The line on which flat[place] is printed."""
        return self.lines[self._number(place)]

    def is_gap(self, place: int) -> bool:
        """Whether white space is printed before flat[place], or a line begins or ends there."""
        if place in self.breaks or place == len(self.flat):
            return True
        return any(map(str.isspace, self._printed.text[self._offset(place - 1, 1) : self._offset(place, 0)]))

    def issue_date(self, place: int) -> DateReading | None:
        """The date of the nearest running head before a place, else of the first one behind it."""
        at = bisect_right(self.heads, place, key=itemgetter(0))
        return self.heads[max(at - 1, 0)][1] if self.heads else None

    def unknown_in(self, start: int, end: int) -> tuple[str, ...]:
        """The unexplained characters (``U+E999``) printed in flat[start:end], each once."""
        first = bisect_left(self.unknown, start, key=itemgetter(0))
        return tuple(dict.fromkeys(code for _, code in takewhile(lambda one: one[0] < end, self.unknown[first:])))

    def breaks_in(self, start: int, end: int) -> Sequence[int]:
        """The places from ``start`` and before ``end`` that begin a line, in order."""
        return self._begins[bisect_left(self._begins, start) : bisect_left(self._begins, end)]

    def paragraph_in(self, start: int, end: int) -> int | None:
        """The first place behind ``start`` and before ``end`` that begins a line behind an empty one."""
        at = bisect_right(self.paragraphs, start)
        return self.paragraphs[at] if at < len(self.paragraphs) and self.paragraphs[at] < end else None


@cache
def _private_use() -> dict[str, str]:
    return {chr(int(row["code"], 16)): row["text"] for row in vocabulary("gazette_private_use")}


def write_out(text: str) -> str:
    """``text`` with its private-use characters as ordinary ones; those that no table explains stay."""
    for private, ordinary in _private_use().items():
        text = text.replace(private, ordinary)  # several times as quick as one pass over all characters
    return text


def _marked(text: str) -> tuple[str, tuple[str, ...]]:
    """A text that is written out, and the codes of the characters in it that no table explains.

    Such a one becomes 〓, so that it is seen and never read as a blank.
    """
    unknown = _UNREAD.findall(text)
    if not unknown:
        return text, ()
    codes = tuple([found if found.startswith("(") else f"U+{ord(found):04X}" for found in unknown])
    return _UNREAD.sub(UNKNOWN, text), codes


def read_printed_date(printed: str) -> DateReading | None:
    """The first full date with its era in a text without white space, kanji numerals included; else None."""
    match = re.search(DATE, printed)
    return read_date(match.group()) if match else None


def lay_out(lines: Sequence[Line]) -> Layout:
    """The layout of a document's lines, in reading order."""
    kept: list[_Kept] = []
    heads: list[tuple[int, DateReading]] = []  # by number of the line kept next
    paragraphs: list[int] = []
    blank = head = False  # what stands directly above
    for found, date in _without_heads(lines):
        if date:
            heads.append((len(kept), date))
        if found is None:
            head = True
        elif not found.flat:
            blank = True
        else:
            # An empty line beside a running head is the page's margin and may stand inside a notice.
            if blank and not head and kept and kept[-1].line.page == found.line.page:
                paragraphs.append(len(kept))
            blank = head = False
            kept.append(found)
    return Layout(kept, heads, paragraphs)


def _without_heads(lines: Sequence[Line]) -> Iterator[tuple[_Kept | None, DateReading | None]]:
    """Each line that stays (None for a running head), and the head's date."""
    # All lines as one text: what is done to it is done once, and not thirty thousand times.
    written = write_out("\n".join([line.text.replace("\n", " ") for line in lines]))
    texts = written.split("\n")
    codes: dict[int, tuple[str, ...]] = {}
    for number in lines_with(_UNREAD, texts, written):
        texts[number], codes[number] = _marked(texts[number])
    if codes:
        written = "\n".join(texts)
    whole = fold(without_unseen(written))
    folded = whole.split("\n")
    flats = squeeze_lines(whole).split("\n")
    skeletons = dict(_recounted(texts, folded, flats, whole))
    is_head = [_TELLING.search(flat) is not None and _HEAD.fullmatch(flat) is not None for flat in flats]
    for number, (line, text, flat) in enumerate(zip(lines, texts, flats, strict=True)):
        if is_head[number]:
            yield None, read_printed_date(flat)
        elif (
            len(flat) <= _LONGEST_PAGE_NUMBER
            and _PAGE_NUMBER.fullmatch(flat)
            and (line.margin or _beside_head(number, flats, is_head, lines))
        ):
            yield None, None
        elif "曜日" not in flat:
            yield _Kept(line, text, folded[number], flat, codes.get(number, ()), skeletons.get(number, text)), None
        else:
            cleaned, date = _without_inline_head(text)
            seen = fold(without_unseen(cleaned))
            yield _Kept(line, cleaned, seen, squeeze(seen), codes.get(number, ()), cleaned), date


def _recounted(texts: Sequence[str], folded: list[str], flats: list[str], whole: str) -> Iterator[tuple[int, str]]:
    """Where a text counts items otherwise: its lines in ``folded`` and ``flats`` with circled numbers; their skeletons by line.

    ``whole`` is all of ``folded``.
    """
    style = style_of("".join(flats))
    for number in range(len(texts)) if style else lines_with_labels(folded, whole):
        if counted := with_circled_numbers(texts[number], style):
            folded[number], flats[number] = counted.folded, squeeze(counted.folded)
            yield number, counted.skeleton


def _beside_head(index: int, flats: Sequence[str], is_head: Sequence[bool], lines: Sequence[Line]) -> bool:
    """Whether a line that is a bare number stands where page numbers do: beside a running head or a page's end.

    Not where the text before it stops inside a number (242,143, / 560, or 242,143,5 / 60).
    """
    before = next((other for other in range(index - 1, -1, -1) if flats[other]), None)
    after = next((other for other in range(index + 1, len(flats)) if flats[other]), None)
    above = next((flats[other] for other in range(index - 1, -1, -1) if flats[other] and not is_head[other]), "")
    if _INSIDE_NUMBER.search(above) or (flats[index][0] == "0" and above[-1:].isdigit()):
        return False
    at_head = any(other is not None and is_head[other] for other in (before, after))
    at_edge = after is not None and lines[after].page != lines[index].page
    return at_head or at_edge or (before is not None and lines[before].page != lines[index].page)


def _without_inline_head(text: str) -> tuple[str, DateReading | None]:
    folded = fold_seen_with_offsets(text)
    places = [place for place, char in enumerate(folded.text) if not char.isspace()]
    flat = "".join(folded.text[place] for place in places)
    match = _INLINE_HEAD.search(flat)
    if not match:
        return text, None
    start, end = folded.starts[places[match.start()]], folded.ends[places[match.end() - 1]]
    behind = re.sub(r"^\s*[0-9０-９]{1,4}\s*$", "", text[end:])  # the page number behind the head
    return f"{text[:start]} {behind}", read_printed_date(match.group())
