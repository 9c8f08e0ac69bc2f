"""官報 政府調達, 落札者等の公示: legend and circled numbers, letter-spaced and wrapped as a PDF's text layer is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from random import Random
from unicodedata import east_asian_width

from .model import Award
from .spelling import OFFICIALS, address, era_date, short_date, supplier_name, supplier_place, weekday, wide, yen
from .vocab import table

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
LABELS = {
    "item": "品目分類番号", "title": "調達件名及び数量", "kind": "調達方法", "method": "契約方式",
    "awarded": "落札決定日（随意契約の場合は契約日）", "winner": "落札者（随意契約の場合は契約者）の氏名及び住所",
    "price": "落札価格（随意契約の場合は契約価格）", "noticed": "入札公告日又は公示日",
    "reason": "随意契約の場合はその理由", "named": "指名業者名（指名競争入札の場合）", "decided": "落札方式",
    "reserve": "予定価格",
}  # fmt: skip
USUAL = dict(zip(LABELS, CIRCLED, strict=True))
WITHOUT_ITEM = {key: mark for key, mark in USUAL.items() if key not in ("item", "reason", "named")}
SWAPPED = dict(zip(
    ("title", "item", "method", "kind", "winner", "awarded", "reserve", "price", "noticed", "decided"), CIRCLED,
    strict=False,
))  # fmt: skip
LEGENDS = {("2017-11-06", "stat_center"): SWAPPED}  # the legend decides, not the habit
NO_ITEM_BUYER = "tokyo_tax"
WIDE_ISSUES = (date(2017, 2, 20),)  # digits in full width
PRIVATE_ISSUES = (date(2018, 2, 5),)  # digits as the PDF's private-use characters
PRIVATE_USE = str.maketrans({**{str(n): chr(0xE88A + n) for n in range(10)}, ",": "\uea75", "-": "\ue61c"})
GAZETTE_PREFIX = "gazette/gazette-"
LINE_WIDTH = 60  # columns: 30 full-width characters
PAGE_LINES = 46


def issue_of(file: str) -> date:
    """The date in a file's name."""
    return date.fromisoformat(file.removeprefix(GAZETTE_PREFIX).removesuffix(".txt"))


def issue_number(issue: date) -> int:
    """A made-up serial; 187 on 2017-10-02."""
    return 187 + (issue - date(2017, 10, 2)).days * 5 // 7 - (190 if issue.year == 2018 else 0)


def gazette_text(issue: date, awards: list[Award], rng: Random) -> str:
    """The whole issue, with a running head wherever a page ends, in the middle of a notice or not."""
    number = issue_number(issue)
    lines = [f"官 報 （号外政府調達第{number}号）", f"{era_date(issue)} {weekday(issue)}"]
    lines += ["", "　　　　　　落札者等の公示", ""]
    serial = rng.randint(20, 300)
    ordered = sorted(awards, key=lambda one: (one.buyer.key != "nenkin", one.buyer.key, not one.real, one.awarded))
    for key, group in groupby(ordered, key=lambda one: one.buyer.key):
        section = list(group)
        legend = LEGENDS.get((str(issue), key), WITHOUT_ITEM if key == NO_ITEM_BUYER else USUAL)
        lines += _section_head(issue, section[0], legend, serial)
        serial += 1
        for award in section:
            lines += _notice(issue, award, legend, rng)
        lines.append("")
    return "\n".join(_with_page_heads(lines, issue, number)) + "\n"


def _section_head(issue: date, award: Award, legend: dict[str, str], serial: int) -> Iterator[str]:
    buyer = award.buyer
    yield "次のとおり落札者等について公示します。"
    yield era_date(issue)
    # In the section with the real notice no name at all is printed: the post is the record's, the person left out.
    who = "理事長代理人　（氏名略）" if award.real else f"{buyer.posts[0]}　{OFFICIALS[award.official]}"
    yield f"{buyer.role}　{buyer.name}　{who}"
    yield f"（{buyer.address}）"
    yield "［掲載順序］"
    yield from wrap(" ".join(f"{mark}{LABELS[key]}" for key, mark in sorted(legend.items(), key=lambda one: one[1])))
    yield f"◎調達機関番号　{buyer.organ}　◎所在地番号　{buyer.location}"
    yield f"○第　{serial}　号"


def _notice(issue: date, award: Award, legend: dict[str, str], rng: Random) -> list[str]:
    if award.real:
        lines: list[str] = table("real_records.toml")["R1"]["lines"]
        return lines
    fields = _fields(award, rng)
    text = ""
    for key, mark in sorted(legend.items(), key=lambda one: one[1]):
        if fields.get(key):
            text += mark + rng.choice(("", " ", " ")) + letter_spaced(fields[key], rng) + " "
    if issue in WIDE_ISSUES:
        text = wide(text).replace("　", " ")
    if issue in PRIVATE_ISSUES:
        text = text.translate(PRIVATE_USE)
    return wrap(text)


def _fields(award: Award, rng: Random) -> dict[str, str]:
    works = award.trade == "works"
    trade = table("vocab.toml")["trades"][award.trade]
    return {
        "item": str(trade["item"]),
        "title": award.title,
        "kind": "工事" if works else "借入等" if "賃貸借" in award.title else "購入等",
        "method": award.method,
        "awarded": short_date(award.awarded),
        "winner": _winners(award, rng),
        "price": _price(award, rng),
        "noticed": short_date(award.noticed) if award.noticed else "",
        "reason": award.reason,
        "named": "省略" if award.method == "指名" else "",
        "decided": "" if award.method == "随意" else award.decided,
        "reserve": yen(award.reserve) if award.reserve and award.buyer.prints_reserve else "",
    }


def _winners(award: Award, rng: Random) -> str:
    """⑥ in one of its forms: address in parentheses, run on, or absent; several winners need the parentheses."""
    style = rng.choice(("full", "short", "wide_short"))
    way = rng.choice(("plain", "wide", "kanji", "chome"))
    each = [
        (supplier_name(award, index, style), address(supplier_place(award, index), way))
        for index in range(len(award.firms))
    ]
    if award.joint:
        members = " ".join(
            f"{role}　{name}（{where}）" for role, (name, where) in zip(("代表者", "構成員"), each, strict=False)
        )
        return f"{award.joint}（架空） {members}"
    if award.lots:
        return " ".join(f"{lot}：{name}（{where}）" for lot, (name, where) in zip(award.lots, each, strict=True))
    if len(each) > 1:
        return "、".join(f"{name}（{where}）" for name, where in each)
    name, where = each[0]
    form = rng.choices(("parentheses", "run on", "absent"), (5, 6, 2))[0]
    if form == "absent" and not award.trap:
        return name
    return f"{name}（{where}）" if form == "parentheses" else f"{name} {where}"


def _price(award: Award, rng: Random) -> str:
    if award.lots:
        return " ".join(f"{lot}：{yen(price)}円" for lot, price in zip(award.lots, award.prices, strict=True))
    if award.unit:
        return f"{award.unit.yen}円" + rng.choice(("", "（単価）", "（他複数単価契約）", f"（1{award.unit.of}当たり）"))
    assert award.price is not None
    return yen(award.price) + rng.choice(("円", "円", ""))


def letter_spaced(text: str, rng: Random) -> str:
    """Spaces inside some words, as justified setting leaves them."""
    words = text.split(" ")
    return " ".join(_spaced_word(word, rng) for word in words)


def _spaced_word(word: str, rng: Random) -> str:
    chance = rng.choice((0.0, 0.0, 0.15, 0.95))
    out = word[:1]
    for char in word[1:]:
        out += (" " if rng.random() < chance else "") + char
    return out


def wrap(text: str) -> list[str]:
    """Lines of about 30 full-width characters, broken anywhere, numbers and words too."""
    lines, line, width = [], "", 0
    for char in text.strip():
        line += char
        width += 2 if east_asian_width(char) in "WFA" else 1
        if width >= LINE_WIDTH:
            lines.append(line.strip(" "))
            line, width = "", 0
    if line.strip():
        lines.append(line.strip(" "))
    return lines


def _with_page_heads(lines: list[str], issue: date, number: int) -> Iterator[str]:
    """A running head after each page; the real notice's lines stay together."""
    kept = set(table("real_records.toml")["R1"]["lines"])
    since, page = 0, 12
    for line in lines:
        if since >= PAGE_LINES and line and line not in kept:
            yield f"（号外政府調達第{number}号） 官 報 {era_date(issue)} {weekday(issue)} {page}"
            since, page = 0, page + 1
        yield line
        since += 1
