"""How far the corporate register could be joined to the awards, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tsukitome.archive.holdings import StoredSource
from tsukitome.archive.joins import Joins
from tsukitome.wording import Phrase, phrase


def register_sentences(sources: Sequence[StoredSource], joins: Joins | None) -> Iterator[Phrase]:
    """What was read of the register, who got a name, a municipality or a number by it, and why others got none."""
    files = [source for source in sources if source.registrations]
    if not files or joins is None:
        return
    yield phrase(
        "register_read",
        entries=sum(source.registrations for source in files),
        files=len(files),
        first=min(filter(None, (source.published_from for source in files)), default="?"),
        last=max(filter(None, (source.published_to for source in files)), default="?"),
    )
    for name, missing in (("register_names", joins.names), ("register_wards", joins.wards)):
        if missing.winners:
            rest = missing.winners - missing.found
            why = phrase("register_why", reasons=list(_reasons(missing.without))) if rest else ""
            yield phrase(name, winners=missing.winners, found=missing.found, rest=rest, why=why)
    yield phrase("register_numbers", count=joins.numbers_found, ties=joins.ties)


def _reasons(without: Mapping[str, int]) -> Iterator[Phrase]:
    for reason, count in sorted(without.items(), key=lambda item: (-item[1], item[0])):
        yield phrase(f"join_{reason}", count=count)
