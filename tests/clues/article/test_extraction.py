"""The article in a file: text as it is, pages without what stands around the article."""

from __future__ import annotations

import pytest

from tsukitome.clues.article.extraction import article_text, decoded
from tsukitome.errors import UnreadableError

BODY = (
    "豊橋のまちで記者が見た市役所の業務委託について、市は去年8月に市内の会社と約1億8000万円で契約したと説明している。"
    * 4
)
PAGE = f"""<!DOCTYPE html><html lang="ja"><head><meta charset="CODE"><title>題</title></head><body>
<nav><ul><li><a href="/">ホーム</a></li><li><a href="/s">天気</a></li></ul></nav>
<article><h1>市の委託先が無断で再委託</h1><p>{BODY}</p><p>{BODY}</p></article>
<div class="comments"><p>コメント: 3億円の無駄だ</p></div><footer>著作権 架空新聞社</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_a_page_gives_its_article(encoding: str) -> None:
    text = article_text(
        PAGE.replace("CODE", {"cp932": "Shift_JIS", "euc_jp": "EUC-JP"}.get(encoding, encoding)).encode(encoding)
    )
    assert "約1億8000万円で契約した" in text
    assert "ホーム" not in text
    assert "著作権" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_text_stays_as_it_is(encoding: str) -> None:
    assert article_text("市は去年８月に\r\n契約した。".encode(encoding)) == "市は去年８月に\r\n契約した。"


def test_what_is_no_text_is_refused_by_name() -> None:
    with pytest.raises(UnreadableError, match=r"photo\.jpg"):
        decoded(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\xfd\xfe", "photo.jpg")


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no article"):
        article_text(b"<!doctype html><html><body></body></html>", "empty.html")
