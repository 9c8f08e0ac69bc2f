"""What the cells of a bidder's row say: who won, how much was bid, on which day."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from tsukitome.documents.table import Cell, CellValue
from tsukitome.normalize.dates import DateReading, Span, era_year, fiscal_year_span, month_span, read_date
from tsukitome.normalize.money import read_money_with_warnings
from tsukitome.normalize.numbers import CEILING
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.vocabulary import vocabulary

Mark = Literal["won", "not_won", "no_bid"]

_BLANK = frozenset({"", "-", "ー", "―", "*", "/"})
_SOUND_MARKS = "ーｰ"  # letters, and printed for dashes
_PLAIN = re.compile(r"[¥\\]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?円?-?")
_ROUND = re.compile(r"(?:(?<=[\s、,;；/／円])|^)(?:[①-⑨]|第?[1-9１-９一二三四五]回目?)[\s\u3000]*[:：]?")
_TICK = frozenset("○◯〇◎●☆★レ✓✔")
_VOID = re.compile(
    r"(?:(?:全者|全社|全員|各者|各社|いずれも)?(?:予定価格|制限価格|価格)?(?:の?制限)?(?:を|の)?超過?(?:のため|の為|した為|したため|により|で|につき|し)?[、。・,/;:(]*)?"
    r"\(?(?:入札|開札)?(?:不調|不落(?!札|随)|中止|取りやめ|取り?止め?|落札者(?:なし|無し|無)|打切り?)"
)
_INITIALS = frozenset("落決採")
_OF_WINNERS = re.compile("落札|決定|特定|選定|採用|採択|当選")
_LOTS = re.compile(r"\(?(?:電子)?(?:くじ|抽選|抽せん|抽籤)(?:引き?|びき)?(?:による?|で)?\)?")
_OF_LOTS = re.compile("くじ|抽選|抽せん|抽籤")  # drawn among the lowest bids where they are equal
_ASIDE = re.compile(r"\([^()]*\)")
# Words of a winner that are undone in the same clause (落札者としない, 落札取消, 落札者以外), and not said again behind it.
_UNDONE = re.compile(
    r"(?:落札|決定|採用|採択)[^、。()]*?(?:ず|ない|なかった|取り?消|取り?下|辞退|無効|失格|以外|外$|除く|見送|保留|な[いし]|無し)"
    r"(?!.*(?:落札|決定|採用|採択))"
)
_UNDONE_ASIDE = re.compile(r"\((?:契約|落札)?(?:辞退|取り?消し?|失格|無効|解除)\)")
_LEGEND = re.compile(
    r"(?P<sign>[◎○●★☆■◆◇※*])[」』]?(?:印(?:の(?:者|業者|もの))?[:=…はが]*|[:=…はが]+)(?:落札|決定)(?:業?者)?(?:です|を?(?:示す|表す))?(?![^。、,)○◎●△▲☆★※])"
)
_NAMES_WINNER = re.compile("(?:落札|決定|契約)業?者名?[はが:]")  # who that is, follows: hardly the bidder beside it
_YES_NO = frozenset({"有", "無", "×", "✕", "✖"})
_PERIOD = re.compile(
    r"(?:(?P<era>令和|平成)(?P<year>元|[0-9]{1,2})|(?P<western>20[0-9]{2}))年(?P<fiscal>度)?(?:(?P<month>[0-9]{1,2})月)?"
)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, white space, or a dash."""
    if not text:
        return True
    if (text[0].isalnum() and text[0] not in _SOUND_MARKS) or (text[-1].isalnum() and text[-1] not in _SOUND_MARKS):
        return False  # nearly all cells: a letter or a digit is neither
    return _is_blank(text)


@lru_cache(maxsize=1 << 12)
def _is_blank(text: str) -> bool:
    return squeeze(fold(text)) in _BLANK


def is_tick(text: str) -> bool:
    """Whether a cell holds nothing but a mark that stands for yes."""
    return text.strip() in _TICK


@cache
def _words() -> tuple[tuple[str, Mark], ...]:
    marks: dict[str, Mark] = {"won": "won", "not_won": "not_won", "no_bid": "no_bid"}
    rows = sorted(vocabulary("bid_words"), key=lambda row: -len(row["word"]))
    return tuple((row["word"], marks[row["meaning"]]) for row in rows)


@lru_cache(maxsize=4096)
def mark_of(text: str, header: str = "") -> Mark | None:
    """What a cell's words say of its bidder; None for blank cells and for anything else.

    A circle marks the winner where the column's ``header`` speaks of 落札, 決定 or the like, and so do 落 and, of a flag, 1. What
    stands in parentheses only explains what stands before them: 無効（その１の落札者のため）. A remark that names the winner
    (落札者は…) marks nobody.
    """
    folded, header = squeeze(fold(text)), squeeze(header)
    if folded in _BLANK or _NAMES_WINNER.search(folded):
        return None
    if folded in _TICK:
        return "won" if _OF_WINNERS.search(header) else None
    if folded in _YES_NO and "落札" in header:
        return "won" if folded == "有" else "not_won"
    if folded in ("当", "当り", "当たり") and _OF_LOTS.search(header):
        return "won"
    if folded in _INITIALS and re.search("落札|落否|決定|採", header):
        return "won"
    if folded in ("0", "1") and "落札" in header and "フラグ" in header:
        return "won" if folded == "1" else "not_won"
    return _said_mark(folded.lower())


def _said_mark(said: str) -> Mark | None:
    """What words say of a bidder: the longest one does, of what stands before parentheses if that says anything."""
    whole = next((mark for word, mark in _words() if "(" in word and word in said), None)
    if whole:
        return whole
    for text in (_ASIDE.sub("", said), said):
        mark = next((mark for word, mark in _words() if word in text), None)
        if mark == "won" and (_UNDONE.search(text) or _UNDONE_ASIDE.search(said)):
            return "not_won"
        if mark:
            return mark
    return None


@lru_cache(maxsize=4096)
def says_absent(text: str) -> bool:
    """Whether a cell says that its bidder handed in no bid (辞退, 不参加); one that did not count (無効, 失格) was handed in."""
    folded = squeeze(fold(text)).lower()
    return any(row["absent"] and row["word"] in folded for row in vocabulary("bid_words"))


@lru_cache(maxsize=4096)
def says_lots(text: str) -> bool:
    """Whether a cell says that lots were drawn, and no more: くじ, 抽選."""
    return not text.isascii() and _LOTS.fullmatch(squeeze(fold(text))) is not None


@lru_cache(maxsize=4096)
def says_void(text: str) -> bool:
    """Whether a cell says that the whole tender ended without a winner: 不調, 落札者なし, 入札取りやめ."""
    return not text.isascii() and _VOID.match(squeeze(fold(text))) is not None


def sign_of_winner(text: str) -> str | None:
    """The sign that a legend gives to winners: ★印は落札者, ◎：落札者　○：次点者; None for any other text."""
    if "落札" not in text and "決定" not in text:
        return None
    match = _LEGEND.search(squeeze(fold(text)))
    return match["sign"] if match else None


def mark_for_winner(text: str) -> Mark | None:
    """What a cell of the column 落札者 says where it holds a mark (○, 落札, 落札者なし) and no name."""
    plain = re.sub(r"\(.*\)$", "", squeeze(fold(text)))
    if plain in _TICK or plain in _YES_NO or plain == "落札者" or any(plain == word for word, _ in _words()):
        return mark_of(text, "落札")
    return None


def read_amount(cell: Cell, unit: int) -> tuple[int | float | None, str | None]:
    """The yen in a cell of one amount, and a warning. Words for no bid (辞退, 無効) and blank cells give neither."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _checked(value * unit, cell.text)
    return _text_amount(cell.text, unit)


def _checked(yen: float, printed: str) -> tuple[int | float | None, str | None]:
    if 1 <= yen <= CEILING and (isinstance(yen, int) or yen.is_integer()):
        return int(yen), None
    if not math.isfinite(yen) or yen < 1:  # 0 stands for none; a score printed in the wrong column is a fraction
        return None, f"amount {printed.strip()} is no price and was left out"
    if yen > CEILING:
        shown = printed.strip()[:40]
        return None, f"amount {shown!r} is above {CEILING:,} yen, more than any award, so it was left out"
    rounded = round(yen, 4)
    return (int(rounded) if float(rounded).is_integer() else rounded), None


@lru_cache(maxsize=1 << 13)  # words for no bid, above all
def _text_amount(text: str, unit: int) -> tuple[int | float | None, str | None]:
    if text.isdecimal() and text.isascii():
        return _checked(int(text) * unit, text)
    plain = squeeze(fold(text))
    if plain in _BLANK:
        return None, None
    if match := _PLAIN.fullmatch(plain):
        return _checked(int(match[1].replace(",", "")) * unit, text)
    if mark_of(text) in ("no_bid", "not_won"):
        return None, None
    if len({line for line in plain_lines(text) if _PLAIN.fullmatch(line)}) > 1:
        return None, f"amount {text.strip()!r} was not understood"  # which of them counts is not said
    reading = read_money_with_warnings(text, "bid", unit)
    if reading.mentions:
        return reading.mentions[0].yen, reading.mentions[0].warning
    return None, None if mark_of(text) else f"amount {text.strip()!r} was not understood"


def plain_lines(text: str) -> list[str]:
    """The lines of a cell, folded and without white space."""
    return [squeeze(fold(line)) for line in text.split("\n")] if "\n" in text else []


def rounds_in(text: str) -> list[str]:
    """The rounds of bids that a cell numbers (① 38,000,000 over ② 35,800,000, 1回目：… 2回目：…); [] for any other cell."""
    if "回" not in text and "②" not in text:
        return []
    before, *rounds = _ROUND.split(text)
    return rounds if len(rounds) > 1 and not before.strip() else []


def read_day(cell: Cell, within: Span | None) -> DateReading:
    """The day in a cell; ``within`` holds the days that one printed without its year can be."""
    if isinstance(cell.value, dt.date):
        within = None  # it has its year; the span is another one for nearly every contract
    return _day(cell.value, cell.text, within)


@lru_cache(maxsize=8192)
def _day(value: CellValue, text: str, within: Span | None) -> DateReading:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return read_date(value.isoformat())
    return read_date(text, within=within)


def year_before(day: dt.date) -> Span:
    """The year that ends with a day: a bid is made in it, if the contract follows on that day."""
    return day - dt.timedelta(days=364), day


def period_of(lines: Iterable[str]) -> Span | None:
    """The days that the contracts of a list can have, by its title: a fiscal year, or the year that ends with its month.

    平成31年度3月分 is None: bureaus print it for March of 2019 as well as of 2020.
    """
    for line in lines:
        match = _PERIOD.search(squeeze(fold(line)))
        if not match or not (match["fiscal"] or match["month"]):
            continue
        era = 1 if match["year"] == "元" else int(match["year"] or 0)
        year = int(match["western"]) if match["western"] else era_year(match["era"], era)
        month = int(match["month"] or 0)
        if year is None or month > 12 or (match["fiscal"] and 1 <= month <= 3):
            return None
        return year_before(month_span(year, month)[1]) if month else fiscal_year_span(year)
    return None
