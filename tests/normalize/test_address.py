"""Addresses as keys."""

import pytest

from tsukitome.normalize.address import address_key


@pytest.mark.parametrize(
    ("address", "code", "town", "block"),
    [
        ("東京都豊島区東池袋一丁目48番10号 見本ビル3階", "13116", "東池袋", "1-48-10"),
        ("北海道札幌市中央区北三条西四丁目1番地", "01101", "北3条西", "4-1"),
        ("北海道旭川市4条通9丁目1703", "01204", "4条通", "9-1703"),
        ("東京都千代田区一番町23番地3", "13101", "1番町", "23-3"),
        ("和歌山県和歌山市七番丁23", "30201", "7番丁", "23"),
        ("香川県高松市番町1-1", "37201", "番町", "1-1"),
        ("岩手県滝沢市巣子第3地割12-1", "03216", "巣子第3地割", "12-1"),
        ("大阪府堺市堺区中之町西1丁1番1号", "27141", "中之町西", "1-1-1"),
        ("広島県広島市中区八丁堀3-33", "34101", "八丁堀", "3-33"),
    ],
)
def test_municipality_town_and_block(address: str, code: str, town: str, block: str) -> None:
    assert address_key(address, code) == (code, town, block)


@pytest.mark.parametrize("address", ["東京都豊島区東池袋", "北海道札幌市中央区北3条", "東京都千代田区三番町"])
def test_an_address_without_a_block_has_no_key(address: str) -> None:
    assert address_key(address, "13116") is None
