"""What an amount of money is called: 契約額は約1億円, 約1億円の委託費; by its name it is the contract's or another matter's."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from tsukitome.awards import AmountRole
from tsukitome.clues.article.events import PACKAGE, longest_first
from tsukitome.normalize.text import table

_JOIN = r"(?:[()はがものを:=、 \u3000・]|として|について|とする|で|である|計|税込み?(?:で)?|税抜き?(?:で)?|額)*"


@cache
def labels() -> dict[str, tuple[str, AmountRole | None]]:
    """Of each name of an amount: ``c`` the contract's or ``o`` another matter's, and the role that it says."""
    return {
        row["word"]: (row["class"], cast(AmountRole, row["role"]) or None) for row in table("value_labels", PACKAGE)
    }


@cache
def label_before() -> re.Pattern[str]:
    """A ``label`` that ends where the amount begins, and ``per`` what time it is."""
    return re.compile(rf"(?P<per>年間|月間|年度ごとの)?(?P<label>{longest_first(list(labels()))}){_JOIN}$")


@cache
def label_after() -> re.Pattern[str]:
    """A ``label`` that follows the amount."""
    return re.compile(
        rf"(?:程度|余り|近く)?(?:\([^)]{{0,12}}\))?(?:の|という|を|が)?(?P<label>{longest_first(list(labels()))})"
    )


@cache
def price_of_contract() -> re.Pattern[str]:
    """の契約額 behind a time: a name that can only be that of a contract's own price."""
    own = [word for word, (matter, role) in labels().items() if matter == "c" and role == "contract_price"]
    return re.compile(rf"の(?:年間)?(?:{longest_first(own)})")
