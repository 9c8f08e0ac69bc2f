"""JSON text with its numbers as printed: what a price says is kept to the digit, and NaN or 1e999 harm nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from tsukitome.errors import UnreadableError

_LONGEST = 1 << 26  # characters of a document that is read as a whole
_MOST_VALUES = 6_000_000  # of such a document: each takes a hundred bytes of memory
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str, shown: str = "text", place: str | None = None) -> Any:
    """The value of a JSON text; every number is a ``str``, as printed. Raises UnreadableError."""
    if len(text) > _MOST_VALUES and sum(map(text.count, ",[{")) > _MOST_VALUES:
        raise UnreadableError(shown, f"holds more than {_MOST_VALUES:,} values in one JSON document.", place)
    try:
        value = json.loads(text.removeprefix("\ufeff"), parse_int=str, parse_float=str, parse_constant=str)
        return _with_whole_characters(value) if _HALF.search(text) else value
    except json.JSONDecodeError as error:
        where = place or f"line {error.lineno}"
        raise UnreadableError(shown, f"is no JSON, or is cut off ({error.msg}).", where) from error
    except RecursionError as error:
        raise UnreadableError(shown, "is JSON nested too deeply to be a record.", place) from error


def _with_whole_characters(value: Any) -> Any:
    """A value whose texts have U+FFFD for each half of a character (``\\ud83d`` alone), which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_with_whole_characters(item) for item in value]
    if isinstance(value, dict):
        return {_with_whole_characters(name): _with_whole_characters(item) for name, item in value.items()}
    return value


def json_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines of a JSON Lines text that hold something, each with its number (the first is 1)."""
    for number, line in enumerate(lines, start=1):
        if line := line.strip("\ufeff \t\r\n"):
            yield number, line


def is_json_lines(lines: Iterable[str]) -> bool:
    """Whether the first line that holds something is a whole JSON object and more follow."""
    first, *more = [line for _, line in islice(json_lines(lines), 2)] or [""]
    if not more or not first.endswith("}"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def whole_text(lines: Iterable[str], shown: str) -> str:
    """A text's lines put together, to be read as one JSON document; raises UnreadableError for more than memory should hold."""
    size = 0
    taken: list[str] = []
    for line in lines:
        size += len(line)
        if size > _LONGEST:
            raise UnreadableError(
                shown, f"is one JSON document of more than {_LONGEST >> 20} million characters. Give it as JSON Lines."
            )
        taken.append(line)
    return "".join(taken)


def looks_like_json(text: str) -> bool:
    """Whether a text begins as a JSON object or list does."""
    return text[:100].lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a JSON list, or the one object alone; anything else holds none."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def listed(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """The items of a JSON list, or the one object in its place, each with its path in the document (``awards[0]``).

    An item that is no object is given as its JSON text: it holds nothing to read, and whoever reads says so. A null has no items.
    """
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield f"{path}[{at}]", item if isinstance(item, dict) else json.dumps(item, ensure_ascii=False)
    elif value is not None:
        yield path, value if isinstance(value, dict) else json.dumps(value, ensure_ascii=False)


def under(path: str, key: str) -> str:
    """The path of what stands under a key of the object at ``path``; that of the whole document is ""."""
    return f"{path}.{key}" if path else key


def printed(value: Any) -> str:
    """A JSON value as text: a string or number as it stands, nothing for a null, and anything else as its JSON text."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def words(value: Any) -> str:
    """A JSON value as text: a string or number as it stands, anything else as nothing."""
    return value if isinstance(value, str) else ""
