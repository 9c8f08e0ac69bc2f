"""Sentences for people, in English and Japanese, kept apart from the facts they tell.

Code below the reporting layer makes a :class:`Phrase`: a name in one of the :data:`CATALOGUES` and its facts. It becomes words
only when it is shown, in the language of the reader.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from tsukitome.dataclass import dataclass
from tsukitome.language import Language
from tsukitome.packaged import packaged_toml


class Sentence(str):
    """An English sentence that a reader made and the archive keeps: a fact of a phrase that is translated when shown."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence by its name and its facts; facts may be phrases themselves."""

    name: str
    facts: tuple[tuple[str, Any], ...] = ()

    def say(self, language: Language) -> str:
        """The sentence in a language; raises KeyError for a name that no catalogue has."""
        facts = {name: _plain(value, language) for name, value in self.facts}
        return _sentence(self.name)[language].format(**facts)


def phrase(name: str, **facts: Any) -> Phrase:
    """A :class:`Phrase` from keyword arguments."""
    return Phrase(name, tuple(facts.items()))


def said(text: str | Phrase, language: Language) -> str:
    """A name, which is the same in every language, or a phrase in one."""
    return text.say(language) if isinstance(text, Phrase) else text


def _plain(value: Any, language: Language) -> Any:
    if isinstance(value, Phrase):
        return value.say(language)
    if isinstance(value, Sentence):
        from tsukitome.translation import translate  # few sentences need its patterns

        return translate(value, language)
    if isinstance(value, list | tuple):
        return ("、" if language == "ja" else ", ").join(str(_plain(item, language)) for item in value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


# The sentences of an answer; those of a case, a firm's profile, an article and a wrong command line, which a plain
# question never needs.
CATALOGUES = ("wording.toml", "wording_case.toml", "wording_firm.toml", "wording_article.toml", "wording_usage.toml")


def _sentence(name: str) -> dict[str, str]:
    for catalogue in CATALOGUES:
        if name in _sentences(catalogue):
            return _sentences(catalogue)[name]
    raise KeyError(name)


@cache
def _sentences(catalogue: str) -> dict[str, dict[str, str]]:
    return packaged_toml("tsukitome", catalogue)
