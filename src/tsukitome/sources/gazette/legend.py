"""The legend ［掲載順序］ of a section: what each circled number means there. What is printed decides, never habit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal, cast, get_args

from tsukitome.sources.vocabulary import vocabulary

Field = Literal[
    "item", "title", "kind", "method", "award_date", "winner", "price", "notice_date", "reason", "named", "decided",
    "reserve", "other",
]  # fmt: skip
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MARKER = re.compile(f"[{CIRCLED}]")
HEADING = re.compile(r"[\[〔【(「]?掲載順序[\]〕】)」]?:?")
_LONGEST_ENTRY = 40  # characters; 落札者（随意契約の場合は契約者）の氏名及び住所 has 22


@dataclass(frozen=True, slots=True)
class Legend:
    """The meaning of each circled number (1 to 20) in a section, and the order in which its notices print them.

    ``printed`` is False where the section has no legend and the usual one stands in.
    """

    fields: Mapping[int, Field]
    printed: bool = True

    @property
    def first(self) -> int:
        """The number that begins a notice."""
        return next(iter(self.fields))

    @property
    def is_of_awards(self) -> bool:
        """Whether its notices name a winner and a price."""
        return {"winner", "price"} <= set(self.fields.values())

    def number_of(self, field: Field) -> int | None:
        return next((number for number, meaning in self.fields.items() if meaning == field), None)

    def order_of(self, number: int) -> int:
        """The place of a number in a notice: where the legend prints it, else where its value puts it."""
        numbers = list(self.fields)
        if number in self.fields:
            return 2 * numbers.index(number)
        return 2 * sum(known < number for known in numbers) - 1

    def unlisted(self, number: int) -> Field | None:
        """What a number that the legend leaves out usually means, if no other number means that here."""
        usual = usual_legend().fields.get(number)
        return usual if usual is not None and usual not in self.fields.values() else None


@dataclass(frozen=True, slots=True)
class _Meaning:
    field: Field
    pattern: re.Pattern[str]
    begins: re.Pattern[str] | None


@cache
def _meanings() -> tuple[_Meaning, ...]:
    rows = vocabulary("gazette_legend")
    assert {row["field"] for row in rows} < set(get_args(Field))
    return tuple(
        _Meaning(
            cast(Field, row["field"]),
            re.compile(row["pattern"]),
            re.compile(f"(?:{row['begins']})") if row["begins"] else None,
        )
        for row in rows
    )


@cache
def usual_legend() -> Legend:
    """The legend that nearly every section prints, for those that print none."""
    return Legend(
        {int(row["number"]): cast(Field, row["field"]) for row in vocabulary("gazette_legend")}, printed=False
    )


@cache
def item_labels() -> tuple[tuple[Field, re.Pattern[str]], ...]:
    """The labels of items that print what they are, as the notices of prefectures and cities do."""
    return tuple((cast(Field, row["field"]), re.compile(row["label"])) for row in vocabulary("gazette_item_labels"))


def label_of(flat: str, start: int, end: int) -> tuple[Field, int] | None:
    """The field whose label begins at flat[start], and where the label ends; of several the longest."""
    found = [(match.end(), field) for field, label in item_labels() if (match := label.match(flat, start, end))]
    return max(found)[::-1] if found else None


@lru_cache(maxsize=1 << 10)  # the sections of an issue print few legends
def meaning_of(entry: str) -> Field | None:
    """What a legend entry (folded, without white space) says: ``落札決定日（随意契約の場合は契約日）`` → award_date."""
    # 指名業者名（指名競争入札の場合） and 随意契約の場合はその理由 begin with other fields' words further inside, so: at the start.
    found = next(((match.end(), one.field) for one in _meanings() if (match := one.pattern.match(entry))), (0, None))
    # The wording of prefectures and cities is longer: 落札者を決定した日 begins as 落札者の氏名 does.
    label = label_of(entry, 0, len(entry))
    return label[0] if label and label[1] > found[0] else found[1]


@cache
def beginning(field: Field) -> re.Pattern[str] | None:
    """How the field's values begin (folded, without white space); None where they begin anyhow."""
    return next((meaning.begins for meaning in _meanings() if meaning.field == field), None)


def begins_like(field: Field, value: str) -> bool | None:
    """Whether a value (folded, without white space) begins as the field's values do; None where they begin anyhow."""
    pattern = beginning(field)
    return None if pattern is None else pattern.match(value) is not None


def read_legend(flat: str, start: int, end: int) -> tuple[Legend, int] | None:
    """The legend whose entries begin at the first circled number in flat[start:end], and where it ends; None if there is
    none (fewer than three entries that say something, or dates and prices behind the words: a notice whose items are labelled).
    """
    # A legend is short, and the text behind it may be a whole issue: its markers are taken one by one.
    markers = (match.start() for match in MARKER.finditer(flat, start, end))
    fields: dict[int, Field] = {}
    understood, valued, stop = 0, 0, start
    for at, behind in pairwise(chain(markers, (end,))):
        number = CIRCLED.index(flat[at]) + 1
        entry = re.split("[◎○◯]", flat[at + 1 : behind])[0]
        meaning = meaning_of(entry)
        if number in fields or (meaning is None and (len(entry) > _LONGEST_ENTRY or re.search("[0-9]", entry))):
            break
        understood += meaning is not None
        valued += meaning in ("award_date", "price") and re.search("[0-9]", entry) is not None
        fields[number] = meaning if meaning is not None and meaning not in fields.values() else "other"
        stop = at + 1 + len(entry)
    return (Legend(fields), stop) if understood >= 3 and valued < 2 else None
