"""What is kept of an official's cell: the organization, never the person."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.sources.officer_cell import _MAY_BE_LABEL, _MAY_NAME, _POST_ENDS, _SIGNS, labels_official, mask_officials


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("支出負担行為担当官　架空省会計課長　架空　太郎", "支出負担行為担当官 架空省 （氏名略）"),
        ("支出負担行為担当官 架空太郎", "支出負担行為担当官（氏名略）"),
        (
            "契約責任者 独立行政法人架空研究開発機構 理事 架空 太郎 東京都千代田区1-1",
            "契約責任者 独立行政法人架空研究開発機構 （氏名略）",
        ),
        ("印刷 | 支出負担行為担当官　架空　太郎 | 株式会社A", "印刷 | 支出負担行為担当官（氏名略） | 株式会社A"),
        ("架空庁総務課長　架空太郎", "架空庁総務課長（氏名略）"),
    ],
)
def test_in_a_quotation_the_organization_stays_and_the_person_goes(printed: str, kept: str) -> None:
    assert mask_officials(printed) == kept


@pytest.mark.parametrize(
    "printed",
    [
        "契約担当官等の氏名並びにその所属する部局の名称及び所在地 | 契約金額",
        "支出負担行為担当官",
        "データ入力業務 一式 | 株式会社A",
    ],
)
def test_headers_and_bare_titles_stay_as_they_are(printed: str) -> None:
    assert mask_officials(printed) == printed


@given(st.text("長官者役担当契約責任職事務 \u3000架", max_size=12))
def test_a_text_may_hold_a_name_where_either_of_two_patterns_says_so(text: str) -> None:
    assert bool(_MAY_NAME.search(text)) == bool(_POST_ENDS.search(text) or _SIGNS.search(text))


def test_every_character_that_folds_into_the_end_of_a_label_is_looked_at() -> None:
    assert labels_official("立会⼈")  # a radical, which folds into the character
    ends = set("者員人官先")
    several = [chr(code) for code in range(0x2E80, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert all(_MAY_BE_LABEL.search(one) for one in several if ends & set(unicodedata.normalize("NFKC", one)))
