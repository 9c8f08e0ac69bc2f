"""Case files written: a new one with a word on every section, and entries added without touching what stands there."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table, Whitespace

from tsukitome.case import SCHEMA, Case, CaseArticle, Claim, Decision
from tsukitome.casework.case_file import SECTIONS
from tsukitome.errors import UnreadableError
from tsukitome.language import Language
from tsukitome.small_files import read_small
from tsukitome.wording import phrase

# Keys that a person fills in stand in the file, empty, where the program knows nothing of them.
_TO_FILL = {
    "articles": ("title", "outlet", "url", "date"),
    "replies": ("name", "channel", "sent", "deadline", "answer"),
    "decisions": ("by", "date", "reason"),
}


def case_toml(case: Case, language: Language) -> str:
    """A new case as TOML with comments; the same text for the same case."""
    document = tomlkit.document()
    _comment(document, phrase("case_comment_head").say(language))
    document.add("schema", tomlkit.item(SCHEMA))
    document.add("title", tomlkit.item(case.title or ""))
    document.add("notes", tomlkit.item(case.notes or ""))
    document.add(tomlkit.nl())
    _comment(document, phrase("case_comment_data").say(language))
    data = tomlkit.table()
    data.add("paths", _values(case.data))
    data.add("sha256", case.data_sha256 or "")
    document.add("data", data)
    for name in SECTIONS:
        entries = [{key: value for key, value in asdict(one).items() if value not in (None, (), True)}
                   for one in getattr(case, name)]  # fmt: skip
        document.add(tomlkit.nl())
        _comment(document, phrase(f"case_comment_{name}").say(language))
        if entries:
            tables = tomlkit.aot()
            for entry in entries:
                tables.append(_table(name, entry))
            document.add(name, tables)
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def write_new(path: Path, text: str) -> None:
    """Writes a new case; raises UnreadableError where the system refuses, or where the file is there already."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise UnreadableError(path.as_posix(), "is there already. Give another name, or delete it.") from None
    except OSError as error:
        raise UnreadableError(path.as_posix(), f"can't be written ({error.strerror}).") from error


def confirm(path: Path, decision: Decision) -> None:
    """Adds a person's decision behind the others."""
    _append(path, "decisions", [asdict(decision)])


def add_article(path: Path, article: CaseArticle, claims: tuple[Claim, ...]) -> None:
    """Adds an article, and what it says as claims; the clues that are asked stay as they are."""
    _append(path, "articles", [asdict(article)])
    _append(path, "claims", [asdict(claim) for claim in claims])


def _append(path: Path, section: str, entries: list[dict[str, Any]]) -> None:
    """Adds entries to a section and rewrites the file whole; comments and order stay."""
    if not entries:
        return
    try:
        document = tomlkit.parse(read_small(path).decode("utf-8-sig"))
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise UnreadableError(path.as_posix(), f"is no TOML ({error}).") from error
    if not document.get(section):
        document.pop(section, None)  # decisions = [] by hand
        document.add(section, tomlkit.aot())
    tables = cast(AoT, document[section])
    behind = _cut_what_stands_behind(tables)
    for entry in entries:
        if len(tables):
            tables[-1].value.body.append((None, tomlkit.nl()))
        tables.append(_table(section, {key: value for key, value in entry.items() if value not in (None, (), True)}))
    tables[-1].value.body.extend(behind)
    _replace(path, tomlkit.dumps(document))


def _cut_what_stands_behind(tables: AoT) -> list[Any]:
    """The blank lines and comments behind the last entry of a section: they belong to what follows the section."""
    if not len(tables):
        return []
    body = tables[-1].value.body
    end = len(body)
    while end and body[end - 1][0] is None:
        end -= 1
    blank = next((number for number in range(end, len(body)) if isinstance(body[number][1], Whitespace)), len(body))
    behind = list(body[blank:])
    del body[blank:]
    return behind


def _replace(path: Path, text: str) -> None:
    """The new text under the old name, whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".writing")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except OSError as error:
        raise UnreadableError(path.as_posix(), f"can't be written ({error.strerror}).") from error


def _table(section: str, entry: Mapping[str, Any]) -> Table:
    """A section's entry with its keys in the order of :data:`SECTIONS`, those to be filled in by a person empty."""
    table = tomlkit.table()
    for key in SECTIONS[section]:
        if key in entry:
            value = entry[key]
            table.add(key, _values(value) if isinstance(value, tuple) else _item(value))
        elif key in _TO_FILL.get(section, ()):
            table.add(key, "")
    return table


def _item(value: Any) -> Any:
    if isinstance(value, str):
        return tomlkit.string(value, multiline="\n" in value)
    return tomlkit.date(value.isoformat()) if isinstance(value, dt.date) else tomlkit.item(value)


def _values(values: tuple[str, ...]) -> Any:
    found = tomlkit.array()
    for value in values:
        found.append(value)
    return found


def _comment(document: TOMLDocument, text: str) -> None:
    for line in text.splitlines():
        document.add(tomlkit.comment(line))
