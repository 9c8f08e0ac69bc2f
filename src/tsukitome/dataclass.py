"""``dataclass`` of the standard library for frozen records, at a quarter of the time that a module with some of them takes to load.

A command is a new process, and half of what the decorator of the standard library does there is to write and compile six methods
for each class. Here it is asked for the fields alone, ``__init__`` is compiled when it is first called or looked at (a command
makes records of half the classes that it loads), and the other methods need no text. What comes out is a dataclass: ``fields``,
``replace``, ``asdict``, ``copy``, ``pickle`` and ``match`` work on it. A field of ``init=False`` is set by ``__post_init__`` and
has no default.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # what the type checker knows
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, **others):
        """``@dataclass(frozen=True)`` and ``@dataclass(frozen=True, slots=True)``; with other options the standard library's own.

        A class that inherits from one that is made here is made here, too.
        """

        def made(cls):
            if not frozen or others:
                return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **others)
            return _frozen(cls, slots)

        return made if cls is None else made(cls)


def _frozen(cls: type, slots: bool) -> type:
    own = {
        name for name, value in vars(cls).items() if value is not None
    }  # a class that has __eq__ alone has None as __hash__
    cls.__doc__ = cls.__doc__ or cls.__name__  # else one is made of the signature, which takes longer than all the rest
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    fields = dataclasses.fields(made)
    if "__init__" not in own:
        made.__init__ = _Init(made, fields)  # type: ignore[misc]
    for method in _methods(made, fields):
        if method.__name__ not in own:
            method.__qualname__ = f"{made.__qualname__}.{method.__name__}"
            setattr(made, method.__name__, method)
    return made


class _Init:
    """Stands where a class has its ``__init__``, until somebody asks for it: then the compiled one does, for good."""

    __slots__ = ("_cls", "_fields")

    def __init__(self, cls: type, fields: Sequence[dataclasses.Field[Any]]) -> None:
        self._cls, self._fields = cls, fields

    def __get__(self, record: object | None, owner: type | None = None) -> Callable[..., None]:
        init = _init(self._cls, self._fields)
        init.__qualname__ = f"{self._cls.__qualname__}.__init__"
        self._cls.__init__ = init  # type: ignore[misc]
        bound: Callable[..., None] = init.__get__(record, owner)
        return bound


class _Made:
    """Stands in a signature for what a field's factory makes."""

    def __repr__(self) -> str:
        return "<factory>"


_MADE = _Made()


def _init(cls: type, fields: Sequence[dataclasses.Field[Any]]) -> Callable[..., None]:
    """The only method that is compiled: its parameters have names of their own."""
    facts: dict[str, Any] = {"_set": object.__setattr__, "_made": _MADE}
    parameters, body = [], []
    for field in fields:
        if not field.init:  # __post_init__ sees to it
            continue
        value = parameter = field.name
        if field.default_factory is not dataclasses.MISSING:
            facts[f"_new_{field.name}"] = field.default_factory
            value = f"_new_{field.name}() if {field.name} is _made else {field.name}"
            parameter = f"{field.name}=_made"
        elif field.default is not dataclasses.MISSING:
            facts[f"_default_{field.name}"] = field.default
            parameter = f"{field.name}=_default_{field.name}"
        parameters.append(parameter)
        body.append(f"  _set(self, {field.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("  self.__post_init__()")
    text = [
        f"def make({', '.join(facts)}):",
        f" def __init__({', '.join(['self', *parameters])}):",
        *(body or ["  pass"]),
    ]
    names: dict[str, Any] = {}
    exec("\n".join([*text, " return __init__"]), sys.modules[cls.__module__].__dict__, names)
    init: Callable[..., None] = names["make"](**facts)
    init.__annotations__ = {field.name: field.type for field in fields if field.init} | {"return": None}
    return init


def _methods(cls: type, fields: Sequence[dataclasses.Field[Any]]) -> list[Callable[..., Any]]:
    """The methods that are the same for every class but for the names of its fields."""
    names = [field.name for field in fields]
    compared = _facts([field.name for field in fields if field.compare])
    hashed = _facts([field.name for field in fields if (field.compare if field.hash is None else field.hash)])
    shown = [field.name for field in fields if field.repr]

    def __eq__(self: Any, other: object) -> Any:  # noqa: N807
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(hashed(self))

    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: Sequence[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    found: list[Callable[..., Any]] = [__eq__, __hash__, __repr__, __setattr__, __delattr__]
    return [*found, __getstate__, __setstate__] if "__slots__" in cls.__dict__ else found


def _facts(names: Sequence[str]) -> Callable[[Any], Any]:
    """What makes a tuple of the facts of a record that have these names."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)
