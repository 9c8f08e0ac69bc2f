"""Kinds of work by the words of a title."""

import pytest

from tsukitome.profile.work import kinds_of, work_kinds


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("扶養親族等申告書・個人番号申出書データ入力及び画像化業務 一式", ("データ入力",)),
        ("平成29年度庁舎清掃業務", ("清掃",)),
        ("庁舎の清掃及び警備業務", ("清掃", "警備")),
        ("調査票ﾃﾞｰﾀ入力 一式", ("データ入力",)),
        ("国道1号舗装工事", ("工事",)),
        ("23J工事監督支援業務", ("監督支援",)),
        ("給与システム改修業務", ("システム開発",)),
        ("複写機の賃貸借", ("機器賃貸借",)),
        ("パンフレットの印刷", ("印刷",)),
        ("清掃工場建設用地測量業務", ("測量地質",)),
        ("海上保安庁警備艇建造", ()),
        ("一式", ()),
    ],
)
def test_words_tell_the_kind(title: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(title) == kinds


def test_every_kind_has_words_and_a_name_in_both_languages() -> None:
    for kind in work_kinds().values():
        assert kind.words
        assert kind.say("ja") == kind.name
        assert kind.say("en").isascii()
