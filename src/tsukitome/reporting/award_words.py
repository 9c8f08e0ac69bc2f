"""What is said of one award in one language: its price, where it is printed, and how it stands among comparable ones."""

from __future__ import annotations

from typing import Any

from tsukitome.awards import Amount, Source
from tsukitome.language import Language
from tsukitome.normalize.percent import percent
from tsukitome.profile.comparables import Comparison
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.position import Measure
from tsukitome.reporting.shown import place_of
from tsukitome.wording import phrase


class AwardWords:
    """The words for an award's figures and sources in ``language``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, name: str, **facts: Any) -> str:
        return phrase(name, **facts).say(self.language)

    def price(self, one: FirmAward) -> str:
        """The total of an award, with what it is where it is no contract price; else its unit price, else a dash."""
        if one.role != "awarded":
            return self.say(f"firm_role_{one.role}")
        if one.basis == "payment" and one.total:
            return f"{self.money(one.total.yen)} {self.say('firm_basis_payment')}"
        unit = one.unit_prices[0].shown if one.unit_prices else ""
        if one.total is None:
            return unit or "–"
        total = self.money(one.total.yen) if one.total.role == "contract_price" else self._as_printed(one.total)
        return f"{total} / {unit}" if unit else total

    def _as_printed(self, amount: Amount) -> str:
        return " ".join(amount.shown.split())

    def money(self, yen: float) -> str:
        return self.say("firm_yen", yen=yen)

    def source(self, source: Source) -> str:
        """File and place."""
        return f"{source.file}, {place_of(source, self.language)}"

    def comparison(self, comparison: Comparison) -> tuple[str, str, str, str]:
        """The figure, the median of the others, the ratio, and where it stands among them and by what they are comparable."""
        found = comparison.position
        measure = self.say(f"measure_{found.measure}")
        return (
            f"{measure} {self._figure(found.measure, found.value)}",
            self._figure(found.measure, found.median),
            f"{found.ratio:.2f}",
            self.say(
                "price_stands",
                unusual=phrase("price_unusual") if found.unusual else "",
                count=found.count, lower=found.lower, higher=found.higher,
                likeness=phrase(f"likeness_{found.likeness}"),
            ),
        )  # fmt: skip

    def _figure(self, measure: Measure, value: float) -> str:
        if measure == "rate":
            return percent(value)
        return self.say("price_yen_exact", yen=value) if value != round(value) else self.money(value)
