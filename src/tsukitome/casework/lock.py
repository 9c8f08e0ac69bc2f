"""CASE.lock: what the answer was, so that a later check can say what new data made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tsukitome.checks import Changes, Check
from tsukitome.errors import CaseError, UnreadableError
from tsukitome.findings import Findings
from tsukitome.normalize.percent import percent
from tsukitome.reporting.inert import json_text
from tsukitome.small_files import read_small
from tsukitome.wording import Phrase, phrase

SCHEMA = "tsukitome/lock/1"
_MOVED = 0.05  # of a probability: a smaller change is no news


def lock_path(case: Path) -> Path:
    """Where the lock of a case lies: CASE.lock beside CASE.toml."""
    return case.with_suffix(".lock")


def lock_of(check: Check, found: Findings) -> dict[str, Any]:
    """The essentials of an answer: what was asked of which data, the verdict, the candidates and the claims."""
    return {
        "schema": SCHEMA,
        "version": found.replay.version,
        "weights": found.replay.weights,
        "data_sha256": found.replay.data_sha256,
        "records": found.coverage.records,
        "question": {clue["name"]: clue["quote"] for clue in found.clues},
        "verdict": found.verdict,
        "none_probability": round(found.none_probability, 6),
        "candidates": [
            {
                "firm": candidate.firm.name,
                "corporate_number": candidate.firm.corporate_number,
                "probability": round(candidate.probability, 6),
                "awards": list(candidate.awards[0].award_ids),
            }
            for candidate in found.candidates
        ],
        "claims": [{"clue": claim.name, "says": claim.says, "outcome": claim.outcome} for claim in check.claims],
    }


def write_lock(path: Path, lock: dict[str, Any]) -> None:
    """Writes a lock; raises UnreadableError where the system refuses."""
    try:
        path.write_text(json_text(lock, 1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UnreadableError(path.as_posix(), f"can't be written ({error.strerror}).") from error


def read_lock(path: Path) -> dict[str, Any]:
    """A lock; raises UnreadableError for a file that can't be opened, and CaseError for one that is no lock."""
    try:
        told = json.loads(read_small(path))
    except (ValueError, RecursionError) as error:
        raise CaseError(path.as_posix(), None, "is no lock of a case: it is no JSON, or is cut off.") from error
    try:
        if told["schema"] != SCHEMA:
            raise KeyError
        [(one["firm"], one["probability"], one["awards"]) for one in told["candidates"]]
        [(one["says"], one["outcome"]) for one in told["claims"]]
        told["data_sha256"], told["verdict"], told["none_probability"], told["question"], told["weights"]
    except (KeyError, TypeError) as error:
        raise CaseError(
            path.as_posix(), None, "is no lock of a case that this version reads. Check the case anew to make one."
        ) from error
    return dict(told)


def changes(before: dict[str, Any], now: dict[str, Any], since: str) -> Changes:
    """What is not as it was; the answer has changed where the verdict, the first firm, its chances or a claim did."""
    around = list(_around(before, now))
    answer = list(_answer(before, now))
    return Changes(since, bool(answer), tuple(answer + around) or (phrase("change_none"),))


def _around(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Phrase]:
    if before["data_sha256"] != now["data_sha256"]:
        yield phrase("change_data", before=before.get("records", "–"), now=now["records"])
    if before["question"] != now["question"]:
        yield phrase("change_question")
    if before["weights"] != now["weights"]:
        yield phrase("change_weights", before=before["weights"], now=now["weights"])


def _answer(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Phrase]:
    if before["verdict"] != now["verdict"]:
        yield phrase(
            "change_verdict",
            before=phrase(f"verdict_word_{before['verdict']}"),
            now=phrase(f"verdict_word_{now['verdict']}"),
        )
    first, later = _first(before), _first(now)
    if _who(first) != _who(later):
        yield phrase(
            "change_first",
            before=first["firm"] if first else phrase("change_nobody"),
            now=later["firm"] if later else phrase("change_nobody"),
        )
    elif first and later and abs(first["probability"] - later["probability"]) >= _MOVED:
        yield phrase(
            "change_probability",
            firm=later["firm"],
            before=percent(first["probability"]),
            now=percent(later["probability"]),
        )
    known = {_who(one) for one in before["candidates"]}
    for one in now["candidates"][1:]:
        if _who(one) not in known and one["probability"] >= _MOVED:
            yield phrase("change_new_candidate", firm=one["firm"], probability=percent(one["probability"]))
    if abs(before["none_probability"] - now["none_probability"]) >= _MOVED:
        yield phrase(
            "change_none_probability",
            before=percent(before["none_probability"]),
            now=percent(now["none_probability"]),
        )
    outcomes = {(one.get("clue"), one["says"]): one["outcome"] for one in before["claims"]}
    for one in now["claims"]:
        was = outcomes.get((one["clue"], one["says"]))
        if was is not None and was != one["outcome"]:
            yield phrase(
                "change_claim",
                says=one["says"],
                before=phrase(f"claim_{was}"),
                now=phrase(f"claim_{one['outcome']}"),
            )


def _first(lock: dict[str, Any]) -> dict[str, Any] | None:
    return lock["candidates"][0] if lock["candidates"] else None


def _who(candidate: dict[str, Any] | None) -> str | None:
    """A firm is known by its number, else by its name: the awards' own identities change with the files' bytes."""
    return (candidate.get("corporate_number") or candidate["firm"]) if candidate else None
