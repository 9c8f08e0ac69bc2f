"""Where to look next, made from the clues and the coverage: which papers would settle what, and a request to send for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tsukitome.casework.coverage_claims import NOTICE_DUE
from tsukitome.checks import NextStep
from tsukitome.clues.buyer import BuyerReading
from tsukitome.clues.month import MonthReading
from tsukitome.clues.query import Clues
from tsukitome.findings import Findings
from tsukitome.normalize.dates import fiscal_year
from tsukitome.normalize.text import table
from tsukitome.wording import phrase

_GAZETTE = "https://kanpou.npb.go.jp/"
_JETRO = "https://www.jetro.go.jp/gov_procurement/"
_WARP = "https://warp.ndl.go.jp/"
_WAYBACK = "https://web.archive.org/"
_PORTAL_SEARCH = "https://www.p-portal.go.jp/pps-web-biz/UAA01/OAA0101"
_PORTAL = "https://api.p-portal.go.jp/pps-web-biz/UAB03/OAB0301?fileversion=v001&filename=successful_bid_record_info_all_{year}.zip"
_REGISTER = "https://www.houjin-bangou.nta.go.jp/"
_PORTAL_FROM = 2015  # the first fiscal year that the portal has a file of


def next_steps(clues: Clues, found: Findings) -> tuple[NextStep, ...]:
    """The papers that are worth looking for, the nearest first."""
    month = clues.asked["month"].reading if "month" in clues.asked else None
    span = (month.first, month.last) if isinstance(month, MonthReading) else None
    buyer = clues.asked["buyer"].reading if "buyer" in clues.asked else None
    name = buyer.name if isinstance(buyer, BuyerReading) else None
    return (
        *_gazette(span),
        *_buyers_table(name, span),
        *_portal(span),
        *_disclosure(clues, name, span),
        *([] if found.best is None else [_register(found.best.firm.name)]),
    )


def _gazette(span: tuple[dt.date, dt.date] | None) -> Iterator[NextStep]:
    if span is None:
        return
    first, last = span
    yield NextStep(
        phrase("next_gazette", first=first, last=last + NOTICE_DUE),
        (_GAZETTE, _JETRO),
        phrase("next_gazette_settles"),
    )


def _buyers_table(buyer: str | None, span: tuple[dt.date, dt.date] | None) -> Iterator[NextStep]:
    if buyer is None:
        return
    months = phrase("next_months", first=span[0], last=span[1]) if span else phrase("next_any_month")
    yield NextStep(
        phrase("next_table", buyer=buyer, months=months),
        (_WARP, _WAYBACK),
        phrase("next_table_settles"),
    )


def _portal(span: tuple[dt.date, dt.date] | None) -> Iterator[NextStep]:
    if span is None:
        return
    years = sorted({fiscal_year(day) for day in span})
    files = tuple(_PORTAL.format(year=year) for year in years if year >= _PORTAL_FROM)
    if files:
        yield NextStep(
            phrase("next_portal", years=[str(year) for year in years if year >= _PORTAL_FROM]),
            (*files, _PORTAL_SEARCH),
            phrase("next_portal_settles"),
        )


def _register(firm: str) -> NextStep:
    return NextStep(phrase("next_register", firm=firm), (_REGISTER,), phrase("next_register_settles"))


def _disclosure(clues: Clues, buyer: str | None, span: tuple[dt.date, dt.date] | None) -> Iterator[NextStep]:
    yield NextStep(
        phrase("next_disclosure", buyer=buyer or "（発注者名）"),
        (),
        phrase("next_disclosure_settles"),
        draft_request(clues, buyer, span),
    )


def draft_request(clues: Clues, buyer: str | None, span: tuple[dt.date, dt.date] | None) -> str:
    """A draft of the request for disclosure, in Japanese whatever the reader's language: it is a letter to a Japanese office."""
    law, article, documents = _law(buyer or "")
    under = f"{law}{article}の規定に基づき、" if article else f"{law}に基づき、" if law else ""
    asked = clues.asked
    what = f"「{asked['title'].quote}」" if "title" in asked else "（業務の内容）"
    facts = [
        f"・契約の時期: {span[0].isoformat()}から{span[1].isoformat()}まで" if span else "・契約の時期: （　　）",
        f"・契約の方法: {asked['method'].quote}" if "method" in asked else None,
        f"・契約金額: {asked['value'].quote}" if "value" in asked else None,
        f"・契約の相手方の所在地: {asked['ward'].quote}" if "ward" in asked else None,
    ]
    lines = [
        "情報公開請求書（案）",
        "",
        f"{buyer or '（発注者名）'}　御中",
        "",
        f"{under}次のとおり{documents}の開示を請求します。",
        "",
        f"1　請求する文書: {what}に係る次の文書",
        "　(1) 契約書（変更契約書、仕様書を含む。）",
        "　(2) 入札公告、入札結果（応札者、入札金額及び予定価格の分かるもの）又は随意契約の理由書",
        "　(3) 検収及び支払の分かる文書",
        "　(4) 再委託の承認に関する文書",
        "2　契約を特定するための事項",
        *(f"　{fact}" for fact in facts if fact),
        "3　開示の方法: 電磁的記録の写しの交付",
        "",
        "請求者　氏名: （　　）　住所: （　　）　連絡先: （　　）",
    ]
    return "\n".join(lines) + "\n"


def _law(buyer: str) -> tuple[str, str, str]:
    """The law, its article and what it calls the papers of an office."""
    for row in table("disclosure_laws", "tsukitome.casework"):
        if re.search(row["pattern"], buyer):
            return row["law"], row["article"], row["documents"]
    return "", "", "文書"
