"""Lots and amounts told apart where a price field glues them: ``№1 1,200,000円``, ``1. 5,000,000円``, ``1 4 .9 0 円``.

White space parts a label from its amount, and letter-spacing puts white space anywhere, so neither closing nor keeping it is
safe. Each run of digits is read in every way that gives a label and a well-formed amount; one way left is the truth, several
are told apart by white space between digits, by the winners' labels, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache

from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.gazette.labels import label_key
from tsukitome.sources.vocabulary import vocabulary

_LARGE = "[十百千万億兆]"
_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?![0-9])"  # 182.547.000
_PLAIN = rf"(?:{_DOTTED}|(?:{_GROUPED}|[1-9][0-9]*|0(?=\.))(?:\.[0-9]{{1,4}}(?![0-9]))?)"
_AMOUNT = re.compile(rf"{_PLAIN}(?:{_LARGE}+(?:{_PLAIN})?)*")
_RUN = rf"[0-9][0-9,.]*(?:{_LARGE}+[0-9,.]*)*"
_LIST_RUN = rf"[0-9][0-9,.、~〜・…-]*(?:{_LARGE}+[0-9,.]*)*"
_LOTS = re.compile(r"[0-9]{1,3}(?:[、,.~〜・…-]{1,2}[0-9]{1,3})*[.、]?")
_ONE_LOT = re.compile(r"[1-9][0-9]?\.?")
# What may stand behind an amount; a counter (1号, 3年, 100個) says that the run is none.
_BEHIND = re.compile(r"円|$|[()、。;/¥@\[\]〓①-⑳]|ほか|他|外|税|単価|総価|第|N[oO]|no|L[oO][tT]|ロット")
_PARENTHESIZED = re.compile(r"\([0-9]{1,3}\)")
_IN_PARENTHESES = re.compile(r"(?:(?<=[円、。 )])|^)\(([0-9]{1,3})\):?(?=[0-9@¥〓])")
_SHORTEST_PLAIN = 3  # digits of an amount without 円
_SEN_DIGITS = 2
_MONEY_WORD = re.compile(r"(?:[金額価計込抜別約円@¥(（\[、。;:)】]|^)$")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a run: its first ``label`` characters are a lot's number (0: all is the amount).

    ``clean``: white space parts label and amount, and stands nowhere else between two digits.
    """

    label: int
    clean: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Digits flat[start:end] that hold an amount, perhaps behind a lot's number. ``head``: a word of lots stands before
    them; ``word``: another word does, without white space between.
    """

    start: int
    end: int
    head: bool
    word: bool
    text: str
    gaps: frozenset[int]
    ways: tuple[Way, ...] = field(default=())

    @property
    def letter_spaced(self) -> bool:
        """Whether white space stands between all digits that are neighbours."""
        pairs = [place for place in range(1, len(self.text)) if self.text[place - 1 : place + 1].isdigit()]
        return all(place in self.gaps for place in pairs)

    def label_of(self, way: Way) -> str:
        return label_key(self.text[: way.label])


@cache
def _heads() -> re.Pattern[str]:
    words = sorted((row["word"] for row in vocabulary("gazette_lot_words")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\.?:?$")


@dataclass(frozen=True, slots=True)
class ToldApart:
    """A field folded and without white space, a colon behind each lot's number; what could not be told is left out."""

    text: str
    warnings: tuple[str, ...] = ()


def tell_apart(printed: str, known: Collection[str] = ()) -> ToldApart:
    """The lots and amounts of a field as printed. ``known`` are the winners' labels.

    >>> tell_apart("№1 1,200,000円 №2 5,000,000円").text
    'No1:1,200,000円 No2:5,000,000円'
    """
    flat, gaps = _flat(printed)
    runs = list(_runs(flat, gaps))
    chosen = _choose(runs, known)
    text, position = "", 0
    warnings: list[str] = []
    for run, way in zip(runs, chosen, strict=True):
        text += flat[position : run.start]
        position = run.end
        if way is None:
            # The lot's word goes too: a label must not take the amount behind the next one.
            head = _heads().search(text) if run.head else None
            text = text[: head.start()] + "、" if head else text + "〓 "
            position += flat.startswith("円", position)
            said = _as_printed(run)
            warnings.append(
                f"price {said!r} was left out: where its lot's number ends and the amount begins is not sure"
            )
        elif way.label:
            text = _labelled(text, run, way)
        else:
            text += run.text
            if len(run.gaps) == 1 and any(
                other.clean and run.text[other.label - 1] != "." for other in run.ways if other.label
            ):
                warnings.append(f"the white space in price {_as_printed(run)!r} was taken for letter-spacing")
    return ToldApart(_IN_PARENTHESES.sub(r" \1:", text + flat[position:]), tuple(warnings))


def _labelled(text: str, run: Run, way: Way) -> str:
    head = _heads().search(text) if run.head else None
    begin = head.start() if head else len(text)
    before, word = text[:begin], text[begin:].rstrip(":")
    space = " " if before and not before.endswith(" ") else ""
    return f"{before}{space}{word}{run.text[: way.label].rstrip('.、')}:{run.text[way.label :]}"


def _as_printed(run: Run) -> str:
    return "".join((" " if place in run.gaps else "") + char for place, char in enumerate(run.text)).strip()


def _flat(printed: str) -> tuple[str, frozenset[int]]:
    flat, gaps = "", set()
    for piece in re.split(r"\s+", fold(printed).strip()):
        gaps.add(len(flat))
        flat += squeeze(piece)
    return flat, frozenset(gaps - {0})


def _runs(flat: str, gaps: frozenset[int]) -> Iterator[Run]:
    position = 0
    pattern, lists = re.compile(_RUN), re.compile(_LIST_RUN)
    while match := pattern.search(flat, position):
        head = _heads().search(flat, 0, match.start()) is not None
        if head:
            match = lists.match(flat, match.start()) or match
        start, end = match.span()
        end -= len(match.group()) - len(match.group().rstrip(",、.-~〜・…"))
        position = max(end, start + 1)
        yen = flat.startswith("円", end)
        short = not head and not yen and end - start < _SHORTEST_PLAIN
        if short or not _BEHIND.match(flat, end) or _PARENTHESIZED.fullmatch(flat, start - 1, end + 1):
            continue
        before = flat[:start]
        word = start not in gaps and not head and not _MONEY_WORD.search(before)
        inside = frozenset(gap - start for gap in gaps if start < gap < end)
        text = flat[start:end]
        ways = tuple(_ways(text, inside, head, yen))
        if not head and ways and not ways[0].label and re.search(r"[:@¥)]$", before):
            ways = ways[:1]  # the lot's number, if any, stands before that
        if ways or not head:
            yield Run(start, end, head, word, text, inside, ways)


def _ways(text: str, gaps: frozenset[int], head: bool, yen: bool) -> Iterator[Way]:
    between = {gap for gap in gaps if text[gap - 1 : gap + 1].isdigit()}
    whole = not head and _AMOUNT.fullmatch(text) is not None
    if whole:
        yield Way(0, not between)
    for place in range(1, len(text)):
        label, amount = text[:place], text[place:]
        if not (_LOTS if head else _ONE_LOT).fullmatch(label) or not _AMOUNT.fullmatch(amount):
            continue
        if not head and (whole or label[-1] != ".") and place not in gaps:
            continue  # a bare number is a label only by the white space behind it
        if head and not yen and len(amount) < _SHORTEST_PLAIN:
            continue  # №12, №1、3: no amount
        yield Way(place, place in gaps and not between - {place})


def _choose(runs: list[Run], known: Collection[str]) -> list[Way | None]:
    """The way of each run, None where it can't be told."""
    bare = [run for run in runs if not run.head]
    numbered = _numbered(bare, known)
    chosen: list[Way | None] = []
    for run in runs:
        if run.head:
            chosen.append(_of_head(run, runs, known))
        elif numbered is not None:
            chosen.append(numbered[bare.index(run)])
        else:
            chosen.append(_of_bare(run, known, lone=len(bare) == 1))
    return chosen


def _of_head(run: Run, runs: list[Run], known: Collection[str]) -> Way | None:
    if len(run.ways) == 1:
        return run.ways[0]
    clean = [way for way in run.ways if way.clean]
    if len(clean) == 1:
        return clean[0]
    fitting = [way for way in run.ways if run.label_of(way) in known]
    everywhere = len([other for other in runs if other.head]) == len(known)
    return fitting[0] if len(fitting) == 1 and everywhere else None


def _numbered(runs: list[Run], known: Collection[str]) -> list[Way | None] | None:
    """The ways in which bare numbers label all amounts: 1, 2, 3 …, or as the winners do; None if they do not.

    A field of letter-spaced amounts may look so too, and then nothing in it is sure.
    """
    ways: list[Way] = []
    for number, run in enumerate(runs, start=1):
        labelled = [way for way in run.ways if way.label]
        named = [way for way in labelled if run.label_of(way) in known]
        rising = [way for way in labelled if run.label_of(way) == str(number)]
        fitting = named if len(named) == 1 else rising
        if len(fitting) != 1:
            return None
        ways.append(fitting[0])
    labels = {run.label_of(way) for run, way in zip(runs, ways, strict=True)}
    told = labels == set(known) and len(labels) == len(runs)
    if len(runs) < 2 and not told:
        return None
    only = all(len(run.ways) == 1 for run in runs)
    if told or only or all(way.clean for way in ways):
        return list(ways)
    return [None] * len(runs)


def _of_bare(run: Run, known: Collection[str], lone: bool) -> Way | None:
    whole = next((way for way in run.ways if not way.label), None)
    labelled = [way for way in run.ways if way.label]
    if whole is None:
        return labelled[0] if len(labelled) == 1 else None
    if not labelled or not run.gaps:
        return whole
    named = [way for way in labelled if run.label_of(way) in known]
    if named:
        return named[0] if named[0].clean else None
    if any(run.text[way.label - 1] == "." for way in labelled):
        # 1 4 . 9 0円 and 28. 61円 are prices; 2. 500円 may be a lot and its price, or 2,500 with a dot for its comma.
        return whole if len(run.text) - run.text.index(".") - 1 <= _SEN_DIGITS else None
    return whole if run.letter_spaced or (lone and not run.word) else None
