"""Gazette issues as PDF, made up, with the truth of every notice: for tests and for benchmarks/gazette.py.

Like the printed gazette they have columns that notices run over, running heads and page numbers, digits and field markers as
private-use characters, irregular letter-spacing, sections with legends of their own, and pages that are pictures. Every firm is
made up.
"""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FONTS = (
    Path("/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf"),
    Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-mincho.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"),
)
NO_FONT = "no embeddable Japanese font here (Debian: fonts-ipafont)"
MARKERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
PRIVATE = {
    **{ord(mark): 0xE7D1 + at for at, mark in enumerate(MARKERS)},
    **{ord(digit): 0xE88A + at for at, digit in enumerate("0123456789")},
    ord(","): 0xEA75, ord("-"): 0xE61C, ord("“"): 0xE209, ord("”"): 0xE20A,
}  # fmt: skip
UNKNOWN = 0xE9AB  # a private-use character that no table explains

_FOLDED = str.maketrans("（）", "()")

FIELDS = {
    "item": "品目分類番号",
    "title": "調達件名及び数量",
    "kind": "調達方法",
    "method": "契約方式",
    "award_date": "落札決定日（随意契約の場合は契約日）",
    "winner": "落札者（随意契約の場合は契約者）の氏名及び住所",
    "price": "落札価格（随意契約の場合は契約価格）",
    "notice_date": "入札公告日又は公示日",
    "reason": "随意契約の場合はその理由",
    "named": "指名業者名（指名競争入札の場合）",
    "decided": "落札方式",
    "reserve": "予定価格",
}
LEGENDS = (
    tuple(FIELDS),
    ("title", "kind", "method", "award_date", "winner", "price", "notice_date", "reason", "decided", "reserve"),
    ("item", "title", "method", "notice_date", "award_date", "winner", "price", "decided"),
)
BUYERS = (
    ("契約責任者", "日本年金機構", "理事長代理人　調達管理部長", 417, 13),
    ("支出負担行為担当官", "厚生労働省大臣官房", "会計課長", 17, 13),
    ("契約担当者", "国立大学法人東京大学", "総長", 415, 13),
    ("支出負担行為担当官", "国土交通省関東地方整備局", "総務部長", 20, 11),
    ("分任支出負担行為担当官", "気象庁", "総務部長", 20, 13),
)
PLACES = (
    ("東京都豊島区東池袋", "13116"), ("東京都北区豊島", "13117"), ("東京都港区芝", "13103"), ("東京都千代田区霞が関", "13101"),
    ("大阪府大阪市北区梅田", "27127"), ("神奈川県横浜市中区本町", "14104"), ("愛知県名古屋市中区栄", "23106"),
    ("福岡県福岡市博多区博多駅前", "40132"), ("北海道札幌市中央区北一条西", "01101"), ("埼玉県さいたま市大宮区桜木町", "11103"),
    ("宮城県仙台市青葉区本町", "04101"), ("広島県広島市中区基町", "34101"),
)  # fmt: skip
STEMS = (
    "架空情報", "見本企画", "架空印刷", "見本データ", "架空警備", "見本清掃", "架空システム", "見本通信", "架空物流", "見本計測",
    "架空リサーチ", "見本エンジニアリング",
)  # fmt: skip
WORKS = (
    "届書のデータ入力及び画像化業務", "庁舎清掃業務", "庁舎警備業務", "電子計算機の賃貸借", "運用支援業務",
    "通知書の印刷・発送準備業務", "コールセンター運営業務", "気象観測装置の製造", "システム更改に係る設計・開発",
    "複写機の保守", "健康診断業務", "移転作業",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """How an issue is set. Lengths in points. ``spacing`` is the share of values that are letter-spaced."""

    columns: int = 2
    size: float = 8.0
    leading: float = 1.35
    gutter: float = 20.0
    page: tuple[float, float] = (595.0, 842.0)
    private: bool = True
    rule: bool = True
    spacing: float = 0.3
    stretched: float = 0.0  # points between the characters of a line, as justification sets them
    head: str = "平成30年2月5日　月曜日　官　報　（号外政府調達第22号）"
    foot: bool = True
    heads_last: bool = False  # drawn after the text, as some printers do
    by_rows: bool = False  # the first line of every column, then the second: not the order of reading
    font: int = 0
    turned: int = 0  # degrees of /Rotate; the text is turned against it, so that it shows upright
    as_form: bool = False  # each page's text in a form XObject
    cropped: bool = False  # a crop box off the media box, and a user unit of two points
    ruby: bool = False  # readings in small kana over some lines


@dataclass(frozen=True, slots=True)
class Truth:
    """What a notice says. Names and addresses without white space; ``prices`` are (role, yen, index of the winner)."""

    title: str
    buyer: str
    published: dt.date
    award_date: dt.date
    notice_date: dt.date | None
    method: str
    winners: tuple[tuple[str, str | None, str | None], ...]
    prices: tuple[tuple[str, float, int | None], ...]
    negotiated: bool = False
    unknown: bool = False


@dataclass
class Issue:
    """A PDF, what it says, and which of its pages are pictures (from 1)."""

    pdf: bytes
    notices: list[Truth] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    pages: int = 0
    text: str = ""


def has_font() -> bool:
    """Whether this machine has a font to make issues with."""
    return any(font.exists() for font in FONTS)


def make_issue(
    notices: int, seed: int = 1, setting: Setting = Setting(), pictures: Sequence[int] = (), unknown: int = 0
) -> Issue:
    """An issue with so many notices. ``pictures`` are pages without text; so many of the first notices hold a character that no
    table explains as ``unknown`` says.
    """
    random_ = random.Random(seed)
    paragraphs: list[str] = []
    truths: list[Truth] = []
    published = dt.date(2018, 2, 5)
    while len(truths) < notices:
        buyer = BUYERS[random_.randrange(len(BUYERS))]
        legend = LEGENDS[random_.randrange(len(LEGENDS))]
        paragraphs += _header(buyer, legend, random_, len(truths))
        for _ in range(min(random_.randint(3, 9), notices - len(truths))):
            truth, paragraph = _notice(
                len(truths), buyer[1], published, legend, random_, setting, len(truths) < unknown
            )
            truths.append(truth)
            paragraphs.append(paragraph)
        if random_.random() < 0.2:
            paragraphs += _tender(random_)
    pdf, pages = _pages(paragraphs, setting, pictures)
    return Issue(pdf, truths, list(pictures), pages, "\n".join(paragraphs))


def _header(
    buyer: tuple[str, str, str, int, int], legend: Sequence[str], random_: random.Random, number: int
) -> Iterator[str]:
    title, name, post, organ, place = buyer
    yield "落札者等の公示"
    yield "次のとおり落札者等について公示します。"
    yield "平成30年2月5日"
    yield f"{title}　{name}　{post}　架空　太郎" + ("（東京都千代田区霞が関1-2-2）" if random_.random() < 0.4 else "")
    listed = "　".join(f"{MARKERS[at]}{FIELDS[name]}" for at, name in enumerate(legend))
    yield f"［掲載順序］{listed}"
    yield f"◎調達機関番号　{organ:03}　◎所在地番号　{place}"
    yield f"○第　{number + 1}　号"


def _tender(random_: random.Random) -> Iterator[str]:
    """Another kind of notice between the awards: it is none."""
    yield "入札公告"
    yield "次のとおり一般競争入札に付します。"
    yield f"1　調達内容　(1)　購入等件名及び数量　{random_.choice(WORKS)}　一式　(2)　履行期間　平成30年4月1日から1年間"


def _notice(
    number: int,
    buyer: str,
    published: dt.date,
    legend: Sequence[str],
    random_: random.Random,
    setting: Setting,
    unknown: bool,
) -> tuple[Truth, str]:
    award_date = published - dt.timedelta(days=random_.randint(20, 80))
    notice_date = award_date - dt.timedelta(days=random_.randint(40, 60))
    method = random_.choices(["一般", "随意", "指名"], [8, 2, 1])[0]
    negotiated = method == "随意"
    year = award_date.year - 1988
    work, before, behind = random_.choice(WORKS), random_.choice(["第", "区域その"]), random_.choice(["回", "期"])
    title = f"平成{year}年度{work}（{before}{number + 1}{behind}）"
    title += random_.choice(["", "　一式", "　1式", f"　{random_.randint(2, 900)}台"])
    winners, printed_winner, prices, printed_price = _winners(random_)
    reserve = None
    if "reserve" in legend and random_.random() < 0.8:
        total = sum(yen for _, yen, _ in prices)
        reserve = int(
            total * (random_.randint(1_000, 90_000) if prices[0][0] == "unit_price" else random_.uniform(1, 1.6))
        )
    if reserve is not None:
        prices = (*prices, ("reserve_price", reserve, None))
    printed = {
        "item": "、".join(str(random_.randint(1, 78)) for _ in range(random_.randint(1, 2))),
        "title": title,
        "kind": "購入等",
        "method": method,
        "award_date": _day(award_date),
        "winner": printed_winner,
        "price": printed_price,
        "notice_date": None if negotiated else _day(notice_date),
        "reason": "a「特許権等に係る物品」" if negotiated else None,
        "decided": random_.choice(["最低価格", "総合評価"]) if not negotiated else None,
        "reserve": None if reserve is None else f"{reserve:,}円",
    }
    text = ""
    for at, name in enumerate(legend):
        value = printed.get(name)
        if value is None:
            continue
        if random_.random() < setting.spacing:
            value = _spaced(value, random_)
        if unknown and name == "title":
            value += "　" + chr(UNKNOWN)
        text += f"{MARKERS[at]}{random_.choice(['', ' ', '　'])}{value}{random_.choice(['', ' ', '　'])}"
    truth = Truth(
        title="".join(title.translate(_FOLDED).split()) + ("〓" if unknown else ""),
        buyer=buyer,
        published=published,
        award_date=award_date,
        notice_date=None if negotiated or "notice_date" not in legend else notice_date,
        method={"一般": "open", "随意": "limited", "指名": "selective"}[method],
        winners=winners,
        prices=prices,
        negotiated=negotiated,
        unknown=unknown,
    )
    return truth, text


def _day(day: dt.date) -> str:
    return f"{day.year - 1988}.{day.month}.{day.day}"


def _winners(
    random_: random.Random,
) -> tuple[tuple[tuple[str, str | None, str | None], ...], str, tuple[tuple[str, float, int | None], ...], str]:
    """Winners with their printed field, and prices with theirs."""
    count = random_.choices([1, 2, 3], [16, 3, 1])[0]
    stems = random_.sample(STEMS, count)
    form = random_.randrange(3) if count == 1 else random_.randrange(2)
    winners, printed = [], []
    for stem in stems:
        short, full = random_.choice(
            [("株式会社", "株式会社"), ("(株)", "株式会社"), ("㈱", "株式会社"), ("有限会社", "有限会社")]
        )
        behind = random_.random() < 0.3
        name, shown = (stem + full, stem + short) if behind else (full + stem, short + stem)
        town, code = random_.choice(PLACES)
        block = "-".join(str(random_.randint(1, 40)) for _ in range(3))
        written = block if random_.random() < 0.7 else "{}丁目{}番{}号".format(*block.split("-"))
        if form == 0:
            printed.append(f"{shown}（{town}{written}）")
        elif form == 1:
            printed.append(f"{shown}　{town}{written}")
        else:
            printed.append(shown)
        has_address = form != 2
        winners.append((name, town + written if has_address else None, code if has_address else None))
    if count == 1 and random_.random() < 0.2:
        unit = random_.randint(100, 99_999) / 100
        return tuple(winners), printed[0], (("unit_price", unit, 0),), f"{unit:,.2f}円（他複数単価契約）"
    totals = [random_.randint(10**7, 10**9) for _ in winners]
    prices = tuple(("contract_price", float(yen), at) for at, yen in enumerate(totals))
    if count == 1:
        return tuple(winners), printed[0], prices, f"{totals[0]:,}{random_.choice(['円', ''])}"
    lots = [f"№{at + 1}：" for at in range(count)]
    return (
        tuple(winners),
        "　".join(lot + one for lot, one in zip(lots, printed, strict=True)),
        prices,
        "　".join(f"{lot}{yen:,}円" for lot, yen in zip(lots, totals, strict=True)),
    )


def _spaced(text: str, random_: random.Random) -> str:
    """A text letter-spaced as irregularly as the gazette's text layer is."""
    return "".join(char + (" " if random_.random() < 0.8 else "") for char in text).strip()


def embedded_font(number: int = 0) -> Any:
    """A Japanese font with private-use characters, ready to be drawn with.

    reportlab keeps one font a face and takes every later one of that face for it: a face of its own name keeps this font apart
    from the plain one that another test may have drawn with.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = [font for font in FONTS if font.exists()]
    name = f"Gazette{number % len(fonts)}"
    if name in pdfmetrics.getRegisteredFontNames():
        return pdfmetrics.getFont(name)
    font = TTFont(name, str(fonts[number % len(fonts)]))
    font.face.name = name.encode()
    for ordinary, private in [*PRIVATE.items(), (ord("〓"), UNKNOWN)]:
        font.face.charToGlyph[private] = font.face.charToGlyph[ordinary]
        font.face.charWidths[private] = font.face.charWidths[ordinary]
    pdfmetrics.registerFont(font)
    return font


def _pages(paragraphs: Sequence[str], setting: Setting, pictures: Sequence[int]) -> tuple[bytes, int]:
    from reportlab.pdfgen.canvas import Canvas

    font = embedded_font(setting.font)
    name, size = font.fontName, setting.size
    width, height = setting.page
    margin = 40.0
    column = (width - 2 * margin - (setting.columns - 1) * setting.gutter) / setting.columns
    deepest = int((height - 2 * margin - 30) / (size * setting.leading))
    lines = [line for text in paragraphs for line in _wrapped(text, column, setting, font)]
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=_page_size(setting), invariant=1, pageCompression=not setting.cropped)
    number = 0
    while lines:
        number += 1
        if number in pictures:
            canvas.rect(margin, margin, width - 2 * margin, height - 2 * margin, fill=1)
            canvas.showPage()
            continue
        taken, lines = lines[: deepest * setting.columns], lines[deepest * setting.columns :]
        columns = [taken[at * deepest : (at + 1) * deepest] for at in range(setting.columns)]
        _turn(canvas, setting)
        if setting.as_form:
            canvas.beginForm(f"page{number}", 0, 0, width, height)
        if not setting.heads_last:
            _head(canvas, setting, name, number)
        _columns(canvas, columns, setting, name, column)
        if setting.heads_last:
            _head(canvas, setting, name, number)
        if setting.as_form:
            canvas.endForm()
            canvas.doForm(f"page{number}")
        canvas.showPage()
    canvas.save()
    pdf = stream.getvalue()
    return pdf.replace(b"/Type /Page\n", b"/Type /Page /UserUnit 2\n") if setting.cropped else pdf, number


def _page_size(setting: Setting) -> tuple[float, float]:
    width, height = setting.page
    return (height, width) if setting.turned in (90, 270) else (width, height)


def _turn(canvas: object, setting: Setting) -> None:
    """Turns a page, and what is drawn on it the other way."""
    width, height = setting.page
    canvas.setPageRotation(setting.turned)  # type: ignore[attr-defined]
    if setting.cropped:
        across, up = _page_size(setting)
        canvas.setCropBox((10, 15, across - 20, up - 5))  # type: ignore[attr-defined]
    canvas.translate(*{0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[setting.turned])  # type: ignore[attr-defined]
    canvas.rotate(setting.turned)  # type: ignore[attr-defined]


def _columns(canvas: object, columns: Sequence[Sequence[str]], setting: Setting, name: str, column: float) -> None:
    height, margin, step = setting.page[1], 40.0, setting.size * setting.leading
    placed = [
        (margin + at * (column + setting.gutter), height - margin - 30 - place * step, line)
        for at, lines in enumerate(columns)
        for place, line in enumerate(lines)
    ]
    if setting.by_rows:
        placed.sort(key=lambda one: (-one[1], one[0]))
    canvas.setFont(name, setting.size)  # type: ignore[attr-defined]
    for x, y, line in placed:
        canvas.drawString(x, y, line, charSpace=setting.stretched)  # type: ignore[attr-defined]
    if setting.ruby:
        canvas.setFont(name, setting.size * 0.4)  # type: ignore[attr-defined]
        for x, y, _ in [one for one in placed if len(one[2]) > 6][::3]:
            canvas.drawString(x + 2 * setting.size, y + 0.95 * setting.size, "かくう")  # type: ignore[attr-defined]
    if setting.rule:
        for at in range(1, setting.columns):
            x = margin + at * (column + setting.gutter) - setting.gutter / 2
            canvas.line(x, margin, x, height - margin - 20)  # type: ignore[attr-defined]


def _head(canvas: object, setting: Setting, name: str, number: int) -> None:
    width, height = setting.page
    head = setting.head.translate(PRIVATE) if setting.private else setting.head
    shown = str(number).translate(PRIVATE) if setting.private else str(number)
    canvas.setFont(name, setting.size + 1)  # type: ignore[attr-defined]
    canvas.drawString(60, height - 40, head)  # type: ignore[attr-defined]
    canvas.drawString(width - 60, height - 40, shown)  # type: ignore[attr-defined]
    if setting.foot:
        canvas.drawCentredString(width / 2, 24, shown)  # type: ignore[attr-defined]


def _wrapped(text: str, column: float, setting: Setting, font: object) -> Iterator[str]:
    """Lines as wide as a column, broken wherever it is full."""
    text = text.translate(PRIVATE) if setting.private else text
    line, filled = "", 0.0
    for char in text:
        wide = font.stringWidth(char, setting.size) + setting.stretched  # type: ignore[attr-defined]
        if filled + wide > column:
            yield line
            line, filled = "", 0.0
        line, filled = line + char, filled + wide
    if line:
        yield line


def told(award: object) -> Truth:
    """What an award read from an issue says, in the form of the truth."""
    from tsukitome.awards import Award

    assert isinstance(award, Award)
    negotiated = award.dates.award is None
    return Truth(
        title="".join(award.title.split()),
        buyer=award.buyer or "",
        published=award.dates.published or dt.date.min,
        award_date=award.dates.award or award.dates.contract or dt.date.min,
        notice_date=award.dates.notice,
        method=award.procurement_method or "",
        winners=tuple((one.name, one.address, one.municipality_code) for one in award.suppliers),
        prices=tuple((one.role, float(one.yen), one.supplier) for one in award.amounts),
        negotiated=negotiated,
        unknown=any("U+" in warning for warning in award.warnings),
    )


def differences(issue: Issue, awards: Sequence[object]) -> Iterator[str]:
    """Every field that is not as printed, for a person to read; nothing where all is right."""
    read = {truth.title: truth for truth in map(told, awards)}
    for truth in issue.notices:
        found = read.pop(truth.title, None)
        if found is None:
            yield f"{truth.title}: not read"
            continue
        for name in Truth.__dataclass_fields__:
            if name == "buyer" and found.buyer.removeprefix(truth.buyer) in ("", "会計課", "総務部"):
                continue  # a bureau may follow
            if getattr(found, name) != getattr(truth, name):
                yield f"{truth.title}: {name} is {getattr(found, name)!r}, printed {getattr(truth, name)!r}"
    yield from (f"{title}: read, and not printed" for title in read)
