"""Every text in an answer changed alike: what is shown is made of dataclasses, mappings and sequences that are gone through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from tsukitome.wording import Sentence

Shown = TypeVar("Shown")


def changed(shown: Shown, change: Callable[[str], str]) -> Shown:
    """The same with ``change`` made to each of its texts; a sentence that can be translated stays one."""
    found: Any = _changed(shown, change)
    return found  # type: ignore[no-any-return]


def _changed(shown: Any, change: Callable[[str], str]) -> Any:
    if isinstance(shown, str):
        text = change(shown)
        return Sentence(text) if isinstance(shown, Sentence) else text
    if isinstance(shown, Mapping):
        return {key: _changed(value, change) for key, value in shown.items()}
    if isinstance(shown, Sequence) and not isinstance(shown, bytes):
        found = [_changed(value, change) for value in shown]
        return found if isinstance(shown, list) else tuple(found)  # of parts that are made later, all are made now
    if is_dataclass(shown) and not isinstance(shown, type):
        values = {one.name: getattr(shown, one.name) for one in fields(shown) if one.init}
        new = {name: _changed(value, change) for name, value in values.items()}
        return replace(shown, **{name: value for name, value in new.items() if value is not values[name]})
    return shown
