"""What stands above and between the rows of a contract table: its fiscal year, its unit, its day of publication, its buyer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tsukitome.awards import ProcurementMethod, Tax
from tsukitome.normalize.dates import (
    PUBLICATION_LAG,
    Span,
    era_year,
    fiscal_year,
    fiscal_year_span,
    month_span,
    read_date,
)
from tsukitome.normalize.tax import tax_of
from tsukitome.normalize.text import close_up, fold, squeeze
from tsukitome.sources.headers import unit_of
from tsukitome.sources.officer_cell import organization_of

_ERA = r"(?:(?P<era>令和|平成|[RH])(?P<year>元|[0-9]{1,2})|(?P<western>20[0-9]{2}))"
_FISCAL = re.compile(rf"{_ERA}年度")
_MONTH = re.compile(rf"{_ERA}年(?P<month>[0-9]{{1,2}})月(?!\s*[0-9]{{1,2}}日)(?:分|締結|契約|中|$|[)）～~〜-])")
_ALONE_MONTH = re.compile(rf"[^0-9]?(?:{_ERA}年)?(?P<month>[0-9]{{1,2}})月(?:分|中|契約|締結)?[^0-9]?")
_UNTIL_MONTH = re.compile(rf"[0-9]{{1,2}}月(?:分)?[～~〜-](?:{_ERA}年)?(?P<until>[0-9]{{1,2}})月")
# The year of a list's title, where no 年度 and no month stands: 契約一覧（令和3年）.
_CALENDAR = re.compile(rf"{_ERA}年(?!度|[0-9]|[一-鿿])")
_LIST = re.compile("一覧|契約|結果|公表|状況|調達|発注")
_CHANGES = re.compile("変更契約|契約変更|設計変更|契約の変更")
_NOTE_OF_DAYS = re.compile("年月日|日付|[約札]日")
_NOTED_ERA = re.compile("(?P<era>令和|平成)(?![元0-9])")
# 入札日　令和５年６月９日, or 令和５年８月２２日執行, above a table: the day of all its rows.
_DAY = r"(?:令和|平成|[RH]|20)(?:元|[0-9]{1,2})(?:年|[./])[0-9]{1,2}(?:月|[./])[0-9]{1,2}日?"
_DAY_ABOVE = re.compile(
    rf"(?:(?P<label>入札|開札|見積|落札決定|契約締結|契約)(?:執行)?(?:年月)?日[:]?(?P<day>{_DAY})|(?P<held>{_DAY})(?:入札)?(?:執行|開札))(?![0-9日~〜-])"
)
_LONGEST_TITLE = 40
_LONGEST_NOTE = 80  # characters of a line that speaks of a table's amounts
_OF_AMOUNTS = re.compile(r"金額|価格|[額値]は|単位|^[(※注*]*(?:消費税|税[抜込別])")
_HEADED = 40  # rows in which a header is looked for
_DECORATION = re.compile(r"^[\s■□◆◇○●◎▼▲【\[(〔<《・]+|[\s】\])〕>》]+$")
_OFFICE = re.compile(r"\S{2,24}(?:[省庁府都道県市区町村局部課室署所院校館]|センター|機構|委員会|大学|組合|公社|事業団)")
_OWN = re.compile(r"^.{2,}[省庁都道府県市区町村]|機構|大学|法人|公社|事業団|組合$")
_OF_LIST = re.compile("一覧|の状況|状況調書|契約状況|の結果|結果一覧|の公表|について|に関する|に係る")
_SUM = re.compile(r"[0-9],?[0-9]{3}円|[0-9]万円")
# In the words of the WTO's Agreement on Government Procurement, Article I, and of the ministries' own lists.
_ENGLISH_METHODS: tuple[tuple[ProcurementMethod, re.Pattern[str]], ...] = (
    ("limited", re.compile("limited|negotiat|single|sole|discretionary|direct", re.IGNORECASE)),
    ("selective", re.compile("selective|designated|nominated|restricted", re.IGNORECASE)),
    ("open", re.compile("open|general|competitive|public", re.IGNORECASE)),
)
_PUBLISHED = re.compile(r"(?:公表日?|掲載日?|公開日?|更新日?|作成日?)[:：]?\s*(?P<day>[^)）]{5,16}日|[0-9./HR]{6,10})")
_AS_OF = re.compile(r"(?P<day>[^\s()（）:：]{4,14}日)(?:現在|公表|掲載|公開|更新)")
_BUYER = re.compile(
    r"^(?:[(【].*?[)】])?(?:(?:(?:令和|平成)\s?[元0-9]{1,2}|20[0-9]{2})年度\s*)?"
    r"(?P<name>[^\s()]{1,6}[都道府県市区町村][^\s()0-9]{1,10}(?:部|局|課|室|事務所|センター)(?=\s|$)|\S{0,20}?(?:省|庁|機構|裁判所|委員会|大学|センター|研究所|公社|事業団|[都道府県市町村]|(?<![工地第0-9])区))"
    r"(?=\s|$|における|の契約|会計規程|契約|随意|競争|令和|平成|[(])"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a table's title lines say. ``span`` holds the days that its contracts can have; ``unit`` and ``tax`` are
    of its amounts; ``headings`` are the lines above its header, without white space. ``whole`` is the buyer that the title names,
    where ``buyer`` is the office of a part of the table, ``month`` what such a part is headed by. ``era`` is that of days printed
    without one; ``changes`` says that the list is one of changes to contracts; ``award`` and ``contract`` are the day of all rows,
    where it stands above them.
    """

    span: Span | None = None
    unit: int = 1
    published: dt.date | None = None
    buyer: str | None = None
    method: ProcurementMethod | None = None
    works: bool = False
    tax: Tax | None = None
    headings: frozenset[str] = frozenset()
    whole: str | None = None
    month: Span | None = None
    era: str = ""
    changes: bool = False
    award: dt.date | None = None
    contract: dt.date | None = None

    @property
    def days(self) -> Span | None:
        """The days that contracts can have: ``span``, else those that a list of the day of publication can still hold."""
        if self.span is None and self.published is not None:
            return self.published - PUBLICATION_LAG, self.published
        return self.span

    def headed_by(self, lines: Sequence[str], row: int) -> Context:
        """This context with what the lines of a row above the header say."""
        known = self.told(lines)
        if day := _DAY_ABOVE.search("".join(squeeze(fold(line)) for line in lines)):
            found = read_date(day["day"] or day["held"]).date
            signed = (day["label"] or "").startswith("契約")
            known = replace(known, contract=found) if signed else replace(known, award=found)
        headings = {squeeze(line) for line in lines} if row <= _HEADED else frozenset[str]()
        return replace(known, headings=known.headings | headings) if headings - known.headings else known

    def in_part(self, lines: Sequence[str]) -> Context:
        """This context for the rows below a line that heads a part of the table: an office's name is that of the buyer."""
        if len(lines) == 1 and (month := _ALONE_MONTH.fullmatch(squeeze(fold(lines[0])))):
            return replace(self, month=self._month(month))
        office = _DECORATION.sub("", fold(lines[0])).strip()
        whole = self.whole or self.buyer
        if len(lines) > 1 or not _OFFICE.fullmatch(office):
            return self
        if whole and office.startswith(whole):
            return replace(self, whole=whole, buyer=office)
        if organization_of(office) != office:
            return replace(self, whole=None, buyer=whole) if whole else self  # 総務課: any organization has one
        return replace(self, whole=whole, buyer=office if whole is None or _OWN.search(office) else f"{whole} {office}")

    def _month(self, match: re.Match[str]) -> Span | None:
        """The month that a line names, in the year that it names too, or else in the one of the table."""
        number, year = int(match["month"]), _year(match) if match["era"] or match["western"] else None
        if not 1 <= number <= 12:
            return None
        years = [year] if year else range(self.span[0].year, self.span[1].year + 1) if self.span else []
        months = [month_span(year, number) for year in years]
        if not match["era"] and not match["western"] and self.span:
            months = [month for month in months if self.span[0] <= month[0] and month[1] <= self.span[1]]
        return months[0] if len(months) == 1 else None

    def told(self, lines: Iterable[str]) -> Context:
        """This context with what further title lines say; later lines outweigh earlier ones."""
        known = self
        for line in lines:
            text = squeeze(fold(line))
            if text:
                known = replace(
                    known,
                    span=_span(text) or known.span,
                    unit=unit_of(text) if unit_of(text) > 1 else known.unit,
                    published=_published(text) or known.published,
                    buyer=known.buyer or _named_buyer(fold(line).strip()),
                    method=_method(text) or known.method,
                    tax=_tax(text) or known.tax,
                    era=_noted_era(text) or known.era,
                    month=_month_of(text) or known.month,
                    changes=known.changes or (len(text) <= _LONGEST_TITLE and _CHANGES.search(text) is not None),
                    works=known.works if not re.search("工事|物品|役務", text) else _is_of_works(text),
                )
        return known


def told_below(context: Context, lines: Iterable[str]) -> Context:
    """The context with what notes below a table say of the tax in all its amounts, and of the era of its days."""
    notes = [squeeze(fold(line)) for line in lines]
    tax = next((tax for note in notes if (tax := _tax(note))), None)
    era = next((era for note in notes if (era := _noted_era(note))), "")
    return replace(context, tax=context.tax or tax, era=context.era or era) if tax or era else context


@lru_cache(maxsize=1 << 10)
def _noted_era(text: str) -> str:
    """The era that a line gives to all days of a table (日付は令和の年月日), or ""."""
    if len(text) > _LONGEST_NOTE or not _NOTE_OF_DAYS.search(text):
        return ""
    said = {match["era"] for match in _NOTED_ERA.finditer(text)}
    return said.pop() if len(said) == 1 else ""


@lru_cache(maxsize=1 << 10)
def _tax(text: str) -> Tax | None:
    """What a line says of the tax in all amounts of a table; nothing where it prints amounts, or says both."""
    if len(text) > _LONGEST_NOTE or not _OF_AMOUNTS.search(text) or _SUM.search(text):
        return None
    said = {tax for part in re.split("[、。,]", text) if (tax := tax_of(part))}
    return said.pop() if len(said) == 1 else None


def _year(match: re.Match[str]) -> int | None:
    if match["western"]:
        return int(match["western"])
    return era_year(match["era"], 1 if match["year"] == "元" else int(match["year"]))


def _span(text: str) -> Span | None:
    """The days that a line leaves a table's contracts: its fiscal years, or the months that it names.

    One month (平成29年8月分) gives the fiscal year around it, since lists lag; a range of months (平成29年1月～12月) itself.
    """
    years = {year for match in _FISCAL.finditer(text) if (year := _year(match)) is not None}
    if years:
        return dt.date(min(years), 4, 1), dt.date(max(years) + 1, 3, 31)
    match = _MONTH.search(text)
    if match is None and _LIST.search(text) and (calendar := _CALENDAR.search(text)):
        year = _year(calendar)
        return None if year is None else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    if match is None or (year := _year(match)) is None or not 1 <= (month := int(match["month"])) <= 12:
        return None
    first, last = month_span(year, month)
    if until := _UNTIL_MONTH.match(text, match.start("month")):
        until_year = _year(until) if until["era"] or until["western"] else year
        if until_year is None or not 1 <= int(until["until"]) <= 12:
            return None
        last = month_span(until_year, int(until["until"]))[1]
        return (first, last) if first < last else None
    return fiscal_year_span(fiscal_year(first))


def _month_of(text: str) -> Span | None:
    """The one month of a list's title (令和5年11月分), to which bare days belong."""
    match = _MONTH.search(text)
    if match is None or _UNTIL_MONTH.match(text, match.start("month")):
        return None
    year, month = _year(match), int(match["month"])
    return month_span(year, month) if year is not None and 1 <= month <= 12 else None


def _published(text: str) -> dt.date | None:
    for pattern in (_PUBLISHED, _AS_OF):
        if match := pattern.search(text):
            return read_date(match["day"]).date
    return None


def _named_buyer(line: str) -> str | None:
    return _buyer(line) or _buyer(close_up(line)) or _buyer_behind(line)


def _buyer(line: str) -> str | None:
    match = _BUYER.match(line)
    return match["name"] if match and len(match["name"]) > 2 and not _OF_LIST.search(match["name"]) else None


def _buyer_behind(line: str) -> str | None:
    """The organization that stands alone behind a list's title: 令和5年度 委託契約の状況 架空区."""
    words = line.split()[1:]
    return next((word for word in words if word in (_buyer(word), organization_of(word))), None)


def _is_of_works(text: str) -> bool:
    return "公共工事" in text and not re.search("物品|役務", text)


def _method(text: str) -> ProcurementMethod | None:
    """The method of a whole table; a title that names both kinds says nothing."""
    negotiated = re.search("随意契約|見積合わ?せ|プロポーザル|企画競争", text) is not None
    competed = re.search("競争入札|競争契約", text) is not None
    if negotiated != competed:
        return "limited" if negotiated else "open"
    return None


@lru_cache(maxsize=1 << 12)
def method_of(printed: str, *, negotiated: bool) -> ProcurementMethod | None:
    """The method that a cell names. ``negotiated`` is for the column of legal grounds, which only 随意契約 has."""
    if negotiated:
        return "limited"
    text = squeeze(fold(printed))
    if text.isascii():
        return next((method for method, words in _ENGLISH_METHODS if words.search(text)), None)
    if re.search(r"随意|随契|企画競争|プロポーザル|特命|少額|見積合", text):
        return "limited"
    if "指名" in text:
        return "selective"
    if re.search(r"一般|競争入札|競争契約|総合評価|最低価格|入札", text):
        return "open"
    return "limited" if "公募" in text else None
