"""Fictional firms: names, addresses, corporate numbers."""

from __future__ import annotations

from random import Random

from .model import Branch, Firm, Place
from .vocab import table

NUMBER_BASE = 9999_0000_0000  # no registry office has the code 9999: such a number is nobody's


def corporate_number(serial: int) -> str:
    """13 digits with the right check digit (法人番号: 9 − Σ Pn·Qn mod 9, Pn from the right, Qn 1 and 2 in turn)."""
    base = str(NUMBER_BASE + serial)
    total = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(base)))
    return f"{9 - total % 9}{base}"


def drawn_firms(rng: Random) -> dict[str, list[Firm]]:
    """The firms of each trade, spread over the country by the weights of the places."""
    vocab = table("vocab.toml")
    stems = [head + tail for head in vocab["stems"]["heads"] for tail in vocab["stems"]["tails"]]
    rng.shuffle(stems)
    special = list(vocab["stems"]["special"])
    firms: dict[str, list[Firm]] = {}
    serial = 0
    for trade, words in vocab["trades"].items():
        firms[trade] = []
        for _ in range(words["firms"]):
            serial += 1
            stem = special.pop() if serial % 8 == 0 and special else stems.pop()
            form = rng.choices(("before", "after", "有限会社", "合同会社"), (52, 36, 8, 4))[0]
            if trade == "research" and rng.random() < 0.4:
                form = "一般社団法人"
            name = stem + rng.choice(words["words"])
            firms[trade].append(Firm(name, form, _place(rng), corporate_number(serial * 137), trade))
    return firms


def near_miss_firms() -> dict[str, Firm]:
    """The firms of near_misses.toml by their keys."""
    firms = {}
    for serial, (key, entry) in enumerate(table("near_misses.toml")["firms"].items(), start=1):
        branch = None
        if "branch" in entry:
            name, *where = entry["branch"]
            branch = Branch(name, Place(*where))
        number = corporate_number(900_000 + serial * 211)
        firms[key] = Firm(
            entry["name"],
            entry.get("form", "before"),
            Place(*entry["at"]),
            number,
            "",
            branch,
            entry.get("portal_name", ""),
        )
    return firms


def _place(rng: Random) -> Place:
    places = table("vocab.toml")["places"]
    place = rng.choices(places, [entry["weight"] for entry in places])[0]
    prefecture, municipality = place["at"]
    town = rng.choice(place["towns"])
    return Place(prefecture, municipality, f"{town}{rng.randint(1, 6)}-{rng.randint(1, 40)}-{rng.randint(1, 28)}")
