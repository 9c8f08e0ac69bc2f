"""The gazette's pages as one text: private-use characters written out, running heads taken away, places remembered."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from tsukitome.documents.lines import Line
from tsukitome.normalize.dates import read_date
from tsukitome.normalize.text import fold, fold_with_offsets, squeeze
from tsukitome.sources.vocabulary import vocabulary

UNKNOWN = "〓"  # the printers' mark for a character that could not be set
_UNREAD = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]|\(cid:[0-9]+\)")

_NUMBER = "[0-9〇一二三四五六七八九十]{1,3}"
DATE = rf"(?:明治|大正|昭和|平成|令和)(?:元|{_NUMBER})年{_NUMBER}月{_NUMBER}日"  # in a text without white space
_WEEKDAY = r"\(?[月火水木金土日]曜日\)?"
_ISSUE = r"\(?号外(?:政府調達)?(?:第[0-9]+号)?\)?|\(?政府調達(?:公告)?版?(?:第[0-9]+号)?\)?"
_PART = rf"官報|{_ISSUE}|第[0-9]+号|{DATE}|{_WEEKDAY}|[0-9]{{1,4}}頁?|[-・|〔〕\[\]]|目次"
# A line made of nothing but the parts of a running head; one of the three telling parts must be among them.
_HEAD = re.compile(rf"(?=.*(?:官報|号外|曜日))(?:{_PART})+")
_PAGE_NUMBER = re.compile(r"[-(]?[0-9]{1,4}[-)頁]?")
_WORD, _MARK = re.compile(r"\S+"), re.compile(UNKNOWN)
_INSIDE_NUMBER = re.compile(r"[0-9][,.-]$|,[0-9]{1,2}$")
# The same inside a line of text, where columns were joined: only with a date and a weekday, so that no value is taken for one.
_INLINE_HEAD = re.compile(rf"(?:(?:{_ISSUE}|官報)*){DATE}{_WEEKDAY}(?:{_ISSUE}|官報|第[0-9]+号)*")


@dataclass(frozen=True, slots=True)
class Layout:
    """A gazette text ready to be split.

    ``text`` is what is printed, line by line. ``flat`` is the same folded and without white space; ``starts[i]`` and
    ``ends[i]`` are the offsets in ``text`` of ``flat[i]``. ``gaps`` are the places in ``flat`` before which white
    space stood, ``breaks`` those that begin a line, ``paragraphs`` those that begin one behind an empty line.
    ``heads`` are the dates of running heads, by offset in ``flat``, and ``unknown`` the private-use characters that no
    table explains, likewise.
    """

    lines: tuple[Line, ...]
    line_starts: tuple[int, ...]
    text: str
    flat: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: frozenset[int]
    breaks: frozenset[int]
    paragraphs: frozenset[int]
    heads: tuple[tuple[int, dt.date], ...]
    unknown: tuple[tuple[int, str], ...]

    def raw(self, start: int, end: int) -> str:
        """What is printed for flat[start:end], white space and line breaks included."""
        return self.text[self.starts[start] : self.ends[end - 1]] if end > start else ""

    def line_at(self, position: int) -> Line:
        """The line on which flat[position] is printed."""
        return self.lines[bisect_right(self.line_starts, self.starts[position]) - 1]

    def issue_date(self, position: int) -> dt.date | None:
        """The date of the nearest running head before a place, else of the first one behind it."""
        at = bisect_right(self.heads, position, key=itemgetter(0))
        return self.heads[max(at - 1, 0)][1] if self.heads else None

    def unknown_in(self, start: int, end: int) -> tuple[str, ...]:
        """The unexplained characters (``U+E999``) printed in flat[start:end], each once."""
        return tuple(dict.fromkeys(code for offset, code in self.unknown if start <= offset < end))


@cache
def _private_use() -> dict[int, str]:
    return {int(row["code"], 16): row["text"] for row in vocabulary("gazette_private_use")}


def write_out(text: str) -> tuple[str, list[str]]:
    """``text`` with its private-use characters as ordinary ones, and the codes of those that no table explains.

    An unexplained one becomes 〓, so that it is seen and never read as a blank.
    """
    text = text.translate(_private_use())
    unknown = [found if found.startswith("(") else f"U+{ord(found):04X}" for found in _UNREAD.findall(text)]
    return _UNREAD.sub(UNKNOWN, text), unknown


def read_printed_date(printed: str) -> dt.date | None:
    """The first full date with its era in a text without white space, kanji numerals included; else None."""
    match = re.search(DATE, printed)
    return read_date(match.group()).date if match else None


def lay_out(lines: Sequence[Line]) -> Layout:
    """The layout of a document's lines, in reading order."""
    kept: list[Line] = []
    texts: list[str] = []
    heads: list[tuple[int, dt.date]] = []  # by number of the line kept next
    unknown: list[list[str]] = []
    paragraphs: set[int] = set()
    blank = head = False  # what stands directly above
    for line, text, codes, date in _without_heads(lines):
        if date:
            heads.append((len(kept), date))
        if line is None:
            head = True
        elif not text.strip():
            blank = True
        else:
            # An empty line beside a running head is the page's margin and may stand inside a notice.
            if blank and not head and kept and kept[-1].page == line.page:
                paragraphs.add(len(kept))
            blank = head = False
            unknown.append(codes)
            kept.append(line)
            texts.append(text)
    return _flatten(kept, texts, heads, unknown, paragraphs)


def _without_heads(lines: Sequence[Line]) -> Iterator[tuple[Line | None, str, list[str], dt.date | None]]:
    """Each line that stays (None for a running head), its text, its unexplained characters, the head's date."""
    written = [(line, *write_out(line.text)) for line in lines]
    flats = [squeeze(fold(text)) for _, text, _ in written]
    is_head = [bool(_HEAD.fullmatch(flat)) for flat in flats]
    for index, (line, text, codes) in enumerate(written):
        flat = flats[index]
        if is_head[index]:
            yield None, "", [], read_printed_date(flat)
        elif _PAGE_NUMBER.fullmatch(flat) and (line.margin or _beside_head(index, flats, is_head, lines)):
            yield None, "", [], None
        elif "曜日" not in flat:
            yield line, text, codes, None
        else:
            cleaned, date = _without_inline_head(text)
            yield line, cleaned, codes, date


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


def _without_inline_head(text: str) -> tuple[str, dt.date | None]:
    folded = fold_with_offsets(text)
    places = [place for place, char in enumerate(folded.text) if not char.isspace()]
    flat = "".join(folded.text[place] for place in places)
    match = _INLINE_HEAD.search(flat)
    if not match:
        return text, None
    start, end = folded.starts[places[match.start()]], folded.ends[places[match.end() - 1]]
    behind = re.sub(r"^\s*[0-9０-９]{1,4}\s*$", "", text[end:])  # the page number behind the head
    return f"{text[:start]} {behind}", read_printed_date(match.group())


def _flatten(
    kept: Sequence[Line],
    texts: Sequence[str],
    heads: Sequence[tuple[int, dt.date]],
    unknown: Sequence[list[str]],
    paragraphs: set[int],
) -> Layout:
    line_starts: list[int] = []
    flat: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: set[int] = set()
    first_of_line: list[int] = []
    marks: list[tuple[int, str]] = []
    offset = 0
    for number, text in enumerate(texts):
        line_starts.append(offset)
        first_of_line.append(len(flat))
        gaps.add(len(flat))
        codes = iter(unknown[number])
        folded = fold_with_offsets(text)
        for word in _WORD.finditer(folded.text):
            gaps.add(len(flat))
            marks += [
                (len(flat) + mark.start(), code)
                for mark, code in zip(_MARK.finditer(word.group()), codes, strict=False)
            ]
            flat += word.group()
            starts += [offset + start for start in folded.starts[word.start() : word.end()]]
            ends += [offset + end for end in folded.ends[word.start() : word.end()]]
        gaps.add(len(flat))
        offset += len(text) + 1
    first_of_line.append(len(flat))
    return Layout(
        lines=tuple(kept),
        line_starts=tuple(line_starts),
        text="\n".join(texts),
        flat="".join(flat),
        starts=tuple(starts),
        ends=tuple(ends),
        gaps=frozenset(gaps),
        breaks=frozenset(first_of_line[:-1]),
        paragraphs=frozenset(first_of_line[number] for number in paragraphs),
        heads=tuple((first_of_line[number], date) for number, date in heads),
        unknown=tuple(marks),
    )
