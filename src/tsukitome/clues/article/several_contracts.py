"""Amounts that several contracts come to together (12件、総額4億円): the price of none of them."""

from __future__ import annotations

import re

from tsukitome.clues.article.sentences import Sentence

# The strength of such an amount. Our own convention: one contract may be nearly all of the sum, and none costs more than it.
OF_A_SUM = 0.2

_SEVERAL = r"(?:[2-9]|[1-9][0-9]{1,3}|[二三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?|数十?|複数)件"
_WORK = r"(?:契約|業務|事業|工事|委託|発注|受注|落札|入札|調達|案件|随契)"
_TOGETHER = r"(?:総額|合計|累計|合わせて|あわせて|計)"
_COUNTED = re.compile(
    rf"{_WORK}(?:の?件数|など|等)?(?:を|は|が|で|の)?(?:計|合わせて|あわせて|合計|延べ|のべ|少なくとも)?{_SEVERAL}"
    rf"|{_SEVERAL}(?:の|を|もの)?[^、。0-9]{{0,12}}{_WORK}|{_SEVERAL}[、・(]?{_TOGETHER}"
)
_SUMMED = re.compile(rf"{_TOGETHER}(?:で|は|が|額|、|約|およそ|:)*$|{_TOGETHER}[^、。]{{0,6}}$")


def is_sum(text: str, sentence: Sentence, amount: int) -> bool:
    """Whether what begins at ``amount`` is called a sum in a sentence that has counted several contracts before it."""
    lead = re.compile(rf"{_TOGETHER}(?:約|およそ)*").match(text, amount, sentence.end)
    if lead is None and not _SUMMED.search(text, sentence.start, amount):
        return False
    return _COUNTED.search(text, sentence.start, amount + len(lead.group() if lead else "")) is not None
