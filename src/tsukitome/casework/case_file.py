"""Case files read: TOML by hand and by command, checked key by key; the first that is wrong is named."""

from __future__ import annotations

import datetime as dt
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, cast

from tsukitome.case import (
    SCHEMA,
    Case,
    CaseArticle,
    CaseClue,
    Claim,
    Corroboration,
    Decision,
    Reply,
    Stage,
)
from tsukitome.clues.query import CLUE_NAMES
from tsukitome.errors import CaseError, UnreadableError
from tsukitome.small_files import read_small

# Facts that a claim may name beyond the clues that can be asked.
CLAIM_NAMES = (*CLUE_NAMES, "quantity", "bidders", "award_rate")
STAGES = ("lead", "confirmed", "rejected")

# What each section holds: key → kind of value. A list ends in "s".
SECTIONS: dict[str, dict[str, str]] = {
    "articles": {
        "id": "text", "file": "text", "sha256": "text", "title": "text", "outlet": "text", "url": "text", "date": "day",
    },
    "clues": {
        "name": "text", "text": "text", "article": "text", "quote": "text", "start": "number", "end": "number",
        "use": "truth", "source": "text",
    },
    "claims": {
        "text": "text", "clue": "text", "says": "text", "article": "text", "start": "number", "end": "number",
        "rating": "text", "rated_by": "text",
    },
    "decisions": {
        "stage": "text", "firm": "text", "corporate_number": "text", "awards": "texts", "by": "text", "date": "day",
        "reason": "text",
    },
    "replies": {
        "who": "text", "name": "text", "channel": "text", "sent": "day", "deadline": "day", "answer": "text",
    },
    "corroboration": {"kind": "text", "url": "text", "seen": "day", "quote": "text", "supports": "text"},
}  # fmt: skip
_DATA = {"paths": "texts", "sha256": "text"}
_TOP = ("schema", "title", "notes", "data", *SECTIONS)


def read_case(path: Path) -> Case:
    """The case in a file. Raises UnreadableError for a file that can't be opened or is no TOML, and CaseError, which names
    the key and what to do, for what no case has.
    """
    shown = path.as_posix()
    try:
        told = tomllib.loads(read_small(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(shown, "is not in UTF-8. Save it so.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError(shown, f"is no TOML ({error}).") from error
    return _Checked(shown, told).case()


class _Checked:
    """A case's keys, checked one by one."""

    def __init__(self, shown: str, told: dict[str, Any]) -> None:
        self.shown = shown
        self.told = told

    def case(self) -> Case:
        self._known("", self.told, _TOP)
        if self.told.get("schema", SCHEMA) != SCHEMA:
            self._fail("schema", f"{self.told['schema']!r} is none that this version reads. Write {SCHEMA!r}.")
        data = self.told.get("data", {})
        if not isinstance(data, dict):
            self._fail("data", "is no table. Write [data] on a line and its keys below.")
        data = self._values("data", data, _DATA)
        articles = tuple(CaseArticle(**one) for one in self._section("articles", "id"))
        case = Case(
            file=self.shown,
            title=self._value("title", self.told.get("title"), "text"),
            notes=self._value("notes", self.told.get("notes"), "text"),
            articles=articles,
            clues=tuple(CaseClue(**one) for one in self._section("clues", "name", "text")),
            claims=tuple(Claim(**one) for one in self._section("claims", "text")),
            decisions=tuple(self._decision(one) for one in self._section("decisions", "stage", "firm")),
            replies=tuple(Reply(**one) for one in self._section("replies", "who")),
            corroboration=tuple(Corroboration(**one) for one in self._section("corroboration", "quote", "supports")),
            data=data.get("paths", ()),
            data_sha256=data.get("sha256"),
        )
        self._consistent(case)
        return case

    def _fail(self, key: str, reason: str) -> NoReturn:
        raise CaseError(self.shown, key, reason)

    def _known(self, key: str, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        for name in table:
            if name not in keys:
                near = get_close_matches(name, keys, 1)
                hint = f" Did you mean {near[0]}?" if near else ""
                self._fail(f"{key}{name}", f"is not one that a case has. Known are {', '.join(keys)}.{hint}")

    def _section(self, name: str, *needed: str) -> list[dict[str, Any]]:
        told = self.told.get(name, [])
        if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
            self._fail(name, f"is no list of tables. Write [[{name}]] on a line and its keys below.")
        found = []
        for number, one in enumerate(told, start=1):
            key = f"{name}[{number}]"
            values = self._values(key, one, SECTIONS[name])
            for need in needed:
                if values.get(need) is None:
                    self._fail(f"{key}.{need}", "is missing or empty. Fill it in, or delete the whole entry.")
            found.append(values)
        return found

    def _values(self, key: str, table: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
        """The values that are there and not empty."""
        self._known(f"{key}.", table, tuple(kinds))
        read = {name: self._value(f"{key}.{name}", value, kinds[name]) for name, value in table.items()}
        return {name: value for name, value in read.items() if value is not None}

    def _value(self, key: str, value: Any, kind: str) -> Any:
        if value is None or value == "":
            return None
        if kind == "text":
            if not isinstance(value, str):
                self._fail(key, "is no text. Write it in quotation marks.")
            return value if value.strip() else None
        if kind == "texts":
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                self._fail(key, "is no list of texts. Write them in quotation marks inside square brackets.")
            return tuple(value)
        if kind == "day":
            return self._day(key, value)
        if kind == "truth":
            if not isinstance(value, bool):
                self._fail(key, "is neither true nor false. Write one of the two, without quotation marks.")
            return value
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._fail(key, "is no whole number of 0 or more. Write it without quotation marks.")
        return value

    def _day(self, key: str, value: Any) -> dt.date:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            self._fail(key, "is no day of the calendar. Write it so: 2018-03-19.")

    def _decision(self, told: dict[str, Any]) -> Decision:
        return Decision(**{**told, "stage": cast(Stage, told["stage"])})

    def _consistent(self, case: Case) -> None:
        self._articles_named(case)
        self._clues_known(case)
        self._decisions_whole(case)

    def _articles_named(self, case: Case) -> None:
        ids = [article.id for article in case.articles]
        for number, id in enumerate(ids, start=1):
            if id in ids[: number - 1]:
                self._fail(f"articles[{number}].id", f"{id!r} is given twice. Each article needs its own.")
        of_articles = [(f"clues[{number}]", one.article) for number, one in enumerate(case.clues, start=1)]
        of_articles += [(f"claims[{number}]", one.article) for number, one in enumerate(case.claims, start=1)]
        for key, named in of_articles:
            if named is not None and named not in ids:
                self._fail(f"{key}.article", f"{named!r} is none. Known are {', '.join(ids) or '–'}.")

    def _clues_known(self, case: Case) -> None:
        for number, clue in enumerate(case.clues, start=1):
            if clue.name not in CLUE_NAMES:
                self._fail(f"clues[{number}].name", f"{clue.name!r} is none. Known are {', '.join(CLUE_NAMES)}.")
            if clue.use and any(other.use and other.name == clue.name for other in case.clues[: number - 1]):
                self._fail(
                    f"clues[{number}].name", f"{clue.name!r} is asked twice. Write use = false in one of the two."
                )
        for number, claim in enumerate(case.claims, start=1):
            if claim.clue is not None and claim.clue not in CLAIM_NAMES:
                self._fail(f"claims[{number}].clue", f"{claim.clue!r} is none. Known are {', '.join(CLAIM_NAMES)}.")

    def _decisions_whole(self, case: Case) -> None:
        for number, decision in enumerate(case.decisions, start=1):
            key = f"decisions[{number}]"
            if decision.stage not in STAGES:
                self._fail(f"{key}.stage", f"{decision.stage!r} is none. Known are {', '.join(STAGES)}.")
            if decision.stage != "lead":
                for name in ("by", "date", "reason"):
                    if getattr(decision, name) is None:
                        self._fail(
                            f"{key}.{name}", "is missing. A decision needs the person's name, the day and the reason."
                        )
