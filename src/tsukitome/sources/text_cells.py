"""Whether the cells that a line of fixed width was cut to are whole, and none holds what is of another column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from tsukitome.documents.fixed_width import Ink
from tsukitome.documents.spaced_text import is_rule, pieces_in, width_of
from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_names import is_bare_form, names_too_much, tells_amount, tells_day, without_days
from tsukitome.sources.contract_title import is_note, is_total
from tsukitome.sources.headers import Layout
from tsukitome.sources.supplier_address import has_form, prefecture_names, starts_address
from tsukitome.sources.text_headers import Head

DAYS = ("contract_date", "award_date")
PRICES = ("price", "unit_price", "changed_price", "second_price")
NAMES = ("supplier", "supplier_name")
TITLES = ("title", "works_title")
# What stands around a day or a sum in its own column, and in place of one.
_BESIDE_DAY = re.compile(
    r"(?:[0-9:時分頃~〜()～\-ー、,./年月日元]|平成|令和|[HR]|午前"
    r"|午後|から|より|まで|[(][月火水木金土日祝・]+[)]|付け?)*"
)
_BESIDE_SUM = re.compile(
    r"(?:[0-9,.@¥\\\-~〜()/・:、%]|単価|総価|総額|予定|概算|年額|月額|税込み?|税抜き?|消費税|及び|地方|相当額|額|を?含む|別途?|単位|金|円|千|万|億|百|也|約|上限|契約|当たり|あたり"
    r"|(?:/|(?<![0-9,.])1|一)(?:件|個|枚|部|式|人|時間|日|か月|月|年|回|台|本|冊|箱|[a-zA-Z]+)(?:当たり|あたり|につき)?)*"
)
_NOTHING_TOLD = re.compile(
    r"[-－―ー〃″同々]|随時|未定|別紙|別添|別表|非公表|非公開|不開示|なし|無し|下記|上記|備考|注|[※*＊]"
)
_BUILDING = re.compile(
    r"(?:ビル|ビルディング|タワー|"
    r"プラザ|センター|スクエア|スクウェア|パーク|ガーデン|ハイツ|マンション|コーポ|会館|[内方館号階])[0-9]*"
)
_OF_ADDRESS = re.compile("[0-9０-９都道府県市区町村郡島国A-Za-z]")
_BESIDE_NAME = re.compile(
    r"\S*(?:支店|支社|支部|営業所|事業所|出張所|本店|本社|センター|工場|店|局|部|課|室|所)|代表|取締役|理事|[(〒]|[0-9-]{2,}|.*(?:内|ビル|号室|階)"
)
# A word behind a name that ends with its legal form, and is no branch of it: hardly a part of the name.
_AFTER_FORM = re.compile(
    r"\S(?:(?:株式|有限|合同|合資|合名)会社|\((?:株|有)\))\s+(?!\S*(?:支店|支社|支部|営業所|事業所|出張所|本店|本社|センター|工場|店|局|部|課|室|組合|企業体|事業体|共同体|代表|[0-9(〒])|代表|取締役|[(〒0-9])[一-鿿ァ-ヺぁ-ん]"
)
_PART_OF_DAY = re.compile("[0-9０-９]{1,2}[月日]")


def is_row(text: str) -> bool:
    """Whether a line is one of several columns, or holds a day or an amount as a row does."""
    text = text.strip()
    if not text or is_note(text) or is_rule(text) or is_total(text.split()[0]):
        return False
    return len(pieces_in(text)) > 1 or tells_day(text) or tells_amount(text)


def columns_of(layout: Layout, names: Sequence[str]) -> list[int]:
    """The places of those of these fields that a list has."""
    return [layout.columns[name] for name in names if name in layout.columns]


def runs_together(cells: Sequence[str], layout: Layout) -> bool:
    """Whether a cell of a row holds what is of another column: a name a day, a day a word, an address a firm."""
    names, titles, addresses, days, sums = (
        [cells[at] for at in columns_of(layout, of)] for of in (NAMES, TITLES, ("address",), DAYS, PRICES)
    )
    last = [text.split()[-1] for text in (*titles, *addresses) if text]
    ends = [text.split()[-1] for text in names if text]
    if any(map(is_bare_form, (*names, *last))) or any(prefecture_names().fullmatch(word) for word in (*last, *ends)):
        return True
    begun = (*names, *(titles if any(map(_is_cut_day, days)) else ()))  # where the rest of a day may stand
    if any(map(names_too_much, names)) or any(map(_PART_OF_DAY.match, begun)) or any(map(tells_amount, addresses)):
        return True
    if addresses and any(map(_holds_place, (*names, *titles))):
        return True
    if any(starts_address(fold(one)) for one in names):
        return True
    if any(_AFTER_FORM.search(fold(one)) for one in names):
        return True
    if any(has_form(word) for text in titles for word in text.split()[1:]) or any(map(_holds_firm, addresses)):
        return True
    if any(map(_is_no_address, addresses)):
        return True
    return not (all(map(_is_of_days, days)) and all(map(_is_of_sums, sums)))


def are_apart(cells: Sequence[str], ink: Ink, places: Sequence[int], head: Head) -> bool:
    """Whether each cut between words is wider than the white within them, or no less wide where a header's word begins at it."""
    typed = columns_of(head.layout, (*DAYS, *PRICES))
    for nth, place in enumerate(places):
        if nth in typed or nth + 1 in typed or not (cells[nth] and cells[nth + 1]):
            continue
        end = max(stop for _, stop in ink if stop <= place)
        start = min(begun for begun, _ in ink if begun >= place)
        aligned = start == head.headings[nth + 1].start
        if not _is_apart(cells[nth], cells[nth + 1], start - end + aligned):
            return False
    return True


def extents(ink: Ink, places: Sequence[int]) -> Iterator[tuple[int, int] | None]:
    """From where to where each cell of a line is printed."""
    for begin, end in pairwise((0, *places, max((stop for _, stop in ink), default=0) + 1)):
        within = [run for run in ink if begin <= run[0] < end]
        yield (within[0][0], within[-1][1]) if within else None


def is_below(below: tuple[int, int] | None, above: tuple[int, int] | None) -> bool:
    """Whether a cell's further line begins, ends or has its middle where the line above has."""
    if below is None or above is None:
        return below is None
    starts, ends = below[0] - above[0], below[1] - above[1]
    return min(abs(starts), abs(ends), abs(starts + ends) / 2) <= 1


@lru_cache(maxsize=1 << 12)
def _is_of_days(text: str) -> bool:
    """Whether nothing stands in a day's cell but days and what belongs to them, or a word for none."""
    return (
        _BESIDE_DAY.fullmatch(squeeze(without_days(text))) is not None or _NOTHING_TOLD.match(squeeze(text)) is not None
    )


@lru_cache(maxsize=1 << 12)
def _is_of_sums(text: str) -> bool:
    """Whether nothing stands in a sum's cell but sums and what belongs to them, or a word for none."""
    return _BESIDE_SUM.fullmatch(squeeze(fold(text))) is not None or _NOTHING_TOLD.match(squeeze(text)) is not None


def goes_on_name(below: str, above: str) -> bool:
    """Whether the second line of a supplier's cell can go on with the first, and need not be another firm."""
    if not below:
        return True
    if has_form(above) or is_joint_venture(fold(above)):
        return (not has_form(below) and _BESIDE_NAME.match(fold(below)) is not None) or starts_address(fold(below))
    return is_bare_form(below) or not is_joint_venture(fold(below))


def begins_row(text: str) -> bool:
    """Whether a text holds a day or an amount, as the first line of a row does."""
    return tells_day(text) or tells_amount(text)


def _is_apart(left: str, right: str, gap: int) -> bool:
    """Whether two cells stand farther from each other than the words within either do."""
    return gap > max((1, *(width_of(white) for cell in (left, right) for white in re.findall(r"\s+", cell))))


def _holds_place(name: str) -> bool:
    """Whether an address begins in a name or a title: 架空電算 株式会社　東京都."""
    words = fold(name).split()
    behind = any(prefecture_names().match(word) and not has_form(word) for word in words[1:])
    return behind or (
        len(words) > 1 and any(prefecture_names().fullmatch(word) or starts_address(word) for word in words)
    )


def _holds_firm(address: str) -> bool:
    """Whether a firm stands in an address and not as the name of its building, or a word that is of no address."""
    words = fold(address).split()
    firm = any(has_form(word) and not _BUILDING.search(word) for word in words[1:])
    other = len(words) > 1 and not (_OF_ADDRESS.search(words[-1]) or _BUILDING.search(words[-1]))
    return firm or other or (has_form(address) and not starts_address(fold(address)))


def _is_cut_day(text: str) -> bool:
    """Whether a day's cell holds a part of a day."""
    return any(map(str.isdigit, text)) and not tells_day(text)


def _is_no_address(text: str) -> bool:
    return not (not text or _OF_ADDRESS.search(text) or _NOTHING_TOLD.match(text))
