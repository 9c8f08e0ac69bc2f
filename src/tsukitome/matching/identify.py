"""The main job: clues and awards in, findings out. Every alternative is scored in full."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tsukitome.archive.firms import describe, group, name_keys
from tsukitome.archive.merging import merge
from tsukitome.awards import Award
from tsukitome.clues.query import CLUE_NAMES, Clues
from tsukitome.clues.title import TitleReading
from tsukitome.findings import AwardFinding, Candidate, Coverage, Evidence, Findings, Firm, Replay
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.compare.title import common_parts
from tsukitome.matching.compare.value import show
from tsukitome.matching.narrowing import narrowing
from tsukitome.matching.probability import posterior, prior
from tsukitome.matching.scoring import ScoredClue, score
from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import weights
from tsukitome.wording import Phrase, phrase

NEGLIGIBLE = 1e-9  # a firm less probable than this is not listed


def identify(
    clues: Clues,
    records: Sequence[Award],
    coverage: Coverage,
    *,
    top: int = 10,
    version: str,
    data_sha256: str,
    command: str,
) -> Findings:
    """Ranks the firms behind ``records`` by how well they fit ``clues``; ``coverage`` is that of the records.

    ``top`` is how many firms are listed, 0 for all. Ties are broken by name, then by award_id.
    """
    table = weights()
    awards = merge(records)
    alternatives = alternatives_of(awards)
    scored = {name: score(clue, alternatives, table) for name, clue in clues.asked.items()}
    bits = [_sum([clue.bits_of(index) for clue in scored.values()]) for index in range(len(alternatives))]
    in_data = prior(clues.asked, scored, coverage, len(alternatives), table.prior)
    probabilities, none = posterior(bits, in_data.in_data, in_data.absent)
    ranked = _ranked_firms(alternatives, bits, probabilities)
    kept = [firm for firm in ranked if firm.probability >= NEGLIGIBLE]
    listed = kept if top == 0 else kept[:top]
    candidates = [
        _candidate(rank, firm, alternatives, bits, probabilities, scored) for rank, firm in enumerate(listed, 1)
    ]
    decision, reason = verdict([firm.probability for firm in ranked], none, clues.asked, table.verdict)
    return Findings(
        clues=tuple(clue.to_dict() for clue in clues.asked.values()),
        verdict=decision,
        verdict_reason=reason,
        none_probability=none,
        rest_probability=max(1 - none - math.fsum(firm.probability for firm in listed), 0.0),
        candidates=_with_like_names(candidates),
        narrowing=tuple(narrowing(alternatives, scored, len(awards))),
        coverage=coverage,
        replay=Replay(version, data_sha256, table.name, command, in_data),
    )


class _RankedFirm:
    """A firm's alternatives, the likeliest first, and the sum of their probabilities."""

    def __init__(
        self, indexes: list[int], alternatives: list[Alternative], bits: list[float], each: list[float]
    ) -> None:
        self.indexes = sorted(indexes, key=lambda index: (-bits[index], alternatives[index].award.award_ids))
        self.probability = math.fsum(each[index] for index in indexes)
        found = [alternatives[index] for index in self.indexes]
        printed = [name for one in found for name in one.award.names_printed(one.index)]
        self.firm = describe([one.supplier for one in found], printed)
        self.order = (-round(self.probability, 12), self.firm.name, alternatives[self.indexes[0]].award.award_ids)


def _ranked_firms(alternatives: list[Alternative], bits: list[float], each: list[float]) -> list[_RankedFirm]:
    firms: dict[int, list[int]] = defaultdict(list)
    for index, firm in enumerate(group([alternative.supplier for alternative in alternatives])):
        firms[firm].append(index)
    return sorted(
        (_RankedFirm(found, alternatives, bits, each) for found in firms.values()), key=lambda firm: firm.order
    )


def _candidate(
    rank: int,
    ranked: _RankedFirm,
    alternatives: list[Alternative],
    bits: list[float],
    each: list[float],
    scored: dict[str, ScoredClue],
) -> Candidate:
    awards = [
        AwardFinding(
            award_ids=alternatives[index].award.award_ids,
            title=alternatives[index].award.title,
            buyer=alternatives[index].award.buyer,
            bits=bits[index],
            probability=each[index],
            evidence=_evidence(index, alternatives[index], scored),
            sources=tuple(record.source for record in alternatives[index].award.records),
            members=tuple(member.name for member in alternatives[index].members),
            warnings=tuple(warning for record in alternatives[index].award.records for warning in record.warnings),
        )
        for index in ranked.indexes
        if each[index] >= NEGLIGIBLE or index == ranked.indexes[0]
    ]
    return Candidate(rank, ranked.probability, ranked.firm, tuple(awards))


def _evidence(index: int, alternative: Alternative, scored: dict[str, ScoredClue]) -> tuple[Evidence, ...]:
    """The evidence of every clue: first what was asked, then, without weight, what the record says that was not asked."""
    pieces = []
    for name in CLUE_NAMES:
        if name in scored:
            piece = scored[name].evidence(index)
            pieces.append(_explained(piece, scored[name]) if name == "title" else piece)
    silent: dict[str, str | Phrase | None] = {
        "buyer": alternative.award.buyer,
        "month": next(
            (
                phrase(f"date_{kind}", day=day)
                for kind in ("award", "contract", "notice")
                for day in alternative.award.dates.get(kind, ())
            ),
            None,
        ),
        "ward": alternative.supplier.address,
        "method": next((r.procurement_method_details for r in alternative.award.records if r.procurement_method), None),
        "title": alternative.award.title,
        "value": show(alternative.amounts),
    }
    pieces += [Evidence(name, "clue_silent", 0.0, None, found) for name, found in silent.items() if name not in scored]
    return tuple(pieces)


def _explained(piece: Evidence, scored: ScoredClue) -> Evidence:
    """A title's evidence with the words in which the two titles agree."""
    assert isinstance(scored.clue.reading, TitleReading)
    if piece.outcome not in ("agree", "near") or not isinstance(piece.found, str) or piece.note is None:
        return piece
    parts = common_parts(scored.clue.reading.text, piece.found)
    note = phrase("title_common", similarity=piece.note, parts=parts)
    return Evidence(piece.clue, piece.outcome, piece.bits, piece.asked, piece.found, note)


def _with_like_names(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Each candidate with the others whose names are alike, so that nobody takes one for the other."""
    keys = [name_keys(candidate.firm.name) for candidate in candidates]
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(keys):
        for key in sorted(found):
            bearers[key].append(index)
    marked = []
    for index, candidate in enumerate(candidates):
        like = sorted({other for key in keys[index] for other in bearers[key]} - {index})
        marked.append(replace(candidate, possibly_same=tuple(_with_address(candidates[other].firm) for other in like)))
    return tuple(marked)


def _with_address(firm: Firm) -> str:
    return f"{firm.name} ({firm.addresses[0]})" if firm.addresses else firm.name


def _sum(bits: Sequence[float]) -> float:
    """Bits rounded to three places, summed and freed of the sum's own rounding noise."""
    return round(math.fsum(bits), 3)
