"""Tables that stand beside each other on a sheet are tables of their own; columns that only repeat are not."""

from __future__ import annotations

from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file


def read(*lines: str) -> Reading:
    return read_file(File.of_bytes("a.csv", "\n".join(lines).encode()))


def test_two_lots_beside_each_other_keep_their_own_bidders() -> None:
    reading = read(
        "第1工区,,,,,第2工区,,,",
        "件名,業者名,入札額,結果,,件名,業者名,入札額,結果",
        "A工事,甲株式会社,1000000,落札,,B工事,乙株式会社,2000000,落札",
        "A工事,乙株式会社,1100000,,,B工事,甲株式会社,2100000,",
    )
    told = [(award.title, [(s.name, s.role) for s in award.suppliers], award.source.row) for award in reading.awards]
    assert told == [
        ("A工事", [("甲株式会社", "awarded"), ("乙株式会社", "bidder")], 3),
        ("B工事", [("乙株式会社", "awarded"), ("甲株式会社", "bidder")], 3),
    ]
    assert [award.amounts[0].yen for award in reading.awards] == [1000000, 2000000]
    assert len({award.award_id for award in reading.awards}) == 2


def test_two_halves_of_a_year_share_their_heading() -> None:
    reading = read(
        "架空省　平成29年度　随意契約,,,,,,,,",
        "件名,契約日,契約の相手方,契約金額,,件名,契約日,契約の相手方,契約金額",
        "清掃業務,4月3日,甲株式会社,1000000,,警備業務,10月2日,乙株式会社,2000000",
    )
    told = [(award.buyer, str(award.dates.contract), award.suppliers[0].name) for award in reading.awards]
    assert told == [("架空省", "2017-04-03", "甲株式会社"), ("架空省", "2017-10-02", "乙株式会社")]


def test_rounds_that_repeat_their_columns_are_one_table() -> None:
    reading = read(
        "件名,業者名,第1回,,第2回,,結果",
        ",,金額,評価値,金額,評価値,",
        "護岸工事,甲株式会社,1000000,50.1,900000,51.2,落札",
    )
    (award,) = reading.awards
    assert [(amount.role, amount.yen) for amount in award.amounts] == [("contract_price", 900000), ("bid", 1000000)]
