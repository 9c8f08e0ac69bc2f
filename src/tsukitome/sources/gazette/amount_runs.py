"""Lots and amounts told apart where a price field glues them: ``№1 1,200,000円``, ``1. 5,000,000円``, ``1 4 .9 0 円``.

White space parts a label from its amount, and letter-spacing puts white space anywhere, so neither closing nor keeping it is
safe. Each run of digits is read in every way that gives a label and a well-formed amount; one way left is the truth, several
are told apart by white space between digits, by the winners' labels, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tsukitome.normalize.text import squeeze
from tsukitome.sources.gazette.amount_choice import choose
from tsukitome.sources.gazette.amount_ways import Run, Way, flatten, heads, runs_in

_IN_PARENTHESES = re.compile(r"(?:(?<=[円、。 )])|^)\(([0-9]{1,3})\):?(?=[0-9@¥〓])")

_PLAIN_SUM = re.compile(r"(?P<number>(?P<first>[1-9](?:\s*[0-9]){0,2})(?:\s*,(?:\s*[0-9]){3}){1,3})\s*円?")
# No1:1,200,000円No2:5,000,000円 and 14.90円(他複数単価契約): nothing in them can be read in two ways.
_SUM = r"[1-9][0-9]{0,2}(?:,[0-9]{3})*(?:\.[0-9]{1,2})?円"
_EACH_SURE = re.compile(rf"(?:N[oO][0-9]{{1,2}}:{_SUM})+|{_SUM}(?:\([^0-9()]*\))?")
_SUMS_OF_LOTS = re.compile(r"(?:N[oO][0-9]{1,2}:[1-9][0-9]{0,2}(?:,[0-9]{3})*円)+")
_SUM_OF_LOT = re.compile(r"N[oO]([0-9]{1,2}):([0-9,]+)円")
_GAP_IN_FIRST_GROUP = re.compile(r"[0-9.]\s+[0-9.]")


@dataclass(frozen=True, slots=True)
class ToldApart:
    """A field folded and without white space, a colon behind each lot's number; what could not be told is left out."""

    text: str
    warnings: tuple[str, ...] = ()


def read_plain_sum(folded: str, *, labelled: bool) -> tuple[int, str] | None:
    """The yen and the quotation of a field (folded) that is one sum in groups of three digits and nothing else, as most are.

    None where its first digits may be a lot's number: they are parted from the others, and either the winners are ``labelled`` or
    no other digits are parted.
    """
    folded = folded.strip()
    match = _PLAIN_SUM.fullmatch(folded)
    if match is None:
        return None
    if len(match["first"].split()) > 1 and (labelled or len(match["number"].split()) < 3):
        return None
    quote = squeeze(folded)
    return int(quote.replace(",", "").removesuffix("円")), quote


def read_sums_of_lots(folded: str) -> list[tuple[str, int, str]]:
    """The label, yen and quotation of each lot where a field (folded) is nothing but ``No1:1,200,000円No2:5,000,000円``.

    The colon ends a lot's number, whatever white space stands behind it.
    """
    flat = squeeze(folded)
    if not _SUMS_OF_LOTS.fullmatch(flat):
        return []
    return [(label, int(yen.replace(",", "")), f"{yen}円") for label, yen in _SUM_OF_LOT.findall(flat)]


def tell_apart(printed: str, known: Collection[str] = ()) -> ToldApart:
    """The lots and amounts of a field as printed. ``known`` are the winners' labels.

    >>> tell_apart("№1 1,200,000円 №2 5,000,000円").text
    'No1:1,200,000円 No2:5,000,000円'
    """
    flat, gaps = flatten(printed)
    if _EACH_SURE.fullmatch(flat) and not _GAP_IN_FIRST_GROUP.search(printed):
        return ToldApart(flat)
    runs = list(runs_in(flat, gaps))
    chosen = choose(runs, known)
    text, position = "", 0
    warnings: list[str] = []
    for run, way in zip(runs, chosen, strict=True):
        text += flat[position : run.start]
        position = run.end
        if way is None:
            # The lot's word goes too: a label must not take the amount behind the next one.
            head = heads().search(text) if run.head else None
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
    head = heads().search(text) if run.head else None
    begin = head.start() if head else len(text)
    before, word = text[:begin], text[begin:].rstrip(":")
    space = " " if before and not before.endswith(" ") else ""
    return f"{before}{space}{word}{run.text[: way.label].rstrip('.、')}:{run.text[way.label :]}"


def _as_printed(run: Run) -> str:
    return "".join((" " if place in run.gaps else "") + char for place, char in enumerate(run.text)).strip()
