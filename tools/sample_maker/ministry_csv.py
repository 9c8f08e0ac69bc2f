"""A ministry's contract tables as CSV in CP932: form 2-3 (competitive) and 3-3 (negotiated), goods and services."""

from __future__ import annotations

import csv
import io
from random import Random

from .model import Award
from .spelling import OFFICIALS, address, contract_method, era_date, heisei, supplier_name, supplier_place, wide, yen

TITLE = "公共調達の適正化について（平成18年8月25日付財計第2017号）に基づく{}に係る情報の公表（物品役務等）"
HEAD = [
    "物品役務等の名称及び数量", "契約担当官等の氏名並びにその所属する\n部局の名称及び所在地", "契約を締結した日",
    "契約の相手方の商号又は名称\n及び住所", "法人番号",
]  # fmt: skip
MONEY = ["予定価格\n（円）", "契約金額\n（円）", "落札率"]
OPEN_HEAD = [
    *HEAD, "一般競争入札・指名競争入札の別\n（総合評価の実施）", *MONEY, "公益法人の場合", "", "応札・応募者数", "備考",
]  # fmt: skip
LIMITED_HEAD = [
    *HEAD, "随意契約によることとした会計法令の\n根拠条文及び理由\n（企画競争又は公募）", *MONEY, "再就職の役員の数",
    "公益法人の場合", "", "備考",
]  # fmt: skip
LAW = "会計法第29条の3第4項"
LAW_REASONS = (
    "既存システムの開発者でなければ保守を行うことができないため。",
    "企画競争を実施し、最も優れた提案を行った者であるため。（企画競争）",
    "公募を実施したところ、応募が一者のみであったため。（公募）",
)  # fmt: skip


def open_csv(awards: list[Award], rng: Random) -> bytes:
    second = [""] * 9 + ["公益法人の区分", "国所管、都道府県\n所管の区分", "", ""]
    rows = [[*_row(award, rng, contract_method(award), []), "－", "－", str(award.bidders)] for award in awards]
    return _csv(TITLE.format("競争入札"), OPEN_HEAD, second, rows, awards)


def negotiated_csv(awards: list[Award], rng: Random) -> bytes:
    second = [""] * 10 + ["公益法人の区分", "国所管、都道府県\n所管の区分", ""]
    rows = [[*_row(award, rng, f"{LAW}\n{rng.choice(LAW_REASONS)}", ["0"]), "－", "－"] for award in awards]
    return _csv(TITLE.format("随意契約"), LIMITED_HEAD, second, rows, awards)


def _csv(title: str, head: list[str], second: list[str], rows: list[list[str]], awards: list[Award]) -> bytes:
    width = len(head)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([title] + [""] * (width - 1))
    writer.writerow([""] * width)
    writer.writerow(head)
    writer.writerow(second)
    for row, award in zip(rows, awards, strict=True):
        writer.writerow([*row, _remarks(award)])
    return text.getvalue().encode("cp932")


def _row(award: Award, rng: Random, method: str, extra: list[str]) -> list[str]:
    buyer, day = award.buyer, award.awarded
    style = rng.choice(("full", "full", "ligature", "wide_short"))
    name = supplier_name(award, 0, style)
    where = address(supplier_place(award), rng.choice(("plain", "wide", "kanji", "chome")))
    officer = f"{buyer.role}\n{buyer.name}{buyer.posts[0]}　{OFFICIALS[award.official]}\n{buyer.address}"
    plain = era_date(day)
    dates = (plain, plain, f"H{heisei(day)}.{day.month}.{day.day}", wide(plain), f"{day:%Y/%m/%d}")
    price = yen(award.price) if award.price is not None else f"@{award.unit.yen if award.unit else ''}円"
    if award.unit and rng.random() < 0.5:
        price += "ほか"
    if award.price is not None and rng.random() < 0.2:
        price += "円"
    number = award.firms[0].number
    return [
        award.title, officer, rng.choice(dates), name + rng.choice(("\n", "\n", "　", "")) + where,
        rng.choice((number, number, f" {number}", f"{number} ", "")), method,
        yen(award.reserve) if award.reserve else rng.choice(("－", "非公表", "-")), price, _rate(award, rng), *extra,
    ]  # fmt: skip


def _rate(award: Award, rng: Random) -> str:
    if award.rate is None:
        return rng.choice(("－", "-"))
    return rng.choice((f"{award.rate:.2%}", f"{award.rate:.1%}", f"{award.rate:.4f}"))


def _remarks(award: Award) -> str:
    return f"単価契約\n調達見込総額 {yen(award.estimated)}円" if award.estimated else ""
