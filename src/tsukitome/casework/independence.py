"""Which sources speak for themselves: what goes back to one speaker counts once, however many files print it.

A gazette notice, the buyer's own table, the portal and what is made from it are all the buyer's word. Two articles of one
text are one report, and a note that repeats a record or an article adds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from tsukitome.awards import Award
from tsukitome.case import Case, CaseArticle, Corroboration
from tsukitome.casework.subject import Checked
from tsukitome.checks import Origin
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.printed import span_of
from tsukitome.normalize.text import key
from tsukitome.wording import Phrase, phrase

_SHINGLE = 8  # characters of the pieces by which two texts are compared
_ONE_TEXT = 0.6  # share of the shorter text's pieces from which two articles count as one text: our convention


def origins(case: Case, texts: Mapping[str, str], checked: Checked | None) -> tuple[Origin, ...]:
    """The speakers behind the award's records, the articles (``texts`` by their id), and the notes."""
    records = checked.records if checked else ()
    return (*_of_records(records), *_of_articles(case.articles, texts), *_of_notes(case.corroboration, texts, records))


def statement(case: Case, found: tuple[Origin, ...], checked: Checked | None) -> Phrase:
    """How many sources there are, and how many of them count."""
    return phrase(
        "independence_statement",
        records=len(checked.records) if checked else 0,
        articles=len(case.articles),
        notes=len(case.corroboration),
        origins=len(found),
    )


def _of_records(records: tuple[Award, ...]) -> Iterator[Origin]:
    speakers: dict[str, tuple[str | Phrase, list[str | Phrase]]] = {}
    for record in records:
        speaker = buyer_key(record.buyer).head if record.buyer else ""
        name = phrase("origin_buyer", buyer=record.buyer) if record.buyer else phrase("origin_unknown_buyer")
        member = phrase("origin_record", kind=phrase(f"kind_{record.source.kind}"), file=record.source.file)
        speakers.setdefault(speaker, (name, []))[1].append(member)
    for speaker_name, members in speakers.values():
        yield Origin(speaker_name, tuple(dict.fromkeys(members)))


def _of_articles(articles: tuple[CaseArticle, ...], texts: Mapping[str, str]) -> Iterator[Origin]:
    groups: list[list[CaseArticle]] = []
    for article in articles:
        like = next((group for group in groups if any(_one_text(texts, article.id, one.id) for one in group)), None)
        if like is None:
            groups.append([article])
        else:
            like.append(article)
    for group in groups:
        yield Origin(phrase("origin_article" if len(group) == 1 else "origin_articles"), tuple(map(_name, group)))


def _one_text(texts: Mapping[str, str], one: str, other: str) -> bool:
    pieces = [_pieces(texts.get(id, "")) for id in (one, other)]
    shorter = min(map(len, pieces))
    return shorter > 0 and len(pieces[0] & pieces[1]) >= _ONE_TEXT * shorter


def _pieces(text: str) -> set[str]:
    whole = key(text)
    return {whole[start : start + _SHINGLE] for start in range(max(len(whole) - _SHINGLE + 1, 0))}


def _name(article: CaseArticle) -> str | Phrase:
    told = " ".join(part for part in (article.outlet, article.title) if part)
    return f"{article.id} {told}".strip()


def _of_notes(
    notes: tuple[Corroboration, ...], texts: Mapping[str, str], records: tuple[Award, ...]
) -> Iterator[Origin]:
    hosts: dict[str, list[str | Phrase]] = {}
    for number, note in enumerate(notes, start=1):
        if any(span_of(note.quote, text) for text in (*texts.values(), *(r.source.quote for r in records))):
            continue  # it repeats what is counted already
        host = (urlsplit(note.url).hostname or "") if note.url else ""
        name = host.removeprefix("www.") or f"{note.kind or ''} {number}".strip()
        hosts.setdefault(name, []).append(note.supports)
    for name, members in hosts.items():
        yield Origin(name, tuple(members))
