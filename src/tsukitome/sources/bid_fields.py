"""Which field of a table of bids the words of a header name, after ``tables/bid_headers.csv``."""

from __future__ import annotations

from functools import cache

from tsukitome.pattern import pattern
from tsukitome.sources.headers import header_key, whole
from tsukitome.sources.vocabulary import field_by_rules

LONGEST = 60  # characters of a header cell; longer ones are data
# A round of bids in the lowest row of a header: 第1回, 1回目, 第1回入札, 第1回入札額. Whatever stands above it, it is one.
BARE_ROUND = pattern(
    r"(?:入札|開札|応札|見積)?(?:第?(?:[0-9]+|[一二三四五])回目?|初[回度]|当初|再々?度?)の?(?:入札|開札|見積)?(?:金額|価格|額)?"
)
_SIDE_BY_SIDE = pattern(
    r"(?:第?(?:[0-9]+|[一二三四五])回目?の?(?:入札|開札)(?:金額|価格|額)?|(?:見積|入札|応札)?(?:金額|価格|額)|見積)[0-9]+"
)  # 第1回入札2, 金額2, 見積金額2
_NUMBERED_BIDDER = pattern(r"(?:業者|会社|企業|社|者)[0-9A-Z①-⑳]")  # 業者1, beside 金額1


@cache
def field_of(header: str) -> str | None:
    """The field of a printed header (its rows joined), or None."""
    key = header_key(header)
    if _NUMBERED_BIDDER.fullmatch(key):
        return "bidder"
    if is_bare_round(header) or _SIDE_BY_SIDE.fullmatch(key):
        return "bid"
    if not key or len(key) > LONGEST:
        return None
    return field_by_rules("bid_headers", whole(key))


def is_bare_round(header: str) -> bool:
    """Whether the lowest row of a printed header says no more than which round of bids it is: 第1回, 1回目, 第1回入札額."""
    return BARE_ROUND.fullmatch(header_key(header.rsplit("\n", 1)[-1])) is not None
