"""The kinds of source that are read one entry at a time, and which files are of them, told by their first bytes.

To add such a kind, add an entry to :func:`stream_kinds`: a test on the contents, and a reader.
"""

from __future__ import annotations

import io
from functools import cache

from tsukitome.documents.json_text import is_json_lines, looks_like_json
from tsukitome.documents.lines import ENCODINGS
from tsukitome.sources.streaming import StreamKind

HEAD = 1 << 17  # bytes by which a long file is known


@cache
def stream_kinds() -> tuple[StreamKind, ...]:
    """The kinds read one record at a time, in the order in which they are tried, before all others."""
    from tsukitome.sources.gbizinfo import gbizinfo_items, gbizinfo_items_of, looks_like_gbizinfo
    from tsukitome.sources.ocds import looks_like_ocds, ocds_items, ocds_items_of
    from tsukitome.sources.portal import PortalReader, looks_like_portal, portal_items
    from tsukitome.sources.registry import RegistryReader, looks_like_registry, registry_items
    from tsukitome.sources.review import ReviewReader, looks_like_review, review_items

    return (
        StreamKind("portal", looks_like_portal, portal_items, PortalReader, ","),
        StreamKind("gbizinfo", looks_like_gbizinfo, gbizinfo_items, of_lines=gbizinfo_items_of),
        StreamKind("review", looks_like_review, review_items, ReviewReader),
        StreamKind("ocds", looks_like_ocds, ocds_items, of_lines=ocds_items_of),
        StreamKind("register", looks_like_registry, registry_items, RegistryReader, ","),
    )


def stream_kind_of(text: str) -> StreamKind | None:
    """The kind that is read one record at a time of a text, or of its beginning; None for any other."""
    return next((kind for kind in stream_kinds() if kind.looks_like(text)), None)


def is_by_rows(shown: str, head: bytes) -> bool:
    """Whether a file of this name that begins so is read row by row, however long it is."""
    from tsukitome.sources.contract_batches import begins_contract_table

    texts = [head.decode(encoding, "ignore") for encoding in ENCODINGS]
    kinds = [(kind, text) for text in texts if (kind := stream_kind_of(text))]
    if kinds:
        return any(kind.rows or not looks_like_json(text) or is_json_lines(io.StringIO(text)) for kind, text in kinds)
    return is_named_table(shown) and any(map(begins_contract_table, texts))


def is_named_table(shown: str) -> bool:
    """Whether a file's name says that it is a table in delimited text."""
    return shown.lower().removesuffix(".gz").endswith((".csv", ".tsv"))
