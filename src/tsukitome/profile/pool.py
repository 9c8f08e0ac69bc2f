"""The awards of an archive as each of their winners has them, to compare with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tsukitome.archive.merging import together
from tsukitome.archive.store import Store
from tsukitome.awards import Award
from tsukitome.normalize.organization import buyer_key
from tsukitome.profile.comparables import Comparables
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.position import rules
from tsukitome.profile.unit import unit_of
from tsukitome.profile.work import work_kinds


def all_awards(store: Store) -> list[FirmAward]:
    """Every award of an archive, once for each of its winners; payments of project reviews are left out."""
    return list(_by_winner(store, store.prices.all()))


def comparables_of(store: Store, awards: Sequence[FirmAward]) -> Comparables:
    """What the awards of one firm can be compared with, found without reading the whole archive."""
    priced = [one for one in awards if one.basis == "award" and one.role == "awarded"]
    heads = {buyer_key(one.award.buyer).head for one in priced if one.award.buyer}
    kinds = {kind for one in priced for kind in one.kinds_of_work}
    reserves = [one.reserve_price.yen for one in priced if one.reserve_price and one.rate]
    size = rules()["within"]["size"]
    found = store.prices.comparable(
        buyers=[buyer for buyer in store.prices.buyers() if buyer_key(buyer).head in heads],
        words=sorted({word for kind in kinds for word in work_kinds()[kind].printed}),
        reserves=(min(reserves) / size, max(reserves) * size) if reserves else None,
        units=any(unit_of(amount.quote) for one in priced for amount in one.unit_prices),
    )
    return Comparables(_by_winner(store, found))


def _by_winner(store: Store, settled: dict[str, int]) -> Iterator[FirmAward]:
    """The awards behind records, which are given with the award that each tells of, once for each winner."""
    records: dict[int, list[Award]] = defaultdict(list)
    for record in store.awards(award_ids=settled):
        records[settled[record.award_id]].append(record)
    for found in records.values():
        award = together(found)
        for index, supplier in enumerate(award.suppliers):
            if supplier.role == "awarded":
                yield FirmAward(0, award, index)
